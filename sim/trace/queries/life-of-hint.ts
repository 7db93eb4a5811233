/**
 * The life of a hint: why it was kept, what changed while it waited, how it left, how it ended. From level `hints`;
 * at `full` also every attempt to deliver it.
 */
import { cell } from '../cell.ts';
import { formatBytes } from '../format.ts';
import { NOBODY, NONE } from '../trace.ts';
import { courseOfHint } from './course-of-hint.ts';
import type { LogKind, Trace } from '../trace.ts';
import { whyOlderWins } from './end-of-write.ts';
import { findEntry } from './happening.ts';
import type { Happening } from './happening.ts';
import { FATE_WORDS, fateOf } from './hint-ends.ts';
import { decidedAt, reasonOf, senderOf } from './hint-sentences.ts';
import { beliefAt, isDown, outageAt } from './intervals.ts';
import { abridged, inOrder, stepOf } from './life.ts';
import type { Life, LifeStep } from './life.ts';
import { isIncrement, keyHistory, lastChange } from './key-history.ts';
import { hintName, nodeName, writeName } from './names.ts';

/** The life of a hint by its id. O(outages + beliefs), at level `full` + log rows since it was stored. */
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
    ...abridged(changes, (change) => stepOf(trace, change)),
    ...withCost(trace, hint, courseOfHint(trace, hint)),
  ];
  return { title, steps: inOrder(steps) };
}

/** The course of a hint, its arrival with the newer write whose place it took: an old value that won. */
function withCost(trace: Trace, hint: number, course: readonly LifeStep[]): readonly LifeStep[] {
  const at = cell(trace.hints.endedAt, hint);
  if (trace.level !== 'full' || fateOf(trace, hint) !== 'delivered') return course;
  const [replica, peer] = [cell(trace.hints.peer, hint), cell(trace.hints.holder, hint)];
  const entry = findEntry(trace, { kind: 'hintApplied', at, node: replica, peer, subject: hint });
  const write = cell(trace.hints.write, hint);
  if (entry === NONE || write >= trace.writes.key.length || isIncrement(trace, write)) return course;
  const newer = lastChange(keyHistory(trace, cell(trace.writes.key, write)), replica, entry)?.write ?? NONE;
  if (newer <= write) return course;
  const cost = `, in the place of ${writeName(newer)}, which is newer: ${whyOlderWins(trace, newer, write)}`;
  return course.map((step) => (step.entry === entry ? { ...step, text: `${step.text}${cost}` } : step));
}

/** What had made its sender take the peer for `Down` when it was decided that a hint is kept. */
function causes(trace: Trace, hint: number): readonly Happening[] {
  if (reasonOf(trace, hint) !== 'peerDown') return [];
  const sender = senderOf(trace, hint);
  const peer = cell(trace.hints.peer, hint);
  const at = decidedAt(trace, hint);
  const found: Happening[] = [];
  const outage = outageAt(trace, peer, at);
  if (outage !== NONE) found.push(downHappening(trace, outage));
  const belief = beliefAt(trace, sender, peer, at);
  if (belief !== NONE) found.push(nodeHappening('believedDown', cell(trace.beliefs.from, belief), sender, peer));
  return found;
}

/** Crashes and restarts of the peer and of a holder whose disk keeps the hint, and changes of the holder's mind. */
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
    // What a crash of the holder does to the hint is told as its end, unless it is still there afterwards.
    const from = cell(outages.from, row);
    if (node !== peer && (node !== holder || from >= end)) return;
    const down = downHappening(trace, row);
    note(down.kind, from, node, NOBODY);
    note('restarted', cell(outages.until, row), node, NOBODY);
  });
  beliefs.observer.forEach((observer, row) => {
    if (observer !== holder || beliefs.peer[row] !== peer) return;
    const until = cell(beliefs.until, row);
    note('believedDown', cell(beliefs.from, row), holder, peer);
    // A crash of the holder ends what it believed; that is no change of mind.
    if (!isDown(trace, holder, until)) note('believedUp', until, holder, peer);
  });
  return found;
}

function nodeHappening(kind: LogKind, at: number, node: number, peer: number): Happening {
  return { kind, at, node, peer, subject: NONE };
}

/** The beginning of an outage: the node crashed, or it was stopped. */
function downHappening({ outages, scenario }: Trace, outage: number): Happening {
  const node = cell(outages.node, outage);
  const at = cell(outages.from, outage);
  const isStop = scenario.faults.some((fault) => fault.kind === 'stop' && fault.node === node && fault.from === at);
  return nodeHappening(isStop ? 'stopped' : 'crashed', at, node, NOBODY);
}
