import fc from 'fast-check';
import { expect, test } from 'vitest';
import { comparedGroups, formatDifference, type ComparedDesign } from '../../../web/lanes/compared-lanes.ts';
import { stripsOf } from '../../../web/lanes/compared-strips.ts';
import { comparedTable } from '../../../web/lanes/compared-table.ts';
import { difference, greatestDifference } from '../../../web/lanes/difference.ts';
import { steps, valueAt, type Steps } from '../../../web/lanes/steps.ts';
import { studyOf } from '../../../web/worker/study.ts';
import { Reach } from '../../support/reach.ts';
import { buildTrace } from '../../support/trace-builder.ts';

/** Two hints of 100 and 200 bytes for b, and one more for c. */
const longer = buildTrace({
  endedAt: 1_000,
  hints: [
    { holder: 'a', peer: 'b', storedAt: 100, leftAt: 500, bytes: 100, fate: 'delivered' },
    { holder: 'c', peer: 'b', storedAt: 200, leftAt: 600, bytes: 200, fate: 'delivered' },
    { holder: 'a', peer: 'c', storedAt: 300, bytes: 50 },
  ],
});
const shorter = buildTrace({
  endedAt: 1_000,
  hints: [{ holder: 'a', peer: 'b', storedAt: 100, leftAt: 400, bytes: 100, fate: 'expired' }],
});
const designs: readonly ComparedDesign[] = [longer, shorter].map((trace, place) => ({
  place,
  letter: 'AB'.charAt(place),
  study: studyOf(trace, undefined),
}));

function lane(id: string) {
  const found = comparedGroups(designs)
    .flatMap(({ lanes }) => lanes)
    .find((each) => each.id === id);
  if (!found) throw new Error(`no lane ${id}`);
  return found;
}

test('a lane has a line for each design, over all holders, and one vertical axis', () => {
  const hints = lane('hints');
  expect(hints.lines.map(({ letter, series }) => [letter, [...series.at], [...series.value]])).toEqual([
    ['A', [100, 200, 300, 500, 600], [1, 2, 3, 2, 1]],
    ['B', [100, 400], [1, 0]],
  ]);
  expect(hints.top).toBe(3);
  expect([...(lane('bytes').lines[0]?.series.value ?? [])]).toEqual([100, 300, 350, 250, 50]);
});

test('a peer that one design never hinted for is 0 there, not unknown', () => {
  expect(lane('peer.2').lines.map(({ series }) => valueAt(series, 300))).toEqual([1, 0]);
});

test('what a level does not tell has no line, and without any there is no lane', () => {
  const counters = studyOf(buildTrace({ level: 'counters' }), undefined);
  const groups = comparedGroups([{ place: 0, letter: 'A', study: counters }]);
  expect(groups.map(({ kind }) => kind)).toEqual(['clients']);
  expect(comparedGroups([{ place: 0, letter: 'A', study: undefined }])).toEqual([]);
});

const series: fc.Arbitrary<Steps> = fc
  .uniqueArray(fc.integer({ min: 0, max: 40 }), { maxLength: 20, size: 'max' })
  .chain((at) =>
    fc
      .array(fc.integer({ min: 0, max: 9 }), { minLength: at.length, maxLength: at.length })
      .map((value) => steps(Float64Array.from(at).sort(), Float64Array.from(value))),
  );

test('a difference is at every instant what the second holds more than the first', () => {
  const reach = new Reach<'more' | 'less' | 'same' | 'one empty'>();
  fc.assert(
    fc.property(series, series, (base, other) => {
      const apart = difference(base, other);
      let greatest = 0;
      for (let at = -1; at <= 41; at++) {
        const expected = valueAt(other, at) - valueAt(base, at);
        expect(valueAt(apart, at)).toBe(expected);
        greatest = Math.max(greatest, Math.abs(expected));
        reach.note('more', expected > 0);
        reach.note('less', expected < 0);
        reach.note('same', expected === 0);
      }
      expect(greatestDifference(apart)).toBe(greatest);
      expect(difference(base, other)).toBe(apart);
      reach.note('one empty', (base.at.length === 0) !== (other.at.length === 0));
    }),
    { numRuns: 300, seed: 3 },
  );
  expect(reach.rarerThan(5, ['more', 'less', 'same', 'one empty'])).toEqual([]);
});

test('differences have a sign, and none is a word', () => {
  expect(formatDifference('count', 120)).toBe('+120');
  expect(formatDifference('count', -3)).toBe('−3');
  expect(formatDifference('bytes', 0)).toBe('same');
});

test('the layouts: all in one, one for each design, one for each difference to the base', () => {
  const hints = lane('hints');
  expect(stripsOf(hints, 'overlay').map(({ key }) => key)).toEqual(['overlay']);
  expect(stripsOf(hints, 'side').map(({ key }) => key)).toEqual(['A', 'B']);
  const [only, ...more] = stripsOf(hints, 'difference');
  expect(more).toEqual([]);
  expect(only?.scale).toBe('at most 3 apart');
  expect(only?.readings(550)).toEqual([{ place: 1, letter: 'B', text: '−2' }]);
});

test('a table has a row for each instant at which any design changes, from the start of the span on', () => {
  const table = comparedTable(lane('hints'), { from: 150, until: 450 }, true);
  expect(table.columns).toEqual(['At', 'A', 'B', 'B − A']);
  expect(table.rows.map((row) => row.slice(1))).toEqual([
    ['1', '1', 'same'],
    ['2', '1', '−1'],
    ['3', '1', '−2'],
    ['3', '0', '−3'],
  ]);
  expect(table.cut).toBe(0);
});
