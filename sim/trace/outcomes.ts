/**
 * Client outcomes over time, in buckets of equal width: what the clients saw, kept at every level.
 */
import type { OutcomeSeries } from './trace.ts';

/** Buckets of a run at most: enough for every pixel column of a wide screen, few enough to be free. */
export const MAX_OUTCOME_BUCKETS = 2_048;

/** The outcome series while it is counted. */
export class OutcomeRows {
  readonly #bucketMicros: number;
  readonly #writesAcked: Uint32Array;
  readonly #writesFailed: Uint32Array;
  readonly #readsAnswered: Uint32Array;
  readonly #readsFailed: Uint32Array;
  readonly #latencySum: Float64Array;
  readonly #latencyMax: Float64Array;

  /** @param micros the length of the run in microseconds, > 0 */
  constructor(micros: number) {
    this.#bucketMicros = roundBucket(micros / MAX_OUTCOME_BUCKETS);
    const buckets = Math.floor(micros / this.#bucketMicros) + 1;
    this.#writesAcked = new Uint32Array(buckets);
    this.#writesFailed = new Uint32Array(buckets);
    this.#readsAnswered = new Uint32Array(buckets);
    this.#readsFailed = new Uint32Array(buckets);
    this.#latencySum = new Float64Array(buckets);
    this.#latencyMax = new Float64Array(buckets);
  }

  /** A request got its answer at `at`, `latency` microseconds after it was issued. */
  answered(isWrite: boolean, at: number, latency: number): void {
    const bucket = Math.floor(at / this.#bucketMicros);
    const counts = isWrite ? this.#writesAcked : this.#readsAnswered;
    counts[bucket] = (counts[bucket] ?? 0) + 1;
    this.#latencySum[bucket] = (this.#latencySum[bucket] ?? 0) + latency;
    if (latency > (this.#latencyMax[bucket] ?? 0)) this.#latencyMax[bucket] = latency;
  }

  /** A request failed for its client at `at`. */
  failed(isWrite: boolean, at: number): void {
    const bucket = Math.floor(at / this.#bucketMicros);
    const counts = isWrite ? this.#writesFailed : this.#readsFailed;
    counts[bucket] = (counts[bucket] ?? 0) + 1;
  }

  series(): OutcomeSeries {
    return {
      bucketMicros: this.#bucketMicros,
      writesAcked: this.#writesAcked,
      writesFailed: this.#writesFailed,
      readsAnswered: this.#readsAnswered,
      readsFailed: this.#readsFailed,
      latencySum: this.#latencySum,
      latencyMax: this.#latencyMax,
    };
  }
}

/**
 * The least of 1, 2, 5, 10, 20, 50, … microseconds that is not less than `least`: a steady load then fills every
 * bucket alike, and a bucket's edges are times a reader can name.
 */
function roundBucket(least: number): number {
  let decade = 1;
  while (decade * 10 <= least) decade *= 10;
  const step = [1, 2, 5].find((factor) => factor * decade >= least) ?? 10;
  return step * decade;
}
