/**
 * The course of a hint: stored, sent, refused, applied, acknowledged, ended. With a log every attempt is told as it
 * happened; without one what the hint table knows.
 */
import { cell, countBefore } from '../cell.ts';
import { formatCount } from '../format.ts';
import { LOG } from '../log-codes.ts';
import { LOG_KINDS, NEVER, NONE } from '../trace.ts';
import type { HintFate, LogKind, Trace } from '../trace.ts';
import { SUBJECT_OF } from '../subject.ts';
import { findEntry, happeningAt } from './happening.ts';
import type { Happening } from './happening.ts';
import { fateOf } from './hint-ends.ts';
import { abridged, stepOf } from './life.ts';
import type { LifeStep } from './life.ts';
import { hintName, nodeName } from './names.ts';

/** Fates that a hint meets on the wire, after its store has let go of it. */
const ON_THE_WIRE: readonly HintFate[] = ['delivered', 'linkCut', 'messageLost', 'refusedByPeer', 'misdelivered'];

/** By code of log row: whether its subject is a hint. */
const IS_ABOUT_HINT = Uint8Array.from(LOG_KINDS, (kind) => (SUBJECT_OF[kind] === 'hint' ? 1 : 0));

/** What happened to the hint itself. At level `full` O(log rows since it was stored). */
export function courseOfHint(trace: Trace, hint: number): readonly LifeStep[] {
  const stored = happeningOf(trace, hint, 'hintStored', cell(trace.hints.storedAt, hint));
  const isLogged = findEntry(trace, stored) !== NONE;
  const course = isLogged ? loggedOf(trace, hint) : [stored, ...departure(trace, hint)];
  const untold = isLogged ? [] : untoldSteps(trace, hint);
  return [...abridged(course, (happening) => stepOf(trace, happening)), ...untold, ...ending(trace, hint)];
}

function happeningOf({ hints }: Trace, hint: number, kind: LogKind, at: number): Happening {
  const holder = cell(hints.holder, hint);
  const peer = cell(hints.peer, hint);
  const isAtPeer = kind === 'hintApplied';
  return { kind, at, node: isAtPeer ? peer : holder, peer: isAtPeer ? holder : peer, subject: hint };
}

/** Every row of the log that is about the hint. */
function loggedOf(trace: Trace, hint: number): readonly Happening[] {
  const { kind, subject, at } = trace.log;
  const found: Happening[] = [];
  for (let row = countBefore(at, cell(trace.hints.storedAt, hint)); row < subject.length; row++) {
    if (kind[row] === LOG.hintRequeued) {
      if (wentBack(trace, hint, row)) found.push({ ...happeningAt(trace, row), subject: hint });
    } else if (subject[row] === hint && IS_ABOUT_HINT[kind[row] ?? 0] === 1) found.push(happeningAt(trace, row));
  }
  // Of the last return of its queue it was the one for which there was no place any more, and that is told as its end.
  const last = found.findLastIndex((happening) => happening.kind === 'hintRequeued');
  return fateOf(trace, hint) === 'requeueRefused' ? found.filter((_, place) => place !== last) : found;
}

/** The hint was in the queue that went back to its tail in a row of the log, and was not sent at that instant. */
function wentBack({ log, hints }: Trace, hint: number, row: number): boolean {
  const isItsQueue = log.node[row] === hints.holder[hint] && log.peer[row] === hints.peer[hint];
  return isItsQueue && cell(hints.leftAt, hint) > cell(log.at, row);
}

/** How the hint left its store and how it ended, as the table knows it. */
function departure(trace: Trace, hint: number): readonly Happening[] {
  const leftAt = cell(trace.hints.leftAt, hint);
  const endedAt = cell(trace.hints.endedAt, hint);
  const fate = fateOf(trace, hint);
  const happenings: Happening[] = [];
  if (wasLetGo(trace, hint)) happenings.push(happeningOf(trace, hint, 'hintShipped', leftAt));
  if (fate === 'delivered') happenings.push(happeningOf(trace, hint, 'hintApplied', endedAt));
  else if (fate === 'expired') happenings.push(happeningOf(trace, hint, 'hintExpired', endedAt));
  else if (fate !== 'pending') happenings.push(happeningOf(trace, hint, 'hintLost', endedAt));
  return happenings;
}

/** Its store shipped the hint and kept nothing of it, because no acknowledgement is asked for. */
function wasLetGo(trace: Trace, hint: number): boolean {
  if (trace.scenario.policy.drain.ack === 'each') return false;
  return ON_THE_WIRE.includes(fateOf(trace, hint)) || cell(trace.hints.leftAt, hint) < cell(trace.hints.endedAt, hint);
}

/** What the table knows without the times or the reasons: requeues, and leaving the store after delivery. */
function untoldSteps(trace: Trace, hint: number): readonly LifeStep[] {
  const times = cell(trace.hints.requeues, hint);
  const leftAt = cell(trace.hints.leftAt, hint);
  const steps: LifeStep[] = [];
  if (times > 0) {
    const often = times === 1 ? 'once' : `${formatCount(times)} times`;
    const text = `by then ${hintName(hint)} had gone back to the tail ${often}, because the channel took no more`;
    steps.push({ at: leftAt === NEVER ? trace.endedAt : leftAt, text });
  }
  const isAcked = trace.scenario.policy.drain.ack === 'each' && fateOf(trace, hint) === 'delivered';
  if (isAcked && leftAt < NEVER)
    steps.push({ at: leftAt, text: `${hintName(hint)} left ${holderName(trace, hint)}'s store` });
  return steps;
}

/** Where the hint is when the run ends, if it is anywhere. */
function ending(trace: Trace, hint: number): readonly LifeStep[] {
  const fate = fateOf(trace, hint);
  const isInStore = cell(trace.hints.leftAt, hint) === NEVER;
  const at = trace.endedAt;
  const name = hintName(hint);
  if (fate === 'pending' && !isInStore) {
    return [{ at, text: `the run ended with ${name} on its way to ${nodeName(trace, cell(trace.hints.peer, hint))}` }];
  }
  if (fate !== 'pending' && (fate !== 'delivered' || !isInStore)) return [];
  const known = fate === 'delivered' ? ', for no acknowledgement had come in time' : '';
  return [{ at, text: `the run ended with ${name} still in ${holderName(trace, hint)}'s store${known}` }];
}

function holderName(trace: Trace, hint: number): string {
  return nodeName(trace, cell(trace.hints.holder, hint));
}
