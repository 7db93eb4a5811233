/**
 * The life of a hint: why it was kept, what changed while it waited, how it left, how it ended. From level `hints`;
 * at `full` also every time it went back to the tail.
 */
import { cell, countBefore, countUpTo } from '../cell.ts';
import { formatBytes, formatCount } from '../format.ts';
import { LOG } from '../log-codes.ts';
import { NEVER, NOBODY, NONE } from '../trace.ts';
import type { HintFate, LogKind, Trace } from '../trace.ts';
import type { Happening } from './happening.ts';
import { fateOf, reasonOf } from './hint-sentences.ts';
import { beliefAt, isDown, outageAt } from './intervals.ts';
import { abridged, inOrder, stepOf } from './life.ts';
import type { Life, LifeStep } from './life.ts';
import { hintName, nodeName } from './names.ts';

const FATE_WORDS: Readonly<Record<HintFate, string>> = {
  pending: 'pending',
  delivered: 'delivered',
  expired: 'expired',
  holderCrashed: 'lost, its holder crashed',
  linkCut: 'lost, the link was cut',
  requeueRefused: 'lost, refused on its way back',
};

/** The life of a hint by its id. O(outages + beliefs), at level `full` + log rows of its time in the store. */
export function lifeOfHint(trace: Trace, hint: number): Life {
  const { hints } = trace;
  if (!Number.isInteger(hint) || hint < 0 || hint >= hints.storedAt.length) {
    return { title: `${hintName(hint)} is not in this trace (level ${trace.level})`, steps: [] };
  }
  const pair = `kept by ${nodeName(trace, cell(hints.holder, hint))} for ${nodeName(trace, cell(hints.peer, hint))}`;
  const title = `${hintName(hint)}, ${pair} (${formatBytes(cell(hints.bytes, hint))}): ${FATE_WORDS[fateOf(trace, hint)]}`;
  const changes = changesWhileWaiting(trace, hint).toSorted((left, right) => left.at - right.at);
  const steps = [
    ...causes(trace, hint).map((cause) => stepOf(trace, cause)),
    stepOf(trace, happeningOf(trace, hint, 'hintStored', cell(hints.storedAt, hint))),
    ...abridged(changes, (change) => stepOf(trace, change)),
    ...departure(trace, hint),
  ];
  return { title, steps: inOrder(steps) };
}

/** Stored, requeued, left, ended: what happened to the hint itself. */
export function courseOfHint(trace: Trace, hint: number): readonly LifeStep[] {
  return [
    stepOf(trace, happeningOf(trace, hint, 'hintStored', cell(trace.hints.storedAt, hint))),
    ...abridged(requeuesOf(trace, hint), (requeue) => stepOf(trace, requeue)),
    ...departure(trace, hint),
  ];
}

function happeningOf({ hints }: Trace, hint: number, kind: LogKind, at: number): Happening {
  const holder = cell(hints.holder, hint);
  const peer = cell(hints.peer, hint);
  const isAtPeer = kind === 'hintApplied';
  return { kind, at, node: isAtPeer ? peer : holder, peer: isAtPeer ? holder : peer, subject: hint };
}

/** What had made the holder take the peer for `Down` when the hint was stored. */
function causes(trace: Trace, hint: number): readonly Happening[] {
  if (reasonOf(trace, hint) !== 'peerDown') return [];
  const { outages, beliefs, hints } = trace;
  const holder = cell(hints.holder, hint);
  const peer = cell(hints.peer, hint);
  const at = cell(hints.storedAt, hint);
  const found: Happening[] = [];
  const outage = outageAt(trace, peer, at);
  if (outage !== NONE) found.push(nodeHappening('crashed', cell(outages.from, outage), peer, NOBODY));
  const belief = beliefAt(trace, holder, peer, at);
  if (belief !== NONE) found.push(nodeHappening('believedDown', cell(beliefs.from, belief), holder, peer));
  return found;
}

/** Crashes and restarts of the peer, changes of the holder's mind about it, and returns to the tail. */
function changesWhileWaiting(trace: Trace, hint: number): readonly Happening[] {
  const { outages, beliefs, hints } = trace;
  const holder = cell(hints.holder, hint);
  const peer = cell(hints.peer, hint);
  const storedAt = cell(hints.storedAt, hint);
  const end = Math.min(cell(hints.endedAt, hint), trace.endedAt);
  const found: Happening[] = [];
  const note = (kind: LogKind, at: number, node: number, other: number): void => {
    if (at > storedAt && at <= end) found.push(nodeHappening(kind, at, node, other));
  };
  outages.node.forEach((node, row) => {
    if (node !== peer) return;
    note('crashed', cell(outages.from, row), peer, NOBODY);
    note('restarted', cell(outages.until, row), peer, NOBODY);
  });
  beliefs.observer.forEach((observer, row) => {
    if (observer !== holder || beliefs.peer[row] !== peer) return;
    const until = cell(beliefs.until, row);
    note('believedDown', cell(beliefs.from, row), holder, peer);
    // A crash of the holder ends what it believed; that is no change of mind.
    if (!isDown(trace, holder, until)) note('believedUp', until, holder, peer);
  });
  return [...found, ...requeuesOf(trace, hint)];
}

/** Every return to the tail, from the log. */
function requeuesOf(trace: Trace, hint: number): readonly Happening[] {
  const { log, hints } = trace;
  if (cell(hints.requeues, hint) === 0) return [];
  const end = countUpTo(log.at, cell(hints.leftAt, hint));
  const found: Happening[] = [];
  for (let row = countBefore(log.at, cell(hints.storedAt, hint)); row < end; row++) {
    if (log.kind[row] !== LOG.hintRequeued || log.subject[row] !== hint) continue;
    found.push(happeningOf(trace, hint, 'hintRequeued', cell(log.at, row)));
  }
  return found;
}

/** How the hint left its store and how it ended. */
function departure(trace: Trace, hint: number): readonly LifeStep[] {
  const { hints } = trace;
  const leftAt = cell(hints.leftAt, hint);
  const endedAt = cell(hints.endedAt, hint);
  const fate = fateOf(trace, hint);
  const steps = untoldRequeues(trace, hint);
  const tell = (kind: LogKind, at: number): number => steps.push(stepOf(trace, happeningOf(trace, hint, kind, at)));
  const wasShipped = fate === 'delivered' || fate === 'linkCut' || leftAt < endedAt;
  if (wasShipped) tell('hintShipped', leftAt);
  if (fate === 'pending') {
    const where = wasShipped
      ? `on its way to ${nodeName(trace, cell(hints.peer, hint))}`
      : `still in ${nodeName(trace, cell(hints.holder, hint))}'s store`;
    steps.push({ at: trace.endedAt, text: `the run ended with ${hintName(hint)} ${where}` });
  } else if (fate === 'delivered') tell('hintApplied', endedAt);
  else if (fate === 'expired') tell('hintExpired', endedAt);
  else tell('hintLost', endedAt);
  return steps;
}

/** Without a log the times of requeues are unknown; their number is told when the hint leaves. */
function untoldRequeues(trace: Trace, hint: number): LifeStep[] {
  const times = cell(trace.hints.requeues, hint);
  if (times === 0 || trace.level === 'full') return [];
  const leftAt = cell(trace.hints.leftAt, hint);
  const often = times === 1 ? 'once' : `${formatCount(times)} times`;
  const text = `by then ${hintName(hint)} had gone back to the tail ${often}, because the channel had no room`;
  return [{ at: leftAt === NEVER ? trace.endedAt : leftAt, text }];
}

function nodeHappening(kind: LogKind, at: number, node: number, peer: number): Happening {
  return { kind, at, node, peer, subject: NONE };
}
