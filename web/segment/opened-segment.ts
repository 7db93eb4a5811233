/**
 * A segment of hints as dynomite-rs leaves it on disk, made ready to be looked at: its records up to the first damage,
 * and when they expire. Nothing is run; what a restart would read back is what is there.
 */
import { peerOfSegmentName, readSegment, type SegmentContent } from '../../core/index.ts';

/** A segment that was opened. */
export interface OpenedSegment extends SegmentContent {
  readonly name: string;
  /** Position in the seed list of the peer that the hints are for; undefined: the name does not say. */
  readonly peer: number | undefined;
  readonly bytes: number;
  /** Milliseconds since 1970, ascending. */
  readonly deadlines: readonly bigint[];
}

/** So many hints have expired by a moment. */
export interface ExpiredBy {
  readonly count: number;
  /** Milliseconds since 1970. */
  readonly by: bigint;
}

/** The shares of the hints whose expiry is told, in percent. */
const SHARES = [25, 50, 75] as const;
/** The last millisecond that the calendar of JavaScript knows, in the year 275760. */
const LAST_DATE_MILLIS = 8_640_000_000_000_000n;

/** Reads a segment; any bytes will do. O(bytes + records · log records). */
export function openSegment(name: string, file: Uint8Array): OpenedSegment {
  const content = readSegment(file);
  const deadlines = content.records.map(({ deadlineMillis }) => deadlineMillis).toSorted(ascending);
  return { ...content, name, peer: peerOfSegmentName(name), bytes: file.length, deadlines };
}

/** The hints that have expired at a moment: those with `deadline <= now`, as in the store. O(log hints). */
export function expiredAt(deadlines: readonly bigint[], now: bigint): number {
  let low = 0;
  let high = deadlines.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((deadlines[middle] ?? 0n) <= now) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** By when the first hint, a quarter, half, three quarters and all of them expire; each moment once. */
export function expirySteps(deadlines: readonly bigint[]): readonly ExpiredBy[] {
  const ranks = [1, ...SHARES.map((share) => Math.ceil((deadlines.length * share) / 100)), deadlines.length];
  const moments = new Set(ranks.flatMap((rank) => deadlines[rank - 1] ?? []));
  return [...moments].map((by) => ({ count: expiredAt(deadlines, by), by }));
}

/** `2026-11-22 16:05:00.000`, in UTC; beyond the year 275760 the milliseconds themselves. */
export function utcText(millis: bigint): string {
  if (millis > LAST_DATE_MILLIS) return `${millis} ms after 1970`;
  return new Date(Number(millis)).toISOString().replace('T', ' ').replace('Z', '');
}

/** A moment as a field for date and time holds it, taken for UTC; undefined: the field is not filled in. */
export function momentOf(field: string): bigint | undefined {
  const millis = Date.parse(`${field}Z`);
  return Number.isNaN(millis) || millis < 0 ? undefined : BigInt(millis);
}

function ascending(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
