/**
 * One sentence per happening: the voice of the log, of lives and of explanations. Sentences begin with a node's name
 * where they can and end without a full stop, so that they fit a list, a tooltip and a table cell.
 */
import { NONE } from '../trace.ts';
import type { LogKind, Trace } from '../trace.ts';
import { happeningAt } from './happening.ts';
import type { Happening } from './happening.ts';
import { faultBegan, faultEnded } from './fault-sentences.ts';
import { hintExpired, hintLost } from './hint-ends.ts';
import {
  hintAcked,
  hintApplied,
  hintFailed,
  hintIgnored,
  hintRefused,
  hintExtended,
  hintRequeued,
  hintShipped,
  hintStored,
  strayApplied,
  strayIgnored,
} from './hint-sentences.ts';
import { nodeName } from './names.ts';
import {
  believedDown,
  believedUp,
  crashed,
  restarted,
  sessionClosed,
  sessionOpened,
  stopped,
  swept,
} from './node-sentences.ts';
import { readAnswered, readFailed, readIssued } from './read-sentences.ts';
import {
  copyApplied,
  copyDropped,
  copyIgnored,
  copyRefused,
  copySent,
  repairApplied,
  writeAcked,
  writeFailed,
  writeIssued,
} from './write-sentences.ts';

/** What tells of one kind of happening. */
type Teller = (trace: Trace, happening: Happening) => string;

const TELLERS: Readonly<Record<LogKind, Teller>> = {
  writeIssued,
  writeAcked,
  writeFailed,
  readIssued,
  readAnswered,
  readFailed,
  copySent,
  copyApplied,
  copyDropped,
  hintStored,
  hintRefused,
  hintExpired,
  hintShipped,
  hintRequeued,
  hintExtended,
  hintApplied,
  hintLost,
  sweep: swept,
  heartbeat: (trace, { node, peer }) => `${nodeName(trace, node)} had a heartbeat from ${nodeName(trace, peer)}`,
  heartbeatDisplaced: (trace, { node, peer }) =>
    `${nodeName(trace, node)} could send ${nodeName(trace, peer)} no heartbeat: replay had filled the channel`,
  believedDown,
  believedUp,
  crashed,
  restarted,
  linkOpened: (trace, { node, peer }) => `the link from ${nodeName(trace, node)} to ${nodeName(trace, peer)} opened`,
  copyIgnored,
  copyRefused,
  repairApplied,
  hintAcked,
  hintFailed,
  hintIgnored,
  sessionOpened,
  sessionClosed,
  stopped,
  linkEnded: (trace, { node, peer }) =>
    `the link from ${nodeName(trace, node)} to ${nodeName(trace, peer)} was closed cleanly and does not open again`,
  faultBegan,
  faultEnded,
  strayApplied,
  strayIgnored,
};

/** A row of the log in one sentence; NONE is the time before the first. Mostly O(outages), sweeps O(rows of an instant). */
export function describeEntry(trace: Trace, entry: number): string {
  return entry === NONE ? 'nothing has happened yet' : sentenceOf(trace, happeningAt(trace, entry));
}

/** A happening in one sentence, whether or not it is in the log. */
export function sentenceOf(trace: Trace, happening: Happening): string {
  return TELLERS[happening.kind](trace, happening);
}
