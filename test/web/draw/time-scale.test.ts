import { expect, test } from 'vitest';
import { instantAt, timeScale, xOf } from '../../../web/draw/time-scale.ts';

test('the span fills the width: its ends are the edges, its middle the middle', () => {
  const scale = timeScale({ from: 1_000, until: 3_000 }, 400);
  expect([1_000, 2_000, 3_000].map((at) => xOf(scale, at))).toEqual([0, 200, 400]);
  expect(scale.microsPerPixel).toBe(5);
});

test('a pixel and its instant are each other', () => {
  const scale = timeScale({ from: 500, until: 8_500 }, 1_000);
  expect(xOf(scale, instantAt(scale, 123))).toBe(123);
  expect(instantAt(scale, -10)).toBe(420);
});

test('a plot that has no width yet divides by nothing', () => {
  expect(timeScale({ from: 0, until: 10 }, 0).microsPerPixel).toBe(10);
});
