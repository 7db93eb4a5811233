/**
 * How hints end without having been applied, in sentences: expired, or lost in one of the ways of `LOSS_CAUSES`.
 */
import { unreachable } from '../../../core/index.ts';
import { cell, countUpTo } from '../cell.ts';
import { formatBytes, formatDuration, formatInstant } from '../format.ts';
import { HINT_FATES, NONE } from '../trace.ts';
import type { HintFate, Trace } from '../trace.ts';
import { lastBetween } from './find-rows.ts';
import type { Happening } from './happening.ts';
import { hintName, nodeName } from './names.ts';
import { sentTo } from './peer-table.ts';

/** Fates in a few words, for titles. */
export const FATE_WORDS: Readonly<Record<HintFate, string>> = {
  pending: 'pending',
  delivered: 'delivered',
  expired: 'expired',
  holderCrashed: 'lost, its holder crashed',
  linkCut: 'lost, the link was cut',
  requeueRefused: 'lost, refused on its way back',
  messageLost: 'lost on the wire',
  refusedByPeer: 'lost, its peer refused it',
  tornTail: 'lost behind a torn tail',
  coalesced: 'replaced by a newer hint',
  misdelivered: 'lost, delivered to another node',
  holderReplaced: 'lost, its holder was replaced',
};

/** How a hint ended. */
export function fateOf({ hints }: Trace, hint: number): HintFate {
  return HINT_FATES[cell(hints.fate, hint)] ?? 'pending';
}

/** A hint was found whose deadline had come. */
export function hintExpired(trace: Trace, { at, node, peer, subject }: Happening): string {
  const deadline = cell(trace.hints.deadline, subject);
  const target = nodeName(trace, peer);
  const found = `${nodeName(trace, node)}'s sweep found ${hintName(subject)} for ${target} expired`;
  const known = fateOf(trace, subject) === 'delivered' ? `; ${target} had applied it, which was not known` : '';
  if (deadline <= at) return `${found}: deadline <= now (${formatInstant(deadline)})${known}`;
  // Deadlines on disk are wall-clock times, so a clock that jumps, or drifts, moves them at the next start.
  return `${found}: its deadline on disk is by the wall clock, which had moved on since it was stored${known}`;
}

/** A hint is gone without having been applied or having expired: by which way. */
export function hintLost(trace: Trace, happening: Happening): string {
  const holder = nodeName(trace, happening.node);
  const target = nodeName(trace, happening.peer);
  const receiver = nodeName(trace, sentTo(trace, happening.subject, happening.at));
  const way = `from ${holder} to ${receiver}`;
  const hint = hintName(happening.subject);
  const letGo = `and ${holder} had let go of it: lost`;
  const fate = fateOf(trace, happening.subject);
  switch (fate) {
    case 'holderCrashed':
      return holderCrashed(trace, happening);
    case 'linkCut':
      return `the link ${way} was cut with ${hint} on it, ${letGo}`;
    case 'messageLost':
      return `${hint} was lost on the wire ${way}, ${letGo}`;
    case 'requeueRefused': {
      if (isDueWhenBack(trace, happening.subject))
        return `${hint} falls due in the very instant in which ${holder}'s sweep puts it back, and the store takes none that has no life left: lost, and counted nowhere`;
      const cap = formatBytes(trace.scenario.policy.hints.maxBytes);
      return `the channel ${way} had no room and ${holder}'s store no more under its cap of ${cap}, so ${hint} could not go back: lost`;
    }
    case 'refusedByPeer':
      return `${receiver} answered ${hint} with an error, ${letGo}`;
    case 'tornTail':
      return `${hint} for ${target} lay behind the torn tail that a crash had left on ${holder}'s disk, where no reader gets: lost`;
    case 'coalesced':
      return `a hint of a newer write for ${target} and the same key took the place of ${hint} in ${holder}'s store: its write goes no further`;
    case 'misdelivered':
      return `${holder} sent ${hint} to the node that it took for ${target}, which was another one, ${letGo} for ${target}`;
    case 'holderReplaced':
      return `an empty node took ${holder}'s place, so ${hint} for ${target} was lost`;
    case 'delivered':
      return `${hint} is gone from ${holder}'s store; ${target} had applied it before, so nothing is lost`;
    case 'pending':
    case 'expired':
      return `${hint} is gone from ${holder}'s store`;
    default:
      return unreachable(fate);
  }
}

/** A hint that ended in a sweep was due when that would have put it back: it had no life left (H9). */
export function isDueWhenBack({ hints, scenario }: Trace, hint: number): boolean {
  const { hold } = scenario.policy.drain;
  return hold > 0 && cell(hints.deadline, hint) === cell(hints.endedAt, hint) + hold;
}

/** A sweep had taken its queue, and not yet put it back (H8). O(log n) in the queues that ever went back. */
function isInHand(trace: Trace, { at, node, peer, subject }: Happening): boolean {
  const { log, hints, scenario } = trace;
  const row = lastBetween(trace, 'hintRequeued', node, peer, countUpTo(log.at, at));
  if (row === NONE) return false;
  const takenAt = cell(log.at, row);
  return at - takenAt < scenario.policy.drain.hold && cell(hints.storedAt, subject) <= takenAt;
}

/** The holder died: where the hint was, and why that place did not survive. */
function holderCrashed(trace: Trace, happening: Happening): string {
  const { node, peer, subject } = happening;
  const { disk } = trace.scenario.policy.hints;
  const holder = nodeName(trace, node);
  const target = nodeName(trace, peer);
  const hint = hintName(subject);
  if (cell(trace.hints.leftAt, subject) < cell(trace.hints.endedAt, subject)) {
    return `${holder} crashed with ${hint} still in its channel to ${target}: lost`;
  }
  if (disk.durability === 'ram') return `${holder} crashed: hints live in RAM only, so ${hint} for ${target} was lost`;
  if (isInHand(trace, happening)) {
    return `${holder} crashed while its sweep had ${hint} for ${target} in its hands, and no more on disk: lost`;
  }
  const flush = formatDuration(disk.flush);
  const what = disk.durability === 'written' ? 'lost power' : 'crashed';
  return `${holder} ${what} before ${hint} for ${target} was safe on its disk, which takes up to ${flush}: lost`;
}
