import { expect, test } from 'vitest';
import { extremes, steps, valueAt } from '../../../web/lanes/steps.ts';

const sawtooth = steps(
  Float64Array.from({ length: 1_000 }, (_, i) => i * 10),
  Float64Array.from({ length: 1_000 }, (_, i) => i % 100),
);

test('a value holds from its change on, and is zero before the first', () => {
  const two = steps(Float64Array.of(5, 9), Float64Array.of(3, 1));
  expect([4, 5, 8, 9, 1e9].map((at) => valueAt(two, at))).toEqual([0, 3, 3, 1, 1]);
});

test('extremes of a range are exact across block borders', () => {
  expect(extremes(sawtooth, 10, 20)).toEqual({ min: 10, max: 19 });
  expect(extremes(sawtooth, 60, 130)).toEqual({ min: 0, max: 99 });
  expect(extremes(sawtooth, 0, 1_000)).toEqual({ min: 0, max: 99 });
  expect(extremes(sawtooth, 7, 7)).toBeUndefined();
});

test('the maximum of nothing is zero', () => {
  expect(steps(new Float64Array(), new Float64Array()).max).toBe(0);
});
