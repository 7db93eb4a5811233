/**
 * Moments: where a reader may step to. With a log, every entry is a step; without one, the instants at which any
 * recorded table changed.
 */
import { countUpTo } from '../cell.ts';
import { NONE } from '../trace.ts';
import type { Trace } from '../trace.ts';
import { distinctInstants } from './step-series.ts';

/** The last log entry at or before an instant, or NONE. O(log n). */
export function entryAt(trace: Trace, at: number): number {
  return countUpTo(trace.log.at, at) - 1;
}

/** The entry after `entry`, or NONE after the last; NONE is before the first. */
export function nextEntry(trace: Trace, entry: number): number {
  return entry + 1 < trace.log.at.length ? entry + 1 : NONE;
}

/** The entry before `entry`, or NONE before the first. An entry beyond the log counts as just after the last. */
export function previousEntry(trace: Trace, entry: number): number {
  return Math.max(Math.min(entry, trace.log.at.length) - 1, NONE);
}

/**
 * The distinct instants, ascending, at which anything recorded changed: the log at level `full`, otherwise hints,
 * refusals, outages, lags and beliefs. O(n log n); build it once.
 */
export function moments(trace: Trace): Float64Array {
  if (trace.level === 'full') return distinctInstants([trace.log.at]);
  const { hints, refusals, outages, behind, beliefs } = trace;
  const intervals = [outages, behind, beliefs].flatMap(({ from, until }) => [from, until]);
  return distinctInstants([hints.storedAt, hints.leftAt, hints.endedAt, refusals.at, ...intervals]);
}
