/**
 * The life of a read: how each replica came to what it had of the key, whom the coordinator could ask, which votes could
 * come, what the client was told, what that was behind, and what read repair wrote afterwards. At level `full`.
 *
 * A trace records no single vote. It does record what every replica had and when, so what is told is what each replica
 * could have said while the read was under way; which of them answered first is not.
 */
import { cell } from '../cell.ts';
import { LOG } from '../log-codes.ts';
import { isStale } from '../measurements.ts';
import { NOBODY, NONE, WRITE_OUTCOMES } from '../trace.ts';
import type { LogKind, Trace, WriteOutcome } from '../trace.ts';
import { happeningAt } from './happening.ts';
import { isDown } from './intervals.ts';
import { keyHistory, lastChange } from './key-history.ts';
import type { KeyHistory } from './key-history.ts';
import { abridged, inOrder, stepOf } from './life.ts';
import type { Life, LifeStep } from './life.ts';
import { keyName, nodeName, readName, writeName } from './names.ts';
import { valueName } from './read-sentences.ts';
import { couldAsk, couldSay } from './read-votes.ts';
import { isDelete } from './staleness.ts';

/** How a read ended, in the log or not. */
const ENDS = { acked: 'readAnswered', failed: 'readFailed' } as const satisfies Partial<Record<WriteOutcome, LogKind>>;

/** The life of a read by its id; nothing but a title below level `full`. O(log rows + writes). */
export function lifeOfRead(trace: Trace, read: number): Life {
  const { reads, level } = trace;
  const name = readName(read);
  if (level !== 'full') return { title: `${name}: reads are not in this trace (level ${level})`, steps: [] };
  if (!Number.isInteger(read) || read < 0 || read >= reads.issuedAt.length) {
    return { title: `${name} is not in this trace`, steps: [] };
  }
  const key = cell(reads.key, read);
  const coordinator = cell(reads.coordinator, read);
  const history = keyHistory(trace, key);
  const issued = eventOf(trace, read, 'readIssued', cell(reads.issuedAt, read));
  const ended = endOf(trace, read);
  const from = issued.entry ?? trace.log.at.length;
  const until = ended.entry ?? trace.log.at.length;
  const steps = [
    ...expectation(trace, read),
    ...origins(trace, history, from),
    issued,
    ...votes(trace, read, history, { from, until, endedAt: ended.at }),
    ended,
    ...(ended.entry === undefined ? [] : repairs(trace, read, history, until)),
  ];
  const about = `${keyName(trace, key)}, through ${nodeName(trace, coordinator)}`;
  return { title: `${name} (${about}): ${outcomeOf(trace, read)}`, steps: inOrder(steps) };
}

function eventOf(trace: Trace, read: number, kind: LogKind, at: number): LifeStep {
  const node = cell(trace.reads.coordinator, read);
  return stepOf(trace, { kind, at, node, peer: NOBODY, subject: read });
}

/** What the client was told. */
function endOf(trace: Trace, read: number): LifeStep {
  const outcome = WRITE_OUTCOMES[cell(trace.reads.outcome, read)] ?? 'pending';
  if (outcome === 'pending') return { at: trace.endedAt, text: 'the run ended before its client was told anything' };
  return eventOf(trace, read, ENDS[outcome], cell(trace.reads.resolvedAt, read));
}

function outcomeOf(trace: Trace, read: number): string {
  const { reads } = trace;
  const outcome = WRITE_OUTCOMES[cell(reads.outcome, read)] ?? 'pending';
  if (outcome !== 'acked') return outcome;
  const value = cell(reads.value, read);
  const newest = cell(reads.newest, read);
  const isBehind = isStale(value, newest, isDelete(trace, newest));
  return `answered with ${valueName(value)}${isBehind ? `, behind ${writeName(newest)}` : ''}`;
}

/** The newest write that had been acknowledged by then: what it should return at least. */
function expectation(trace: Trace, read: number): readonly LifeStep[] {
  const newest = cell(trace.reads.newest, read);
  if (newest === NONE) return [];
  const at = cell(trace.writes.resolvedAt, newest);
  const node = cell(trace.writes.coordinator, newest);
  return [stepOf(trace, { kind: 'writeAcked', at, node, peer: NOBODY, subject: newest })];
}

/** How each replica came to what it had when the read was issued. */
function origins(trace: Trace, history: KeyHistory, from: number): readonly LifeStep[] {
  return history.replicas.flatMap((replica) => {
    const change = lastChange(history, replica, from);
    return change === undefined ? [] : [stepOf(trace, happeningAt(trace, change.entry))];
  });
}

/** The rows of the log that a read was issued and ended at, and the instant of its end. */
interface Span {
  readonly from: number;
  readonly until: number;
  readonly endedAt: number;
}

/** Whom it could ask, what changed at its replicas meanwhile, and what they could say. */
function votes(trace: Trace, read: number, history: KeyHistory, span: Span): readonly LifeStep[] {
  const at = cell(trace.reads.issuedAt, read);
  if (isDown(trace, cell(trace.reads.coordinator, read), at)) return [];
  const { from, until, endedAt } = span;
  const meanwhile = history.changes.filter(
    ({ entry, replica }) => entry > from && entry < until && history.replicas.includes(replica),
  );
  const happenings = meanwhile.map(({ entry }) => happeningAt(trace, entry));
  return [
    { at, text: couldAsk(trace, read, history) },
    ...abridged(happenings, (happening) => stepOf(trace, happening)),
    { at: endedAt, text: couldSay(trace, read, history, span) },
  ];
}

/**
 * What read repair wrote afterwards. The log does not say which read a repair is of; it is told with the read of the key
 * that its coordinator had ended last when it arrived.
 */
function repairs(trace: Trace, read: number, history: KeyHistory, until: number): readonly LifeStep[] {
  const { log, reads } = trace;
  const coordinator = cell(reads.coordinator, read);
  const end = nextEnd(trace, read, until);
  const isRepair = (entry: number): boolean =>
    log.kind[entry] === LOG.repairApplied && log.peer[entry] === coordinator && entry > until && entry < end;
  const found = history.changes.filter(({ entry }) => isRepair(entry));
  return found.map(({ entry, replica, write }) => {
    const step = stepOf(trace, happeningAt(trace, entry));
    const before = lastChange(history, replica, entry)?.write ?? NONE;
    const isNewer = before > write ? ', which was issued after it' : '';
    return { ...step, text: `${step.text}${before === NONE ? '' : `, over ${writeName(before)}${isNewer}`}` };
  });
}

/** The row of the log in which the coordinator ended its next read of the key; the log's length if it did not. */
function nextEnd({ log, reads }: Trace, read: number, after: number): number {
  const coordinator = cell(reads.coordinator, read);
  const key = cell(reads.key, read);
  for (let row = after + 1; row < log.kind.length; row++) {
    if (log.kind[row] !== LOG.readAnswered && log.kind[row] !== LOG.readFailed) continue;
    if (log.node[row] === coordinator && reads.key[cell(log.subject, row)] === key) return row;
  }
  return log.kind.length;
}
