/**
 * What happened in a stretch of the run, as a table of counts: requests, hints, messages and events by kind. It is the
 * first answer to a brush; the events themselves are in the event log.
 */
import { bisectLeft, bisectRight } from 'd3-array';
import { LOG_KINDS, type LogKind, type Trace } from '../../sim/trace/index.ts';
import type { Span } from '../draw/time-scale.ts';

/** A line of the table. */
export interface SpanCount {
  readonly what: string;
  readonly count: number;
  /** What the event log shows for it, where it keeps such rows. */
  readonly kind: LogKind | undefined;
}

const WORDS: readonly (readonly [kind: LogKind, what: string])[] = [
  ['writeIssued', 'writes issued'],
  ['writeAcked', 'writes acknowledged'],
  ['writeFailed', 'writes failed'],
  ['readIssued', 'reads issued'],
  ['readAnswered', 'reads answered'],
  ['readFailed', 'reads failed'],
  ['copySent', 'copies sent'],
  ['copyApplied', 'copies applied'],
  ['copyDropped', 'copies lost on the way'],
  ['hintStored', 'hints stored'],
  ['hintRefused', 'hints refused'],
  ['hintShipped', 'hints shipped'],
  ['hintApplied', 'hints applied'],
  ['hintExpired', 'hints expired'],
  ['hintLost', 'hints lost'],
  ['believedDown', 'beliefs turned to Down'],
  ['believedUp', 'beliefs turned to Normal'],
  ['crashed', 'crashes'],
  ['restarted', 'restarts'],
];

/** The counts that are not 0, both ends of the span included. O(rows in the span), or of the hints without a log. */
export function spanSummary(trace: Trace, span: Span): readonly SpanCount[] {
  const counts = trace.log.at.length > 0 ? loggedCounts(trace, span) : tabledCounts(trace, span);
  return WORDS.flatMap(([kind, what]) => {
    const count = counts.get(kind) ?? 0;
    return count > 0 ? [{ what, count, kind: trace.log.at.length > 0 ? kind : undefined }] : [];
  });
}

function loggedCounts({ log }: Trace, { from, until }: Span): Map<LogKind, number> {
  const counts = new Uint32Array(LOG_KINDS.length);
  const end = bisectRight(log.at, until);
  for (let row = bisectLeft(log.at, from); row < end; row++) {
    const kind = log.kind[row] ?? 0;
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return new Map(LOG_KINDS.map((kind, code) => [kind, counts[code] ?? 0]));
}

/** Without a log, what the tables of hints, outages and beliefs tell. */
function tabledCounts({ hints, refusals, outages, beliefs }: Trace, { from, until }: Span): Map<LogKind, number> {
  const within = (column: Float64Array) => column.reduce((sum, at) => sum + (at >= from && at <= until ? 1 : 0), 0);
  return new Map<LogKind, number>([
    ['hintStored', within(hints.storedAt)],
    ['hintRefused', within(refusals.at)],
    ['believedDown', within(beliefs.from)],
    ['believedUp', within(beliefs.until)],
    ['crashed', within(outages.from)],
    ['restarted', within(outages.until)],
  ]);
}
