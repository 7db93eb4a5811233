/**
 * The durable form of a queue of hints: one segment for each peer, a row of records without a header or a count.
 *
 *   record   u32 body length · u32 CRC-32 of the body · body
 *   body     u64 wall-clock deadline in ms since 1970 · payload            all integers little-endian
 *
 * After hints.rs `encode_record` and `decode_records`. Pure functions on bytes: a simulated disk, a folder and a file
 * dropped on the page all use them.
 *
 * A reader stops at the first record that is short or bad and keeps those before it. Nothing cuts the damage off: what
 * is appended later lands behind it and is not seen by the next reader either (hazard H21).
 */
import { assert } from './assert.ts';
import { crc32 } from './crc32.ts';

/** Body length and checksum. */
export const RECORD_HEADER_BYTES = 8;
/** The deadline, which opens the body. */
const DEADLINE_BYTES = 8;
/** Bytes of a record beside its payload. */
export const RECORD_FRAMING_BYTES = RECORD_HEADER_BYTES + DEADLINE_BYTES;
/** The largest payload of a record: the length of its body is kept in 32 bits. */
export const MAX_RECORD_PAYLOAD_BYTES = 0xffff_ffff - DEADLINE_BYTES;
/** The latest deadline that a record can hold, 584 million years after 1970. */
export const MAX_DEADLINE_MILLIS = 0xffff_ffff_ffff_ffffn;

/** What one record says. */
export interface RecordContent {
  /** Wall clock, milliseconds since 1970: 0 … {@link MAX_DEADLINE_MILLIS}. A bigint, for a number is exact only to 2^53−1. */
  readonly deadlineMillis: bigint;
  readonly payload: Uint8Array;
}

/** A whole record, and where it was found. */
export interface SegmentRecord extends RecordContent {
  /** Of the first byte of the record in its segment. */
  readonly offset: number;
}

/** What is wrong with a record, in the order in which a reader looks. */
export type RecordDamage =
  /** Fewer than {@link RECORD_HEADER_BYTES} bytes are left. */
  | { readonly kind: 'shortHeader' }
  /** The body, said to have `bodyBytes`, runs past the end of the segment. */
  | { readonly kind: 'shortBody'; readonly bodyBytes: number }
  /** The body, said to have `bodyBytes`, has no room for a deadline. A run of zeros ends here. */
  | { readonly kind: 'badLength'; readonly bodyBytes: number }
  /** The body is there, but is not what was summed. */
  | {
      readonly kind: 'badChecksum';
      readonly bodyBytes: number;
      readonly storedCrc: number;
      readonly bodyCrc: number;
    };

/** How a segment ends for a reader. */
export type SegmentEnd =
  | { readonly kind: 'clean' }
  | {
      readonly kind: 'torn';
      /** Of the first byte that is not part of a whole record. */
      readonly offset: number;
      /** Bytes from there to the end of the segment; whole records may be among them. */
      readonly trailingBytes: number;
      readonly reason: RecordDamage;
    };

/** A segment as read. */
export interface SegmentContent {
  /** In the order written. Payloads are views into the bytes read, not copies. */
  readonly records: readonly SegmentRecord[];
  readonly end: SegmentEnd;
}

/** The bytes that a payload takes in a segment: its own and 16 around it (length 4, checksum 4, deadline 8). */
export function recordBytes(payloadBytes: number): number {
  assert(
    Number.isInteger(payloadBytes) && payloadBytes >= 0 && payloadBytes <= MAX_RECORD_PAYLOAD_BYTES,
    'the payload of a record has 0 … 2^32−9 bytes',
    payloadBytes,
  );
  return RECORD_FRAMING_BYTES + payloadBytes;
}

/** One record in bytes of its own. O(payload). */
export function encodeRecord(record: RecordContent): Uint8Array {
  return encodeSegment([record]);
}

/** The records one after the other: what a rewritten segment holds. O(bytes). */
export function encodeSegment(records: readonly RecordContent[]): Uint8Array {
  let size = 0;
  for (const record of records) size += recordBytes(record.payload.byteLength);
  const segment = new Uint8Array(size);
  let offset = 0;
  for (const record of records) offset = appendRecord(segment, offset, record);
  return segment;
}

/**
 * Writes a record into `segment` at `offset`, where there must be room for it. O(payload).
 * @returns the offset behind the record.
 */
export function appendRecord(segment: Uint8Array, offset: number, record: RecordContent): number {
  const { deadlineMillis, payload } = record;
  const end = offset + recordBytes(payload.byteLength);
  assert(end <= segment.length, 'a record is written where there is room', end - segment.length);
  assert(
    deadlineMillis >= 0n && deadlineMillis <= MAX_DEADLINE_MILLIS,
    'a deadline in a record is 0 … 2^64−1 ms',
    String(deadlineMillis),
  );
  const body = offset + RECORD_HEADER_BYTES;
  const view = viewOf(segment);
  view.setBigUint64(body, deadlineMillis, true);
  segment.set(payload, body + DEADLINE_BYTES);
  view.setUint32(offset, end - body, true);
  view.setUint32(offset + 4, crc32(segment, body, end), true);
  return end;
}

/** Every whole record up to the first damage, and how the segment ends. Any bytes will do. O(bytes). */
export function readSegment(segment: Uint8Array): SegmentContent {
  const view = viewOf(segment);
  const records: SegmentRecord[] = [];
  let offset = 0;
  while (offset < segment.length) {
    const reason = damageAt(segment, view, offset);
    if (reason !== undefined) {
      return { records, end: { kind: 'torn', offset, trailingBytes: segment.length - offset, reason } };
    }
    const body = offset + RECORD_HEADER_BYTES;
    const next = body + view.getUint32(offset, true);
    const payload = segment.subarray(body + DEADLINE_BYTES, next);
    records.push({ offset, deadlineMillis: view.getBigUint64(body, true), payload });
    offset = next;
  }
  return { records, end: { kind: 'clean' } };
}

/** What is wrong with the record at `offset`, if anything, in the order of hints.rs `decode_records`. */
function damageAt(segment: Uint8Array, view: DataView, offset: number): RecordDamage | undefined {
  const body = offset + RECORD_HEADER_BYTES;
  if (body > segment.length) return { kind: 'shortHeader' };
  const bodyBytes = view.getUint32(offset, true);
  if (body + bodyBytes > segment.length) return { kind: 'shortBody', bodyBytes };
  if (bodyBytes < DEADLINE_BYTES) return { kind: 'badLength', bodyBytes };
  const storedCrc = view.getUint32(offset + 4, true);
  const bodyCrc = crc32(segment, body, body + bodyBytes);
  return storedCrc === bodyCrc ? undefined : { kind: 'badChecksum', bodyBytes, storedCrc, bodyCrc };
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
