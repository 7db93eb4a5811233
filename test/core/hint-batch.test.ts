import { describe, expect, it } from 'vitest';

import { AssertionFailure } from '../../core/assert.ts';
import { HintBatch } from '../../core/hint-batch.ts';

describe('HintBatch', () => {
  it('returns its hints in the order they were appended, through every growth', () => {
    const batch = new HintBatch();
    for (let i = 0; i < 1_000; i += 1) batch.append(-i, i, 10 * i);
    expect(batch.length).toBe(1_000);
    for (let i = 0; i < 1_000; i += 1) {
      expect([batch.referenceAt(i), batch.byteLengthAt(i), batch.deadlineAt(i)]).toEqual([0 - i, i, 10 * i]);
    }
  });

  it('keeps the extremes of each column', () => {
    const batch = new HintBatch();
    batch.append(-(2 ** 31), 2 ** 32 - 1, Number.MAX_SAFE_INTEGER);
    batch.append(2 ** 31 - 1, 1, 1);
    expect(batch.referenceAt(0)).toBe(-2_147_483_648);
    expect(batch.referenceAt(1)).toBe(2_147_483_647);
    expect(batch.byteLengthAt(0)).toBe(4_294_967_295);
    expect(batch.deadlineAt(0)).toBe(9_007_199_254_740_991);
  });

  it('is empty after clear and can be filled again', () => {
    const batch = new HintBatch();
    batch.append(1, 1, 1);
    batch.clear();
    expect(batch.length).toBe(0);
    expect(() => batch.referenceAt(0)).toThrow(AssertionFailure);
    batch.append(2, 2, 2);
    expect(batch.referenceAt(0)).toBe(2);
  });

  it('refuses to be read outside its length', () => {
    const batch = new HintBatch();
    batch.append(1, 1, 1);
    for (const index of [-1, 1]) {
      expect(() => batch.referenceAt(index)).toThrow(AssertionFailure);
      expect(() => batch.byteLengthAt(index)).toThrow(AssertionFailure);
      expect(() => batch.deadlineAt(index)).toThrow(AssertionFailure);
    }
  });
});
