/**
 * Wall-clock times of real files: milliseconds since 1970 as UTC text, and back. No locale and no time zone of the machine.
 */
import { InvalidArgumentError } from 'commander';

/** The last millisecond that the calendar of JavaScript knows, in the year 275760. */
const LAST_DATE_MILLIS = 8_640_000_000_000_000n;
const UTC_FORM = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?Z?)?$/;

/** `2026-11-22T16:05:00.000Z`; beyond the year 275760 the milliseconds themselves. */
export function utcText(millis: bigint): string {
  return millis > LAST_DATE_MILLIS ? `${millis} ms after 1970` : new Date(Number(millis)).toISOString();
}

/** Reads `2026-11-22`, `2026-11-22T16:05:00Z` or milliseconds since 1970; always UTC. */
export function wallTime(text: string): bigint {
  if (/^\d{1,20}$/.test(text)) return BigInt(text);
  const millis = UTC_FORM.test(text) ? Date.parse(utcForm(text)) : Number.NaN;
  // Date.parse takes 31 February for 3 March; writing it again shows that.
  const isDay = Number.isFinite(millis) && new Date(millis).toISOString().startsWith(text.slice(0, 10));
  if (isDay && millis >= 0) return BigInt(millis);
  throw new InvalidArgumentError(
    `Expected a time in UTC such as 2026-11-22T16:05:00Z, or milliseconds since 1970, found '${text}'.`,
  );
}

/** With a T and a Z: without them Date.parse reads times in the zone of the machine. */
function utcForm(text: string): string {
  const withT = text.replace(' ', 'T');
  return withT.includes('T') && !withT.endsWith('Z') ? `${withT}Z` : withT;
}
