import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leafOf, multipleOf, quantityOf } from '../../../sim/explore/quantity.ts';

describe('a quantity', () => {
  it('is read from how people write it, with what it measures', () => {
    expect(quantityOf('45.5s')).toEqual({ kind: 'duration', value: 45_500_000 });
    expect(quantityOf('-250ms')).toEqual({ kind: 'duration', value: -250_000 });
    expect(quantityOf('3KiB')).toEqual({ kind: 'size', value: 3_072 });
    expect(quantityOf('4KiB/s')).toEqual({ kind: 'byteRate', value: 4_096 });
    expect(quantityOf('20/s')).toEqual({ kind: 'rate', value: 20 });
    expect(quantityOf('30%')).toEqual({ kind: 'share', value: 0.3 });
    expect([quantityOf(3), quantityOf(0.5)]).toEqual([
      { kind: 'count', value: 3 },
      { kind: 'factor', value: 0.5 },
    ]);
  });

  it('is not what a word, a name or a flag says', () => {
    for (const leaf of ['k12', 'DC_QUORUM', 'none', 'a', true, null, undefined])
      expect(quantityOf(leaf)).toBeUndefined();
  });

  it('is written so that it reads as the same', () => {
    let negative = 0;
    const kinds = fc.constantFrom('duration', 'size', 'byteRate', 'count' as const);
    fc.assert(
      fc.property(kinds, fc.integer({ min: 1, max: 1e12 }), fc.boolean(), (kind, amount, isNegative) => {
        const value = isNegative && kind === 'duration' ? -amount : amount;
        if (value < 0) negative++;
        expect(quantityOf(leafOf({ kind, value }))).toEqual({ kind, value });
      }),
      { seed: 1, numRuns: 500 },
    );
    expect(negative).toBeGreaterThan(30);
  });

  it('has multiples of a tenth without what floating point adds', () => {
    expect(multipleOf(0.1, 3)).toBe(0.3);
    expect(multipleOf(0.01, 7)).toBe(0.07);
    expect(multipleOf(100, 3)).toBe(300);
  });
});
