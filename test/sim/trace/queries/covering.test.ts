import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Covering } from '../../../../sim/trace/queries/covering.ts';
import { NEVER } from '../../../../sim/trace/trace.ts';
import { Reach } from '../../../support/reach.ts';

it('finds intervals from their begin on and up to their end', () => {
  const covering = new Covering(Float64Array.of(1, 3, 3), Float64Array.of(5, NEVER, 4));
  expect(covering.at(0)).toEqual([]);
  expect(covering.at(1)).toEqual([0]);
  expect(covering.at(3)).toEqual([0, 1, 2]);
  expect(covering.at(4)).toEqual([0, 1]);
  expect(covering.at(5)).toEqual([1]);
});

it('finds nothing where there is nothing', () => {
  expect(new Covering(new Float64Array(0), new Float64Array(0)).at(7)).toEqual([]);
});

it('finds exactly the intervals that a look at each of them finds', () => {
  const interval = fc.record({ from: fc.integer({ min: 0, max: 40 }), length: fc.integer({ min: 0, max: 30 }) });
  const reach = new Reach<'none of many' | 'several' | 'empty interval'>();
  fc.assert(
    fc.property(fc.array(interval, { maxLength: 80, size: 'max' }), fc.integer({ min: 0, max: 75 }), (drawn, at) => {
      const ordered = drawn.toSorted((left, right) => left.from - right.from);
      const from = Float64Array.from(ordered, (each) => each.from);
      const until = Float64Array.from(ordered, (each) => each.from + each.length);
      const expected = ordered.flatMap((each, row) => (each.from <= at && at < each.from + each.length ? [row] : []));
      expect(new Covering(from, until).at(at)).toEqual(expected);
      reach.note('none of many', ordered.length > 10 && expected.length === 0);
      reach.note('several', expected.length > 3);
      reach.note(
        'empty interval',
        ordered.some((each) => each.length === 0 && each.from === at),
      );
    }),
    { seed: 20_261_122, numRuns: 1_000 },
  );
  expect(reach.rarerThan(20, ['none of many', 'several', 'empty interval'])).toEqual([]);
});
