import { describe, expect, it } from 'vitest';
import { Changes, distinctInstants, rowAt } from '../../../../sim/trace/queries/step-series.ts';
import { NEVER, NONE } from '../../../../sim/trace/trace.ts';

describe('distinctInstants', () => {
  it('merges columns, in order or not, and leaves them as they were', () => {
    const unordered = Float64Array.of(9, NEVER, 3, 9);
    expect([...distinctInstants([Float64Array.of(1, 3, 3, NEVER), unordered, new Float64Array(0)])]).toEqual([1, 3, 9]);
    expect([...unordered]).toEqual([9, NEVER, 3, 9]);
    expect([...distinctInstants([])]).toEqual([]);
    expect([...distinctInstants([Float64Array.of(NEVER)])]).toEqual([]);
  });
});

describe('Changes', () => {
  it('adds up changes given in any order', () => {
    const changes = new Changes(Float64Array.of(1, 3, 9));
    changes.add(9, -1, -10);
    changes.add(1, 1, 10);
    changes.add(3, 1, 5);
    changes.add(1, 1, 2);
    const { depth, bytes } = changes.summed();
    expect([...depth]).toEqual([2, 3, 2]);
    expect([...bytes]).toEqual([12, 17, 7]);
  });

  it('refuses an instant that the series does not have', () => {
    expect(() => new Changes(Float64Array.of(1, 3)).add(2, 1, 1)).toThrow('an instant of its series');
  });
});

describe('rowAt', () => {
  it('is the row that holds at an instant', () => {
    const series = { at: Float64Array.of(1, 3) };
    expect([0, 1, 2, 3, 4].map((at) => rowAt(series, at))).toEqual([NONE, 0, 0, 1, 1]);
  });
});
