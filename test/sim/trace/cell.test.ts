import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cell, countBefore, countUpTo } from '../../../sim/trace/cell.ts';
import { Reach } from '../../support/reach.ts';

describe('cell', () => {
  it('stops the run at a row that is not there', () => {
    expect(cell([4, 5], 1)).toBe(5);
    expect(() => cell(new Float64Array(2), 2)).toThrow('a row is inside its column');
    expect(() => cell(new Float64Array(2), -1)).toThrow('a row is inside its column');
  });
});

describe('countUpTo and countBefore', () => {
  it('count what a walk over the column counts', () => {
    const reach = new Reach<'empty' | 'ties at the limit' | 'below all' | 'above all'>();
    const values = fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 30, size: 'max' });
    fc.assert(
      fc.property(values, fc.integer({ min: -1, max: 21 }), (drawn, limit) => {
        const upTo = drawn.filter((value) => value <= limit).length;
        const before = drawn.filter((value) => value < limit).length;
        reach.note('empty', drawn.length === 0);
        reach.note('ties at the limit', upTo - before > 1);
        reach.note('below all', drawn.length > 0 && upTo === 0);
        reach.note('above all', drawn.length > 0 && before === drawn.length);
        for (const column of [Float64Array.from(drawn).sort(), Int32Array.from(drawn).sort()]) {
          expect(countUpTo(column, limit)).toBe(upTo);
          expect(countBefore(column, limit)).toBe(before);
        }
      }),
      { seed: 20_260_301, numRuns: 1_000 },
    );
    expect(reach.rarerThan(10, ['empty', 'ties at the limit', 'below all', 'above all'])).toEqual([]);
  });
});
