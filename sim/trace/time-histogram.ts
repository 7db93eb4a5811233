/**
 * A histogram of times that keeps percentiles exact to a thousandth in little memory, for any number of samples.
 *
 * Buckets are log-linear: 512 to every doubling, so a bucket is never wider than 1/512 of what it holds and its middle
 * is off by 1/1024 at most; below 1024 µs each microsecond has its own. A doubling's buckets are made when the first
 * sample falls into it: a thousand nodes may each have histograms of their own.
 */
import { assert } from '../../core/index.ts';
import type { TimeSummary } from './statistics.ts';

/** Buckets to a doubling, and its logarithm. */
const BUCKETS = 512;
const BUCKET_BITS = 9;
const TWO_32 = 4_294_967_296;
const TWO_31 = 2_147_483_648;

/** The summary of no samples. */
export const NO_TIMES: TimeSummary = { count: 0, mean: 0, p50: 0, p90: 0, p99: 0, p999: 0, max: 0 };

/** Times in whole microseconds, 0 … 2^53 − 1, counted by size. */
export class TimeHistogram {
  /** Block 0 counts 0 … 511, each microsecond for itself; block b > 0 counts [2^(b+8), 2^(b+9)) in steps of 2^(b−1). */
  readonly #blocks: Uint32Array[] = [];
  #count = 0;
  #sum = 0;
  #max = 0;

  /** Samples so far. */
  get count(): number {
    return this.#count;
  }

  /** Adds a sample. O(1). */
  add(micros: number): void {
    assert(micros >= 0, 'a time is not negative', micros);
    this.#count++;
    this.#sum += micros;
    if (micros > this.#max) this.#max = micros;
    const block = blockOf(micros);
    let counts = this.#blocks[block];
    if (counts === undefined || counts.length === 0) counts = this.#newBlock(block);
    const bucket = bucketOf(micros, block);
    counts[bucket] = (counts[bucket] ?? 0) + 1;
  }

  /**
   * The value at a nearest rank: of n samples in order, the one at ⌈share · n⌉, counted from 1; 0 of none.
   *
   * @param perMille the share in thousandths, 1 … 1000
   */
  percentile(perMille: number): number {
    const rank = Math.ceil((perMille * this.#count) / 1_000);
    let below = 0;
    for (let block = 0; block < this.#blocks.length; block++) {
      const counts = this.#blocks[block] ?? EMPTY;
      for (let bucket = 0; bucket < counts.length; bucket++) {
        below += counts[bucket] ?? 0;
        if (below >= rank && below > 0) return Math.min(middleOf(block, bucket), this.#max);
      }
    }
    return 0;
  }

  /** Count, mean and maximum exactly, percentiles to a thousandth. */
  summary(): TimeSummary {
    if (this.#count === 0) return NO_TIMES;
    return {
      count: this.#count,
      mean: this.#sum / this.#count,
      p50: this.percentile(500),
      p90: this.percentile(900),
      p99: this.percentile(990),
      p999: this.percentile(999),
      max: this.#max,
    };
  }

  #newBlock(block: number): Uint32Array {
    while (this.#blocks.length < block) this.#blocks.push(EMPTY);
    const counts = new Uint32Array(BUCKETS);
    this.#blocks[block] = counts;
    return counts;
  }
}

/** Stands for the buckets of a doubling in which there is no sample yet. */
const EMPTY = new Uint32Array(0);

function blockOf(micros: number): number {
  if (micros < BUCKETS) return 0;
  const log = micros < TWO_32 ? 31 - Math.clz32(micros) : 63 - Math.clz32(micros / TWO_32);
  return log - BUCKET_BITS + 1;
}

function bucketOf(micros: number, block: number): number {
  if (block === 0) return Math.trunc(micros);
  if (micros < TWO_31) return (micros >> (block - 1)) - BUCKETS;
  return Math.floor(micros / widthOf(block)) - BUCKETS;
}

function middleOf(block: number, bucket: number): number {
  if (block === 0) return bucket;
  const width = widthOf(block);
  return (BUCKETS + bucket) * width + Math.floor(width / 2);
}

/** How many microseconds wide the buckets of a block are: 2^(block − 1). */
function widthOf(block: number): number {
  return block <= 31 ? 1 << (block - 1) : (1 << (block - 32)) * TWO_31;
}
