/**
 * Durations, sizes, rates and shares: what people write, what it means, and what is refused with which advice.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  readDuration,
  readRate,
  readShare,
  readSize,
  writeDuration,
  writeRate,
  writeShare,
  writeSize,
} from '../../../../sim/scenario/index.ts';
import type { Reading } from '../../../../sim/scenario/index.ts';
import { Reach } from '../../../support/reach.ts';

const SECOND = 1_000_000;

function valueOf(reading: Reading<number>): number | string {
  return reading.kind === 'read' ? reading.value : reading.code;
}

describe('durations', () => {
  it.each([
    ['250us', 250],
    ['5ms', 5_000],
    ['30s', 30 * SECOND],
    ['1.5h', 5_400 * SECOND],
    ['2d', 172_800 * SECOND],
    ['1h30m', 5_400 * SECOND],
    ['12d 4h 3m', (12 * 86_400 + 4 * 3_600 + 3 * 60) * SECOND],
    ['30 s', 30 * SECOND],
    ['1w', 604_800 * SECOND],
    ['1y', 365 * 86_400 * SECOND],
    ['1.1s', 1_100_000],
    ['0', 0],
    ['0s', 0],
  ])('reads %s', (text, micros) => {
    expect(valueOf(readDuration(text))).toBe(micros);
  });

  it.each([
    ['30', 'unit'],
    ['1h 30', 'unit'],
    ['5 parsecs', 'unit'],
    ['soon', 'type'],
    ['', 'type'],
    ['.', 'type'],
    ['-5s', 'range'],
    ['300y', 'range'],
    ['0.4us', 'range'],
    ['30m 1h', 'order'],
    ['1h 1h', 'order'],
    ['1'.repeat(500), 'type'],
  ])('refuses %s', (text, code) => {
    expect(valueOf(readDuration(text))).toBe(code);
  });

  it.each([
    ['5sec', '5s'],
    ['2 minutes', '2 m'],
    ['5S', '5s'],
    ['1h 30min', '1h 30m'],
    ['250µs', '250us'],
  ])('suggests the unit that was meant in %s', (text, nearest) => {
    expect(readDuration(text)).toMatchObject({ kind: 'misread', nearest });
  });

  it('suggests nothing that is no duration either', () => {
    expect(readDuration('1h=2')).not.toHaveProperty('nearest');
    expect(readDuration('1hr 30min')).not.toHaveProperty('nearest');
  });

  it('reads back what it writes, to the microsecond', () => {
    const reach = new Reach<'many parts' | 'zero'>();
    fc.assert(
      fc.property(fc.oneof(fc.nat(100_000), fc.maxSafeNat()), (micros) => {
        const text = writeDuration(micros);
        reach.note('many parts', text.split(' ').length > 4);
        reach.note('zero', micros === 0);
        expect(valueOf(readDuration(text))).toBe(micros);
      }),
      { seed: 11, numRuns: 2_000, examples: [[0]] },
    );
    expect(reach.rarerThan(1, ['many parts', 'zero'])).toEqual([]);
  });
});

describe('sizes', () => {
  it.each([
    ['200B', 200],
    ['1KiB', 1_024],
    ['64MiB', 67_108_864],
    ['1kB', 1_000],
    ['10MB', 10_000_000],
    ['1.5KiB', 1_536],
    ['0', 0],
  ])('reads %s', (text, size) => {
    expect(valueOf(readSize(text))).toBe(size);
  });

  it.each([
    ['64', 'unit'],
    ['64Mb', 'unit'],
    ['64 MiB/s', 'unit'],
    ['0.3B', 'range'],
    ['-1B', 'range'],
    ['9000TiB', 'range'],
    ['big', 'type'],
  ])('refuses %s', (text, code) => {
    expect(valueOf(readSize(text))).toBe(code);
  });

  it('reads back what it writes', () => {
    const reach = new Reach<'in a larger unit'>();
    const sizes = fc.oneof(
      fc.maxSafeNat(),
      fc.nat(1_000).map((count) => count * 1_024),
      fc.nat(1_000).map((count) => count * 1_000_000),
    );
    fc.assert(
      fc.property(sizes, (size) => {
        reach.note('in a larger unit', /[a-zA-Z]{2}$/.test(writeSize(size)));
        expect(valueOf(readSize(writeSize(size)))).toBe(size);
      }),
      { seed: 12, numRuns: 1_000 },
    );
    expect(reach.rarerThan(100, ['in a larger unit'])).toEqual([]);
  });
});

describe('rates', () => {
  it.each([
    ['50/s', 50],
    ['3/m', 0.05],
    ['36/h', 0.01],
    ['864/d', 0.01],
    ['0.5 / s', 0.5],
    ['1e-7/s', 1e-7],
  ])('reads %s', (text, perSecond) => {
    expect(valueOf(readRate(text))).toBe(perSecond);
  });

  it.each([
    ['50', 'unit'],
    ['50s', 'unit'],
    ['50/year', 'unit'],
    ['0/s', 'range'],
    ['1e-10/s', 'range'],
    ['-3/s', 'range'],
    ['1000001/s', 'range'],
    ['fast', 'type'],
  ])('refuses %s', (text, code) => {
    expect(valueOf(readRate(text))).toBe(code);
  });

  it('writes 0.05 per second as 3/m and keeps 43.6/s', () => {
    expect([writeRate(0.05), writeRate(43.6)]).toEqual(['3/m', '43.6/s']);
  });

  it('reads back what it writes', () => {
    const reach = new Reach<'not per second' | 'exponent'>();
    const rates = fc.oneof(
      fc.integer({ min: 1, max: 1_000 }).map((perHour) => perHour / 3_600),
      fc.double({ min: 1e-9, max: 1e6, noNaN: true }),
    );
    fc.assert(
      fc.property(rates, (rate) => {
        reach.note('not per second', !writeRate(rate).endsWith('/s'));
        reach.note('exponent', writeRate(rate).includes('e'));
        expect(valueOf(readRate(writeRate(rate)))).toBe(rate);
      }),
      { seed: 13, numRuns: 2_000 },
    );
    expect(reach.rarerThan(10, ['not per second', 'exponent'])).toEqual([]);
  });
});

describe('shares', () => {
  it.each([
    ['20%', 0.2],
    [0.2, 0.2],
    ['100%', 1],
    [0, 0],
    ['101%', 'range'],
    [20, 'range'],
    ['-1%', 'type'],
    ['most', 'type'],
  ])('reads %s as %s', (text, share) => {
    expect(valueOf(readShare(text))).toBe(share);
  });

  it('reads back what it writes', () => {
    const reach = new Reach<'percent' | 'fraction'>();
    const shares = fc.oneof(
      fc.nat(100).map((percent) => percent / 100),
      fc.double({ min: 0, max: 1, noNaN: true }),
    );
    fc.assert(
      fc.property(shares, (share) => {
        reach.note(writeShare(share).endsWith('%') ? 'percent' : 'fraction');
        expect(valueOf(readShare(writeShare(share)))).toBe(share);
      }),
      { seed: 14, numRuns: 1_000 },
    );
    expect(reach.rarerThan(100, ['percent', 'fraction'])).toEqual([]);
  });
});
