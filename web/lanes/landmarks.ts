/**
 * Landmarks: the few instants that shape a run (a node goes down or returns, somebody's belief changes), for jumping.
 */
import type { Trace } from '../../sim/trace/index.ts';

/** Distinct instants, ascending. */
export function landmarks(trace: Trace): Float64Array {
  const { outages, beliefs } = trace;
  const all = [outages.from, outages.until, beliefs.from, beliefs.until].flatMap((column) => [...column]);
  return Float64Array.from(new Set(all.filter((at) => at <= trace.endedAt))).sort();
}
