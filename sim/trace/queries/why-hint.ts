/**
 * Why a hint is where it is at an instant: not yet stored, still here and what it waits for, on its way, or gone and by
 * which rule. From level `hints`; at `full` also what became of the last attempt to deliver it.
 */
import { cell, countBefore, countUpTo } from '../cell.ts';
import { formatDuration, formatInstant } from '../format.ts';
import { LOG } from '../log-codes.ts';
import { NEVER, NONE } from '../trace.ts';
import type { LogKind, Trace } from '../trace.ts';
import { hasFault } from './faults-at.ts';
import { fateOf } from './hint-ends.ts';
import { isLinkEnded } from './hint-sentences.ts';
import { beliefAt, isDown, outageAt } from './intervals.ts';
import { hintName, nodeName } from './names.ts';
import { inPlaceOf, sentTo } from './peer-table.ts';
import { sentenceOf } from './sentence.ts';

/** Where a hint is at an instant. */
export type HintPlace = 'future' | 'waiting' | 'travelling' | 'gone';

/** The answer: where, and why in one sentence. */
export interface WhyHint {
  readonly place: HintPlace;
  readonly text: string;
}

/** Why a hint is where it is. O(outages + beliefs), at `full` + log rows since it was stored. */
export function whyHint(trace: Trace, hint: number, at: number): WhyHint {
  const { hints } = trace;
  const name = hintName(hint);
  const storedAt = cell(hints.storedAt, hint);
  if (at < storedAt) return { place: 'future', text: `${name} is not stored before ${formatInstant(storedAt)}` };
  const endedAt = cell(hints.endedAt, hint);
  const isEnded = endedAt <= at && endedAt < NEVER;
  if (at < cell(hints.leftAt, hint)) {
    const known = isEnded ? whyNotForgotten(trace, hint) : `${name} is still here: ${whyWaiting(trace, hint, at)}`;
    return { place: 'waiting', text: known };
  }
  if (!isEnded) {
    const target = nodeName(trace, sentTo(trace, hint, at));
    return { place: 'travelling', text: `${name} is on its way to ${target}, and its holder has let go of it` };
  }
  const how = fateOf(trace, hint) === 'delivered' ? 'has done its work' : 'is gone';
  return { place: 'gone', text: `${name} ${how}: ${ending(trace, hint, endedAt)}` };
}

/** The sentence of its end. */
function ending(trace: Trace, hint: number, at: number): string {
  const fate = fateOf(trace, hint);
  const holder = cell(trace.hints.holder, hint);
  const peer = cell(trace.hints.peer, hint);
  if (fate === 'delivered') {
    return sentenceOf(trace, { kind: 'hintApplied', at, node: peer, peer: holder, subject: hint });
  }
  const kind: LogKind = fate === 'expired' ? 'hintExpired' : 'hintLost';
  return sentenceOf(trace, { kind, at, node: holder, peer, subject: hint });
}

/** It is applied, and its holder does not know yet. */
function whyNotForgotten(trace: Trace, hint: number): string {
  const holder = nodeName(trace, cell(trace.hints.holder, hint));
  const target = nodeName(trace, cell(trace.hints.peer, hint));
  return `${hintName(hint)} is still here although ${target} has it: no acknowledgement that ${holder} waits for has come`;
}

/** What a waiting hint waits for: the first thing in its way. */
function whyWaiting(trace: Trace, hint: number, at: number): string {
  const holder = cell(trace.hints.holder, hint);
  const peer = sentTo(trace, hint, at);
  const target = nodeName(trace, peer);
  const inPlace = inPlaceOf(trace, hint, at);
  const taken = inPlace === '' ? target : `${target}${inPlace},`;
  const keeper = nodeName(trace, holder);
  if (isDown(trace, holder, at)) return `${keeper} is down itself, with the hints on its disk`;
  if (hasFault(trace, 'pauseDrain', holder, at)) return `dispatch is paused at ${keeper}`;
  const belief = beliefAt(trace, holder, peer, at);
  if (belief !== NONE) {
    const since = formatInstant(cell(trace.beliefs.from, belief));
    return `${keeper} has taken ${taken} for Down since ${since}${factAbout(trace, peer, at)}`;
  }
  const attempt = lastAttempt(trace, hint, at);
  return attempt === '' ? `${keeper} takes ${taken} for Normal, and its turn has not come: ${pace(trace)}` : attempt;
}

/** Whether the belief is right. */
function factAbout(trace: Trace, peer: number, at: number): string {
  const outage = outageAt(trace, peer, at);
  if (outage === NONE) return ', although it is up';
  return `, and it is down since ${formatInstant(cell(trace.outages.from, outage))}`;
}

function pace({ scenario }: Trace): string {
  const { ack, interval, retryUpTo } = scenario.policy.drain;
  const looks = `queues are looked at every ${formatDuration(interval)}`;
  return ack === 'none' || retryUpTo === 0
    ? looks
    : `${looks}, but after failures in a row only up to ${formatDuration(retryUpTo)} later`;
}

/** What became of the last attempt to deliver it; empty if there was none, or no log tells. */
function lastAttempt(trace: Trace, hint: number, at: number): string {
  const { log, hints } = trace;
  const first = countBefore(log.at, cell(hints.storedAt, hint));
  const to = sentTo(trace, hint, at);
  const target = nodeName(trace, to);
  for (let row = countUpTo(log.at, at) - 1; row >= first; row--) {
    const since = formatInstant(cell(log.at, row));
    const isItsQueue = log.node[row] === hints.holder[hint] && log.peer[row] === hints.peer[hint];
    if (log.kind[row] === LOG.hintRequeued && isItsQueue) {
      const isEnded = isLinkEnded(trace, cell(log.node, row), to, cell(log.at, row));
      const why = isEnded
        ? `the link to ${target} had ended by ${since}`
        : `the channel to ${target} had no room at ${since}`;
      return `${why}, and it went back to the tail of its queue; ${pace(trace)}`;
    }
    if (log.subject[row] !== hint) continue;
    if (log.kind[row] === LOG.hintShipped) return `it was sent at ${since} and is not acknowledged yet`;
    if (log.kind[row] === LOG.hintFailed) return `the attempt to deliver it failed at ${since}; it will be tried again`;
  }
  return '';
}
