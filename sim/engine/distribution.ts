/**
 * Distributions: how long a message takes, how far apart writes are, how many bytes one carries.
 *
 * One class for all kinds: an integer kind and its parameters as plain data, so that sampling is a switch on one
 * hidden shape, and a distribution can be compared and printed. Samples are real numbers ≥ 0 in the unit of the
 * parameters, made by inverting the distribution function at one uniform draw, which keeps two designs that
 * differ in a parameter on the same luck. Parameters come from a validated scenario, so a bad one is our bug.
 */
import { assert } from '../../core/assert.ts';
import type { Duration } from '../../core/units.ts';
import { duration } from '../../core/units.ts';
import { exp, ln, normalQuantile, power } from './portable-math.ts';
import type { RandomStreams, StreamId } from './random.ts';

/** A part of a mixture: sampled with probability `weight` over the sum of all weights. */
export interface WeightedPart {
  readonly weight: number;
  readonly distribution: Distribution;
}

/** A measured quantile: a sample is at most `value` with probability `p`, 0 ≤ p ≤ 1. */
export interface Quantile {
  readonly p: number;
  readonly value: number;
}

const CONSTANT = 0;
const UNIFORM = 1;
const EXPONENTIAL = 2;
const LOGNORMAL = 3;
const PARETO = 4;
const MIXTURE = 5;
const EMPIRICAL = 6;
const SHIFTED = 7;

/** What a mixture, a shifted and an empirical distribution consist of; empty for the other kinds. */
interface Lists {
  /** Ascending: the cumulative weights of a mixture, ending with 1; or the p of each quantile. */
  readonly ps: Float64Array;
  /** The value of each quantile. */
  readonly values: Float64Array;
  /** The parts of a mixture; the one that is shifted. */
  readonly parts: readonly Distribution[];
}

const NO_NUMBERS = new Float64Array(0);
const NO_LISTS: Lists = { ps: NO_NUMBERS, values: NO_NUMBERS, parts: [] };

/**
 * A distribution of real numbers ≥ 0.
 *
 * @example
 * // The one-way latency of LinkedIn's SSD cluster (Bailis et al. 2012, table 3), in microseconds.
 * Distribution.mixture([
 *   { weight: 0.9122, distribution: Distribution.pareto(235, 10) },
 *   { weight: 0.0878, distribution: Distribution.exponential(1_000 / 1.66) },
 * ]);
 */
export class Distribution {
  readonly #kind: number;
  // What the two parameters are depends on the kind; its factory says it.
  readonly #first: number;
  readonly #second: number;
  readonly #lists: Lists;
  /** What a constant comes to in whole microseconds. */
  readonly #constantMicros: Duration;

  private constructor(kind: number, first: number, second: number, lists: Lists = NO_LISTS) {
    this.#constantMicros = duration(kind === CONSTANT ? wholeMicros(first) : 0);
    this.#kind = kind;
    this.#first = first;
    this.#second = second;
    this.#lists = lists;
  }

  /** Always `value` ≥ 0. */
  static constant(value: number): Distribution {
    assertParameter(value >= 0, 'a constant is ≥ 0', value);
    return new Distribution(CONSTANT, value, 0);
  }

  /** As likely anywhere in `low` ≤ x < `high`; 0 ≤ `low` ≤ `high`. */
  static uniform(low: number, high: number): Distribution {
    assertParameter(low >= 0, 'a uniform starts at ≥ 0', low);
    assertParameter(high >= low, 'a uniform ends where it starts or later', high);
    return new Distribution(UNIFORM, low, high);
  }

  /** The gap between events that happen independently of each other, `mean` ≥ 0 apart on average. */
  static exponential(mean: number): Distribution {
    assertParameter(mean >= 0, 'a mean is ≥ 0', mean);
    return mean === 0 ? Distribution.constant(0) : new Distribution(EXPONENTIAL, mean, 0);
  }

  /**
   * A variable whose logarithm is normal, given by its own mean > 0 and its coefficient of variation `cv` ≥ 0
   * (standard deviation over mean). The logarithm has variance σ² = ln(1 + cv²) and mean ln(mean) − σ²/2.
   */
  static lognormal(mean: number, cv: number): Distribution {
    assertParameter(mean > 0, 'the mean of a lognormal is > 0', mean);
    assertParameter(cv >= 0, 'a coefficient of variation is ≥ 0', cv);
    if (cv === 0) return Distribution.constant(mean);
    const variance = ln(1 + cv * cv);
    return new Distribution(LOGNORMAL, ln(mean) - variance / 2, Math.sqrt(variance));
  }

  /** At least `scale` > 0, and above x with probability (scale / x)^shape; `shape` > 0. */
  static pareto(scale: number, shape: number): Distribution {
    assertParameter(scale > 0, 'the scale of a Pareto is > 0', scale);
    assertParameter(shape > 0, 'the shape of a Pareto is > 0', shape);
    return new Distribution(PARETO, scale, shape);
  }

  /** One of the parts, chosen by weight for each sample. At least one part; weights > 0, in any unit. */
  static mixture(parts: readonly WeightedPart[]): Distribution {
    assert(parts.length > 0, 'a mixture has a part');
    const ps = new Float64Array(parts.length);
    let total = 0;
    for (const [index, { weight }] of parts.entries()) {
      assertParameter(weight > 0, 'a weight is > 0', weight);
      total += weight;
      ps[index] = total;
    }
    const distributions = parts.map((part) => part.distribution);
    return new Distribution(MIXTURE, 0, 0, { ps: ps.map((p) => p / total), values: NO_NUMBERS, parts: distributions });
  }

  /** Every sample of `of`, and `by` ≥ 0 on top. Takes the draws that `of` takes. */
  static shifted(by: number, of: Distribution): Distribution {
    assertParameter(by >= 0, 'a shift is ≥ 0', by);
    if (of.#kind === CONSTANT) return Distribution.constant(by + of.#first);
    return new Distribution(SHIFTED, by, 0, { ps: NO_NUMBERS, values: NO_NUMBERS, parts: [of] });
  }

  /**
   * Measured quantiles, joined by straight lines. Below the first and above the last measured p the value is that
   * of the first and of the last: nothing is made up outside what was measured.
   *
   * @param quantiles at least one; p strictly ascending, values ≥ 0 and never descending
   */
  static empirical(quantiles: readonly Quantile[]): Distribution {
    assert(quantiles.length > 0, 'an empirical distribution has a quantile');
    let previous: Quantile | undefined;
    for (const quantile of quantiles) {
      assertParameter(quantile.p >= 0 && quantile.p <= 1, 'a p is 0 … 1', quantile.p);
      assertParameter(quantile.value >= (previous?.value ?? 0), 'values are ≥ 0 and never descend', quantile.value);
      assert(previous === undefined || quantile.p > previous.p, 'the p of quantiles ascend strictly', quantile.p);
      previous = quantile;
    }
    const ps = Float64Array.from(quantiles, (quantile) => quantile.p);
    const values = Float64Array.from(quantiles, (quantile) => quantile.value);
    return new Distribution(EMPIRICAL, 0, 0, { ps, values, parts: [] });
  }

  /** A sample ≥ 0. One uniform draw, none for a constant; a mixture takes one to choose and then its part's. */
  sample(streams: RandomStreams, stream: StreamId): number {
    if (this.#kind === CONSTANT) return this.#first;
    if (this.#kind === SHIFTED) return this.#first + this.#shifted().sample(streams, stream);
    const u = streams.uniform(stream);
    switch (this.#kind) {
      case UNIFORM:
        return this.#first + u * (this.#second - this.#first);
      case EXPONENTIAL:
        return -this.#first * ln(1 - u);
      case LOGNORMAL:
        return exp(this.#first + this.#second * normalQuantile(u));
      case PARETO:
        return this.#first * power(1 - u, -1 / this.#second);
      case MIXTURE:
        return this.#sampleOfPart(u, streams, stream);
      default:
        return this.#interpolated(u);
    }
  }

  /** A sample in whole microseconds, rounded to the nearest, at most 2^53 − 1; for parameters in microseconds. */
  sampleMicros(streams: RandomStreams, stream: StreamId): Duration {
    if (this.#kind === CONSTANT) return this.#constantMicros;
    return duration(wholeMicros(this.sample(streams, stream)));
  }

  /** Every sample is the same, so no stream is needed to take one. */
  get isConstant(): boolean {
    return this.#kind === CONSTANT;
  }

  /** The exact expectation; Infinity where it diverges (a Pareto with a shape of at most 1, or a mixture with one). */
  mean(): number {
    switch (this.#kind) {
      case CONSTANT:
      case EXPONENTIAL:
        return this.#first;
      case UNIFORM:
        return (this.#first + this.#second) / 2;
      case LOGNORMAL:
        return exp(this.#first + (this.#second * this.#second) / 2);
      case PARETO:
        return this.#second > 1 ? (this.#first * this.#second) / (this.#second - 1) : Infinity;
      case MIXTURE:
        return this.#mixtureMean();
      case SHIFTED:
        return this.#first + this.#shifted().mean();
      default:
        return this.#empiricalMean();
    }
  }

  /** The least number that no sample exceeds; Infinity if there is none. */
  max(): number {
    switch (this.#kind) {
      case CONSTANT:
        return this.#first;
      case UNIFORM:
        return this.#second;
      case EXPONENTIAL:
      case LOGNORMAL:
      case PARETO:
        return Infinity;
      case SHIFTED:
        return this.#first + this.#shifted().max();
      case MIXTURE:
        return this.#lists.parts.reduce((largest, part) => Math.max(largest, part.max()), 0);
      default:
        return numberAt(this.#lists.values, this.#lists.values.length - 1);
    }
  }

  #sampleOfPart(u: number, streams: RandomStreams, stream: StreamId): number {
    const part = this.#lists.parts[firstAbove(this.#lists.ps, u)];
    assert(part !== undefined, 'the weights of a mixture cover 0 … 1', u);
    return part.sample(streams, stream);
  }

  #shifted(): Distribution {
    const part = this.#lists.parts[0];
    assert(part !== undefined, 'what is shifted is a distribution');
    return part;
  }

  #mixtureMean(): number {
    const { ps, parts } = this.#lists;
    let mean = 0;
    for (const [index, part] of parts.entries()) {
      const below = index === 0 ? 0 : numberAt(ps, index - 1);
      mean += (numberAt(ps, index) - below) * part.mean();
    }
    return mean;
  }

  /** The value at probability `u` on the straight lines between quantiles. */
  #interpolated(u: number): number {
    const { ps, values } = this.#lists;
    const right = firstAbove(ps, u);
    if (right === 0) return numberAt(values, 0);
    const left = right - 1;
    const value = numberAt(values, left);
    if (right === ps.length) return value;
    const share = (u - numberAt(ps, left)) / (numberAt(ps, right) - numberAt(ps, left));
    return value + share * (numberAt(values, right) - value);
  }

  #empiricalMean(): number {
    const { ps, values } = this.#lists;
    const last = ps.length - 1;
    let mean = numberAt(ps, 0) * numberAt(values, 0) + (1 - numberAt(ps, last)) * numberAt(values, last);
    for (let right = 1; right <= last; right += 1) {
      const width = numberAt(ps, right) - numberAt(ps, right - 1);
      mean += (width * (numberAt(values, right) + numberAt(values, right - 1))) / 2;
    }
    return mean;
  }
}

/** The index of the first of the ascending `ps` that is greater than `u`, or their number if none is. O(log n). */
function firstAbove(ps: Float64Array, u: number): number {
  let low = 0;
  let high = ps.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (numberAt(ps, middle) > u) high = middle;
    else low = middle + 1;
  }
  return low;
}

function numberAt(numbers: Float64Array, index: number): number {
  return numbers[index] ?? 0;
}

function assertParameter(holds: boolean, rule: string, value: number): void {
  assert(holds && Number.isFinite(value), rule, value);
}

/** The nearest whole number of microseconds, at most 2^53 − 1. */
function wholeMicros(micros: number): number {
  return Math.min(Math.round(micros), Number.MAX_SAFE_INTEGER);
}
