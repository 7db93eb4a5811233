/**
 * Numbers with units, as people write them in a scenario, and back: `1h30m`, `64MiB`, `50/s`, `20%`.
 *
 * A bare number is refused with the units it could have had, because a TTL of 30 is a guess; 0 needs no unit. What
 * a writer writes, the reader of the same kind reads as the very same number.
 */
import { bytes, duration } from '../../../core/index.ts';
import type { Bytes, Duration } from '../../../core/index.ts';
import { nearestName } from '../problem.ts';
import { misread, read } from './reading.ts';
import type { Misreading, Reading } from './reading.ts';

/** Longer texts than this are no quantity. */
const MAX_QUANTITY_CHARS = 64;
/** A rate above one request per microsecond cannot be told apart on a clock of microseconds. */
export const MAX_RATE = 1_000_000;
/** One request in 31 years: gaps longer than that are longer than any run. */
export const MIN_RATE = 1e-9;

/** Microseconds, from large to small: the order of the parts of a compound duration. A year has 365 days. */
const DURATION_UNITS: ReadonlyMap<string, number> = new Map([
  ['y', 31_536_000_000_000],
  ['w', 604_800_000_000],
  ['d', 86_400_000_000],
  ['h', 3_600_000_000],
  ['m', 60_000_000],
  ['s', 1_000_000],
  ['ms', 1_000],
  ['us', 1],
]);

const SIZE_UNITS: ReadonlyMap<string, number> = new Map([
  ['B', 1],
  ['KiB', 1_024],
  ['MiB', 1_048_576],
  ['GiB', 1_073_741_824],
  ['TiB', 1_099_511_627_776],
  ['kB', 1_000],
  ['MB', 1_000_000],
  ['GB', 1_000_000_000],
  ['TB', 1_000_000_000_000],
]);

/** Seconds. */
const RATE_UNITS: ReadonlyMap<string, number> = new Map([
  ['s', 1],
  ['m', 60],
  ['h', 3_600],
  ['d', 86_400],
]);

/** Other spellings that people try, too far from the unit for the edit distance to find it. */
const SPELLINGS: ReadonlyMap<string, string> = new Map([
  ...['usec', 'micros', 'µs', 'μs'].map((word) => [word, 'us'] as const),
  ...['msec', 'msecs', 'millis'].map((word) => [word, 'ms'] as const),
  ...['sec', 'secs', 'second', 'seconds'].map((word) => [word, 's'] as const),
  ...['min', 'mins', 'minute', 'minutes'].map((word) => [word, 'm'] as const),
  ...['hr', 'hrs', 'hour', 'hours'].map((word) => [word, 'h'] as const),
  ...['day', 'days'].map((word) => [word, 'd'] as const),
  ...['week', 'weeks'].map((word) => [word, 'w'] as const),
  ...['year', 'years'].map((word) => [word, 'y'] as const),
  ...['byte', 'bytes', 'b'].map((word) => [word, 'B'] as const),
  ...['k', 'kb'].map((word) => [word, 'kB'] as const),
  ...['ki', 'kib'].map((word) => [word, 'KiB'] as const),
]);

/** What a duration looks like, for messages. */
export const DURATION_FORM = `a duration such as 30s, 1.5h or 12d 4h (units ${names(DURATION_UNITS)})`;
/** What a size looks like, for messages. */
export const SIZE_FORM = `a size such as 200B or 64MiB (units ${names(SIZE_UNITS)})`;
/** What a rate looks like, for messages. */
export const RATE_FORM = `a rate such as 50/s or 3/m (per ${names(RATE_UNITS)})`;
/** What a share looks like, for messages. */
export const SHARE_FORM = 'a share such as 20% or 0.2';

/** `1h30m`, `12d 4h 3m`, `250us`: parts from large to small, in whole microseconds altogether. */
export function readDuration(text: string | number): Reading<Duration> {
  const trimmed = String(text).trim();
  if (/^0+$/.test(trimmed)) return read(duration(0));
  const total = sumOfParts(trimmed);
  if (typeof total !== 'number') return total;
  const micros = Math.round(total);
  if (micros > Number.MAX_SAFE_INTEGER) return misread('range', 'a duration of at most 285 years');
  if (Math.abs(total - micros) > 1e-3) return misread('range', 'a duration in whole microseconds');
  return read(duration(micros));
}

/** `200B`, `1KiB`, `10MB`: a whole number of bytes. */
export function readSize(text: string | number): Reading<Bytes> {
  const trimmed = String(text).trim();
  if (/^0+$/.test(trimmed)) return read(bytes(0));
  const quantity = splitQuantity(trimmed, /^(\d+(?:\.\d+)?)\s*([^\d\s.]*)$/, SIZE_UNITS, SIZE_FORM);
  if ('kind' in quantity) return quantity;
  const size = quantity.number * quantity.unit;
  if (size > Number.MAX_SAFE_INTEGER) return misread('range', 'a size of at most 8191 TiB');
  if (!Number.isInteger(size)) return misread('range', 'a whole number of bytes');
  return read(bytes(size));
}

/** `50/s`, `3/m`: events per second, {@link MIN_RATE} … {@link MAX_RATE}. */
export function readRate(text: string | number): Reading<number> {
  const trimmed = String(text).trim();
  const form = /^(\d+(?:\.\d+)?(?:e[+-]?\d+)?)\s*\/?\s*([^\d\s.]*)$/;
  const quantity = splitQuantity(trimmed, form, RATE_UNITS, RATE_FORM);
  if ('kind' in quantity) return quantity;
  if (!trimmed.includes('/')) return misread('unit', RATE_FORM, trimmed.replace(/\s*([a-z]+)$/, '/$1'));
  const rate = quantity.number / quantity.unit;
  if (rate < MIN_RATE) return misread('range', `a rate of at least ${MIN_RATE}/s`);
  if (rate > MAX_RATE) return misread('range', `a rate of at most ${MAX_RATE}/s`);
  return read(rate);
}

/** `20%` or `0.2`: 0 … 1. */
export function readShare(text: string | number): Reading<number> {
  const match = /^(\d+(?:\.\d+)?(?:e[+-]?\d+)?)\s*(%?)$/.exec(String(text).trim());
  if (match === null) return misread('type', SHARE_FORM);
  const share = Number(match[1]) / (match[2] === '%' ? 100 : 1);
  return share <= 1 ? read(share) : misread('range', 'a share of at most 100%, or 1');
}

/** `12d 4h 3m`: exact, in parts from days to microseconds; `0s` for 0. */
export function writeDuration(micros: number): string {
  let rest = micros;
  const parts: string[] = [];
  for (const [unit, size] of DURATION_UNITS) {
    if (unit === 'y' || unit === 'w') continue;
    const count = Math.floor(rest / size);
    if (count > 0) parts.push(`${count}${unit}`);
    rest -= count * size;
  }
  return parts.length === 0 ? '0s' : parts.join(' ');
}

/** `64MiB`: exact, in the largest unit that divides it. */
export function writeSize(size: number): string {
  let best = `${size}B`;
  for (const [unit, factor] of SIZE_UNITS) {
    const text = `${size / factor}${unit}`;
    if (size > 0 && size % factor === 0 && text.length < best.length) best = text;
  }
  return best;
}

/** `3/m`: exact, and as short as it gets; periods longer than a second only where they make the number whole. */
export function writeRate(perSecond: number): string {
  let best = `${perSecond}/s`;
  for (const [unit, seconds] of RATE_UNITS) {
    const count = perSecond * seconds;
    const text = `${count}/${unit}`;
    if (Number.isInteger(count) && count / seconds === perSecond && text.length < best.length) best = text;
  }
  return best;
}

/** `20%` where a percentage of at most two decimals is exact, else `0.3333`. */
export function writeShare(share: number): string {
  const percent = Math.round(share * 10_000) / 100;
  return percent / 100 === share ? `${percent}%` : String(share);
}

/** The sum of the parts of a compound duration, not yet rounded. */
function sumOfParts(text: string): number | Misreading {
  if (/^-\s*[\d.]/.test(text)) return misread('range', 'a duration of 0 or more');
  const part = /\s*(\d+(?:\.\d+)?)\s*([^\d\s.]+)/y;
  let total = 0;
  let smallest = Infinity;
  while (part.lastIndex < text.length && text.length <= MAX_QUANTITY_CHARS) {
    const start = part.lastIndex;
    const match = part.exec(text);
    const word = match?.[2] ?? '';
    if (match === null) return misread(/^\d+(\.\d+)?$/.test(text.slice(start).trim()) ? 'unit' : 'type', DURATION_FORM);
    const unit = DURATION_UNITS.get(word);
    if (unit === undefined) return misread('unit', DURATION_FORM, readable(respelled(text, word, DURATION_UNITS)));
    if (unit >= smallest) return misread('order', 'the parts of a duration from large to small, each unit once');
    smallest = unit;
    total += Number(match[1]) * unit;
  }
  return smallest === Infinity ? misread('type', DURATION_FORM) : total;
}

/** A suggestion that is a duration itself: not where more than one thing is wrong. */
function readable(suggestion: string | undefined): string | undefined {
  return suggestion !== undefined && typeof sumOfParts(suggestion) === 'number' ? suggestion : undefined;
}

/** A number and its unit, which is looked up in `units`. */
function splitQuantity(
  text: string,
  pattern: RegExp,
  units: ReadonlyMap<string, number>,
  form: string,
): { readonly number: number; readonly unit: number } | Misreading {
  if (/^-\s*[\d.]/.test(text)) return misread('range', `${form.split(' such')[0]} of 0 or more`);
  const match = text.length <= MAX_QUANTITY_CHARS ? pattern.exec(text) : null;
  if (match === null) return misread('type', form);
  const word = match[2] ?? '';
  const unit = units.get(word);
  if (unit === undefined) return misread('unit', form, respelled(text, word, units));
  return { number: Number(match[1]), unit };
}

/** The same text with the nearest valid unit in place of `word`. */
function respelled(text: string, word: string, units: ReadonlyMap<string, number>): string | undefined {
  if (word === '') return undefined;
  const spelling = SPELLINGS.get(word.toLowerCase());
  const unit = spelling !== undefined && units.has(spelling) ? spelling : nearestName(word, units.keys());
  return unit === undefined ? undefined : text.replace(word, unit);
}

function names(units: ReadonlyMap<string, number>): string {
  return [...units.keys()].join(', ');
}
