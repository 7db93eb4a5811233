import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instantAt, instantOf, microsPerPixel, placeOf, timeScale, xOf } from '../../../web/draw/time-scale.ts';

test('the span fills the width: its ends are the edges, its middle the middle', () => {
  const scale = timeScale({ from: 1_000, until: 3_000 }, 400);
  expect([1_000, 2_000, 3_000].map((at) => xOf(scale, at))).toEqual([0, 200, 400]);
  expect(microsPerPixel(scale, 1_500)).toBe(5);
});

test('a pixel and its instant are each other', () => {
  const scale = timeScale({ from: 500, until: 8_500 }, 1_000);
  expect(xOf(scale, instantAt(scale, 123))).toBe(123);
  expect(instantAt(scale, -10)).toBe(420);
});

test('a plot that has no width yet divides by nothing', () => {
  expect(timeScale({ from: 0, until: 10 }, 0).unitsPerPixel).toBe(10);
});

test('by event, every event is one unit from the next, and between two of them time grows evenly', () => {
  const day = 86_400_000_000;
  const mapping = Float64Array.of(0, 1_000, day, day + 1_000); // a flight, a wait of a day, a flight
  const scale = timeScale({ from: 0, until: day + 1_000 }, 300, mapping);
  expect([0, 1_000, day, day + 1_000].map((at) => xOf(scale, at))).toEqual([0, 100, 200, 300]);
  expect(xOf(scale, 500)).toBe(50);
  expect(instantAt(scale, 150)).toBe(1_000 + (day - 1_000) / 2);
  expect(microsPerPixel(scale, 500)).toBeCloseTo(10, 9);
});

test('a place and its instant are each other, on any axis by event, and keep their order', () => {
  const instants = fc
    .uniqueArray(fc.integer({ min: 1, max: 1_000_000_000_000 }), { minLength: 1, maxLength: 40, size: 'max' })
    .map((ats) => Float64Array.from([0, ...ats]).sort());
  let between = 0;
  fc.assert(
    fc.property(instants, fc.double({ min: -1, max: 2, noNaN: true }), (mapping, share) => {
      const place = share * (mapping.length - 1);
      const at = instantOf(mapping, place);
      expect(placeOf(mapping, at)).toBeCloseTo(place, 3);
      expect(placeOf(mapping, at + 1)).toBeGreaterThan(placeOf(mapping, at));
      mapping.forEach((instant, i) => expect(placeOf(mapping, instant)).toBe(i));
      if (place > 0 && place < mapping.length - 1) between++;
    }),
    { seed: 6, numRuns: 300 },
  );
  expect(between).toBeGreaterThan(50);
});
