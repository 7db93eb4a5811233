/**
 * Parts of a hunt: shards, however they are cut and in whatever order they come back, are the whole; a run that two of
 * them have is noticed, and so is one that none has.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPartOf, joinedParts, missingRuns, stretch } from '../../../sim/explore/hunt-part.ts';

const ALL = 100;
const BOUNDS = fc.uniqueArray(fc.integer({ min: 1, max: ALL - 1 }), { maxLength: 8, size: 'max' });

/** The runs 0 to 99, cut at the bounds. */
function cutAt(bounds: readonly number[]) {
  const ends = [0, ...bounds.toSorted((a, b) => a - b), ALL];
  return ends.slice(1).map((to, index) => stretch(ends[index] ?? 0, to, ALL));
}

describe('the parts of a hunt', () => {
  it('are the whole again, in whatever order they come, and what is left out is missing', () => {
    let reached = 0;
    fc.assert(
      fc.property(BOUNDS, fc.nat(), fc.boolean(), (bounds, left, reversed) => {
        const parts = cutAt(bounds);
        const ordered = reversed ? parts.toReversed() : parts;
        const [first = stretch(0, 0, ALL), ...others] = ordered;
        expect(joinedParts(first, others)).toEqual(stretch(0, ALL, ALL));
        const out = left % parts.length;
        const rest = joinedParts(
          stretch(0, 0, ALL),
          ordered.filter((part) => part !== parts[out]),
        );
        if ('from' in rest) expect.unreachable('parts that were cut do not overlap');
        expect(missingRuns(rest)).toEqual(parts[out]?.spans);
        expect(isPartOf(rest, ALL - missingRuns(rest).reduce((sum, { from, to }) => sum + to - from, 0))).toBe(true);
        if (out > 0 && out < parts.length - 1 && reversed) reached++;
      }),
      { seed: 4 },
    );
    expect(reached).toBeGreaterThan(5);
  });

  it('do not overlap: the first runs that two have are told', () => {
    expect(joinedParts(stretch(50, 75, ALL), [stretch(0, 25, ALL), stretch(20, 50, ALL)])).toEqual({
      from: 20,
      to: 25,
    });
    expect(joinedParts(stretch(0, 25, ALL), [stretch(0, 25, ALL)])).toEqual({ from: 0, to: 25 });
  });

  it('of no runs misses all of them, and a whole one none', () => {
    expect(missingRuns(stretch(7, 7, ALL))).toEqual([{ from: 0, to: ALL }]);
    expect(missingRuns(stretch(0, ALL, ALL))).toEqual([]);
  });

  it.each([
    ['another number of runs', { spans: [{ from: 0, to: 10 }], of: ALL }, 11],
    [
      'an order of their own',
      {
        spans: [
          { from: 50, to: 55 },
          { from: 0, to: 5 },
        ],
        of: ALL,
      },
      10,
    ],
    [
      'an overlap',
      {
        spans: [
          { from: 0, to: 6 },
          { from: 5, to: 9 },
        ],
        of: ALL,
      },
      10,
    ],
    [
      'spans that touch',
      {
        spans: [
          { from: 0, to: 5 },
          { from: 5, to: 10 },
        ],
        of: ALL,
      },
      10,
    ],
    ['a span of nothing', { spans: [{ from: 5, to: 5 }], of: ALL }, 0],
    ['runs beyond the last', { spans: [{ from: 95, to: 105 }], of: ALL }, 10],
  ])('are not believed with %s', (_, part, runs) => {
    expect(isPartOf(part, runs)).toBe(false);
  });
});
