/**
 * What lies in the queues at one moment: the hints of a lane, and when they will expire unless a drain comes first.
 */
import { countUpTo } from '../cell.ts';
import type { Trace } from '../trace.ts';
import { Changes, distinctInstants } from './step-series.ts';

/** What will expire when: at `deadline[i]`, `count[i]` hints of `bytes[i]` bytes together. Ascending and distinct. */
export interface ExpiryHorizon {
  readonly deadline: Float64Array;
  readonly count: Float64Array;
  readonly bytes: Float64Array;
}

/**
 * Ids of the hints in the queue of `holder` for `peer` at an instant, oldest first. Requeued hints keep their id, so
 * among them the order is that of storing, not of the queue. O(hints stored by then).
 */
export function hintsWaiting(trace: Trace, holder: number, peer: number, at: number): Int32Array {
  const { hints } = trace;
  const stored = countUpTo(hints.storedAt, at);
  const waiting: number[] = [];
  for (let row = 0; row < stored; row++) {
    if (hints.holder[row] === holder && hints.peer[row] === peer && (hints.leftAt[row] ?? 0) > at) waiting.push(row);
  }
  return Int32Array.from(waiting);
}

/**
 * The hints in all queues at an instant, by deadline. A deadline in the past is a hint that the next sweep will find
 * expired. O(n log n) in the hints stored by then.
 */
export function expiryHorizon(trace: Trace, at: number): ExpiryHorizon {
  const { storedAt, leftAt, deadline, bytes } = trace.hints;
  const stored = countUpTo(storedAt, at);
  const deadlines = new Float64Array(stored);
  let waiting = 0;
  for (let row = 0; row < stored; row++) {
    if ((leftAt[row] ?? 0) > at) deadlines[waiting++] = deadline[row] ?? 0;
  }
  const changes = new Changes(distinctInstants([deadlines.subarray(0, waiting)]));
  for (let row = 0; row < stored; row++) {
    if ((leftAt[row] ?? 0) > at) changes.add(deadline[row] ?? 0, 1, bytes[row] ?? 0);
  }
  const due = changes.perInstant();
  return { deadline: due.at, count: due.depth, bytes: due.bytes };
}
