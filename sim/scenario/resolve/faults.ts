/**
 * What breaks: crashes and restarts as written, repeated ones written out, and the outages of an imported cluster; in
 * the end one list of outages, sorted, in which no two of a node overlap.
 */
import { END_OF_TIME, instant, later, duration as span } from '../../../core/index.ts';
import type { Duration, Instant, PeerIndex } from '../../../core/index.ts';
import { MAX_FAULTS } from '../bounds.ts';
import type { LanlOutages } from '../import/lanl.ts';
import type { Fault } from '../scenario.ts';
import type { FaultDocument, ScenarioDocument } from '../schema.ts';
import { writeDuration } from '../text/quantities.ts';
import type { Path } from '../text/source-tree.ts';
import type { PeerTable } from './nodes.ts';
import type { Resolution } from './resolution.ts';

const RESTART_TIME: Duration = span(2_000_000);
const MICROS_PER_MINUTE = 60_000_000;

type LanlFault = Extract<FaultDocument, { readonly lanl: unknown }>;
type OutageFault = Exclude<FaultDocument, LanlFault>;

/** A fault, and the line that says it, for notes. */
interface Placed {
  readonly fault: Fault;
  readonly path: Path;
}

/**
 * The faults of a document, sorted by beginning, then node.
 *
 * @param imports what was imported for the entries of `faults` that say `lanl`, by position
 */
export function resolveFaults(
  document: ScenarioDocument,
  imports: ReadonlyMap<number, LanlOutages>,
  duration: Duration,
  peers: PeerTable,
  resolution: Resolution,
): readonly Fault[] {
  const placed: Placed[] = [];
  for (const [index, fault] of (document.faults ?? []).entries()) {
    const path = ['faults', index];
    const imported = imports.get(index);
    if ('lanl' in fault) {
      // One by one: a table may have more rows than a call can have arguments.
      if (imported !== undefined)
        for (const each of importedFaults(imported, path, peers, resolution)) placed.push(each);
    } else {
      const surroundings = { duration, peers, resolution, room: MAX_FAULTS - placed.length };
      for (const each of writtenFaults(fault, path, surroundings)) placed.push(each);
    }
    if (placed.length > MAX_FAULTS) {
      const found = `${placed.length} up to this entry`;
      resolution.problem(path, { code: 'limit', expected: `at most ${MAX_FAULTS} outages`, found });
      return [];
    }
  }
  return merged(withinRun(placed, duration, resolution), resolution);
}

interface Surroundings {
  readonly duration: Duration;
  readonly peers: PeerTable;
  readonly resolution: Resolution;
  /** Outages that may still be added; one more shows that there are too many. */
  readonly room: number;
}

/** The outages of one entry: one, or as many as `every` and `times` make. */
function writtenFaults(document: OutageFault, path: Path, surroundings: Surroundings): readonly Placed[] {
  const { duration, peers, resolution, room } = surroundings;
  const isCrash = 'crash' in document;
  const name = isCrash ? document.crash : document.restart;
  const node = peers.indexOf.get(name);
  if (node === undefined) {
    resolution.unknownName([...path, isCrash ? 'crash' : 'restart'], name, 'a node', peers.indexOf);
  }
  const length = isCrash ? crashLength(document, path, resolution) : span(document.for ?? RESTART_TIME);
  const { at, every, times, cause = '' } = document;
  if (every === undefined && times !== undefined) {
    resolution.problem([...path, 'times'], { code: 'conflict', expected: 'every beside times', found: 'times alone' });
  }
  if (every !== undefined && length === undefined) {
    const complaint = {
      code: 'conflict',
      expected: 'for or until beside every',
      found: 'a crash without an end',
    } as const;
    resolution.problem([...path, 'every'], complaint);
  }
  if (node === undefined) return [];
  const placed: Placed[] = [];
  const last = every === undefined ? 1 : (times ?? Infinity);
  let from: Instant = instant(at);
  for (let count = 0; count < last && placed.length <= room; count++) {
    const until = length === undefined ? END_OF_TIME : later(from, length);
    placed.push({ fault: { kind: 'crash', node, from, until, cause }, path });
    from = later(from, every === undefined ? duration : span(every));
    // Endless repetition ends with the run; a counted one goes on, for its note.
    if (times === undefined && from > duration) break;
  }
  return placed;
}

/** How long a crash lasts; undefined if it never comes back. */
function crashLength(
  document: Extract<OutageFault, { readonly crash: unknown }>,
  path: Path,
  resolution: Resolution,
): Duration | undefined {
  const { at, until } = document;
  if (until === undefined) return document.for === undefined ? undefined : span(document.for);
  if (document.for !== undefined) {
    resolution.problem([...path, 'until'], { code: 'conflict', expected: 'for or until, not both', found: 'both' });
  } else if (until <= at) {
    resolution.problem([...path, 'until'], { code: 'order', expected: `a time after at, ${writeDuration(at)}` });
  }
  return span(Math.max(1, until - at));
}

/** Positions of the imported cluster are positions in the peer table. */
function importedFaults(
  imported: LanlOutages,
  path: Path,
  peers: PeerTable,
  resolution: Resolution,
): readonly Placed[] {
  const { names, from: start, outages } = imported;
  if (names.length > peers.nodes.length) {
    const expected = `at least the ${names.length} nodes of system ${imported.system}`;
    resolution.problem([...path, 'lanl'], { code: 'data', expected, found: `${peers.nodes.length} nodes` });
    return [];
  }
  const positions = [...peers.indexOf.values()];
  return outages.flatMap(({ node: position, from, to, cause }) => {
    const node = positions[position];
    if (node === undefined) return [];
    const at = { from: instant((from - start) * MICROS_PER_MINUTE), until: instant((to - start) * MICROS_PER_MINUTE) };
    return [{ fault: { kind: 'crash', node, ...at, cause } as const, path }];
  });
}

/** Faults that begin after the last instant never happen, which is worth a note. */
function withinRun(placed: readonly Placed[], duration: Duration, resolution: Resolution): readonly Placed[] {
  const late = new Map<string, { readonly path: Path; count: number }>();
  const kept = placed.filter(({ fault, path }) => {
    if (fault.from <= duration) return true;
    const entry = late.get(path.join('.')) ?? { path, count: 0 };
    entry.count++;
    late.set(path.join('.'), entry);
    return false;
  });
  for (const { path, count } of late.values()) {
    const what = count === 1 ? 'this outage begins' : `${count} of these outages begin`;
    resolution.note(path, `${what} after the end of the run at ${writeDuration(duration)} and never happens`);
  }
  return kept;
}

/** One outage for each stretch in which a node is down; touching ones are one, as a node cannot start in between. */
function merged(placed: readonly Placed[], resolution: Resolution): readonly Fault[] {
  const faults: Fault[] = [];
  const lastOf = new Map<PeerIndex, number>();
  for (const { fault, path } of placed.toSorted((a, b) => byTime(a.fault, b.fault))) {
    const index = lastOf.get(fault.node);
    const last = index === undefined ? undefined : faults[index];
    if (index === undefined || last === undefined || fault.from > last.until) {
      lastOf.set(fault.node, faults.length);
      faults.push(fault);
      continue;
    }
    resolution.note(
      path,
      `this outage overlaps another one of its node, from ${writeDuration(last.from)}: merged with it`,
    );
    const until = fault.until > last.until ? fault.until : last.until;
    faults[index] = { ...last, until, cause: joined(last.cause, fault.cause) };
  }
  return faults;
}

function byTime(a: Fault, b: Fault): number {
  return a.from - b.from || a.node - b.node;
}

function joined(causes: string, cause: string): string {
  if (cause === '' || causes.split('; ').includes(cause)) return causes;
  return causes === '' ? cause : `${causes}; ${cause}`;
}
