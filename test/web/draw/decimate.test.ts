import fc from 'fast-check';
import { expect, test } from 'vitest';
import { columnsOf } from '../../../web/draw/decimate.ts';
import { instantAt, timeScale } from '../../../web/draw/time-scale.ts';
import { steps, valueAt } from '../../../web/lanes/steps.ts';

const series = (changes: readonly (readonly [at: number, value: number])[]) =>
  steps(
    Float64Array.from(changes, ([at]) => at),
    Float64Array.from(changes, ([, value]) => value),
  );

test('a spike far shorter than a pixel keeps its height and its pixel', () => {
  const columns = columnsOf(
    series([
      [0, 2],
      [5_001, 900],
      [5_002, 3],
    ]),
    timeScale({ from: 0, until: 10_000 }, 10),
  );
  expect([...columns.max]).toEqual([2, 2, 2, 2, 2, 900, 3, 3, 3, 3]);
  expect([...columns.min]).toEqual([2, 2, 2, 2, 2, 2, 3, 3, 3, 3]);
  expect([...columns.last]).toEqual([2, 2, 2, 2, 2, 3, 3, 3, 3, 3]);
});

test('what holds from before the span fills it to the right', () => {
  const columns = columnsOf(series([[10, 7]]), timeScale({ from: 1_000, until: 2_000 }, 4));
  expect([...columns.min]).toEqual([7, 7, 7, 7]);
});

test('before the first change the value is zero', () => {
  expect([...columnsOf(series([[50, 4]]), timeScale({ from: 0, until: 100 }, 2)).max]).toEqual([0, 4]);
});

test('each column has the extremes of its stretch of time, over any number of blocks', () => {
  let manyInColumn = 0;
  let manyColumnsPerChange = 0;
  const changes = fc
    .array(fc.record({ gap: fc.integer({ min: 1, max: 9 }), value: fc.integer({ min: 0, max: 50 }) }), {
      maxLength: 400,
      size: 'max',
    })
    .map((drawn) => {
      let at = 0;
      return drawn.map(({ gap, value }) => [(at += gap), value] as const);
    });
  const property = fc.property(
    changes,
    fc.integer({ min: 1, max: 40 }),
    fc.integer({ min: 0, max: 900 }),
    (drawn, width, from) => {
      const scale = timeScale({ from, until: from + 1_000 }, width);
      const columns = columnsOf(series(drawn), scale);
      for (let x = 0; x < width; x++) {
        const inside = drawn.filter(
          ([at]) => at > (x === 0 ? from : instantAt(scale, x) - 1e-9) && at < instantAt(scale, x + 1),
        );
        const values = [
          valueAt(series(drawn), x === 0 ? from : instantAt(scale, x) - 1e-9),
          ...inside.map(([, value]) => value),
        ];
        expect([columns.min[x], columns.max[x]]).toEqual([Math.min(...values), Math.max(...values)]);
        if (inside.length > 64) manyInColumn++;
        if (inside.length === 0) manyColumnsPerChange++;
      }
    },
  );
  fc.assert(property, { numRuns: 150, seed: 42 });
  expect(manyInColumn).toBeGreaterThan(5);
  expect(manyColumnsPerChange).toBeGreaterThan(5);
});
