/**
 * Expiries over time: how many hints, and how many bytes, sweeps had found expired by each instant.
 */
import { HINT_FATES, NEVER } from '../trace.ts';
import type { Trace } from '../trace.ts';
import { Changes, distinctInstants } from './step-series.ts';

/** Totals since the start of the run, from `at[i]` on. `at` is ascending and distinct. */
export interface ExpirySeries {
  readonly at: Float64Array;
  readonly count: Float64Array;
  readonly bytes: Float64Array;
}

const EXPIRED = HINT_FATES.indexOf('expired');

/** Hints expired so far, in all stores. From level `hints`. O(n log n) in the hints; build it once. */
export function expirySeries(trace: Trace): ExpirySeries {
  const { fate, endedAt, bytes } = trace.hints;
  const times = endedAt.map((at, row) => (fate[row] === EXPIRED ? at : NEVER));
  const changes = new Changes(distinctInstants([times]));
  for (let row = 0; row < fate.length; row++) {
    if (fate[row] === EXPIRED) changes.add(endedAt[row] ?? 0, 1, bytes[row] ?? 0);
  }
  const series = changes.summed();
  return { at: series.at, count: series.depth, bytes: series.bytes };
}
