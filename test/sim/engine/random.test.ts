/**
 * Random streams: independent of each other by name, whatever others open or draw, and uniform.
 *
 * Statistical bounds are four standard deviations or the stated quantile, computed by hand; seeds are fixed.
 */
import { describe, expect, it } from 'vitest';
import { AssertionFailure } from '../../../core/assert.ts';
import { hexOf, mixText, mixWord, newLanes } from '../../../sim/engine/hash.ts';
import type { StreamId } from '../../../sim/engine/random.ts';
import { RandomStreams } from '../../../sim/engine/random.ts';
import { splitmix64 } from '../../../sim/engine/splitmix64.ts';
import { nextXoshiro128 } from '../../../sim/engine/xoshiro128.ts';

const draws = (streams: RandomStreams, stream: StreamId, count = 20) =>
  Array.from({ length: count }, () => streams.uint32(stream));

/** The first draws of a single stream. */
function drawsOf(seed: number, entity: string, purpose: string): number[] {
  const streams = new RandomStreams(seed);
  return draws(streams, streams.open(entity, purpose));
}

/** Pearson's statistic of counts that should all be equal. */
function chiSquare(counts: readonly number[]): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

/** How often each of `bins` values came up. */
function tally(bins: number, total: number, draw: () => number): number[] {
  const counts = Array.from({ length: bins }, () => 0);
  for (let index = 0; index < total; index += 1) {
    const bin = draw();
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}

describe('a random stream', () => {
  it('draws the same again for the same seed and names', () => {
    expect(drawsOf(7, 'link A>B', 'latency')).toEqual(drawsOf(7, 'link A>B', 'latency'));
  });

  it('draws otherwise for another seed, entity or purpose, and for names split elsewhere', () => {
    const first = [
      drawsOf(7, 'ab', 'c'),
      drawsOf(8, 'ab', 'c'),
      drawsOf(7 + 2 ** 32, 'ab', 'c'),
      drawsOf(7, 'ab', 'd'),
      drawsOf(7, 'bb', 'c'),
      drawsOf(7, 'a', 'bc'),
      drawsOf(7, 'c', 'ab'),
    ].map((values) => values.join());
    expect(new Set(first).size).toBe(first.length);
  });

  it('is the generator from two outputs of splitmix64 on, as its authors advise, all 128 bits of them', () => {
    const lanes = newLanes();
    for (const word of [7, 0]) mixWord(lanes, word); // the seed, its low word first
    for (const name of ['link A>B', 'latency']) mixText(lanes, name);
    const start = BigInt(`0x${hexOf(lanes)}`);
    const bytes = new DataView(new ArrayBuffer(16));
    for (const index of [0, 1]) bytes.setBigUint64(8 * index, splitmix64(start, index), true);
    const state = Int32Array.from([0, 4, 8, 12], (at) => bytes.getInt32(at, true));
    expect(drawsOf(7, 'link A>B', 'latency')).toEqual(Array.from({ length: 20 }, () => nextXoshiro128(state, 0)));
  });

  it('is not moved by streams that others open before or after it, or by their draws', () => {
    const alone = drawsOf(42, 'peer 3', 'arrivals');
    const streams = new RandomStreams(42);
    // More streams than the first table holds, so that it grows between two draws of the stream.
    const before = Array.from({ length: 50 }, (_, index) => streams.open(`peer ${100 + index}`, 'arrivals'));
    for (const other of before) streams.uniform(other);
    const stream = streams.open('peer 3', 'arrivals');
    const firstHalf = draws(streams, stream, 10);
    for (let index = 0; index < 200; index += 1) streams.uniform(streams.open(`peer ${500 + index}`, 'arrivals'));
    expect([...firstHalf, ...draws(streams, stream, 10)]).toEqual(alone);
  });

  it('is opened once: a second user of the name would share its draws', () => {
    const streams = new RandomStreams(1);
    streams.open('peer 1', 'latency');
    streams.open('peer 1', 'arrivals');
    expect(() => streams.open('peer 1', 'latency')).toThrow(AssertionFailure);
  });

  it('is opened before it is drawn from', () => {
    expect(() => new RandomStreams(1).uint32(0)).toThrow(AssertionFailure);
  });

  it.each([-1, 0.5, 2 ** 53, NaN])('refuses %d as a seed', (seed) => {
    expect(() => new RandomStreams(seed)).toThrow(AssertionFailure);
  });

  it('has unrelated neighbours: the first draws of streams whose names differ by one digit are uniform', () => {
    // 100 bins, 99 degrees of freedom: chi-square is outside 54.9 … 160.2 twice in 10^4 (Wilson and Hilferty).
    const streams = new RandomStreams(5);
    let index = 0;
    const statistic = chiSquare(
      tally(100, 10_000, () => Math.floor(streams.uniform(streams.open(`peer ${(index += 1)}`, 'latency')) * 100)),
    );
    expect(statistic).toBeGreaterThan(54.9);
    expect(statistic).toBeLessThan(160.2);
  });
});

describe('uniform', () => {
  const streams = new RandomStreams(2026);
  const stream = streams.open('test', 'uniform');

  it('stays in 0 ≤ u < 1 and has 53 bits', () => {
    const values = Array.from({ length: 10_000 }, () => streams.uniform(stream));
    expect(values.every((u) => u >= 0 && u < 1)).toBe(true);
    expect(values.every((u) => Number.isInteger(u * 2 ** 53))).toBe(true);
    // The last bit is 1 half of the time: 5000 ± 4 · 50.
    const odd = values.filter((u) => (u * 2 ** 53) % 2 === 1).length;
    expect(Math.abs(odd - 5_000)).toBeLessThanOrEqual(200);
  });

  it('fills 100 bins evenly', () => {
    // 99 degrees of freedom: chi-square is outside 54.9 … 160.2 twice in 10^4 (Wilson and Hilferty).
    const statistic = chiSquare(tally(100, 200_000, () => Math.floor(streams.uniform(stream) * 100)));
    expect(statistic).toBeGreaterThan(54.9);
    expect(statistic).toBeLessThan(160.2);
  });

  it('has mean 1/2 and variance 1/12, and does not remember its last draw', () => {
    const count = 200_000;
    const centred = Array.from({ length: count }, () => streams.uniform(stream) - 0.5);
    const mean = centred.reduce((sum, x) => sum + x, 0) / count;
    const variance = centred.reduce((sum, x) => sum + x * x, 0) / count;
    const lagged = centred.reduce((sum, x, index) => sum + x * (centred[index - 1] ?? 0), 0) / count;
    // Standard deviations: of x, √(1/12); of x², √(1/80 − 1/144) = √(1/180); of a product of two, 1/12.
    expect(Math.abs(mean)).toBeLessThan(4 * Math.sqrt(1 / 12 / count));
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(4 * Math.sqrt(1 / 180 / count));
    expect(Math.abs(lagged)).toBeLessThan((4 * (1 / 12)) / Math.sqrt(count));
  });
});

describe('below', () => {
  const streams = new RandomStreams(2027);
  const stream = streams.open('test', 'below');

  it('is always 0 below 1', () => {
    expect(Array.from({ length: 50 }, () => streams.below(stream, 1)).every((value) => value === 0)).toBe(true);
  });

  it('gives each of seven values its share', () => {
    // 6 degrees of freedom: chi-square is above 27.9 once in 10^4.
    expect(chiSquare(tally(7, 70_000, () => streams.below(stream, 7)))).toBeLessThan(27.9);
  });

  it('has no bias where a plain remainder would have a large one', () => {
    // Of 3 · 2^30 values, a remainder of 32 bits would give the first third twice its share: 1/2 instead of 1/3.
    const count = 90_000;
    let firstThird = 0;
    for (let index = 0; index < count; index += 1) if (streams.below(stream, 3 * 2 ** 30) < 2 ** 30) firstThird += 1;
    // 30 000 ± 4 · √(90 000 · 1/3 · 2/3)
    expect(Math.abs(firstThird - 30_000)).toBeLessThan(4 * Math.sqrt(20_000));
  });

  it('takes counts up to 2^32 and refuses what is none', () => {
    expect(streams.below(stream, 2 ** 32)).toBeLessThan(2 ** 32);
    for (const count of [0, -1, 1.5, 2 ** 32 + 1]) expect(() => streams.below(stream, count)).toThrow(AssertionFailure);
  });
});
