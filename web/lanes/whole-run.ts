/**
 * The whole run in one strip: all waiting hints over time, and when any node was down. It backs the overview, and says
 * where the playhead is most worth placing when a story opens.
 */
import type { Trace } from '../../sim/trace/index.ts';
import { steps, type Steps } from './steps.ts';
import type { Interval } from './lane.ts';

export interface WholeRun {
  readonly waiting: Steps;
  readonly outages: readonly Interval[];
  readonly end: number;
}

export function wholeRun(trace: Trace): WholeRun {
  const outages = Array.from(trace.outages.from, (from, i) => ({
    from,
    until: Math.min(trace.outages.until[i] ?? trace.endedAt, trace.endedAt),
  }));
  return { waiting: waitingSeries(trace), outages, end: trace.endedAt };
}

/** Hints in stores over time. Stores and leavings are merged as two sorted runs. */
function waitingSeries(trace: Trace): Steps {
  const stored = trace.hints.storedAt;
  const left = trace.hints.leftAt.filter((at) => Number.isFinite(at)).sort();
  const at = new Float64Array(stored.length + left.length);
  const value = new Float64Array(at.length);
  let length = 0;
  let i = 0;
  let j = 0;
  while (i < stored.length || j < left.length) {
    const next = Math.min(stored[i] ?? Infinity, left[j] ?? Infinity);
    while (i < stored.length && stored[i] === next) i++;
    while (j < left.length && left[j] === next) j++;
    at[length] = next;
    value[length] = i - j;
    length++;
  }
  return steps(at.slice(0, length), value.slice(0, length));
}

/** The first instant at which the most hints wait; 0 if none ever does. */
export function fullestMoment(run: WholeRun): number {
  const i = run.waiting.value.indexOf(run.waiting.max);
  return run.waiting.max > 0 ? (run.waiting.at[i] ?? 0) : 0;
}
