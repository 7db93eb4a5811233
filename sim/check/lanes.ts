/**
 * Lanes: the hints of one holder for one peer, in the order of storing, and when some of them were waiting. From level
 * `hints`.
 */
import { HINT_FATES, NEVER } from '../trace/index.ts';
import type { Trace } from '../trace/index.ts';
import type { Span } from './spans.ts';

const DELIVERED = HINT_FATES.indexOf('delivered');

/** The hints of one holder for one peer. */
export interface Lane {
  readonly holder: number;
  readonly peer: number;
  /** Ids, ascending. */
  readonly hints: readonly number[];
}

/** Every lane that ever had a hint, in the order of the first one. O(hints). */
export function lanesOf({ hints, scenario }: Trace): readonly Lane[] {
  const nodes = scenario.nodes.length;
  const lanes = new Map<number, { holder: number; peer: number; hints: number[] }>();
  for (let hint = 0; hint < hints.holder.length; hint++) {
    const holder = hints.holder[hint] ?? 0;
    const peer = hints.peer[hint] ?? 0;
    const known = lanes.get(holder * nodes + peer);
    if (known === undefined) lanes.set(holder * nodes + peer, { holder, peer, hints: [hint] });
    else known.hints.push(hint);
  }
  return [...lanes.values()];
}

/** When hints of a lane were in its holder's store, as maximal spans. O(n log n) in its hints. */
export function waitingSpans({ hints, endedAt }: Trace, lane: Lane): readonly Span[] {
  const leaves = Float64Array.from(lane.hints, (hint) => hints.leftAt[hint] ?? NEVER).sort();
  const spans: Span[] = [];
  let depth = 0;
  let left = 0;
  let from = 0;
  for (const hint of lane.hints) {
    const at = hints.storedAt[hint] ?? 0;
    while ((leaves[left] ?? NEVER) < at) {
      if (--depth === 0) spans.push({ from, until: leaves[left] ?? at });
      left++;
    }
    if (depth++ === 0) from = at;
  }
  if (depth > 0) {
    const last = leaves[leaves.length - 1] ?? NEVER;
    spans.push({ from, until: Math.min(last, endedAt) });
  }
  return spans;
}

/** When the lane got on: a hint left the store, or was applied for the first time. Ascending. */
export function progressOf({ hints }: Trace, lane: Lane): Float64Array {
  const times: number[] = [];
  for (const hint of lane.hints) {
    const [leftAt, endedAt] = [hints.leftAt[hint] ?? NEVER, hints.endedAt[hint] ?? NEVER];
    if (leftAt < NEVER) times.push(leftAt);
    if (hints.fate[hint] === DELIVERED && endedAt < NEVER) times.push(endedAt);
  }
  return Float64Array.from(times).sort();
}

/** Ids of all hints that left their store, in the order in which they did. O(n log n). */
export function inOrderOfLeaving({ hints }: Trace): Uint32Array {
  const { leftAt } = hints;
  const left: number[] = [];
  leftAt.forEach((at, hint) => {
    if (at < NEVER) left.push(hint);
  });
  return Uint32Array.from(left).sort((one, other) => (leftAt[one] ?? 0) - (leftAt[other] ?? 0) || one - other);
}
