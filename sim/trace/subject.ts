/**
 * What the `subject` of a log row is, by kind: the key to joining the log with the tables.
 */
import type { LogKind } from './trace.ts';

/** What an id in the log is the id of. */
export type Subject = 'write' | 'read' | 'hint' | 'fault' | 'nothing';

/** By kind of log row. */
export const SUBJECT_OF: Readonly<Record<LogKind, Subject>> = {
  writeIssued: 'write',
  writeAcked: 'write',
  writeFailed: 'write',
  readIssued: 'read',
  readAnswered: 'read',
  readFailed: 'read',
  copySent: 'write',
  copyApplied: 'write',
  copyDropped: 'write',
  hintStored: 'hint',
  hintRefused: 'write',
  hintExpired: 'hint',
  hintShipped: 'hint',
  hintRequeued: 'hint',
  hintApplied: 'hint',
  hintLost: 'hint',
  sweep: 'nothing',
  heartbeat: 'nothing',
  believedDown: 'nothing',
  believedUp: 'nothing',
  crashed: 'nothing',
  restarted: 'nothing',
  linkOpened: 'nothing',
  copyIgnored: 'write',
  copyRefused: 'write',
  repairApplied: 'write',
  hintAcked: 'hint',
  hintFailed: 'hint',
  hintIgnored: 'hint',
  sessionOpened: 'nothing',
  sessionClosed: 'nothing',
  stopped: 'nothing',
  linkEnded: 'nothing',
  faultBegan: 'fault',
  faultEnded: 'fault',
  heartbeatDisplaced: 'nothing',
  hintExtended: 'hint',
  strayApplied: 'hint',
  strayIgnored: 'hint',
};
