import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ddmin } from '../../../../sim/explore/reduce/ddmin.ts';
import type { ScenarioTree } from '../../../../sim/explore/index.ts';

const numbers = (tree: ScenarioTree): readonly number[] =>
  Array.isArray(tree.items) ? tree.items.filter((item) => typeof item === 'number') : [];

/** Reduces a list of distinct numbers for a failure that is told by `isFailing`; also how often that was asked. */
function reduced(items: readonly number[], isFailing: (kept: readonly number[]) => boolean) {
  const search = ddmin(items, (kept) => ({ items: kept }));
  let asked = 0;
  let next = search.next(false);
  while (next.done !== true) {
    asked++;
    next = search.next(isFailing(numbers(next.value)));
  }
  return { kept: next.value, asked };
}

describe('delta debugging', () => {
  it('finds the two items that a failure takes among a hundred, wherever they are', () => {
    const items = Array.from({ length: 100 }, (_, index) => index);
    const { kept, asked } = reduced(items, (some) => some.includes(13) && some.includes(87));
    expect(kept).toEqual([13, 87]);
    expect(asked).toBeLessThan(100);
  });

  it('leaves nothing where nothing is needed', () => {
    expect(reduced([1, 2, 3], () => true).kept).toEqual([]);
  });

  it('keeps all where each is needed', () => {
    expect(reduced([1, 2, 3, 4, 5], (some) => some.length === 5).kept).toEqual([1, 2, 3, 4, 5]);
  });

  it('is 1-minimal, whatever the failure needs', () => {
    let manyNeeded = 0;
    const needs = fc.uniqueArray(fc.nat(40), { maxLength: 6, size: 'max' });
    fc.assert(
      fc.property(needs, needs, fc.integer({ min: 1, max: 41 }), (all, either, count) => {
        const items = Array.from({ length: count }, (_, index) => index);
        const isFailing = (some: readonly number[]): boolean =>
          all.filter((item) => item < count).every((item) => some.includes(item)) &&
          (either.filter((item) => item < count).length === 0 || either.some((item) => some.includes(item)));
        const { kept } = reduced(items, isFailing);
        expect(isFailing(kept)).toBe(true);
        for (const gone of kept) expect(isFailing(kept.filter((item) => item !== gone))).toBe(false);
        if (kept.length >= 4) manyNeeded++;
      }),
      { seed: 1, numRuns: 300 },
    );
    expect(manyNeeded).toBeGreaterThan(30);
  });
});
