import { expect, test } from 'vitest';
import { SketchPace } from '../../../web/worker/sketch-pace.ts';
import { buildTrace } from '../../support/trace-builder.ts';

/** When a run of `length` milliseconds, asked every 10, is looked at. */
function looks(length: number): number[] {
  const pace = new SketchPace();
  return Array.from({ length: length / 10 }, (_, i) => 10 * (i + 1)).filter((millis) => pace.isDue(millis));
}

test('a run that is over at once is not looked at', () => {
  expect(looks(140)).toEqual([]);
});

test('looks come ever less often, so that a run of any length has a few', () => {
  const times = looks(60_000);
  expect(times[0]).toBe(150);
  const gaps = times.slice(1).map((at, i) => at - (times[i] ?? 0));
  expect(gaps).toEqual(gaps.toSorted((a, b) => a - b));
  expect(times.length).toBeLessThan(16);
  expect(times.length).toBeGreaterThan(8);
});

test('a run that has grown too large to be copied is not looked at again', () => {
  const small = buildTrace({ hints: [{ holder: 'a', peer: 'b', storedAt: 5 }] });
  const pace = new SketchPace();
  expect(pace.isDue(200)).toBe(true);
  expect(pace.isLight(small)).toBe(true);
  expect(pace.isDue(1_000)).toBe(true);
  const large = { ...small, chain: new Uint32Array(9_000_000) }; // 36 MB
  expect(pace.isLight(large)).toBe(false);
  expect(pace.isDue(1e9)).toBe(false);
});
