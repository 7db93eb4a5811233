import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TimeHistogram } from '../../../sim/trace/time-histogram.ts';
import { Reach } from '../../support/reach.ts';

const YEAR = 31_557_600_000_000;

function of(samples: readonly number[]): TimeHistogram {
  const histogram = new TimeHistogram();
  for (const sample of samples) histogram.add(sample);
  return histogram;
}

/** The value at rank ⌈share · n⌉ of the samples in order, counted from 1. */
function nearestRank(samples: readonly number[], perMille: number): number {
  const sorted = samples.toSorted((left, right) => left - right);
  return sorted[Math.ceil((perMille * sorted.length) / 1_000) - 1] ?? NaN;
}

describe('TimeHistogram', () => {
  it('is exact by nearest rank below 1024 µs', () => {
    const histogram = of(Array.from({ length: 1_000 }, (_, i) => 1_000 - i));
    expect(histogram.summary()).toEqual({
      count: 1_000,
      mean: 500.5,
      p50: 500,
      p90: 900,
      p99: 990,
      p999: 999,
      max: 1_000,
    });
    expect(of([7]).summary()).toEqual({ count: 1, mean: 7, p50: 7, p90: 7, p99: 7, p999: 7, max: 7 });
    // Of three samples the median is the second, and every share above two thirds is the third.
    expect(of([30, 10, 20]).summary()).toMatchObject({ p50: 20, p90: 30, max: 30 });
  });

  it('is all zeros without samples, and counts the time 0', () => {
    expect(of([]).summary()).toEqual({ count: 0, mean: 0, p50: 0, p90: 0, p99: 0, p999: 0, max: 0 });
    expect(of([0, 0, 5]).summary()).toMatchObject({ count: 3, p50: 0, p90: 5 });
  });

  it('never tells a percentile above the maximum', () => {
    // 1 000 000 lies in a bucket 1024 µs wide, from 999 424 on; its middle is 999 936.
    expect(of([1_000_000]).summary()).toMatchObject({ p50: 999_936, max: 1_000_000 });
    expect(of([999_425]).summary()).toMatchObject({ p50: 999_425, max: 999_425 });
  });

  it('is within a thousandth of the exact percentile from 1 µs to a year', () => {
    const reach = new Reach<'below 1024 µs' | 'above 2^31 µs' | 'above 2^32 µs' | 'many samples'>();
    const exponent = fc.integer({ min: 0, max: 44 });
    const sample = exponent.chain((bits) => fc.integer({ min: 1, max: Math.min(2 ** (bits + 1), YEAR) }));
    fc.assert(
      fc.property(fc.array(sample, { minLength: 1, maxLength: 300, size: 'max' }), (samples) => {
        const histogram = of(samples);
        for (const perMille of [1, 500, 900, 990, 999, 1_000]) {
          const exact = nearestRank(samples, perMille);
          expect(Math.abs(histogram.percentile(perMille) - exact)).toBeLessThan(exact / 1_000);
        }
        reach.note(
          'below 1024 µs',
          samples.some((one) => one < 1_024),
        );
        reach.note(
          'above 2^31 µs',
          samples.some((one) => one >= 2 ** 31 && one < 2 ** 32),
        );
        reach.note(
          'above 2^32 µs',
          samples.some((one) => one >= 2 ** 32),
        );
        reach.note('many samples', samples.length > 100);
      }),
      { seed: 20_261_122, numRuns: 300 },
    );
    expect(reach.rarerThan(20, ['below 1024 µs', 'above 2^31 µs', 'above 2^32 µs', 'many samples'])).toEqual([]);
  });

  it('has its bounds right at every power of two', () => {
    for (let bits = 0; bits < 52; bits++) {
      for (const value of [2 ** bits, 2 ** bits + 1, 2 ** (bits + 1) - 1]) {
        // A larger sample keeps the maximum from cutting the answer.
        const told = of([value, 2 ** 53 - 1]).percentile(500);
        expect(Math.abs(told - value)).toBeLessThan(value / 1_000);
      }
    }
  });

  it('refuses a negative time', () => {
    expect(() => of([-1])).toThrow('a time is not negative');
  });
});
