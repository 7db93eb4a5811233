/**
 * Civil dates as minutes since the start of 1970, by arithmetic alone: `Date` would bring in the time zone of the
 * machine. Times are local times of the place that wrote them down, and every day has 24 hours: where clocks
 * were set forward or back, a difference is off by that hour.
 */
import { misread, read } from '../text/reading.ts';
import type { Reading } from '../text/reading.ts';

/** Minutes of a day. */
export const MINUTES_PER_DAY = 1_440;
/** What a date looks like, for messages. */
export const DATE_FORM = 'a date such as 2003-01-31, or with a time, 2003-01-31 14:05';

const DAYS_PER_ERA = 146_097;
/** From 0000-03-01, where the eras of 400 years begin, to 1970-01-01. */
const DAYS_TO_1970 = 719_468;
const DAYS_OF_MONTH: readonly number[] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** A day of the Gregorian calendar. */
export interface CivilDay {
  readonly year: number;
  /** 1 … 12. */
  readonly month: number;
  /** 1 … 31. */
  readonly day: number;
}

/**
 * Days from 1970-01-01 to a day. The year is counted from March, so that the leap day is its last, in eras of
 * 400 years, which all have the same length.
 */
export function daysFromCivil({ year, month, day }: CivilDay): number {
  const marchYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * DAYS_PER_ERA + dayOfEra - DAYS_TO_1970;
}

/** The inverse of {@link daysFromCivil}. */
export function civilFromDays(days: number): CivilDay {
  const shifted = days + DAYS_TO_1970;
  const era = Math.floor(shifted / DAYS_PER_ERA);
  const dayOfEra = shifted - era * DAYS_PER_ERA;
  const leapDays = Math.floor(dayOfEra / 1_460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

/** `2003-01-31` or `2003-01-31 14:05`, as minutes since the start of 1970. */
export function readDate(text: string): Reading<number> {
  const match = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T](\d{1,2}):(\d{2}))?$/.exec(text.trim());
  if (match === null) return misread('type', DATE_FORM);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = match.slice(1).map((part) => Number(part ?? 0));
  return minutesOf({ year, month, day }, hour, minute);
}

/** LANL's `%m/%d/%Y %H:%M`, as minutes since the start of 1970. */
export function readLanlTime(text: string): Reading<number> {
  const match = /^(\d{1,2})\/(\d{1,2})\/(\d{4}) (\d{1,2}):(\d{2})$/.exec(text.trim());
  if (match === null) return misread('data', 'a time such as 2/3/1998 7:00');
  const [month = 0, day = 0, year = 0, hour = 0, minute = 0] = match.slice(1).map(Number);
  return minutesOf({ year, month, day }, hour, minute);
}

/** `2003-01-31`, with ` 14:05` unless it is midnight. */
export function formatDate(minutes: number): string {
  const days = Math.floor(minutes / MINUTES_PER_DAY);
  const { year, month, day } = civilFromDays(days);
  const rest = minutes - days * MINUTES_PER_DAY;
  const date = `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(day)}`;
  return rest === 0 ? date : `${date} ${twoDigits(Math.floor(rest / 60))}:${twoDigits(rest % 60)}`;
}

function minutesOf(civil: CivilDay, hour: number, minute: number): Reading<number> {
  if (civil.month < 1 || civil.month > 12) return misread('range', 'a month from 1 to 12');
  const days = daysInMonth(civil);
  if (civil.day < 1 || civil.day > days) return misread('range', `a day from 1 to ${days} in that month`);
  if (hour > 23 || minute > 59) return misread('range', 'a time from 0:00 to 23:59');
  return read(daysFromCivil(civil) * MINUTES_PER_DAY + hour * 60 + minute);
}

function daysInMonth({ year, month }: CivilDay): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && isLeap ? 29 : (DAYS_OF_MONTH[month - 1] ?? 0);
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
