import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { AssertionFailure } from '../../core/assert.ts';
import { duration, END_OF_TIME, instant, milliseconds, seconds } from '../../core/units.ts';
import { anchorDeadline, wallDeadlineMillis } from '../../core/wall-clock.ts';
import { Reach } from '../support/reach.ts';

const LARGEST = 9_007_199_254_740_991; // 2^53 − 1
const U64_MAX = 18_446_744_073_709_551_615n;

describe('wallDeadlineMillis', () => {
  it('is the wall clock and the time left, in whole milliseconds, rounded down', () => {
    expect(wallDeadlineMillis(1_000_000, seconds(60))).toBe(61_000n);
    expect(wallDeadlineMillis(1_000_999, duration(0))).toBe(1_000n);
    expect(wallDeadlineMillis(1_000_999, duration(1))).toBe(1_001n);
  });

  it('is 0 for every moment before 1970', () => {
    expect(wallDeadlineMillis(-5_000_000, seconds(4))).toBe(0n);
    expect(wallDeadlineMillis(-5_000_000, seconds(5))).toBe(0n);
    expect(wallDeadlineMillis(-5_000_000, seconds(6))).toBe(1_000n);
  });

  it('stays exact where a number would not', () => {
    expect(wallDeadlineMillis(LARGEST, duration(LARGEST))).toBe(18_014_398_509_481n); // (2^54 − 2) / 1000
  });

  it('takes a wall clock in integer microseconds only', () => {
    for (const wrong of [0.5, NaN, Infinity, LARGEST + 1]) {
      expect(() => wallDeadlineMillis(wrong, seconds(1))).toThrow(AssertionFailure);
      expect(() => anchorDeadline(1n, { wallNowMicros: wrong, now: instant(0) })).toThrow(AssertionFailure);
    }
  });
});

describe('anchorDeadline', () => {
  const at = { wallNowMicros: 1_700_000_000_000_000, now: instant(40_000_000) };

  it('carries the time left over to the clock of the store', () => {
    expect(anchorDeadline(1_700_000_060_000n, at)).toEqual({ kind: 'pending', deadline: 100_000_000 });
  });

  it('has passed once the wall clock is later, not when it says the same', () => {
    expect(anchorDeadline(1_700_000_000_000n, at)).toEqual({ kind: 'pending', deadline: 40_000_000 });
    expect(anchorDeadline(1_700_000_000_000n, { ...at, wallNowMicros: at.wallNowMicros + 1 })).toEqual({
      kind: 'passed',
      overdueBy: 1,
    });
    expect(anchorDeadline(0n, at)).toEqual({ kind: 'passed', overdueBy: 1_700_000_000_000_000 });
  });

  it('says so when a deadline lies beyond the end of time, up to the last that 64 bits hold', () => {
    expect(anchorDeadline(U64_MAX, at)).toEqual({ kind: 'beyond', deadline: END_OF_TIME });
    // At instant 0 and wall 0 the two axes agree: the last whole millisecond inside, and the first outside.
    const origin = { wallNowMicros: 0, now: instant(0) };
    expect(anchorDeadline(9_007_199_254_740n, origin)).toEqual({ kind: 'pending', deadline: 9_007_199_254_740_000 });
    expect(anchorDeadline(9_007_199_254_741n, origin)).toEqual({ kind: 'beyond', deadline: END_OF_TIME });
  });

  it('lengthens no life and shortens it by less than a millisecond, unless the wall clock was set', () => {
    const reach = new Reach<'shortened' | 'exact' | 'past at the start'>();
    const wall = fc.integer({ min: 0, max: 2_000_000_000_000_000 });
    const upTo = fc.integer({ min: 0, max: 200_000_000 });
    fc.assert(
      fc.property(wall, upTo, upTo, (wallNowMicros, ttl, pause) => {
        const deadlineMillis = wallDeadlineMillis(wallNowMicros, duration(ttl));
        const later = { wallNowMicros: wallNowMicros + pause, now: instant(0) };
        const anchored = anchorDeadline(deadlineMillis, later);
        const left = anchored.kind === 'passed' ? 0 - anchored.overdueBy : anchored.deadline;
        reach.note('past at the start', anchored.kind === 'passed');
        reach.note(left === ttl - pause ? 'exact' : 'shortened');
        expect(left).toBeLessThanOrEqual(ttl - pause);
        expect(left).toBeGreaterThan(ttl - pause - milliseconds(1));
      }),
      { seed: 0x3a11, numRuns: 20_000 },
    );
    expect(reach.rarerThan(5, ['shortened', 'exact', 'past at the start'])).toEqual([]);
  });

  it('moves every deadline by as much as the wall clock was set (H25)', () => {
    const deadlineMillis = wallDeadlineMillis(at.wallNowMicros, seconds(60));
    const setBack = { ...at, wallNowMicros: at.wallNowMicros - seconds(10) };
    const setForward = { ...at, wallNowMicros: at.wallNowMicros + seconds(70) };
    expect(anchorDeadline(deadlineMillis, setBack)).toEqual({ kind: 'pending', deadline: 110_000_000 });
    expect(anchorDeadline(deadlineMillis, setForward)).toEqual({ kind: 'passed', overdueBy: 10_000_000 });
  });
});

describe('anchorDeadline, at the end of time', () => {
  it('tells a deadline of that very instant from one beyond it', () => {
    // 2^53 − 1 µs is 9007199254740991: the clock's 991 µs and whole milliseconds after that.
    const at = { wallNowMicros: 0, now: instant(991) };
    expect(anchorDeadline(9_007_199_254_740n, at)).toEqual({ kind: 'pending', deadline: END_OF_TIME });
    expect(anchorDeadline(9_007_199_254_741n, at)).toEqual({ kind: 'beyond', deadline: END_OF_TIME });
  });
});
