/**
 * What happens to hints that wait and travel, in sentences: who, what, and the rule that decided (after dynomite-rs:
 * handoff-systems §1). How hints end badly is in `hint-ends.ts`.
 */
import { cell, countBefore, countUpTo } from '../cell.ts';
import { END_OF_TIME, MICROS_PER_SECOND, unreachable } from '../../../core/index.ts';
import { formatBytes, formatDuration, formatInstant } from '../format.ts';
import { LOG } from '../log-codes.ts';
import { COPY_ROUTES, HINT_REASONS, NEVER, NONE, REFUSAL_REASONS } from '../trace.ts';
import type { HintReason, RefusalReason, Trace } from '../trace.ts';
import { isDeparture } from './departures.ts';
import { lastAt, lastBetween } from './find-rows.ts';
import type { Happening } from './happening.ts';
import { beliefAt, isDown } from './intervals.ts';
import { hintName, nodeName, writeName } from './names.ts';
import { inPlaceOf, sentTo } from './peer-table.ts';
import { newerWins } from './write-sentences.ts';

const DIRECT = COPY_ROUTES.indexOf('direct');
/** After server.rs 2750-2753 (H9). */
const SECOND_MORE = MICROS_PER_SECOND;

/** Why a hint was stored. */
export function reasonOf({ hints }: Trace, hint: number): HintReason {
  return HINT_REASONS[cell(hints.reason, hint)] ?? 'peerDown';
}

/** A hint was kept: why, until when, and what it counts for. */
export function hintStored(trace: Trace, happening: Happening): string {
  const { at, subject } = happening;
  const { hints } = trace;
  const deadline = firstDeadline(trace, subject);
  const size = formatBytes(cell(hints.bytes, subject));
  const term = `deadline ${formatInstant(deadline)}, ${formatDuration(deadline - at)} after`;
  const kept = `kept ${hintName(subject)} (${size}) of ${writeName(cell(hints.write, subject))} with ${term}`;
  return `${whyStored(trace, happening)} ${kept}${vote(trace, happening)}`;
}

/** The deadline with which a hint was stored: only a sweep that holds it moves one, and says so. */
function firstDeadline({ hints, scenario }: Trace, hint: number): number {
  const { hints: policy, drain } = scenario.policy;
  return drain.hold === 0 ? cell(hints.deadline, hint) : Math.min(cell(hints.storedAt, hint) + policy.ttl, END_OF_TIME);
}

/** The reason, up to the one who kept the hint. */
function whyStored(trace: Trace, happening: Happening): string {
  const { node, peer, subject } = happening;
  const holder = nodeName(trace, node);
  const sender = nodeName(trace, senderOf(trace, subject));
  const target = nodeName(trace, peer);
  const reason = reasonOf(trace, subject);
  switch (reason) {
    case 'peerDown':
      return `${sender} took ${target} for Down${isDown(trace, peer, decidedAt(trace, subject)) ? '' : ` although ${target} was up`}, so ${sender === holder ? 'it' : holder}`;
    case 'channelFull':
      if (sender === target) return `${target}'s own backend had no room, so ${holder}`;
      return `the channel from ${sender} to ${target} had no room, so ${holder}`;
    case 'displaced':
      return `replay had filled the channel from ${sender} to ${target}, so ${holder}`;
    case 'linkEnded':
      return `the link from ${sender} to ${target} had ended, so ${holder}`;
    case 'timeout':
      return `${target} had not answered within ${formatDuration(trace.scenario.network.clientTimeout)}, so ${holder}`;
    case 'error':
      return `${target} had answered with an error, so ${holder}`;
    case 'queued':
      return `other hints for ${target} were still waiting and none may overtake them, so ${holder}`;
    default:
      return unreachable(reason);
  }
}

/** Who would have sent the write: its coordinator, which is the holder unless another node stands in. */
export function senderOf({ writes, hints }: Trace, hint: number): number {
  return writes.coordinator[cell(hints.write, hint)] ?? cell(hints.holder, hint);
}

/** When it was decided that a hint is kept: it may have waited for a while on its way to a node that stands in. */
export function decidedAt(trace: Trace, hint: number): number {
  const { writes, hints } = trace;
  const storedAt = cell(hints.storedAt, hint);
  if (senderOf(trace, hint) === cell(hints.holder, hint)) return storedAt;
  return writes.issuedAt[cell(hints.write, hint)] ?? storedAt;
}

/** What a hint that was kept instead of sending counts for. */
function vote(trace: Trace, { node, peer, subject }: Happening): string {
  const reason = reasonOf(trace, subject);
  if (reason === 'timeout' || reason === 'error') return '';
  const target = nodeName(trace, peer);
  const isOwn = senderOf(trace, subject) === node;
  switch (trace.scenario.policy.hints.vote) {
    case 'full':
      return isOwn ? `; ${target}'s vote was counted at once` : `; its answer counts as ${target}'s vote`;
    case 'any':
      return `; it counts as a vote for ANY alone`;
    case 'none':
      return `; it counts for nothing`;
  }
}

/** A hint was not stored: by which bound. */
export function hintRefused(trace: Trace, happening: Happening): string {
  const { policy } = trace.scenario;
  const holder = nodeName(trace, happening.node);
  const target = nodeName(trace, happening.peer);
  const refusal = refusalRow(trace, happening);
  const size = refusal === NONE ? '' : ` (${formatBytes(cell(trace.refusals.bytes, refusal))})`;
  const hint = `the hint of ${writeName(happening.subject)}${size}`;
  const gets = wasSent(trace, happening)
    ? `${target} gets no hint of it`
    : `${target} gets neither the write nor a hint`;
  const why: RefusalReason =
    refusal === NONE ? 'cap' : (REFUSAL_REASONS[cell(trace.refusals.reason, refusal)] ?? 'cap');
  switch (why) {
    case 'cap': {
      const over = policy.hints.capScope === 'peer' ? ` for ${target}` : '';
      return `${holder}'s store refused ${hint}: it would have passed its cap of ${formatBytes(policy.hints.maxBytes)}${over}; ${gets}`;
    }
    case 'window':
      return `${holder} kept no hint of ${writeName(happening.subject)}: ${whyClosed(trace, happening)} the hint window of ${formatDuration(policy.hints.window)}; ${gets}`;
    case 'disk':
      return `${holder}'s disk took no append, so ${hint} was refused; ${gets}`;
    case 'overload':
      return `${holder} refused ${hint}: more than ${formatBytes(policy.hints.inFlightBytes)} of hints were not yet on its disk; ${gets}`;
    default:
      return unreachable(why);
  }
}

/** What is longer than the hint window: the absence of the peer, or the wait of the oldest hint for it (CASSANDRA-14309). */
function whyClosed(trace: Trace, { at, node, peer }: Happening): string {
  const { hints, beliefs, scenario } = trace;
  const { window, windowPersistent } = scenario.policy.hints;
  const target = nodeName(trace, peer);
  const belief = beliefAt(trace, node, peer, at);
  const isAway = belief !== NONE && at - cell(beliefs.from, belief) > window;
  if (!windowPersistent || isAway) return `it had taken ${target} for Down for longer than`;
  const oldest = hints.storedAt.findIndex(
    (storedAt, hint) =>
      hints.holder[hint] === node && hints.peer[hint] === peer && storedAt <= at && at < cell(hints.leftAt, hint),
  );
  if (oldest === NONE) return `a hint for ${target} had waited for longer than`;
  return `${hintName(oldest)} for ${target} had waited for ${formatDuration(at - cell(hints.storedAt, oldest))}, longer than`;
}

/** Whether the write itself had been sent to the peer before its hint was refused. */
function wasSent(trace: Trace, { peer, subject }: Happening): boolean {
  const { writes, copies, scenario } = trace;
  if (trace.level !== 'full' || subject === NONE) {
    return scenario.policy.hints.triggers.timeout !== 'never' || scenario.policy.hints.triggers.error;
  }
  for (let copy = writes.firstCopy[subject] ?? 0; copies.write[copy] === subject; copy++) {
    if (copies.replica[copy] === peer) return copies.route[copy] === DIRECT;
  }
  return false;
}

/** A hint was put into the channel of its peer, or of the node that its holder's table has in that place. */
export function hintShipped(trace: Trace, happening: Happening): string {
  if (isDeparture(trace, happening)) return departed(trace, happening);
  const { at, node, subject } = happening;
  const target = nodeName(trace, sentTo(trace, subject, at));
  const inPlace = inPlaceOf(trace, subject, at);
  const took = `${nodeName(trace, node)} took ${target} for Normal${inPlace}`;
  const isPutOff = at >= cell(trace.hints.deadline, subject);
  const late = isPutOff ? '; its deadline on disk is by the wall clock, which had been set back' : '';
  if (trace.scenario.policy.drain.ack === 'each') {
    const and = inPlace === '' ? ' and' : ', and';
    return `${took}${and} sent ${hintName(subject)}, which stays in its store until ${target} has acknowledged it${late}`;
  }
  const sent = `so its sweep sent ${hintName(subject)} and let go of it`;
  return `${took}, ${sent}: no acknowledgement is asked for${late}`;
}

/** A hint died in its store, and is not lost yet: a message carries it still. */
function departed(trace: Trace, { at, node, subject }: Happening): string {
  const why = at >= cell(trace.hints.deadline, subject) ? ' was past its deadline and' : '';
  const target = nodeName(trace, sentTo(trace, subject, at));
  const underWay = `while a message with it was still on its way to ${target}`;
  return `${hintName(subject)}${why} left ${nodeName(trace, node)}'s store, ${underWay}`;
}

/** A sweep found no room in the channel, or no link, and put the hint back. */
export function hintRequeued(trace: Trace, { at, node, subject }: Happening): string {
  const to = sentTo(trace, subject, at);
  const ends = `from ${nodeName(trace, node)} to ${nodeName(trace, to)}`;
  const why = isLinkEnded(trace, node, to, at) ? `the link ${ends} had ended` : `the channel ${ends} had no room`;
  const { hold } = trace.scenario.policy.drain;
  const back = `${why}, so ${hintName(subject)} went back to the tail of its queue`;
  return hold === 0 ? `${back}, its deadline unchanged` : `${back}, in its sweep's hands for ${formatDuration(hold)}`;
}

/** A sweep held the hint past its deadline (H9). */
export function hintExtended(trace: Trace, { at, node, subject }: Happening): string {
  const { hold } = trace.scenario.policy.drain;
  const deadline = formatInstant(at + hold + SECOND_MORE);
  return `${hintName(subject)} falls due while ${nodeName(trace, node)}'s sweep holds it, which gives it ${formatDuration(SECOND_MORE)} from then on: deadline ${deadline}`;
}

/** A link had closed cleanly and was not open again, as the log tells. O(log rows of these kinds). */
export function isLinkEnded(trace: Trace, node: number, peer: number, at: number): boolean {
  const before = countUpTo(trace.log.at, at);
  const ended = lastBetween(trace, 'linkEnded', node, peer, before);
  if (ended === NONE) return false;
  const mended = Math.max(
    lastBetween(trace, 'linkOpened', node, peer, before),
    lastAt(trace, 'restarted', node, before),
  );
  return ended > mended;
}

/** The replica has the write now, or once more. */
export function hintApplied(trace: Trace, happening: Happening): string {
  const { at, node, subject } = happening;
  const { hints } = trace;
  const again = at > cell(hints.endedAt, subject) || isRepeated(trace, happening) ? ' once more' : '';
  const write = writeName(cell(hints.write, subject));
  const delay = formatDuration(at - cell(hints.storedAt, subject));
  const why = again === '' ? '' : ': the session that had sent it ended before its acknowledgement came';
  return `${nodeName(trace, node)} applied ${hintName(subject)} of ${write}${again}, ${delay} after it was stored${why}`;
}

/** The hint had been applied before in the very instant: several attempts had waited for their replica together. */
function isRepeated({ log }: Trace, { at, subject, entry }: Happening): boolean {
  for (let row = (entry ?? 0) - 1; log.at[row] === at; row--) {
    if (log.kind[row] === LOG.hintApplied && log.subject[row] === subject) return true;
  }
  return false;
}

/** The replica has something newer. */
export function hintIgnored(trace: Trace, { at, node, subject }: Happening): string {
  const write = writeName(cell(trace.hints.write, subject));
  const delay = formatDuration(at - cell(trace.hints.storedAt, subject));
  return `${nodeName(trace, node)} ignored ${hintName(subject)} of ${write}, ${delay} after it was stored: ${newerWins(trace)}`;
}

/** A node has a write that was meant for another one, and takes it for its own (H23). */
export function strayApplied(trace: Trace, happening: Happening): string {
  return `${nodeName(trace, happening.node)} applied ${strayName(trace, happening)}`;
}

/** It has something newer than the write that was meant for another. */
export function strayIgnored(trace: Trace, happening: Happening): string {
  return `${nodeName(trace, happening.node)} ignored ${strayName(trace, happening)}: ${newerWins(trace)}`;
}

function strayName(trace: Trace, { peer, subject }: Happening): string {
  const meantFor = nodeName(trace, cell(trace.hints.peer, subject));
  const write = writeName(cell(trace.hints.write, subject));
  return `${hintName(subject)} of ${write}, which was meant for ${meantFor}: ${nodeName(trace, peer)}'s peer table had changed`;
}

/** The holder knows now that the peer has it. */
export function hintAcked(trace: Trace, { node, peer, subject }: Happening): string {
  return `${nodeName(trace, peer)}'s acknowledgement reached ${nodeName(trace, node)}, so ${hintName(subject)} left its store`;
}

/** An attempt failed and the hint stays: no acknowledgement in time, or an error. */
export function hintFailed(trace: Trace, happening: Happening): string {
  const { at, node, subject } = happening;
  const { timeout } = trace.scenario.policy.drain;
  const holder = nodeName(trace, node);
  const target = nodeName(trace, sentTo(trace, subject, at));
  const stays = `so ${hintName(subject)} stays in ${holder}'s store to be tried again`;
  const sentAt = shippedBefore(trace, happening);
  if (at - sentAt >= timeout) return `${target} had not acknowledged within ${formatDuration(timeout)}, ${stays}`;
  return `the attempt of ${holder} to deliver to ${target} failed at once, ${stays}`;
}

/**
 * When the hint was put into the channel for the attempt that failed, or NEVER: it may be on its way again in the very
 * instant of the failure. O(log rows since it was stored).
 */
function shippedBefore({ log, hints }: Trace, { at, subject }: Happening): number {
  const first = countBefore(log.at, cell(hints.storedAt, subject));
  let hasFailed = false;
  for (let row = countUpTo(log.at, at) - 1; row >= first; row--) {
    if (log.subject[row] !== subject) continue;
    if (log.kind[row] === LOG.hintFailed && log.at[row] === at) hasFailed = true;
    if (log.kind[row] === LOG.hintShipped && hasFailed) return cell(log.at, row);
  }
  return NEVER;
}

/** The row of a refusal, or NONE where the trace does not have it. */
function refusalRow({ refusals }: Trace, { at, node, peer, subject }: Happening): number {
  for (let row = countBefore(refusals.at, at); refusals.at[row] === at; row++) {
    const isIt = refusals.holder[row] === node && refusals.peer[row] === peer && refusals.write[row] === subject;
    if (isIt) return row;
  }
  return NONE;
}
