/**
 * Queues over time: how many hints, and how many bytes, each holder kept for each peer. A hint is in its queue from
 * `storedAt` up to `leftAt`. From level `hints`; below it there are no lanes and every series is empty.
 */
import { NEVER } from '../trace.ts';
import type { HintTable, Trace } from '../trace.ts';
import { hintsByQueue } from './hints-by-queue.ts';
import { Changes, distinctInstants } from './step-series.ts';
import type { StepSeries } from './step-series.ts';

/** A pair that ever held a hint: one lane of the page. */
export interface QueueLane {
  readonly holder: number;
  readonly peer: number;
  /** Hints stored over the whole run. */
  readonly hints: number;
  /** When the first of them was stored. */
  readonly firstAt: number;
}

/** Every pair that ever held a hint, by holder, then peer. O(hints) at first, then O(pairs). */
export function queueLanes({ hints }: Trace): readonly QueueLane[] {
  const byQueue = hintsByQueue(hints);
  return byQueue.queues.map(({ holder, peer, from, until }) => {
    const [first] = byQueue.ofPair(holder, peer);
    return { holder, peer, hints: until - from, firstAt: hints.storedAt[first ?? 0] ?? 0 };
  });
}

/** The queue of `holder` for `peer` over time. O(n log n) in the n hints of the pair; build it once. */
export function queueSeries(trace: Trace, holder: number, peer: number): StepSeries {
  return seriesOf(trace.hints, hintsByQueue(trace.hints).ofPair(holder, peer));
}

/** The store of `holder` over time, all its queues together: `bytes` is what the cap limits. Cost as a queue's. */
export function storeSeries(trace: Trace, holder: number): StepSeries {
  return seriesOf(trace.hints, hintsByQueue(trace.hints).ofHolder(holder));
}

function seriesOf({ storedAt, leftAt, bytes }: HintTable, rows: Int32Array): StepSeries {
  const changes = new Changes(distinctInstants([gathered(storedAt, rows), gathered(leftAt, rows)]));
  for (const row of rows) changes.add(storedAt[row] ?? 0, 1, bytes[row] ?? 0);
  for (const row of rows) {
    const left = leftAt[row] ?? 0;
    if (left < NEVER) changes.add(left, -1, -(bytes[row] ?? 0));
  }
  return changes.summed();
}

/** The cells of `column` at `rows`. */
function gathered(column: Float64Array, rows: Int32Array): Float64Array {
  const cells = new Float64Array(rows.length);
  for (let index = 0; index < rows.length; index++) cells[index] = column[rows[index] ?? 0] ?? 0;
  return cells;
}
