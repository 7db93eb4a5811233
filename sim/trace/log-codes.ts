/**
 * The codes of the event log's kinds, by name: what the recorder writes and a query compares with.
 */
import type { LogKind } from './trace.ts';

/** The position of each kind in `LOG_KINDS`. */
export const LOG = {
  writeIssued: 0,
  writeAcked: 1,
  writeFailed: 2,
  readIssued: 3,
  readAnswered: 4,
  readFailed: 5,
  copySent: 6,
  copyApplied: 7,
  copyDropped: 8,
  hintStored: 9,
  hintRefused: 10,
  hintExpired: 11,
  hintShipped: 12,
  hintRequeued: 13,
  hintApplied: 14,
  hintLost: 15,
  sweep: 16,
  heartbeat: 17,
  believedDown: 18,
  believedUp: 19,
  crashed: 20,
  restarted: 21,
  linkOpened: 22,
  copyIgnored: 23,
  copyRefused: 24,
  repairApplied: 25,
  hintAcked: 26,
  hintFailed: 27,
  hintIgnored: 28,
  sessionOpened: 29,
  sessionClosed: 30,
  stopped: 31,
  linkEnded: 32,
  faultBegan: 33,
  faultEnded: 34,
  heartbeatDisplaced: 35,
} as const satisfies Record<LogKind, number>;
