/**
 * What leads to what, by kind of event: the rows of the log that an event follows from directly. Rules name what a kind
 * always needs (a hint is shipped because it was stored, and because its holder took the peer for Normal), as the
 * simulator has it; what had merely happened before is no cause.
 */
import { cell } from '../cell.ts';
import { NOBODY, NONE } from '../trace.ts';
import type { LogKind, Trace } from '../trace.ts';
import {
  beliefDown,
  downRow,
  endOfWrite,
  faultsAt,
  faultsBetween,
  issueOf,
  lastAbout,
  lastAt,
  lastBetween,
  sendingOf,
  storingOf,
} from './find-rows.ts';
import { findEntry, happeningAt } from './happening.ts';
import type { Happening } from './happening.ts';
import { decidedAt, reasonOf, senderOf } from './hint-sentences.ts';
import { sentTo } from './peer-table.ts';
import { copiesOf } from './write-sentences.ts';

/** The rows from which a row follows directly, ascending. Mostly O(log n), O(log rows) where it has to look back. */
export function causesOf(trace: Trace, entry: number): readonly number[] {
  const happening = happeningAt(trace, entry);
  const found = ruleFor(happening.kind)(trace, happening, entry);
  return [...new Set(found)].filter((row) => row !== NONE && row < entry).toSorted((left, right) => left - right);
}

type Rule = (trace: Trace, happening: Happening, entry: number) => readonly number[];

const FROM_ISSUE: Rule = (trace, { subject }) => [issueOf(trace, subject)];
const FROM_SENDING: Rule = (trace, { node, peer, subject }) => [sendingOf(trace, node, peer, subject)];
const FROM_ARRIVAL: Rule = (trace, { node, peer, subject }) => [sendingOf(trace, peer, node, subject)];
const FROM_SHIPPING: Rule = (trace, { subject }, entry) => [lastAbout(trace, 'hintShipped', subject, entry)];

const RULES: Partial<Record<LogKind, Rule>> = {
  writeIssued: (trace, { subject }) => [endOfWrite(trace, cell(trace.writes.retryOf, subject))],
  writeAcked: votesOf,
  writeFailed: (trace, { subject }, entry) => [issueOf(trace, subject), ...lossesOf(trace, subject, entry)],
  readAnswered: fromReadIssue,
  readFailed: fromReadIssue,
  copySent: FROM_ISSUE,
  copyApplied: FROM_ARRIVAL,
  copyIgnored: FROM_ARRIVAL,
  repairApplied: FROM_ISSUE,
  copyDropped: (trace, happening) => [...FROM_SENDING(trace, happening, NONE), ...troubleOf(trace, happening)],
  copyRefused: (trace, happening) => [...FROM_SENDING(trace, happening, NONE), ...troubleOf(trace, happening)],
  hintStored: storingCauses,
  hintRefused: (trace, { at, node, peer, subject }) => [
    issueOf(trace, subject),
    sendingOf(trace, node, peer, subject),
    beliefDown(trace, node, peer, at),
  ],
  hintShipped: shippingCauses,
  hintRequeued: (trace, { node, subject }, entry) => [storingOf(trace, subject), lastAt(trace, 'sweep', node, entry)],
  hintExtended: (trace, { node, subject }, entry) => [storingOf(trace, subject), lastAt(trace, 'sweep', node, entry)],
  hintApplied: FROM_SHIPPING,
  hintIgnored: FROM_SHIPPING,
  strayApplied: FROM_SHIPPING,
  strayIgnored: FROM_SHIPPING,
  hintAcked: (trace, { subject }, entry) => [
    Math.max(lastAbout(trace, 'hintApplied', subject, entry), lastAbout(trace, 'hintIgnored', subject, entry)),
  ],
  hintFailed: (trace, happening, entry) => [
    lastAbout(trace, 'hintShipped', happening.subject, entry),
    ...troubleOf(trace, happening),
  ],
  hintExpired: (trace, { node, subject }, entry) => [
    storingOf(trace, subject),
    lastAbout(trace, 'hintShipped', subject, entry),
    lastAt(trace, 'sweep', node, entry),
  ],
  hintLost: (trace, happening, entry) => [
    storingOf(trace, happening.subject),
    lastAbout(trace, 'hintShipped', happening.subject, entry),
    ...troubleOf(trace, happening),
  ],
  heartbeatDisplaced: (trace, { node, peer }, entry) => [lastBetween(trace, 'hintShipped', node, peer, entry)],
  believedDown: (trace, { at, node, peer }, entry) => [
    downRow(trace, peer, at),
    lastBetween(trace, 'heartbeat', node, peer, entry),
    ...faultsBetween(trace, peer, node, at),
  ],
  believedUp: (trace, { node, peer }, entry) => [
    lastBetween(trace, 'heartbeat', node, peer, entry),
    lastAt(trace, 'restarted', peer, entry),
  ],
  crashed: (trace, { at, node }) => faultsAt(trace, node, at),
  stopped: (trace, { at, node }) => faultsAt(trace, node, at),
  restarted: (trace, { node }, entry) => [
    Math.max(lastAt(trace, 'crashed', node, entry), lastAt(trace, 'stopped', node, entry)),
  ],
  linkEnded: (trace, { at, node, peer }) => [downRow(trace, node, at), downRow(trace, peer, at)],
  sessionOpened: (trace, { node, peer }, entry) => [lastBetween(trace, 'believedUp', node, peer, entry)],
  sessionClosed: (trace, { node, peer }, entry) => [lastBetween(trace, 'sessionOpened', node, peer, entry)],
  faultEnded: (trace, { subject }, entry) => [lastAbout(trace, 'faultBegan', subject, entry)],
};

/** Kinds without a rule begin a chain: requests, sweeps, heartbeats, and what the scenario breaks. */
function ruleFor(kind: LogKind): Rule {
  return RULES[kind] ?? (() => []);
}

function fromReadIssue(trace: Trace, { node, subject }: Happening): readonly number[] {
  const at = cell(trace.reads.issuedAt, subject);
  return [findEntry(trace, { kind: 'readIssued', at, node, peer: NOBODY, subject })];
}

/** What was applied, and what hints were kept, when the client was told yes. */
function votesOf(trace: Trace, { node, subject }: Happening, entry: number): readonly number[] {
  const found = [issueOf(trace, subject)];
  const { first, end } = copiesOf(trace, subject);
  for (let copy = first; copy < end; copy++) {
    const replica = cell(trace.copies.replica, copy);
    const at = cell(trace.copies.appliedAt, copy);
    const hint = cell(trace.copies.hint, copy);
    found.push(findEntry(trace, { kind: 'copyApplied', at, node: replica, peer: node, subject }));
    if (trace.scenario.policy.hints.vote === 'full') found.push(storingOf(trace, hint));
  }
  return found.filter((row) => row < entry);
}

/** Copies of a write that were lost or refused before a row. */
function lossesOf(trace: Trace, write: number, entry: number): readonly number[] {
  const node = cell(trace.writes.coordinator, write);
  const found: number[] = [];
  const { first, end } = copiesOf(trace, write);
  for (let copy = first; copy < end; copy++) {
    const about = {
      node,
      peer: cell(trace.copies.replica, copy),
      at: cell(trace.copies.droppedAt, copy),
      subject: write,
    };
    for (const kind of ['copyDropped', 'copyRefused'] as const) found.push(findEntry(trace, { kind, ...about }));
  }
  return found.filter((row) => row < entry);
}

/** Why a hint was kept: its write, and by its reason what kept the write from being sent or answered. */
function storingCauses(trace: Trace, happening: Happening, entry: number): readonly number[] {
  const { node, peer, subject } = happening;
  const write = cell(trace.hints.write, subject);
  const sender = senderOf(trace, subject);
  const entrusted = sender === node ? NONE : sendingOf(trace, sender, node, write);
  const found = [issueOf(trace, write), entrusted];
  switch (reasonOf(trace, subject)) {
    case 'peerDown':
      return [...found, beliefDown(trace, sender, peer, decidedAt(trace, subject))];
    case 'linkEnded':
      return [...found, lastBetween(trace, 'linkEnded', sender, peer, entry)];
    case 'displaced':
      return [...found, lastBetween(trace, 'hintShipped', sender, peer, entry)];
    case 'queued':
      return [...found, lastBetween(trace, 'hintStored', node, peer, entry)];
    case 'timeout':
    case 'error':
      return [...found, sendingOf(trace, sender, peer, write), ...lossesOf(trace, write, entry)];
    case 'channelFull':
      return found;
  }
}

/** A hint is sent because it waits, and because a sweep or a session of its holder took the peer for Normal. */
function shippingCauses(trace: Trace, { at, node, subject }: Happening, entry: number): readonly number[] {
  const to = sentTo(trace, subject, at);
  const byWhom =
    trace.scenario.policy.drain.ack === 'each'
      ? lastBetween(trace, 'sessionOpened', node, to, entry)
      : lastAt(trace, 'sweep', node, entry);
  return [storingOf(trace, subject), byWhom, lastBetween(trace, 'believedUp', node, to, entry)];
}

/** What had broken at either end of a pair, or between them, by an instant. */
function troubleOf(trace: Trace, { at, node, peer }: Happening): readonly number[] {
  return [downRow(trace, node, at), downRow(trace, peer, at), ...faultsBetween(trace, node, peer, at)];
}
