import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { AssertionFailure } from '../../core/assert.ts';
import {
  between,
  bytes,
  days,
  duration,
  END_OF_TIME,
  hours,
  instant,
  instantAt,
  kibibytes,
  later,
  MAX_PEER_INDEX,
  mebibytes,
  microseconds,
  milliseconds,
  minutes,
  peerIndex,
  seconds,
} from '../../core/units.ts';

const LARGEST = 9_007_199_254_740_991; // 2^53 − 1

describe('constructors of units', () => {
  const notCounts = [-1, 0.5, NaN, Infinity, -Infinity, LARGEST + 1];

  it.each([
    ['instant', instant],
    ['duration', duration],
    ['bytes', bytes],
  ])('%s takes every integer from 0 to 2^53−1 and nothing else', (_, brand) => {
    expect(brand(0)).toBe(0);
    expect(brand(LARGEST)).toBe(LARGEST);
    for (const wrong of notCounts) expect(() => brand(wrong)).toThrow(AssertionFailure);
  });

  it('peerIndex takes 0 to 65534 and nothing else', () => {
    expect(MAX_PEER_INDEX).toBe(65_534);
    expect(peerIndex(0)).toBe(0);
    expect(peerIndex(65_534)).toBe(65_534);
    for (const wrong of [-1, 0.5, NaN, Infinity, 65_535]) expect(() => peerIndex(wrong)).toThrow(AssertionFailure);
  });

  it('counts durations in microseconds', () => {
    expect(microseconds(3)).toBe(3);
    expect(milliseconds(3)).toBe(3_000);
    expect(seconds(3)).toBe(3_000_000);
    expect(minutes(3)).toBe(180_000_000);
    expect(hours(3)).toBe(10_800_000_000);
    expect(days(3)).toBe(259_200_000_000);
  });

  it('counts sizes in bytes', () => {
    expect(kibibytes(3)).toBe(3_072);
    expect(mebibytes(64)).toBe(67_108_864);
  });
});

describe('later', () => {
  it('adds a duration to an instant', () => {
    expect(later(instant(5), seconds(1))).toBe(1_000_005);
  });

  it('reaches the end of time exactly and never passes it', () => {
    expect(later(instant(LARGEST - 3), duration(2))).toBe(LARGEST - 1);
    expect(later(instant(LARGEST - 3), duration(3))).toBe(END_OF_TIME);
    expect(later(instant(LARGEST - 3), duration(4))).toBe(END_OF_TIME);
    expect(later(END_OF_TIME, duration(LARGEST))).toBe(END_OF_TIME);
  });

  it('is the exact sum, or the end of time if the sum is larger', () => {
    let saturated = 0;
    let exact = 0;
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.maxSafeNat(), (at, by) => {
        const sum = BigInt(at) + BigInt(by);
        const fits = sum <= BigInt(LARGEST);
        if (fits) exact += 1;
        else saturated += 1;
        expect(BigInt(later(instant(at), duration(by)))).toBe(fits ? sum : BigInt(LARGEST));
      }),
      { seed: 1, numRuns: 500 },
    );
    expect(saturated).toBeGreaterThan(30);
    expect(exact).toBeGreaterThan(30);
  });
});

describe('between', () => {
  it('is the duration from the first instant to the second', () => {
    expect(between(instant(3), instant(10))).toBe(7);
    expect(between(instant(3), instant(3))).toBe(0);
  });

  it('refuses to run backwards', () => {
    expect(() => between(instant(3), instant(2))).toThrow(AssertionFailure);
  });
});

describe('instantAt', () => {
  it('is the instant that the column holds', () => {
    expect(instantAt(Float64Array.of(5, LARGEST), 0)).toBe(5);
    expect(instantAt(Float64Array.of(5, LARGEST), 1)).toBe(END_OF_TIME);
  });
});
