/**
 * Numbers as text, for sentences, axes and reports. No locale: the same number reads the same on every machine.
 *
 * Times are exact to the microsecond: parts that are zero are left out, and a fraction has three or six digits.
 * Sizes above {@link EXACT_BYTES_BELOW} and shares are rounded to one decimal, which is what a reader compares.
 */
import { END_OF_TIME, MICROS_PER_SECOND } from '../../core/index.ts';

const SECONDS_PER_MINUTE = 60;
const SECONDS_PER_HOUR = 3_600;
const SECONDS_PER_DAY = 86_400;
/** Sizes below this are written in bytes, to the byte. */
const EXACT_BYTES_BELOW = 10_000;
const BINARY_UNITS = ['KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/** A point in time: `0s`, `41.000250s`, `1m 30.250s`, `2d 4h 3m`; `never` from END_OF_TIME on. */
export function formatInstant(micros: number): string {
  if (micros < 0) return `-${formatInstant(-micros)}`;
  if (micros >= END_OF_TIME) return 'never';
  const whole = Math.round(micros);
  const total = Math.floor(whole / MICROS_PER_SECOND);
  const seconds = `${total % SECONDS_PER_MINUTE}${fraction(whole % MICROS_PER_SECOND)}`;
  const parts = [
    part(Math.floor(total / SECONDS_PER_DAY), 'd'),
    part(Math.floor((total % SECONDS_PER_DAY) / SECONDS_PER_HOUR), 'h'),
    part(Math.floor((total % SECONDS_PER_HOUR) / SECONDS_PER_MINUTE), 'm'),
    seconds === '0' ? '' : `${seconds}s`,
  ].filter((text) => text !== '');
  return parts.length === 0 ? '0s' : parts.join(' ');
}

/** A span of time: as {@link formatInstant}, but below a second in its own unit: `250ms`, `1.500ms`, `7µs`. */
export function formatDuration(micros: number): string {
  if (micros < 0) return `-${formatDuration(-micros)}`;
  const whole = Math.round(micros);
  if (whole === 0 || whole >= MICROS_PER_SECOND) return formatInstant(whole);
  if (whole < 1_000) return `${whole}µs`;
  const rest = whole % 1_000;
  return `${Math.floor(whole / 1_000)}${rest === 0 ? '' : `.${String(rest).padStart(3, '0')}`}ms`;
}

/** A size: `1 039 B` exactly up to 9 999 B, then `64.0 MiB` with one decimal. */
export function formatBytes(count: number): string {
  if (count < EXACT_BYTES_BELOW) return `${formatCount(count)} B`;
  let value = count;
  let unit = '';
  for (const next of BINARY_UNITS) {
    value /= 1_024;
    unit = next;
    if (Number(value.toFixed(1)) < 1_024) break;
  }
  return `${value.toFixed(1)} ${unit}`;
}

/** An integer with its thousands apart: `30 000`. */
export function formatCount(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ' ');
}

/** So many of something, whose plural takes an s: `1 node`, `12 000 events`. */
export function formatCountOf(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** A part of a whole: `12.5%`. Rounding never makes none or all of what is not: `<0.1%`, `>99.9%`; `-` of nothing. */
export function formatShare(part: number, whole: number): string {
  if (whole === 0) return '-';
  if (part === 0) return '0%';
  if (part === whole) return '100%';
  const percent = ((part / whole) * 100).toFixed(1);
  if (percent === '0.0') return '<0.1%';
  if (percent === '100.0') return '>99.9%';
  return `${percent}%`;
}

function part(count: number, unit: string): string {
  return count === 0 ? '' : `${count}${unit}`;
}

function fraction(micros: number): string {
  if (micros === 0) return '';
  const digits = String(micros).padStart(6, '0');
  return `.${digits.endsWith('000') ? digits.slice(0, 3) : digits}`;
}
