/**
 * Latency percentiles over time: the run in stretches of equal length, and of the requests answered in each the median
 * and the 99th percentile. From single requests, so at level `full`.
 */
import { WRITE_OUTCOMES, type Trace } from '../../sim/trace/index.ts';
import { once, type PercentileData, type PercentileLane } from './lane.ts';
import { steps } from './steps.ts';

/** Stretches of a run, at most. */
const MOST_STRETCHES = 600;
/** Requests that a stretch should have for a 99th percentile to mean something. */
const LEAST_REQUESTS = 100;

/** The lane, if the run records requests. */
export function percentileLanes(trace: Trace): readonly PercentileLane[] {
  if (trace.level !== 'full' || trace.writes.issuedAt.length + trace.reads.issuedAt.length === 0) return [];
  return [
    {
      kind: 'percentile',
      id: 'percentiles',
      label: 'percentiles',
      about: 'Median and 99th percentile of the latency of answered requests',
      height: 56,
      data: once(() => percentiles(trace)),
    },
  ];
}

/** Percentiles by the moment of the answer. O(n log n) in the requests. */
export function percentiles({ writes, reads, endedAt }: Trace): PercentileData {
  const answered = WRITE_OUTCOMES.indexOf('acked');
  const requests = [writes, reads].reduce(
    (sum, { outcome }) => sum + outcome.reduce((many, how) => many + (how === answered ? 1 : 0), 0),
    0,
  );
  const count = Math.max(1, Math.min(MOST_STRETCHES, Math.floor(requests / LEAST_REQUESTS)));
  const length = Math.max(1, endedAt / count);
  const stretches: number[][] = Array.from({ length: count }, () => []);
  for (const { issuedAt, resolvedAt, outcome } of [writes, reads]) {
    for (let id = 0; id < outcome.length; id++) {
      if (outcome[id] !== answered) continue;
      const at = resolvedAt[id] ?? 0;
      stretches[Math.min(count - 1, Math.floor(at / length))]?.push(at - (issuedAt[id] ?? 0));
    }
  }
  for (const stretch of stretches) stretch.sort((a, b) => a - b);
  const at = Float64Array.from(stretches, (_, i) => i * length);
  const series = (share: number) =>
    steps(
      at,
      Float64Array.from(stretches, (sorted) => ranked(sorted, share)),
    );
  const timed = steps(
    at,
    Float64Array.from(stretches, ({ length: many }) => many),
  );
  return { timed, median: series(0.5), high: series(0.99) };
}

/** The smallest value that at least `share` of them do not exceed; 0 of none. */
export function ranked(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}
