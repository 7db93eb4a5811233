/** The lowest bit of a set in a word. */
import { describe, expect, it } from 'vitest';
import { lowestBit } from '../../../sim/engine/lowest-bit.ts';

describe('lowestBit', () => {
  it('finds every bit, whatever is above it', () => {
    for (let bit = 0; bit < 32; bit++) {
      expect(lowestBit(1 << bit)).toBe(bit);
      expect(lowestBit(-1 << bit)).toBe(bit);
    }
  });

  it('says −1 of an empty set', () => {
    expect(lowestBit(0)).toBe(-1);
  });
});
