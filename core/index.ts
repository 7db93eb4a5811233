/** The public names of hintlab's core: units, clocks, hints and the hint store. */
export { assert, AssertionFailure, unreachable } from './assert.ts';
export { VirtualClock } from './clock.ts';
export type { Clock } from './clock.ts';
export { HintBatch } from './hint-batch.ts';
export { ACCEPTED, EMPTY_PAYLOAD, HintColumns, MAX_PAYLOAD_BYTES, OVER_CAPACITY, ZERO_TTL } from './hint-columns.ts';
export type { EnqueueCode } from './hint-columns.ts';
export { HintStore } from './hint-store.ts';
export type { EnqueueResult, Hint, HintStoreStats, Payload } from './hint.ts';
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
  microseconds,
  milliseconds,
  minutes,
  peerIndex,
  seconds,
} from './units.ts';
export type { Bytes, Duration, Instant, PeerIndex } from './units.ts';
export { widen } from './widen.ts';
