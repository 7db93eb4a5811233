/**
 * What happens to hints, in sentences: who, what, and the rule that decided (after dynomite-rs: handoff-systems §1).
 */
import { cell, countBefore } from '../cell.ts';
import { formatBytes, formatDuration, formatInstant } from '../format.ts';
import { HINT_FATES, HINT_REASONS } from '../trace.ts';
import type { HintFate, HintReason, Trace } from '../trace.ts';
import type { Happening } from './happening.ts';
import { isDown } from './intervals.ts';
import { hintName, nodeName, writeName } from './names.ts';

/** Why a hint was stored. */
export function reasonOf({ hints }: Trace, hint: number): HintReason {
  return HINT_REASONS[cell(hints.reason, hint)] ?? 'peerDown';
}

/** How a hint ended. */
export function fateOf({ hints }: Trace, hint: number): HintFate {
  return HINT_FATES[cell(hints.fate, hint)] ?? 'pending';
}

/** A coordinator kept a hint instead of sending: why, until when, and that it counted as a vote. */
export function hintStored(trace: Trace, { at, node, peer, subject }: Happening): string {
  const { hints } = trace;
  const holder = nodeName(trace, node);
  const target = nodeName(trace, peer);
  const deadline = cell(hints.deadline, subject);
  const size = formatBytes(cell(hints.bytes, subject));
  const term = `deadline ${formatInstant(deadline)}, ${formatDuration(deadline - at)} after`;
  const kept = `kept ${hintName(subject)} (${size}) of ${writeName(cell(hints.write, subject))} with ${term}`;
  const vote = `${target}'s vote was counted at once`;
  if (reasonOf(trace, subject) === 'channelFull') {
    return `the channel from ${holder} to ${target} had no room, so ${holder} ${kept}; ${vote}`;
  }
  const mistake = isDown(trace, peer, at) ? ', so it' : ` although ${target} was up, so it`;
  return `${holder} took ${target} for Down${mistake} ${kept}; ${vote}`;
}

/** A store at its cap kept no hint. */
export function hintRefused(trace: Trace, happening: Happening): string {
  const holder = nodeName(trace, happening.node);
  const target = nodeName(trace, happening.peer);
  const cap = formatBytes(trace.scenario.policy.hints.maxBytes);
  const refused = `the hint of ${writeName(happening.subject)}${refusedBytes(trace, happening)}`;
  return `${holder}'s store refused ${refused}: it would have passed its cap of ${cap}; ${target} gets neither the write nor a hint`;
}

/** A sweep put a hint into the channel of its peer. */
export function hintShipped(trace: Trace, { node, peer, subject }: Happening): string {
  const target = nodeName(trace, peer);
  const sent = `so its sweep sent ${hintName(subject)} and let go of it`;
  return `${nodeName(trace, node)} took ${target} for Normal, ${sent}: no acknowledgement is asked for`;
}

/** A sweep found no room in the channel and put the hint back. */
export function hintRequeued(trace: Trace, { node, peer, subject }: Happening): string {
  const channel = `the channel from ${nodeName(trace, node)} to ${nodeName(trace, peer)}`;
  return `${channel} had no room, so ${hintName(subject)} went back to the tail of its queue, its deadline unchanged`;
}

/** The replica has the write now. */
export function hintApplied(trace: Trace, { at, node, subject }: Happening): string {
  const write = writeName(cell(trace.hints.write, subject));
  const delay = formatDuration(at - cell(trace.hints.storedAt, subject));
  return `${nodeName(trace, node)} applied ${hintName(subject)} of ${write}, ${delay} after it was stored`;
}

/** A sweep met a hint whose deadline had come. */
export function hintExpired(trace: Trace, { node, peer, subject }: Happening): string {
  const deadline = formatInstant(cell(trace.hints.deadline, subject));
  const found = `${nodeName(trace, node)}'s sweep found ${hintName(subject)} for ${nodeName(trace, peer)} expired`;
  return `${found}: deadline <= now (${deadline})`;
}

/** A hint is gone without having been applied or having expired: by which of the three ways. */
export function hintLost(trace: Trace, { node, peer, subject }: Happening): string {
  const holder = nodeName(trace, node);
  const target = nodeName(trace, peer);
  const hint = hintName(subject);
  const fate = fateOf(trace, subject);
  if (fate === 'linkCut') {
    return `the link from ${holder} to ${target} was cut with ${hint} on it, and ${holder} had let go of it: lost`;
  }
  if (fate === 'requeueRefused') {
    const cap = formatBytes(trace.scenario.policy.hints.maxBytes);
    return `the channel from ${holder} to ${target} had no room and ${holder}'s store no more under its cap of ${cap}, so ${hint} could not go back: lost`;
  }
  if (cell(trace.hints.leftAt, subject) < cell(trace.hints.endedAt, subject)) {
    return `${holder} crashed with ${hint} still in its channel to ${target}: lost`;
  }
  return `${holder} crashed: hints live in RAM only, so ${hint} for ${target} was lost`;
}

/** The size of a refused hint, as ` (1 039 B)`; empty where the trace does not have it. */
function refusedBytes({ refusals }: Trace, { at, node, peer, subject }: Happening): string {
  for (let row = countBefore(refusals.at, at); refusals.at[row] === at; row++) {
    const isIt = refusals.holder[row] === node && refusals.peer[row] === peer && refusals.write[row] === subject;
    if (isIt) return ` (${formatBytes(cell(refusals.bytes, row))})`;
  }
  return '';
}
