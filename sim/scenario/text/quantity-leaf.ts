/**
 * Leaves of the schema for quantities: what a duration, a size, a rate or a share may be, each read into the number it
 * means. 0 stands for the absence of a bound where a leaf takes `none` or `unlimited`.
 */
import { NO_NUMBERS, scalar } from './leaf.ts';
import {
  DURATION_FORM,
  RATE_FORM,
  readDuration,
  readRate,
  readShare,
  readSize,
  SHARE_FORM,
  SIZE_FORM,
} from './quantities.ts';
import { misread, read } from './reading.ts';
import type { Reading } from './reading.ts';
import {
  BYTE_RATE_FORM,
  DRIFT_FORM,
  readByteRate,
  readDrift,
  readSignedDuration,
  SIGNED_DURATION_FORM,
} from './signed-quantities.ts';

/** The bare number that needs no unit. */
const ZERO = { const: 0 };

/** A duration of 0 or more. */
export const durationLeaf = scalar<number>(DURATION_FORM, readDuration, {
  examples: ['30s', '1h30m', '250us'],
  numbers: ZERO,
});
/** A duration above 0. */
export const spanLeaf = scalar<number>(DURATION_FORM, readSpan, {
  examples: ['30s', '1h30m', '12d 4h'],
  numbers: NO_NUMBERS,
});
/** A duration above 0, or `none`, which is 0. */
export const spanOrNoneLeaf = scalar<number>(`${DURATION_FORM}, or none`, orWord('none', readDuration), {
  examples: ['3h', 'none'],
  numbers: ZERO,
});
/** A duration above 0, or `interval`, which is 0: at the next look. */
export const retryLeaf = scalar<number>(`${DURATION_FORM}, or interval`, orWord('interval', readSpan), {
  examples: ['1s', 'interval'],
  numbers: NO_NUMBERS,
});
/** A duration that may be negative: an offset, a step of a clock. */
export const signedDurationLeaf = scalar<number>(SIGNED_DURATION_FORM, readSignedDuration, {
  examples: ['5s', '-250ms'],
  numbers: ZERO,
});
/** Microseconds that a clock gains in a second. */
export const driftLeaf = scalar<number>(DRIFT_FORM, readDrift, { examples: ['100ppm', '-20ppm'], numbers: ZERO });
/** A size of 0 or more. */
export const sizeLeaf = scalar<number>(SIZE_FORM, readSize, { examples: ['200B', '64MiB'], numbers: ZERO });
/** A size above 0. */
export const positiveSizeLeaf = scalar<number>(SIZE_FORM, (value) => above(readSize(value), 'a size above 0'), {
  examples: ['200B', '1KiB'],
  numbers: NO_NUMBERS,
});
/** A size, or `none`, which is 0. */
export const capLeaf = scalar<number>(`${SIZE_FORM}, or none`, orWord('none', readSize), {
  examples: ['64MiB', 'none'],
  numbers: ZERO,
});
/** So many waiting places, or `none` or `unlimited` for no bound, which is `Number.MAX_SAFE_INTEGER`. */
export function placesLeaf(most: number) {
  const form = `a whole number from 0 to ${most}, or unlimited`;
  const reader: Reader = (value) => {
    if (value === 'unlimited' || value === 'none') return read(Number.MAX_SAFE_INTEGER);
    if (typeof value === 'string' || !Number.isInteger(value)) return misread('type', form);
    return value < 0 || value > most ? misread('range', form) : read(value);
  };
  const numbers = { type: 'integer', minimum: 0, maximum: most };
  return scalar<number>(form, reader, { examples: ['unlimited', 512, 0], numbers });
}

/** Requests per second. */
export const rateLeaf = scalar<number>(RATE_FORM, readRate, { examples: ['50/s', '3/m'], numbers: NO_NUMBERS });
/** Messages per second, or `unlimited`, which is 0. */
export const linkRateLeaf = scalar<number>(`${RATE_FORM}, or unlimited`, orWord('unlimited', readRate), {
  examples: ['unlimited', '300/s'],
  numbers: NO_NUMBERS,
});
/** Bytes per second, or `none` or `unlimited`, which are 0. */
export const byteRateLeaf = scalar<number>(
  `${BYTE_RATE_FORM}, or none or unlimited`,
  orWord('none', orWord('unlimited', readByteRate)),
  { examples: ['1024KiB/s', 'none', 'unlimited'], numbers: NO_NUMBERS },
);
/** 0 … 1. */
export const shareLeaf = scalar<number>(SHARE_FORM, readShare, {
  examples: ['20%', 0.2],
  numbers: { minimum: 0, maximum: 1 },
});

/** A leaf for texts that `reader` reads, for values of the importers. */
export function readLeaf(form: string, reader: (text: string) => Reading<number>, example: string) {
  return scalar<number>(form, (value) => reader(String(value)), { examples: [example], numbers: NO_NUMBERS });
}

type Reader = (value: string | number) => Reading<number>;

/** A reader that takes a word for 0, too. */
function orWord(word: string, reader: Reader): Reader {
  return (value) => {
    if (value === word) return read(0);
    const reading = reader(value);
    return reading.kind === 'read' ? reading : { ...reading, expected: `${reading.expected}, or ${word}` };
  };
}

function readSpan(value: string | number): Reading<number> {
  return above(readDuration(value), 'a duration above 0');
}

function above(reading: Reading<number>, expected: string): Reading<number> {
  return reading.kind === 'read' && reading.value <= 0 ? misread('range', expected) : reading;
}
