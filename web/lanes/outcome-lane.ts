/**
 * Client lanes: how requests ended for the clients, and how long the answered ones took. Latencies are those of the
 * trace's buckets; rates are counted over as many buckets as it takes to make a rate of single requests.
 */
import type { Trace } from '../../sim/trace/index.ts';
import { once, type LatencyLane, type OutcomeData, type OutcomeLane } from './lane.ts';
import { steps, type Steps } from './steps.ts';

/** Requests that a rate is counted over, at least: one more or less is then no wave in the picture. */
const LEAST_PER_RATE = 32;
/** Buckets of the trace that a rate is counted over, at most. */
const MOST_MERGED = 32;

/** The two lanes at the foot of the timeline; they share their data. */
export function clientLanes(trace: Trace): readonly [OutcomeLane, LatencyLane] {
  const data = once(() => outcomeData(trace));
  return [
    {
      kind: 'outcome',
      id: 'outcomes',
      label: 'outcomes',
      about: 'Requests answered per second above the line, failed ones below it',
      height: 72,
      data,
    },
    {
      kind: 'latency',
      id: 'latency',
      label: 'latency',
      about: 'Mean and greatest latency of answered requests',
      height: 56,
      data,
    },
  ];
}

/** Rates and latencies of the trace's outcome buckets. */
export function outcomeData(trace: Trace): OutcomeData {
  const { bucketMicros, writesAcked, writesFailed, readsAnswered, readsFailed, latencySum, latencyMax } =
    trace.outcomes;
  const answered = Float64Array.from(writesAcked, (n, i) => n + (readsAnswered[i] ?? 0));
  const failed = Float64Array.from(writesFailed, (n, i) => n + (readsFailed[i] ?? 0));
  const at = answered.map((_, i) => i * bucketMicros);
  const perBucket = (sum(answered) + sum(failed)) / Math.max(1, answered.length);
  const merge = Math.min(MOST_MERGED, Math.max(1, Math.ceil(LEAST_PER_RATE / Math.max(perBucket, 1e-9))));
  const run = { bucketMicros, endedAt: trace.endedAt, merge };
  return {
    answered: rateOf(answered, run),
    failed: rateOf(failed, run),
    timed: steps(at, answered),
    meanLatency: steps(
      at,
      latencySum.map((total, i) => ((answered[i] ?? 0) > 0 ? total / (answered[i] ?? 1) : 0)),
    ),
    maxLatency: steps(at, latencyMax),
  };
}

/** Counts of `merge` buckets at a time as requests per second; the last stretch ends with the run. */
function rateOf(
  counts: Float64Array,
  { bucketMicros, endedAt, merge }: { bucketMicros: number; endedAt: number; merge: number },
): Steps {
  const width = merge * bucketMicros;
  const at = Float64Array.from({ length: Math.max(1, Math.ceil(endedAt / width)) }, (_, i) => i * width);
  const last = at.length - 1;
  const rates = at.map((from, i) => {
    const total = sum(counts.subarray(i * merge, i === last ? counts.length : (i + 1) * merge));
    return (total * 1_000_000) / Math.max(1, Math.min(width, endedAt - from));
  });
  return steps(at, rates);
}

function sum(counts: Float64Array): number {
  return counts.reduce((total, n) => total + n, 0);
}
