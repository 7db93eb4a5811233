/**
 * Civil dates: days counted by hand and by the rule of leap years, and both directions against each other.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  civilFromDays,
  daysFromCivil,
  formatDate,
  readDate,
  readLanlTime,
} from '../../../../sim/scenario/import/calendar.ts';
import { Reach } from '../../../support/reach.ts';

describe('days of the calendar', () => {
  it.each([
    [{ year: 1970, month: 1, day: 1 }, 0],
    [{ year: 1970, month: 12, day: 31 }, 364],
    [{ year: 1969, month: 12, day: 31 }, -1],
    // 30 years with the leap days of 1972 … 1996, and 31 + 28 days.
    [{ year: 2000, month: 2, day: 29 }, 30 * 365 + 7 + 59],
    [{ year: 2000, month: 3, day: 1 }, 30 * 365 + 7 + 60],
    // 33 years with the leap days of 1972 … 2000.
    [{ year: 2003, month: 1, day: 1 }, 33 * 365 + 8],
  ])('%o is day %d since 1970', (civil, days) => {
    expect(daysFromCivil(civil)).toBe(days);
    expect(civilFromDays(days)).toEqual(civil);
  });

  it('each day follows the one before it, through leap years and centuries', () => {
    const reach = new Reach<'leap day' | 'century'>();
    fc.assert(
      fc.property(fc.integer({ min: -200_000, max: 400_000 }), (days) => {
        const today = civilFromDays(days);
        const tomorrow = civilFromDays(days + 1);
        const isLeap = (today.year % 4 === 0 && today.year % 100 !== 0) || today.year % 400 === 0;
        const lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        const isLast = today.day === lengths[today.month - 1];
        const next = isLast ? { ...today, day: 1, month: today.month + 1 } : { ...today, day: today.day + 1 };
        expect(tomorrow).toEqual(next.month === 13 ? { year: today.year + 1, month: 1, day: 1 } : next);
        expect(daysFromCivil(today)).toBe(days);
        reach.note('leap day', today.month === 2 && today.day === 29);
        reach.note('century', today.year % 100 === 0);
      }),
      { seed: 31, numRuns: 20_000 },
    );
    expect(reach.rarerThan(5, ['leap day', 'century'])).toEqual([]);
  });
});

describe('dates as text', () => {
  it.each([
    ['2003-01-01', (33 * 365 + 8) * 1_440],
    ['2003-1-1', (33 * 365 + 8) * 1_440],
    ['2003-01-01 14:05', (33 * 365 + 8) * 1_440 + 845],
    ['1970-01-02T00:01', 1_441],
  ])('reads %s', (text, minutes) => {
    expect(readDate(text)).toEqual({ kind: 'read', value: minutes });
  });

  it.each(['2003-02-29', '2003-13-01', '2003-00-10', '2003-01-01 24:00', '2003-01-01 12:60', '1/1/2003', 'now', ''])(
    'refuses %j',
    (text) => {
      expect(readDate(text).kind).toBe('misread');
    },
  );

  it('reads the times of LANL, month first', () => {
    expect(readLanlTime('2/3/1998 7:00')).toEqual(readDate('1998-02-03 07:00'));
    expect(readLanlTime('12/31/2004 23:59')).toEqual(readDate('2004-12-31 23:59'));
    expect(readLanlTime('31/12/2004 23:59').kind).toBe('misread');
    expect(readLanlTime('2/3/98 7:00').kind).toBe('misread');
  });

  it('writes what it reads', () => {
    expect(formatDate(0)).toBe('1970-01-01');
    expect(formatDate((33 * 365 + 8) * 1_440 + 845)).toBe('2003-01-01 14:05');
  });
});
