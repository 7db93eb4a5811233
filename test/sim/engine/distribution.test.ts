/**
 * Distributions against theory: quantiles, means, the largest value, and how many draws a sample takes.
 *
 * An empirical quantile of n samples has standard deviation √(p(1−p)/n) / f, with f the density at the quantile.
 * All bounds are four standard deviations; seeds are fixed. No mean of a Pareto with a shape of at most 2 is tested.
 */
import { describe, expect, it } from 'vitest';
import { AssertionFailure } from '../../../core/assert.ts';
import { duration } from '../../../core/units.ts';
import { Distribution } from '../../../sim/engine/distribution.ts';
import { RandomStreams } from '../../../sim/engine/random.ts';

const SAMPLES = 200_000;
const LONGEST = duration(Number.MAX_SAFE_INTEGER);

function samplesOf(distribution: Distribution, count = SAMPLES): Float64Array {
  const streams = new RandomStreams(20_260_105);
  const stream = streams.open('test', 'samples');
  return Float64Array.from({ length: count }, () => distribution.sample(streams, stream));
}

function meanOf(samples: Float64Array): number {
  return samples.reduce((sum, sample) => sum + sample, 0) / samples.length;
}

/** Expects the empirical quantile of `distribution` at `p` within four standard deviations of `quantile`. */
function expectQuantile(distribution: Distribution, p: number, quantile: number, density: number): void {
  const sorted = samplesOf(distribution).sort();
  const found = sorted[Math.floor(p * sorted.length)] ?? NaN;
  const sigma = Math.sqrt((p * (1 - p)) / sorted.length) / density;
  expect(Math.abs(found - quantile)).toBeLessThan(4 * sigma);
}

/** Expects the mean of samples within four standard deviations of `mean`, and `mean()` equal to it. */
function expectMean(distribution: Distribution, mean: number, deviation: number): void {
  expect(distribution.mean()).toBeCloseTo(mean, 12);
  expect(Math.abs(meanOf(samplesOf(distribution)) - mean)).toBeLessThan((4 * deviation) / Math.sqrt(SAMPLES));
}

/** `share` of a Pareto, the rest an exponential: the form of the latency fits of Bailis et al. 2012, table 3. */
interface LatencyFit {
  readonly share: number;
  readonly scale: number;
  readonly shape: number;
  readonly rate: number;
}

function mixtureOf({ share, scale, shape, rate }: LatencyFit): Distribution {
  return Distribution.mixture([
    { weight: share, distribution: Distribution.pareto(scale, shape) },
    { weight: 1 - share, distribution: Distribution.exponential(1 / rate) },
  ]);
}

function densityOf({ share, scale, shape, rate }: LatencyFit, x: number): number {
  const pareto = x < scale ? 0 : (shape * scale ** shape) / x ** (shape + 1);
  return share * pareto + (1 - share) * rate * Math.exp(-rate * x);
}

describe('the simple kinds', () => {
  it('a constant is always itself', () => {
    const constant = Distribution.constant(3.25);
    expect(new Set(samplesOf(constant, 100))).toEqual(new Set([3.25]));
    expect([constant.mean(), constant.max()]).toEqual([3.25, 3.25]);
  });

  it('a uniform fills its range evenly', () => {
    const uniform = Distribution.uniform(2, 10);
    expectMean(uniform, 6, 8 / Math.sqrt(12));
    expectQuantile(uniform, 0.9, 9.2, 1 / 8);
    const samples = samplesOf(uniform);
    expect(Math.min(...samples.slice(0, 50_000))).toBeGreaterThanOrEqual(2);
    expect(Math.max(...samples.slice(0, 50_000))).toBeLessThan(10);
    expect(uniform.max()).toBe(10);
  });

  it('an exponential has its mean as deviation and quantiles −mean · ln(1 − p)', () => {
    const exponential = Distribution.exponential(5);
    expectMean(exponential, 5, 5);
    for (const p of [0.5, 0.9, 0.99]) expectQuantile(exponential, p, -5 * Math.log(1 - p), (1 - p) / 5);
    expect(exponential.max()).toBe(Infinity);
  });

  it('a lognormal has the mean and the coefficient of variation it was given', () => {
    // cv² = 4: the logarithm has variance ln 5 and the median is 1 / √5. Variance of a sample: cv² · mean² = 4.
    const lognormal = Distribution.lognormal(1, 2);
    const sigma = Math.sqrt(Math.log(5));
    expectMean(lognormal, 1, 2);
    const peak = 1 / (sigma * Math.sqrt(2 * Math.PI));
    expectQuantile(lognormal, 0.5, 1 / Math.sqrt(5), peak * Math.sqrt(5));
    const z = 1.2815515655446004; // the normal quantile of 0.9
    const quantile = Math.exp(sigma * z) / Math.sqrt(5);
    expectQuantile(lognormal, 0.9, quantile, (peak * Math.exp(-z * z * 0.5)) / quantile);
    expect(lognormal.max()).toBe(Infinity);
  });

  it('a Pareto starts at its scale and has quantiles scale · (1 − p)^(−1/shape)', () => {
    const pareto = Distribution.pareto(1.05, 1.51);
    for (const p of [0.5, 0.9, 0.99]) {
      const quantile = 1.05 * (1 - p) ** (-1 / 1.51);
      expectQuantile(pareto, p, quantile, (1.51 * (1 - p)) / quantile);
    }
    expect(Math.min(...samplesOf(pareto, 50_000))).toBeGreaterThanOrEqual(1.05);
    // Shape 5: mean 5/4, variance 5 / (16 · 3).
    expectMean(Distribution.pareto(1, 5), 1.25, Math.sqrt(5 / 48));
    expect(pareto.max()).toBe(Infinity);
  });

  it('a Pareto with a shape of at most 1 has no mean', () => {
    expect(Distribution.pareto(2, 1).mean()).toBe(Infinity);
    expect(Distribution.pareto(2, 0.5).mean()).toBe(Infinity);
    expect(Distribution.pareto(2, 1.5).mean()).toBe(6);
  });

  it('an exponential of mean 0 and a lognormal without variation are constants', () => {
    expect([Distribution.exponential(0).max(), Distribution.exponential(0).mean()]).toEqual([0, 0]);
    expect([Distribution.lognormal(7, 0).max(), Distribution.lognormal(7, 0).mean()]).toEqual([7, 7]);
  });
});

describe('a mixture', () => {
  const ssd = { share: 0.9122, scale: 0.235, shape: 10, rate: 1.66 };
  const disk = { share: 0.38, scale: 1.05, shape: 1.51, rate: 0.183 };

  // One-way quantiles of the fits of Bailis et al. 2012, by quadrature, in milliseconds.
  it.each([
    ['LNKD-SSD', ssd, 0.5, 0.252643],
    ['LNKD-SSD', ssd, 0.9, 0.315471],
    ['LNKD-SSD', ssd, 0.99, 1.308723],
    ['LNKD-SSD', ssd, 0.999, 2.69582],
    ['LNKD-DISK write', disk, 0.5, 2.462381],
    ['LNKD-DISK write', disk, 0.9, 10.638593],
    ['LNKD-DISK write', disk, 0.99, 24.684371],
    ['LNKD-DISK write', disk, 0.999, 54.678425],
  ])('has the quantiles of %s: %o at %d is %d ms', (_, fit, p, quantile) => {
    expectQuantile(mixtureOf(fit), p, quantile, densityOf(fit, quantile));
  });

  it('weighs its parts in any unit, and a mixture can be a part', () => {
    const inner = Distribution.mixture([
      { weight: 1, distribution: Distribution.constant(0) },
      { weight: 1, distribution: Distribution.constant(8) },
    ]);
    const outer = Distribution.mixture([
      { weight: 30, distribution: inner },
      { weight: 10, distribution: Distribution.constant(16) },
    ]);
    // 3/8 at 0, 3/8 at 8, 1/4 at 16: mean 7, E x² = 24 + 64 = 88, variance 39.
    expectMean(outer, 7, Math.sqrt(39));
    const samples = samplesOf(outer);
    expect(new Set(samples)).toEqual(new Set([0, 8, 16]));
    const atEight = samples.filter((sample) => sample === 8).length / SAMPLES;
    expect(Math.abs(atEight - 3 / 8)).toBeLessThan(4 * Math.sqrt((3 / 8) * (5 / 8) * (1 / SAMPLES)));
    expect(outer.max()).toBe(16);
  });

  it('has no mean if a part has none, and no largest value if a part has none', () => {
    const mixture = mixtureOf({ share: 0.5, scale: 1, shape: 1, rate: 1 });
    expect([mixture.mean(), mixture.max()]).toEqual([Infinity, Infinity]);
  });

  it('has the largest value of its parts, however small', () => {
    const mixture = Distribution.mixture([
      { weight: 1, distribution: Distribution.constant(0.25) },
      { weight: 1, distribution: Distribution.uniform(0, 0.5) },
    ]);
    expect(mixture.max()).toBe(0.5);
  });
});

describe('a shifted distribution', () => {
  it('is what it shifts and so much on top: quantiles, mean and the largest value', () => {
    const shifted = Distribution.shifted(75, Distribution.exponential(20));
    expectMean(shifted, 95, 20);
    expectQuantile(shifted, 0.5, 75 + 20 * Math.LN2, 0.5 / 20);
    expect(shifted.max()).toBe(Infinity);
    expect(Distribution.shifted(5, Distribution.uniform(1, 2)).max()).toBe(7);
    const plain = samplesOf(Distribution.exponential(20), 100);
    expect(samplesOf(shifted, 100)).toEqual(plain.map((sample) => 75 + sample));
  });

  it('of a constant is a constant, and draws nothing', () => {
    const constant = Distribution.shifted(75, Distribution.constant(25));
    expect(constant.isConstant).toBe(true);
    expect(constant.mean()).toBe(100);
  });
});

describe('an empirical distribution', () => {
  const measured = Distribution.empirical([
    { p: 0.5, value: 10 },
    { p: 0.9, value: 20 },
    { p: 0.98, value: 40 },
  ]);

  it('has the quantiles it was given, straight lines between, and nothing outside', () => {
    // Half of all samples at 10; density 0.4 / 10 up to 20 and 0.08 / 20 up to 40; 2 % at 40.
    expectQuantile(measured, 0.7, 15, 0.04);
    expectQuantile(measured, 0.9, 20, 0.004);
    expectQuantile(measured, 0.95, 32.5, 0.004);
    const samples = samplesOf(measured);
    const atFirst = samples.filter((sample) => sample === 10).length / SAMPLES;
    const atLast = samples.filter((sample) => sample === 40).length / SAMPLES;
    expect(Math.abs(atFirst - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / SAMPLES));
    expect(Math.abs(atLast - 0.02)).toBeLessThan(4 * Math.sqrt((0.02 * 0.98) / SAMPLES));
    expect(samples.every((sample) => sample >= 10 && sample <= 40)).toBe(true);
  });

  it('has the mean of its straight lines', () => {
    // Mean: 5 + 0.4 · 15 + 0.08 · 30 + 0.8 = 14.2.
    // E x²: 50 + 0.4 · 700/3 + 0.08 · 2800/3 + 32 = 250, so the variance is 250 − 201.64 = 48.36.
    expectMean(measured, 14.2, Math.sqrt(48.36));
    expect(measured.max()).toBe(40);
  });

  it('of one quantile is a constant', () => {
    const single = Distribution.empirical([{ p: 0.5, value: 3 }]);
    expect(new Set(samplesOf(single, 100))).toEqual(new Set([3]));
    expect([single.mean(), single.max()]).toEqual([3, 3]);
  });
});

/** How many uniform draws one sample took: found by drawing from a twin of the stream until both agree. */
function drawsOf(distribution: Distribution): number {
  const [streams, twins] = [new RandomStreams(3), new RandomStreams(3)];
  const stream = streams.open('test', 'draws');
  const twin = twins.open('test', 'draws');
  distribution.sample(streams, stream);
  const next = streams.uniform(stream);
  return Array.from({ length: 10 }, () => twins.uniform(twin)).indexOf(next);
}

describe('a sample', () => {
  const simple = {
    uniform: Distribution.uniform(0, 1),
    exponential: Distribution.exponential(1),
    lognormal: Distribution.lognormal(1, 1),
    pareto: Distribution.pareto(1, 1),
    empirical: Distribution.empirical([{ p: 0.5, value: 3 }]),
  };

  it.each(Object.entries(simple))('of a distribution of kind %s takes one draw', (_, distribution) => {
    expect(drawsOf(distribution)).toBe(1);
  });

  it('of a constant takes none: there is nothing to choose', () => {
    expect(drawsOf(Distribution.constant(1))).toBe(0);
  });

  it('of a mixture takes one draw to choose and then those of its part', () => {
    expect(drawsOf(mixtureOf({ share: 0.5, scale: 1, shape: 1, rate: 1 }))).toBe(2);
  });

  it.each([
    [2.4, 2],
    [2.5, 3],
    [0, 0],
    [1e300, LONGEST],
  ])('of %d µs is %d whole microseconds', (value, micros) => {
    const streams = new RandomStreams(1);
    const stream = streams.open('test', 'micros');
    expect(Distribution.constant(value).sampleMicros(streams, stream)).toBe(micros);
  });

  it('that is beyond every double is the longest duration', () => {
    // Of all samples, 96 % exceed 2^53 and half are infinite: saturation, not NaN, and never a refusal.
    const streams = new RandomStreams(1);
    const stream = streams.open('test', 'micros');
    const micros = Array.from({ length: 100 }, () => Distribution.pareto(1, 0.001).sampleMicros(streams, stream));
    expect(micros.filter((value) => value === LONGEST).length).toBeGreaterThan(80);
  });
});

describe('parameters that a validated scenario cannot hold', () => {
  const constant = Distribution.constant(1);
  it.each<[string, () => Distribution]>([
    ['a negative constant', () => Distribution.constant(-0.5)],
    ['an infinite constant', () => Distribution.constant(Infinity)],
    ['a uniform from below 0', () => Distribution.uniform(-0.5, 1)],
    ['a uniform that ends before it starts', () => Distribution.uniform(1.5, 1)],
    ['a negative mean', () => Distribution.exponential(-0.5)],
    ['a lognormal of mean 0', () => Distribution.lognormal(0, 1)],
    ['a negative coefficient of variation', () => Distribution.lognormal(1, -0.5)],
    ['a Pareto of scale 0', () => Distribution.pareto(0, 1)],
    ['a Pareto of shape 0', () => Distribution.pareto(1, 0)],
    ['a mixture of nothing', () => Distribution.mixture([])],
    ['a weight of 0', () => Distribution.mixture([{ weight: 0, distribution: constant }])],
    ['no quantiles', () => Distribution.empirical([])],
    ['a negative shift', () => Distribution.shifted(-0.5, constant)],
    ['a negative shift of what varies', () => Distribution.shifted(-0.5, Distribution.uniform(5, 6))],
    ['an infinite shift', () => Distribution.shifted(Infinity, constant)],
    ['a negative p', () => Distribution.empirical([{ p: -0.1, value: 1 }])],
    ['a p above 1', () => Distribution.empirical([{ p: 1.1, value: 1 }])],
    ['a negative quantile', () => Distribution.empirical([{ p: 0.5, value: -0.5 }])],
    ['the same p twice', () => Distribution.empirical([{ p: 0.5, value: 1 }, { p: 0.5, value: 2 }])], // prettier-ignore
    ['values that descend', () => Distribution.empirical([{ p: 0.5, value: 2 }, { p: 0.6, value: 1 }])], // prettier-ignore
  ])('%s is a bug of ours', (_, make) => {
    expect(make).toThrow(AssertionFailure);
  });
});

describe('the mean of a distribution', () => {
  it('of a lognormal is the one it was given, whatever its coefficient of variation', () => {
    for (const cv of [0, 0.5, 1, 2]) expect(Distribution.lognormal(7, cv).mean()).toBeCloseTo(7, 12);
  });

  it('of a mixture is that of its parts by their weights: (1 · 10 + 3 · 20 + 4 · 5) / 8 = 11.25', () => {
    const parts = [
      { weight: 1, distribution: Distribution.constant(10) },
      { weight: 3, distribution: Distribution.uniform(10, 30) },
      { weight: 4, distribution: Distribution.exponential(5) },
    ];
    expect(Distribution.mixture(parts).mean()).toBeCloseTo(11.25, 12);
    expect(Distribution.mixture(parts).max()).toBe(Infinity);
    expect(Distribution.mixture(parts.slice(0, 2)).max()).toBe(30);
  });

  it('of an empirical one is that of its straight lines: half within 0 … 10, half within 10 … 30', () => {
    const quantiles = [
      { p: 0, value: 0 },
      { p: 0.5, value: 10 },
      { p: 1, value: 30 },
    ];
    expect(Distribution.empirical(quantiles).mean()).toBeCloseTo(0.5 * 5 + 0.5 * 20, 12);
    expect(Distribution.empirical(quantiles).max()).toBe(30);
  });
});
