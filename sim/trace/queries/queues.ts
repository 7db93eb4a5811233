/**
 * Queues over time: how many hints, and how many bytes, each holder kept for each peer. A hint is in its queue from
 * `storedAt` up to `leftAt`. From level `hints`; below it there are no lanes and every series is empty.
 */
import { NEVER } from '../trace.ts';
import type { HintTable, Trace } from '../trace.ts';
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

/** More than the largest peer index: makes one number of a pair. */
const PAIR_BASE = 65_536;

/** Every pair that ever held a hint, by holder, then peer. O(hints). */
export function queueLanes(trace: Trace): readonly QueueLane[] {
  const { holder, peer, storedAt } = trace.hints;
  const lanes = new Map<number, { hints: number; readonly firstAt: number }>();
  for (let row = 0; row < storedAt.length; row++) {
    const pair = (holder[row] ?? 0) * PAIR_BASE + (peer[row] ?? 0);
    const lane = lanes.get(pair);
    if (lane === undefined) lanes.set(pair, { hints: 1, firstAt: storedAt[row] ?? 0 });
    else lane.hints++;
  }
  return [...lanes]
    .toSorted(([left], [right]) => left - right)
    .map(([pair, lane]) => ({ holder: Math.floor(pair / PAIR_BASE), peer: pair % PAIR_BASE, ...lane }));
}

/** The queue of `holder` for `peer` over time. O(hints + n log n) in the n hints of the pair; build it once. */
export function queueSeries(trace: Trace, holder: number, peer: number): StepSeries {
  return seriesOf(trace.hints, rowsOf(trace.hints, holder, peer));
}

/** The store of `holder` over time, all its queues together: `bytes` is what the cap limits. Cost as a queue's. */
export function storeSeries(trace: Trace, holder: number): StepSeries {
  return seriesOf(trace.hints, rowsOf(trace.hints, holder, undefined));
}

/** The hints of a pair, or of a holder if `peer` is undefined, as ids in the order of storing. O(hints). */
function rowsOf(hints: HintTable, holder: number, peer: number | undefined): Int32Array {
  const rows = new Int32Array(hints.holder.length);
  let found = 0;
  for (let row = 0; row < rows.length; row++) {
    if (hints.holder[row] === holder && (peer === undefined || hints.peer[row] === peer)) rows[found++] = row;
  }
  return rows.subarray(0, found);
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
