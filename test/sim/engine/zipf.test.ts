/**
 * Zipf against its probabilities, over skews on both sides of 1 and up to 10^9 ranks.
 *
 * A proportion p over n samples has standard deviation √(p(1−p)/n); bounds are four of them, seeds are fixed.
 */
import { describe, expect, it } from 'vitest';
import { AssertionFailure } from '../../../core/assert.ts';
import { RandomStreams } from '../../../sim/engine/random.ts';
import { Zipf } from '../../../sim/engine/zipf.ts';

const SAMPLES = 200_000;

function samplesOf(count: number, alpha: number, samples = SAMPLES): number[] {
  const streams = new RandomStreams(20_260_106);
  const stream = streams.open('test', 'zipf');
  const zipf = new Zipf(count, alpha);
  return Array.from({ length: samples }, () => zipf.sample(streams, stream));
}

function expectProportion(samples: readonly number[], matches: (rank: number) => boolean, p: number): void {
  const found = samples.filter(matches).length / samples.length;
  expect(Math.abs(found - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / samples.length));
}

describe('a Zipf sample', () => {
  it('is hardly ever another one for a skew that differs by next to nothing, on either side of 1', () => {
    // Areas near alpha = 1 are sums of a series up to |1 − alpha| · ln x = 1e-3, and closed forms beyond: of the whole area
    // of a million ranks, one at the first of two skews and the other at the second.
    const seam = 1e-3 / Math.log(1_000_000.5);
    for (const side of [-1, 1]) {
      const below = samplesOf(1_000_000, 1 + side * seam * 0.999_999_9, 5_000);
      const above = samplesOf(1_000_000, 1 + side * seam * 1.000_000_1, 5_000);
      const others = below.filter((rank, index) => rank !== above[index]).length;
      // Ranks up to 10^6 move by less than 10^6 · 2e-7 · 1e-3 · ln 10^6 < 0.003: fewer than 15 of 5 000 pass an edge.
      expect(others).toBeLessThan(15);
      expect(new Set(below).size).toBeGreaterThan(2_000);
    }
  });

  it('is hardly ever another one at that seam of a billion ranks, where a term too few would show', () => {
    // Skews apart by 2e-10 of their distance from 1 move a rank of 10^9 by 10^9 · 2e-13 · ln 10^9 < 0.005, and so does
    // rounding, to one part in 1e13 of an area: less than one in 100 passes an edge.
    const seam = 1e-3 / Math.log(1e9 + 0.5);
    for (const side of [-1, 1]) {
      const below = samplesOf(1e9, 1 + side * seam * (1 - 1e-10), 5_000);
      const above = samplesOf(1e9, 1 + side * seam * (1 + 1e-10), 5_000);
      expect(below.filter((rank, index) => rank !== above[index]).length).toBeLessThan(50);
      expect(new Set(below).size).toBeGreaterThan(2_000);
    }
  });

  it.each([
    [40, 0.5],
    [40, 2],
    [40, 3],
    // Close to 1 an area and its inverse are sums of a series, up to the last of a billion ranks.
    [1e9, 1 - 4.5e-5],
    [1e9, 1 + 4.5e-5],
  ])('of %d ranks is accepted or drawn again as Hörmann and Derflinger say, for alpha %d', (count, alpha) => {
    // Rejection inversion (1996), from its definition: under the curve x^(−alpha) a point is drawn, and its rank is taken
    // unless the point lies between the steps of the ranks and the curve.
    const area = (x: number): number => Math.expm1((1 - alpha) * Math.log(x)) / (1 - alpha);
    const [first, last] = [area(1.5) - 1, area(count + 0.5)];
    const streams = new RandomStreams(7);
    const own = new RandomStreams(7);
    const [drawn, stream] = [streams.open('test', 'zipf'), own.open('test', 'zipf')];
    const zipf = new Zipf(count, alpha);
    let draws = 0;
    /** The nearest rank to a point drawn, if that is accepted. */
    const attempt = (): number | undefined => {
      draws++;
      const point = last + streams.uniform(drawn) * (first - last);
      const x = Math.exp(Math.log1p(point * (1 - alpha)) / (1 - alpha));
      const rank = Math.min(Math.max(Math.floor(x + 0.5), 1), count);
      return point >= area(rank + 0.5) - rank ** -alpha ? rank : undefined;
    };
    let others = 0;
    for (let sample = 0; sample < 20_000; sample++) {
      let rank = attempt();
      while (rank === undefined) rank = attempt();
      if (zipf.sample(own, stream) !== rank - 1) others++;
    }
    // Rounding moves x by some parts in 1e15, and so by less than 1e-4 of a rank.
    expect(others).toBeLessThanOrEqual(count === 40 ? 0 : 5);
    expect(draws).toBeGreaterThan(20_000);
  });

  it.each([
    [
      10,
      1,
      [
        [0, 0.341417],
        [1, 0.170709],
        [9, 0.0341417],
      ],
    ],
    [
      1_000,
      0.99,
      [
        [0, 0.129384],
        [1, 0.0651418],
        [9, 0.0132397],
      ],
    ],
  ] as const)('has the published probabilities for %d ranks and alpha %d', (count, alpha, published) => {
    // prettier-ignore
    const samples = samplesOf(count, alpha);
    for (const [rank, p] of published) expectProportion(samples, (sample) => sample === rank, p);
  });

  it.each([0, 0.3, 0.9, 1, 1.1, 2, 4])(
    'has each of twelve ranks in proportion to rank^(−alpha) for alpha %d',
    (alpha) => {
      const weights = Array.from({ length: 12 }, (_, rank) => (rank + 1) ** -alpha);
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      const samples = samplesOf(12, alpha);
      for (const [rank, weight] of weights.entries()) {
        expectProportion(samples, (sample) => sample === rank, weight / total);
      }
      expect(samples.every((rank) => Number.isInteger(rank) && rank >= 0 && rank < 12)).toBe(true);
    },
  );

  it('is uniform over a billion ranks for alpha 0', () => {
    const samples = samplesOf(1e9, 0);
    for (const share of [0.1, 0.5, 0.9]) expectProportion(samples, (rank) => rank < share * 1e9, share);
  });

  it('is of the first thousand of a billion ranks as often as the harmonic numbers say', () => {
    // Alpha 1: H(1000) / H(10^9) = 7.485470861 / 21.300481502.
    const samples = samplesOf(1e9, 1);
    expectProportion(samples, (rank) => rank < 1_000, 7.485470861 / 21.300481502);
    expect(samples.every((rank) => Number.isInteger(rank) && rank >= 0 && rank < 1e9)).toBe(true);
  });

  it('does not notice the exact alpha 1: just beside it, the same draws give the same ranks', () => {
    const exactly = samplesOf(1_000, 1, 2_000);
    expect(samplesOf(1_000, 1 - 1e-12, 2_000)).toEqual(exactly);
    expect(samplesOf(1_000, 1 + 1e-12, 2_000)).toEqual(exactly);
  });

  it('of one rank, or of an extreme skew, is the first', () => {
    expect(new Set(samplesOf(1, 1, 1_000))).toEqual(new Set([0]));
    expect(new Set(samplesOf(1e9, 100, 1_000))).toEqual(new Set([0]));
  });

  it.each([
    [0, 1],
    [1.5, 1],
    [1e9 + 1, 1],
    [10, -0.1],
    [10, Infinity],
  ])('refuses %d ranks with alpha %d as a bug of ours', (count, alpha) => {
    expect(() => new Zipf(count, alpha)).toThrow(AssertionFailure);
  });
});
