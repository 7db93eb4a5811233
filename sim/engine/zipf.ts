/**
 * Zipf: which key a request is for. Rank r (counted from 0) is drawn with probability proportional to
 * 1 / (r + 1)^alpha.
 *
 * Rejection-inversion (Hörmann and Derflinger 1996, "Rejection-inversion to generate variates from monotone
 * discrete distributions"): no table, so a billion keys cost no more than ten. A point is drawn under the
 * continuous curve x^(−alpha), and the nearest rank is taken if the point lies under the bar of that rank.
 */
import { assert } from '../../core/assert.ts';
import { exp, ln } from './portable-math.ts';
import type { RandomStreams, StreamId } from './random.ts';

/** The most ranks of a Zipf distribution. */
export const MAX_ZIPF_COUNT = 1_000_000_000;

/** Fewer than one point in eight is rejected, so this many in a row happen less than once in 10^180. */
const MAX_REJECTIONS = 200;
/** Below this the series is more precise than the closed form, which loses digits there. */
const SERIES_BELOW = 1e-3;

/** A Zipf distribution over `count` ranks. Samples cost O(1). */
export class Zipf {
  readonly #count: number;
  readonly #alpha: number;
  // The area under the curve runs from that of rank 1, all of which is kept, to the right edge of the last rank.
  readonly #areaAtFirst: number;
  readonly #areaAtLast: number;
  /** A point at most this far left of its rank lies under the bar of the rank whatever its height. */
  readonly #certainWithin: number;

  /**
   * @param count how many ranks: an integer 1 … {@link MAX_ZIPF_COUNT}
   * @param alpha the skew ≥ 0: 0 is uniform, and the larger, the more the first ranks are preferred
   */
  constructor(count: number, alpha: number) {
    assert(Number.isInteger(count) && count >= 1 && count <= MAX_ZIPF_COUNT, 'a count is 1 … 10^9', count);
    assert(Number.isFinite(alpha) && alpha >= 0, 'an alpha is ≥ 0', alpha);
    this.#count = count;
    this.#alpha = alpha;
    this.#areaAtFirst = area(1.5, alpha) - 1;
    this.#areaAtLast = area(count + 0.5, alpha);
    this.#certainWithin = 2 - inverseArea(area(2.5, alpha) - height(2, alpha), alpha);
  }

  /** A rank 0 … count − 1. Takes one uniform draw for each attempt, fewer than 1.15 on average. */
  sample(streams: RandomStreams, stream: StreamId): number {
    if (this.#alpha === 0) return streams.below(stream, this.#count);
    for (let attempt = 0; attempt <= MAX_REJECTIONS; attempt += 1) {
      const point = this.#areaAtLast + streams.uniform(stream) * (this.#areaAtFirst - this.#areaAtLast);
      const x = inverseArea(point, this.#alpha);
      const rank = Math.min(Math.max(Math.floor(x + 0.5), 1), this.#count);
      if (rank - x <= this.#certainWithin) return rank - 1;
      if (point >= area(rank + 0.5, this.#alpha) - height(rank, this.#alpha)) return rank - 1;
    }
    assert(false, 'a Zipf sample is accepted within 201 attempts', this.#alpha);
    return 0;
  }
}

/** The curve: x^(−alpha). */
function height(x: number, alpha: number): number {
  return exp(-alpha * ln(x));
}

/** The area under the curve from 1 to `x`: (x^(1−alpha) − 1) / (1 − alpha), and ln x where alpha is 1. */
function area(x: number, alpha: number): number {
  const lnX = ln(x);
  return expm1Over((1 - alpha) * lnX) * lnX;
}

/** The x up to which the area under the curve is `covered`. */
function inverseArea(covered: number, alpha: number): number {
  // Rounding can push the argument past −1, where the area ends for alpha > 1.
  const scaled = Math.max(covered * (1 - alpha), -1);
  return exp(ln1pOver(scaled) * covered);
}

/** (e^t − 1) / t, which is 1 at t = 0. */
function expm1Over(t: number): number {
  if (Math.abs(t) > SERIES_BELOW) return (exp(t) - 1) / t;
  return 1 + (t / 2) * (1 + (t / 3) * (1 + (t / 4) * (1 + (t / 5) * (1 + t / 6))));
}

/** ln(1 + t) / t, which is 1 at t = 0. */
function ln1pOver(t: number): number {
  if (Math.abs(t) > SERIES_BELOW) return ln(1 + t) / t;
  return 1 - t * (1 / 2 - t * (1 / 3 - t * (1 / 4 - t * (1 / 5 - t / 6))));
}
