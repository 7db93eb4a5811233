import { describe, expect, it } from 'vitest';
import { nodesOf, pairOf } from '../../../sim/trace/pairs.ts';

describe('a pair of nodes', () => {
  it('is one integer, from which both can be read', () => {
    for (const from of [0, 1, 999, 32_767]) {
      for (const to of [0, 1, 999, 65_535]) expect(nodesOf(pairOf(from, to))).toEqual([from, to]);
    }
  });

  it('is ordered by its first, then its second', () => {
    const pairs = [pairOf(0, 0), pairOf(0, 65_535), pairOf(1, 0), pairOf(1, 2), pairOf(32_767, 0)];
    expect(pairs.toSorted((left, right) => left - right)).toEqual(pairs);
  });
});
