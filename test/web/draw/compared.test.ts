import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DASHES, drawDifference, drawOverlay } from '../../../web/draw/compared.ts';
import { labelSpots } from '../../../web/draw/label-spots.ts';
import { timeScale } from '../../../web/draw/time-scale.ts';
import { steps } from '../../../web/lanes/steps.ts';
import { Reach } from '../../support/reach.ts';
import { NAMED_THEME, recordingPen } from '../../support/recording-pen.ts';

const RECT = { x: 0, y: 0, width: 200, height: 84 };
const SCALE = timeScale({ from: 0, until: 200 }, 200);
const series = (...rows: readonly (readonly [at: number, value: number])[]) =>
  steps(
    Float64Array.from(rows, ([at]) => at),
    Float64Array.from(rows, ([, value]) => value),
  );

test('each design is told by its dashes and its letter, not by colour alone', () => {
  const { pen, texts, dashes } = recordingPen();
  const lines = [
    { place: 0, letter: 'A', series: series([0, 4]) },
    { place: 1, letter: 'B', series: series([0, 2]) },
    { place: 2, letter: 'C', series: series([0, 1]) },
  ];
  drawOverlay(pen, { lines, top: 4 }, SCALE, RECT, NAMED_THEME);
  expect(texts.map(({ text }) => text)).toEqual(['A', 'B', 'C']);
  // Each letter is on its own line: 4, 2 and 1 of 4, from the top.
  const [a = 0, b = 0, c = 0] = texts.map(({ y }) => y);
  expect(a < b && b < c).toBe(true);
  const patterns = dashes.filter((_, i) => i % 2 === 0).map(String);
  expect(patterns).toEqual(DASHES.slice(0, 3).map(String));
  expect(new Set(DASHES.map(String)).size).toBe(DASHES.length);
});

test('a spike shorter than a pixel reaches its full height in a line', () => {
  const { pen, path } = recordingPen();
  const lines = [{ place: 0, letter: 'A', series: series([0, 0], [50.2, 10], [50.4, 0]) }];
  drawOverlay(pen, { lines, top: 10 }, SCALE, RECT, NAMED_THEME);
  const ys = path.filter(({ x }) => x === 50).map(({ y }) => y);
  expect(Math.min(...ys)).toBeCloseTo(5.5, 6);
  expect(Math.max(...ys)).toBeCloseTo(82.5, 6);
});

test('more than the base grows up from the middle, less grows down', () => {
  const { pen, filled } = recordingPen();
  const rect = { ...RECT, height: 43 };
  const apart = series([0, 5], [100, -10]);
  drawDifference(pen, { place: 1, series: apart, most: 10 }, SCALE, rect, NAMED_THEME);
  const areas = filled.filter(({ style, width }) => style === 'design-1' && width > 1);
  // The middle lies at 21: half of the height above it for 5 of 10, all of the height below it for 10 of 10. The column
  // in which it changes shows both.
  expect(areas.map(({ x, y, width, height }) => ({ x, y, width, height }))).toEqual([
    { x: 0, y: 11, width: 100, height: 10 },
    { x: 101, y: 22, width: 99, height: 20 },
  ]);
});

test('letters stay in the picture and off each other, wherever the lines run', () => {
  const reach = new Reach<'alike' | 'six'>();
  const room = { x: 10, y: 4, width: 300, height: 84, labelWidth: 13, labelHeight: 13 };
  const line = fc.array(fc.integer({ min: 4, max: 88 }), { minLength: 300, maxLength: 300 });
  fc.assert(
    fc.property(
      fc.array(fc.oneof(line, fc.constant(Array.from({ length: 300 }, () => 40))), {
        minLength: 1,
        maxLength: 6,
        size: 'max',
      }),
      (lines) => {
        const spots = labelSpots(
          lines.map((ys) => Float64Array.from(ys)),
          room,
        );
        expect(spots).toHaveLength(lines.length);
        spots.forEach((a, i) => {
          expect(a.x >= room.x && a.x + room.labelWidth <= room.x + room.width).toBe(true);
          expect(a.y >= room.y && a.y + room.labelHeight <= room.y + room.height).toBe(true);
          const covered = spots.some((b, j) => j < i && Math.abs(a.x - b.x) < 13 && Math.abs(a.y - b.y) < 13);
          expect(covered).toBe(false);
        });
        reach.note('alike', new Set(lines.map(String)).size < lines.length);
        reach.note('six', lines.length === 6);
      },
    ),
    { numRuns: 100, seed: 8 },
  );
  expect(reach.rarerThan(5, ['alike', 'six'])).toEqual([]);
});
