import { describe, expect, it } from 'vitest';
import { END_OF_TIME } from '../../../core/units.ts';
import {
  formatBytes,
  formatCount,
  formatCountOf,
  formatDuration,
  formatInstant,
  formatShare,
} from '../../../sim/trace/format.ts';

const SECOND = 1_000_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('formatInstant', () => {
  it('writes every part that is not zero, and nothing else', () => {
    expect(formatInstant(0)).toBe('0s');
    expect(formatInstant(30 * SECOND)).toBe('30s');
    expect(formatInstant(90 * SECOND)).toBe('1m 30s');
    expect(formatInstant(2 * DAY + 4 * HOUR + 3 * MINUTE)).toBe('2d 4h 3m');
    expect(formatInstant(DAY + 5 * SECOND)).toBe('1d 5s');
    expect(formatInstant(365 * DAY)).toBe('365d');
  });

  it('is exact to the microsecond, with three or six digits', () => {
    expect(formatInstant(41 * SECOND + 250)).toBe('41.000250s');
    expect(formatInstant(MINUTE + 30 * SECOND + 250_000)).toBe('1m 30.250s');
    expect(formatInstant(HOUR + 1)).toBe('1h 0.000001s');
    expect(formatInstant(999_999)).toBe('0.999999s');
  });

  it('says never for what does not happen', () => {
    expect(formatInstant(Infinity)).toBe('never');
    expect(formatInstant(END_OF_TIME)).toBe('never');
    expect(formatInstant(END_OF_TIME - 1)).not.toBe('never');
  });
});

describe('formatDuration', () => {
  it('has its own units below a second', () => {
    expect(formatDuration(0)).toBe('0s');
    expect(formatDuration(7)).toBe('7µs');
    expect(formatDuration(1_000)).toBe('1ms');
    expect(formatDuration(1_500)).toBe('1.500ms');
    expect(formatDuration(999_001)).toBe('999.001ms');
    expect(formatDuration(SECOND)).toBe('1s');
    expect(formatDuration(DAY)).toBe('1d');
  });

  it('rounds a mean to the microsecond and keeps a sign', () => {
    expect(formatDuration(999_999.6)).toBe('1s');
    expect(formatDuration(1_499.6)).toBe('1.500ms');
    expect(formatDuration(-1_500)).toBe('-1.500ms');
    expect(formatInstant(-90 * SECOND)).toBe('-1m 30s');
  });
});

describe('formatBytes', () => {
  it('is exact below 10 000 bytes', () => {
    expect(formatBytes(0)).toBe('0 B');
    expect(formatBytes(1_039)).toBe('1 039 B');
    expect(formatBytes(9_999)).toBe('9 999 B');
  });

  it('has one decimal in binary units above', () => {
    expect(formatBytes(10_240)).toBe('10.0 KiB');
    expect(formatBytes(64 * 1_048_576)).toBe('64.0 MiB');
    expect(formatBytes(1.5 * 1_073_741_824)).toBe('1.5 GiB');
  });

  it('never shows 1024 of a unit', () => {
    expect(formatBytes(1_048_575)).toBe('1.0 MiB');
    expect(formatBytes(1_048_576 - 100)).toBe('1023.9 KiB');
  });
});

describe('formatCount', () => {
  it('sets thousands apart', () => {
    expect(formatCount(0)).toBe('0');
    expect(formatCount(999)).toBe('999');
    expect(formatCount(30_000)).toBe('30 000');
    expect(formatCount(1_234_567)).toBe('1 234 567');
  });
});

describe('formatCountOf', () => {
  it('has one of a thing alone without its s', () => {
    expect(formatCountOf(0, 'hint')).toBe('0 hints');
    expect(formatCountOf(1, 'node')).toBe('1 node');
    expect(formatCountOf(12_000, 'event')).toBe('12 000 events');
  });
});

describe('formatShare', () => {
  it('has one decimal', () => {
    expect(formatShare(1, 8)).toBe('12.5%');
    expect(formatShare(1, 3)).toBe('33.3%');
  });

  it('keeps none and all for none and all', () => {
    expect(formatShare(0, 5)).toBe('0%');
    expect(formatShare(5, 5)).toBe('100%');
    expect(formatShare(1, 10_000)).toBe('<0.1%');
    expect(formatShare(9_999, 10_000)).toBe('>99.9%');
    expect(formatShare(0, 0)).toBe('-');
  });
});
