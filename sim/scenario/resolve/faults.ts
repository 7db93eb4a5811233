/**
 * What breaks: faults as written, repeated ones written out, and the outages of an imported cluster; in the end one list,
 * sorted, in which no two exclude each other.
 */
import { bytes, instant } from '../../../core/index.ts';
import type { Duration } from '../../../core/index.ts';
import { MAX_FAULTS } from '../bounds.ts';
import type { LanlOutages } from '../import/lanl.ts';
import type { Fault } from '../model/fault.ts';
import type { ScenarioDocument } from '../schema.ts';
import { writeDuration } from '../text/quantities.ts';
import type { Path } from '../text/source-tree.ts';
import { faultKind } from './fault-kinds.ts';
import { faultTimes } from './fault-times.ts';
import type { WrittenFault } from './fault-times.ts';
import type { PeerTable } from './nodes.ts';
import { withoutOverlaps } from './overlaps.ts';
import type { Placed } from './overlaps.ts';
import type { Resolution } from './resolution.ts';

const MICROS_PER_MINUTE = 60_000_000;

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
  return withoutOverlaps(withinRun(placed, duration, resolution), resolution);
}

interface Surroundings {
  readonly duration: Duration;
  readonly peers: PeerTable;
  readonly resolution: Resolution;
  /** Faults that may still be added. */
  readonly room: number;
}

/** The faults of one entry. */
function writtenFaults(document: WrittenFault, path: Path, surroundings: Surroundings): readonly Placed[] {
  const { duration, peers, resolution, room } = surroundings;
  const kind = faultKind(document, path, peers, resolution);
  const times = faultTimes(document, path, duration, room, resolution);
  const { cause = '' } = document;
  return kind === undefined ? [] : times.map((stretch) => ({ fault: { ...kind, ...stretch, cause }, path }));
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
    return [{ fault: { kind: 'crash', node, ...at, cause, power: false, tornBytes: bytes(0) } as const, path }];
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
