/**
 * Spans of time against the plainest model there is: a yes or no for each instant.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { common, overlaps, without } from '../../../sim/check/spans.ts';
import type { Span } from '../../../sim/check/spans.ts';

const END = 12;
const spans = fc.array(
  fc
    .tuple(fc.integer({ min: 0, max: END - 1 }), fc.integer({ min: 1, max: END }))
    .map(([from, length]): Span => ({ from, until: Math.min(END, from + length) })),
  { maxLength: 6, size: 'max' },
);

/** How many of the spans cover each instant. */
function depths(some: readonly Span[]): readonly number[] {
  return Array.from({ length: END }, (_, at) => some.filter(({ from, until }) => from <= at && at < until).length);
}

it('cuts, joins and counts overlaps as instants do', () => {
  let crowded = 0;
  fc.assert(
    fc.property(spans, spans, (one, other) => {
      const whole = { from: 0, until: END };
      const [left, right] = [without(whole, one), without(whole, other)];
      expect(depths(left)).toEqual(depths(one).map((depth) => (depth === 0 ? 1 : 0)));
      expect(depths(common(left, right))).toEqual(depths(left).map((depth, at) => depth * (depths(right)[at] ?? 0)));
      const busy = overlaps(one);
      expect(depths(busy)).toEqual(depths(one).map((depth) => (depth > 1 ? 1 : 0)));
      if (busy.length > 1) crowded++;
    }),
    { numRuns: 2_000, seed: 3 },
  );
  expect(crowded).toBeGreaterThan(10);
});
