/**
 * What a sweep measures of a run, one number each, and how the numbers of several seeds become one value with its band.
 * How each is read from a trace is in `sweep-measures.ts`, so that a page can name them without any of that.
 */

/** What can be measured. */
export const SWEEP_METRICS = [
  'lost',
  'waiting',
  'peakBytes',
  'caughtUp',
  'refused',
  'expired',
  'staleReads',
  'worstDelay',
] as const;
/** One of {@link SWEEP_METRICS}. Of each, less is better. */
export type SweepMetric = (typeof SWEEP_METRICS)[number];

/** What a metric is called, what it says, and what it is counted in. */
export const METRIC_WORDS: Readonly<
  Record<SweepMetric, { readonly name: string; readonly says: string; readonly unit: 'count' | 'bytes' | 'micros' }>
> = {
  lost: { name: 'lost copies', says: 'acknowledged writes that a replica lacks for good', unit: 'count' },
  waiting: {
    name: 'copies under way',
    says: 'missing at the end of the run, but hinted or on the wire',
    unit: 'count',
  },
  peakBytes: { name: 'peak bytes', says: 'the most payload bytes of hints that one node held at once', unit: 'bytes' },
  caughtUp: { name: 'time to catch up', says: 'from a return to the last hint applied, the longest', unit: 'micros' },
  refused: { name: 'hints refused', says: 'at the cap', unit: 'count' },
  expired: { name: 'hints expired', says: 'deadline passed before they were delivered', unit: 'count' },
  staleReads: { name: 'stale reads', says: 'older than the newest acknowledged write of their key', unit: 'count' },
  worstDelay: { name: 'worst copy delay', says: 'from a write to its last copy that arrived', unit: 'micros' },
};

/** The numbers of one run; one that it does not tell is missing. */
export type Measures = Readonly<Partial<Record<SweepMetric, number>>>;

/** How a value lies over the seeds: nearest ranks, so each is the value of some run. */
export interface Band {
  readonly median: number;
  readonly p10: number;
  readonly p90: number;
  /** Of so many runs. */
  readonly runs: number;
}

/** Median, 10th and 90th percentile; undefined of nothing. */
export function bandOf(values: readonly number[]): Band | undefined {
  const sorted = values.toSorted((left, right) => left - right);
  const rank = (share: number): number | undefined => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  const [p10, median, p90] = [rank(0.1), rank(0.5), rank(0.9)];
  if (p10 === undefined || median === undefined || p90 === undefined) return undefined;
  return { median, p10, p90, runs: sorted.length };
}
