/**
 * Reduction of lists and numbers: what it must keep, that nothing more can go, and what it costs.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide, dropPairs, lowest, shorten, within } from '../../../sim/conform/reduce.ts';

const upTo = (count: number): number[] => Array.from({ length: count }, (_item, index) => index);

describe('shortening a list', () => {
  it('keeps exactly what is needed, in its order', () => {
    const needs = (list: readonly number[]): boolean => list.includes(3) && list.includes(71);
    expect(decide(shorten(upTo(100)), needs)).toEqual([3, 71]);
  });

  it('leaves nothing of what fails anyway, and everything of what only fails whole', () => {
    expect(decide(shorten(upTo(9)), () => true)).toEqual([]);
    expect(decide(shorten(upTo(9)), () => false)).toEqual(upTo(9));
    expect(decide(shorten<number>([]), () => true)).toEqual([]);
  });

  it('ends with a list that fails, of which no single item can go', () => {
    let shortened = 0;
    const item = fc.integer({ min: 0, max: 5 });
    fc.assert(
      fc.property(
        fc.array(item, { minLength: 8, maxLength: 30, size: 'max' }),
        fc.integer({ min: 1, max: 20 }),
        (list, least) => {
          // Not monotone: leaving out one of a pair may make it pass, leaving out both fail again.
          const fails = (part: readonly number[]): boolean => {
            const sum = part.reduce((total, value) => total + value, 0);
            return sum >= least && sum % 2 === list.reduce((total, value) => total + value, 0) % 2;
          };
          fc.pre(fails(list));
          const kept = decide(shorten(list), fails);
          shortened += kept.length < list.length ? 1 : 0;
          expect(fails(kept)).toBe(true);
          for (const gone of kept.keys()) expect(fails(kept.filter((_value, index) => index !== gone))).toBe(false);
        },
      ),
      { seed: 1, numRuns: 300 },
    );
    expect(shortened).toBeGreaterThan(200);
  });

  it('asks for few candidates when most can go', () => {
    let asked = 0;
    decide(shorten(upTo(1_000)), (list) => {
      asked += 1;
      return list.includes(500);
    });
    // log2 1000 halvings, each of a list that has been halved before.
    expect(asked).toBeLessThan(60);
  });
});

describe('leaving out pairs', () => {
  it('drops what only goes together', () => {
    const balanced = (list: readonly string[]): boolean =>
      list.includes('bug') && list.filter((item) => item === '(').length === list.filter((item) => item === ')').length;
    const list = ['(', 'bug', '(', ')', ')'];
    const width = [...list, 'x', 'y', 'z'];
    // No single bracket can go, and which runs of two are tried depends on where they lie.
    expect(decide(shorten(width), balanced)).toContain('(');
    expect(decide(dropPairs(list), balanced)).toEqual(['bug']);
  });
});

describe('the lowest number', () => {
  it.each([
    [1_000, 0, 0, 0],
    [1_000, 0, 37, 37],
    [1_000, 1, 1_000, 1_000],
    [5, 5, 0, 5],
    [3, 5, 0, 3],
  ])('from %i down to %i that is at least %i is %i', (value, floor, least, found) => {
    expect(decide(lowest(value, floor), (candidate) => candidate >= least)).toBe(found);
  });
});

it('a search for a part asks about the whole', () => {
  const asked: { n: number }[] = [];
  const found = decide(
    within(lowest(8, 0), (n) => ({ n })),
    (whole) => {
      asked.push(whole);
      return whole.n >= 5;
    },
  );
  expect(found).toBe(5);
  // 0 passes; then the middles of 0…8, 4…8, 4…6.
  expect(asked).toEqual([{ n: 0 }, { n: 4 }, { n: 6 }, { n: 5 }]);
});
