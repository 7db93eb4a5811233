/**
 * Faults that overlap in time. Of one kind on one node there is only ever one in force, and a node that is away cannot
 * crash, stop or be replaced once more; everything else may overlap. Steps of a clock add up.
 *
 * What means the same is merged into one: crashes of a node, its stops, a backend that is loading twice. What does not
 * is refused: a crash within a stop, another factor within a slowdown, another loss on the same link.
 */
import { unreachable } from '../../../core/index.ts';
import type { PeerIndex } from '../../../core/index.ts';
import { MAX_LINK_FAULTS } from '../bounds.ts';
import type { CrashFault, Fault, LossFault, PartitionFault } from '../model/fault.ts';
import { writeDuration } from '../text/quantities.ts';
import type { Path } from '../text/source-tree.ts';
import type { Resolution } from './resolution.ts';

/** A fault, and the line that says it. */
export interface Placed {
  readonly fault: Fault;
  readonly path: Path;
}

type LinkFault = PartitionFault | LossFault;
type NodeFault = Exclude<Fault, LinkFault>;

/** The faults sorted by beginning, then node, in the order of the file where both are equal; overlaps merged or refused. */
export function withoutOverlaps(placed: readonly Placed[], resolution: Resolution): readonly Fault[] {
  const overlaps = new Overlaps(resolution);
  for (const each of placed.toSorted((a, b) => byTime(a.fault, b.fault))) overlaps.add(each);
  return overlaps.faults;
}

class Overlaps {
  readonly faults: Fault[] = [];
  readonly #resolution: Resolution;
  /** The position of the last fault of a node that excludes others, by what it excludes. */
  readonly #last = new Map<string, number>();
  /** The positions of the partitions and losses that are in force. */
  #onLinks: readonly number[] = [];

  constructor(resolution: Resolution) {
    this.#resolution = resolution;
  }

  add({ fault, path }: Placed): void {
    const index = isOnLinks(fault) ? this.#sharingLinks(fault, path) : this.#ofNode(fault);
    const before = index === undefined ? undefined : this.faults[index];
    if (index === undefined || before === undefined) {
      this.#keep(fault);
      return;
    }
    const both = merged(before, fault);
    if (both === undefined) this.#refuse(before, fault, path);
    else {
      const note = `this outage overlaps another one of its node, from ${writeDuration(before.from)}: merged with it`;
      this.#resolution.note(path, isOnLinks(fault) ? note.replace('its node', 'the same links') : note);
      this.faults[index] = both;
    }
  }

  #keep(fault: Fault): void {
    if (isOnLinks(fault)) this.#onLinks = [...this.#onLinks, this.faults.length];
    else {
      const group = groupOf(fault);
      if (group !== undefined) this.#last.set(`${group} ${fault.node}`, this.faults.length);
    }
    this.faults.push(fault);
  }

  /** The fault of the node that excludes this one; a node cannot start and go again in between, so touching counts. */
  #ofNode(fault: NodeFault): number | undefined {
    const group = groupOf(fault);
    const index = this.#last.get(`${group ?? ''} ${fault.node}`);
    const last = index === undefined ? undefined : this.faults[index];
    if (last === undefined) return undefined;
    const isTouching = fault.kind !== 'slow';
    return fault.from < last.until || (isTouching && fault.from === last.until) ? index : undefined;
  }

  /** The fault of the same kind that is in force on a link of this one. */
  #sharingLinks(fault: LinkFault, path: Path): number | undefined {
    this.#onLinks = this.#onLinks.filter((index) => (this.faults[index]?.until ?? 0) > fault.from);
    if (this.#onLinks.length >= MAX_LINK_FAULTS) {
      const expected = `at most ${MAX_LINK_FAULTS} partitions and losses at a time`;
      this.#resolution.problem(path, { code: 'limit', expected, found: 'more' });
      return undefined;
    }
    return this.#onLinks.find((index) => {
      const other = this.faults[index];
      return other !== undefined && isOnLinks(other) && other.kind === fault.kind && haveCommonLink(other, fault);
    });
  }

  #refuse(before: Fault, fault: Fault, path: Path): void {
    const end =
      before.until === Number.MAX_SAFE_INTEGER ? 'nothing after it' : `a time after ${writeDuration(before.until)}`;
    const what = before.kind === fault.kind ? `another ${before.kind}` : `a ${before.kind}`;
    const where = isOnLinks(fault) ? 'on the same links' : 'of the same node';
    const expected = `${end}, because ${what} ${where} lasts from ${writeDuration(before.from)}`;
    this.#resolution.problem([...path, 'at'], {
      code: 'conflict',
      expected,
      found: `${fault.kind} at ${writeDuration(fault.from)}`,
    });
  }
}

/** Which of a node's faults exclude each other: those of its presence, and those of a kind. */
function groupOf(fault: NodeFault): string | undefined {
  switch (fault.kind) {
    case 'crash':
    case 'stop':
    case 'replace':
      return 'presence';
    case 'loading':
    case 'stall':
    case 'slow':
    case 'diskFull':
    case 'pauseDrain':
      return fault.kind;
    case 'flap':
      return fault.what === 'crash' ? 'presence' : fault.what;
    case 'clock':
    case 'reindex':
    case 'collect':
      return undefined;
    default:
      return unreachable(fault);
  }
}

/** Two faults as one, or undefined if they do not mean the same. */
function merged(a: Fault, b: Fault): Fault | undefined {
  const both = { until: b.until > a.until ? b.until : a.until, cause: joined(a.cause, b.cause) };
  // The second death finds nobody in the middle of an append, but its power cut may still take what was not synced.
  if (a.kind === 'crash' && b.kind === 'crash')
    return { ...a, ...both, power: a.power || b.power } satisfies CrashFault;
  if (isOnLinks(a) && isOnLinks(b)) return haveSameLinks(a, b) ? { ...a, ...both } : undefined;
  if (a.kind === 'slow' && b.kind === 'slow') return a.factor === b.factor ? { ...a, ...both } : undefined;
  const isPlain =
    a.kind === 'stop' || a.kind === 'loading' || a.kind === 'stall' || a.kind === 'diskFull' || a.kind === 'pauseDrain';
  return a.kind === b.kind && isPlain ? { ...a, ...both } : undefined;
}

function isOnLinks(fault: Fault): fault is LinkFault {
  return fault.kind === 'partition' || fault.kind === 'loss';
}

/** Whether some link is in the way of both. */
function haveCommonLink(a: LinkFault, b: LinkFault): boolean {
  return directions(a).some((ones) =>
    directions(b).some((others) => meet(ones[0], others[0]) && meet(ones[1], others[1])),
  );
}

function directions(fault: LinkFault): readonly (readonly [from: readonly PeerIndex[], to: readonly PeerIndex[]])[] {
  const { sources, targets } = fault;
  const isTwoWay = fault.kind === 'partition' && fault.isTwoWay;
  return isTwoWay
    ? [
        [sources, targets],
        [targets, sources],
      ]
    : [[sources, targets]];
}

function meet(a: readonly PeerIndex[], b: readonly PeerIndex[]): boolean {
  const others = new Set(b);
  return a.some((node) => others.has(node));
}

function haveSameLinks(a: LinkFault, b: LinkFault): boolean {
  if (a.kind === 'partition' && b.kind === 'partition' && a.isTwoWay !== b.isTwoWay) return false;
  if (a.kind === 'loss' && b.kind === 'loss' && a.share !== b.share) return false;
  return isSameSet(a.sources, b.sources) && isSameSet(a.targets, b.targets);
}

function isSameSet(a: readonly PeerIndex[], b: readonly PeerIndex[]): boolean {
  const others = new Set(b);
  return a.length === b.length && a.every((node) => others.has(node));
}

/** By beginning, then node; those of no single node come first. */
function byTime(a: Fault, b: Fault): number {
  return a.from - b.from || positionOf(a) - positionOf(b);
}

function positionOf(fault: Fault): number {
  return isOnLinks(fault) ? -1 : fault.node;
}

function joined(causes: string, cause: string): string {
  if (cause === '' || causes.split('; ').includes(cause)) return causes;
  return causes === '' ? cause : `${causes}; ${cause}`;
}
