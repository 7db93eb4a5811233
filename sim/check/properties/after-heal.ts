/**
 * L1, L2 and L8: the heal phase. Once the last fault is over, queues drain and replicas agree within a bound that is
 * computed from the policy and the backlog, and without a storm of attempts.
 */
import { formatCount, formatInstant, NEVER, NONE } from '../../trace/index.ts';
import { countBefore } from '../../trace/cell.ts';
import { LOG } from '../../trace/log-codes.ts';
import { hintName, nodeName, writeName } from '../../trace/queries/names.ts';
import { Cases, notExercised } from '../cases.ts';
import type { CheckContext } from '../context.ts';
import { boundText } from '../heal.ts';
import { MISSING_CAUSE_NAMES } from '../missing-causes.ts';
import type { Finding } from '../finding.ts';
import type { Property } from '../property.ts';

/** Requests after the last fault, per hint that waits and per request of clients. */
const STORM_FACTOR = 4;

/**
 * Exercised by each hint that waits when the last fault ends; violated if it has not left its store when the bound of
 * `bounds.ts` is over. What is hinted after the fault is not counted, as clients may go on for ever.
 */
export const L1: Property = {
  id: 'L1',
  kind: 'eventually',
  sentence: 'After the last fault every hint that was waiting leaves its store within a computed bound.',
  source: 'properties §2.4, L1',
  level: 'hints',
  check: drains,
};

/** Looked at are copies of acknowledged writes issued before the last fault ended; an explained loss is C2's. */
export const L2: Property = {
  id: 'L2',
  kind: 'eventually',
  sentence: 'By then no acknowledged write of before is still on its way to a replica.',
  source: 'properties §2.4, L2',
  level: 'full',
  check: settles,
};

/** Requests are attempts to deliver a hint, and writes of clients; due are the hints and the writes that are no retry. */
export const L8: Property = {
  id: 'L8',
  kind: 'always',
  sentence: `After the last fault there are at most ${STORM_FACTOR} requests for each that is due: no retry storm.`,
  source: 'properties §2.4, L8',
  level: 'full',
  check: staysCalm,
};

function drains({ trace, heal }: CheckContext): Finding {
  if (heal.kind === 'none') return notExercised(heal.why);
  const { hints } = trace;
  const cases = new Cases();
  cases.came(heal.backlog);
  for (let hint = 0; hint < hints.storedAt.length; hint++) {
    if ((hints.storedAt[hint] ?? 0) > heal.healedAt || (hints.leftAt[hint] ?? 0) <= heal.dueAt) continue;
    const [holder, peer] = [nodeName(trace, hints.holder[hint] ?? NONE), nodeName(trace, hints.peer[hint] ?? NONE)];
    cases.failed(heal.dueAt, () => ({
      event: NONE,
      hint,
      write: hints.write[hint] ?? NONE,
      detail: `${hintName(hint)} of ${holder} for ${peer} still waits at ${formatInstant(heal.dueAt)}: the last fault ended at ${formatInstant(heal.healedAt)}, and the bound is ${boundText(heal.bound)}`,
    }));
  }
  return cases.finding('hints waiting when the last fault ended', 'no hint was waiting when the last fault ended');
}

function settles({ trace, heal, ledger }: CheckContext): Finding {
  if (heal.kind === 'none') return notExercised(heal.why);
  const { writes } = trace;
  const cases = new Cases();
  cases.came(countBefore(writes.issuedAt, heal.healedAt));
  for (const { copy, cause, write, replica } of ledger.missing) {
    const isUnderWay = cause === 'waiting' || cause === 'inFlight';
    if (!isUnderWay || (writes.issuedAt[write] ?? NEVER) >= heal.healedAt) continue;
    cases.failed(heal.dueAt, () => ({
      event: NONE,
      write,
      copy,
      detail: `${nodeName(trace, replica)} still lacks ${writeName(write)} after ${formatInstant(heal.dueAt)}: ${MISSING_CAUSE_NAMES[cause]}, and the bound is ${boundText(heal.bound)}`,
    }));
  }
  return cases.finding('writes issued before the last fault ended', 'no write was issued before the last fault ended');
}

function staysCalm({ trace, heal }: CheckContext): Finding {
  if (heal.kind === 'none') return notExercised(heal.why);
  if (heal.backlog === 0) return notExercised('no hint was waiting when the last fault ended');
  const { log, writes } = trace;
  const cases = new Cases();
  let due = heal.backlog;
  let requests = 0;
  for (let row = countBefore(log.at, heal.healedAt); row < log.at.length; row++) {
    const kind = log.kind[row];
    const isWrite = kind === LOG.writeIssued;
    if (kind === LOG.hintStored || (isWrite && writes.retryOf[log.subject[row] ?? NONE] === NONE)) due++;
    if (!isWrite && kind !== LOG.hintShipped) continue;
    cases.came();
    if (++requests <= STORM_FACTOR * due) continue;
    const at = log.at[row] ?? 0;
    const detail = `by ${formatInstant(at)} there were ${formatCount(requests)} requests since the last fault, for ${formatCount(due)} hints and writes that were due`;
    cases.failed(at, () => ({ event: row, detail }));
  }
  return cases.finding('requests after the last fault', 'nothing was sent after the last fault');
}
