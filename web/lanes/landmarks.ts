/**
 * Landmarks: the few instants that shape a run (a node goes down or returns, a fault begins or ends, somebody's belief
 * changes), for jumping.
 */
import type { Trace } from '../../sim/trace/index.ts';

/** Distinct instants, ascending. */
export function landmarks(trace: Trace): Float64Array {
  const { outages, beliefs, scenario } = trace;
  const recorded = [outages.from, outages.until, beliefs.from, beliefs.until].flatMap((column) => [...column]);
  const all = [...recorded, ...scenario.faults.flatMap(({ from, until }) => [from, until])];
  return Float64Array.from(new Set(all.filter((at) => at <= trace.endedAt))).sort();
}
