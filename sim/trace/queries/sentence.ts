/**
 * One sentence per happening: the voice of the log, of lives and of explanations. Sentences begin with a node's name
 * where they can and end without a full stop, so that they fit a list, a tooltip and a table cell.
 */
import { unreachable } from '../../../core/index.ts';
import { NONE } from '../trace.ts';
import type { Trace } from '../trace.ts';
import { happeningAt } from './happening.ts';
import type { Happening } from './happening.ts';
import {
  hintApplied,
  hintExpired,
  hintLost,
  hintRefused,
  hintRequeued,
  hintShipped,
  hintStored,
} from './hint-sentences.ts';
import { nodeName } from './names.ts';
import { believedDown, believedUp, crashed, restarted, swept } from './node-sentences.ts';
import {
  copyApplied,
  copyDropped,
  copySent,
  readSentence,
  writeAcked,
  writeFailed,
  writeIssued,
} from './write-sentences.ts';

/** A row of the log in one sentence; NONE is the time before the first. Mostly O(outages), sweeps O(rows of an instant). */
export function describeEntry(trace: Trace, entry: number): string {
  return entry === NONE ? 'nothing has happened yet' : sentenceOf(trace, happeningAt(trace, entry));
}

/** A happening in one sentence, whether or not it is in the log. */
export function sentenceOf(trace: Trace, happening: Happening): string {
  const { kind } = happening;
  switch (kind) {
    case 'writeIssued':
      return writeIssued(trace, happening);
    case 'writeAcked':
      return writeAcked(trace, happening);
    case 'writeFailed':
      return writeFailed(trace, happening);
    case 'readIssued':
    case 'readAnswered':
    case 'readFailed':
      return readSentence(trace, happening);
    case 'copySent':
      return copySent(trace, happening);
    case 'copyApplied':
      return copyApplied(trace, happening);
    case 'copyDropped':
      return copyDropped(trace, happening);
    case 'hintStored':
      return hintStored(trace, happening);
    case 'hintRefused':
      return hintRefused(trace, happening);
    case 'hintExpired':
      return hintExpired(trace, happening);
    case 'hintShipped':
      return hintShipped(trace, happening);
    case 'hintRequeued':
      return hintRequeued(trace, happening);
    case 'hintApplied':
      return hintApplied(trace, happening);
    case 'hintLost':
      return hintLost(trace, happening);
    case 'sweep':
      return swept(trace, happening);
    case 'heartbeat':
      return `${nodeName(trace, happening.node)} had a heartbeat from ${nodeName(trace, happening.peer)}`;
    case 'believedDown':
      return believedDown(trace, happening);
    case 'believedUp':
      return believedUp(trace, happening);
    case 'crashed':
      return crashed(trace, happening);
    case 'restarted':
      return restarted(trace, happening);
    case 'linkOpened':
      return `the link from ${nodeName(trace, happening.node)} to ${nodeName(trace, happening.peer)} opened`;
    default:
      return unreachable(kind);
  }
}
