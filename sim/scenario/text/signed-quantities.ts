/**
 * Quantities beyond the plain ones of `quantities.ts`, as people write them: times that may be negative (`-5s`), the
 * drift of a clock (`100ppm`) and bytes per second (`1024KiB/s`).
 */
import { DURATION_FORM, readDuration, readSize } from './quantities.ts';
import { misread, read } from './reading.ts';
import type { Reading } from './reading.ts';

/** A clock that drifts faster would go backwards, or at more than double speed. */
const MAX_DRIFT_PPM = 1_000_000;
/** A petabyte a second: beyond that, whole microseconds cannot tell a throttle from none. */
const MAX_BYTE_RATE = 1e15;
const MILLION = 1_000_000;

/** What a signed duration looks like, for messages. */
export const SIGNED_DURATION_FORM = DURATION_FORM.replace('a duration such as 30s', 'a duration such as 30s, -5s');
/** What a drift looks like, for messages. */
export const DRIFT_FORM = 'a drift such as 100ppm or -20ppm (microseconds a second)';
/** What a byte rate looks like, for messages. */
export const BYTE_RATE_FORM = 'a byte rate such as 1024KiB/s or 10MB/s';

/** `-5s`, `+1h`, `250us`: microseconds, negative or not. */
export function readSignedDuration(text: string | number): Reading<number> {
  const [, sign = '', rest = ''] = /^([+-]?)\s*(.*)$/s.exec(String(text).trim()) ?? [];
  const reading = readDuration(rest);
  if (reading.kind === 'misread')
    return { ...reading, expected: reading.expected.replace(DURATION_FORM, SIGNED_DURATION_FORM) };
  // From 0, as the negative of 0 is another number to JavaScript.
  return read(sign === '-' ? 0 - reading.value : reading.value);
}

/** `100ppm`, `-0.5ppm`: microseconds that a clock gains in a true second. */
export function readDrift(text: string | number): Reading<number> {
  const match = /^([+-]?\d+(?:\.\d+)?)\s*(\S*)$/.exec(String(text).trim());
  if (match === null) return misread('type', DRIFT_FORM);
  const drift = Number(match[1]);
  if (match[2] !== 'ppm' && drift !== 0) return misread('unit', DRIFT_FORM, `${match[1] ?? ''}ppm`);
  if (Math.abs(drift) >= MAX_DRIFT_PPM)
    return misread('range', `a drift between -${MAX_DRIFT_PPM}ppm and ${MAX_DRIFT_PPM}ppm`);
  return read(drift === 0 ? 0 : drift);
}

/** `1024KiB/s`, `10MB/s`: whole bytes per second, above 0. */
export function readByteRate(text: string | number): Reading<number> {
  const trimmed = String(text).trim();
  const match = /^([^/]*)\/\s*s$/.exec(trimmed);
  if (match === null) {
    const nearest = readSize(trimmed).kind === 'read' && trimmed !== '0' ? `${trimmed}/s` : undefined;
    return misread(nearest === undefined ? 'type' : 'unit', BYTE_RATE_FORM, nearest);
  }
  const size = readSize(match[1] ?? '');
  if (size.kind === 'misread') {
    const nearest = size.nearest === undefined ? undefined : `${size.nearest}/s`;
    return misread(size.code, size.code === 'range' ? 'whole bytes a second, above 0' : BYTE_RATE_FORM, nearest);
  }
  if (size.value === 0) return misread('range', 'a byte rate above 0');
  return size.value <= MAX_BYTE_RATE
    ? read(size.value)
    : misread('range', `a byte rate of at most ${MAX_BYTE_RATE / MILLION} MB/s`);
}
