/** The public names of hintlab's core: units, clocks, hints, the hint store and its durable form. */
export { assert, AssertionFailure, unreachable } from './assert.ts';
export { VirtualClock } from './clock.ts';
export type { Clock } from './clock.ts';
export { NO_SLOT } from './block-pool.ts';
export { crc32 } from './crc32.ts';
export { DurableHintStore } from './durable-hint-store.ts';
export type {
  DiskWarnings,
  DurableEnqueueResult,
  OpenResult,
  SegmentReplay,
  Surroundings,
} from './durable-hint-store.ts';
export { HintBatch } from './hint-batch.ts';
export { ACCEPTED, EMPTY_PAYLOAD, HintColumns, MAX_PAYLOAD_BYTES, OVER_CAPACITY, ZERO_TTL } from './hint-columns.ts';
export type { CapScope, EnqueueCode } from './hint-columns.ts';
export { HintStore } from './hint-store.ts';
export type { EnqueueResult, Hint, HintStoreStats, Payload } from './hint.ts';
export type { AppendResult, DiskFailure, DiskResult, ListResult, ReadResult, SegmentDisk } from './segment-disk.ts';
export { peerOfSegmentName, segmentName } from './segment-name.ts';
export {
  appendRecord,
  encodeRecord,
  encodeSegment,
  MAX_DEADLINE_MILLIS,
  MAX_RECORD_PAYLOAD_BYTES,
  readSegment,
  RECORD_FRAMING_BYTES,
  RECORD_HEADER_BYTES,
  recordBytes,
} from './segment.ts';
export type { RecordContent, RecordDamage, SegmentContent, SegmentEnd, SegmentRecord } from './segment.ts';
export {
  between,
  bytes,
  days,
  duration,
  END_OF_TIME,
  hours,
  instant,
  instantAt,
  kibibytes,
  later,
  MAX_PEER_INDEX,
  mebibytes,
  MICROS_PER_SECOND,
  microseconds,
  milliseconds,
  minutes,
  peerIndex,
  seconds,
} from './units.ts';
export type { Bytes, Duration, Instant, PeerIndex } from './units.ts';
export { anchorDeadline, wallDeadlineMillis } from './wall-clock.ts';
export type { AnchoredDeadline, ClockPair, WallClock } from './wall-clock.ts';
export { widen } from './widen.ts';
