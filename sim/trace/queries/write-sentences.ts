/**
 * What happens to requests, in sentences: how a write was sent out, who had it when its client was told, and why a
 * request failed.
 */
import { cell } from '../cell.ts';
import { formatBytes, formatDuration } from '../format.ts';
import { OPERATIONS } from '../../scenario/model/workload.ts';
import { COPY_ROUTES, DROP_CAUSES, NONE } from '../trace.ts';
import type { CopyRoute, DropCause, Trace } from '../trace.ts';
import { hasFault } from './faults-at.ts';
import { findEntry } from './happening.ts';
import type { Happening } from './happening.ts';
import { isDown } from './intervals.ts';
import { areRepliesUnequal } from './unequal-replies.ts';
import { commonLevel, keyName, levelName, nodeName, nodeNames, writeName } from './names.ts';
import { whyRefused } from './why-refused.ts';

/** The rows of `trace.copies` that belong to a write: [first, end). */
export function copiesOf({ writes, copies }: Trace, write: number): { readonly first: number; readonly end: number } {
  return { first: cell(writes.firstCopy, write), end: writes.firstCopy[write + 1] ?? copies.write.length };
}

/** How the coordinator treated a copy. */
export function routeOf({ copies }: Trace, copy: number): CopyRoute {
  return COPY_ROUTES[cell(copies.route, copy)] ?? 'unsent';
}

/** A client's write reached its coordinator. */
export function writeIssued(trace: Trace, { node, subject }: Happening): string {
  const { writes } = trace;
  const key = keyName(trace, cell(writes.key, subject));
  const operation = OPERATIONS[cell(writes.operation, subject)] ?? 'set';
  const what = operation === 'set' ? key : `${operation} of ${key}`;
  const size = formatBytes(cell(writes.bytes, subject));
  const retryOf = cell(writes.retryOf, subject);
  const again = retryOf === NONE ? '' : `, another attempt of ${writeName(retryOf)}`;
  return `a client sent ${writeName(subject)} (${what}, ${size}) to ${nodeName(trace, node)}${again}`;
}

/** The client was told yes: who really had the write by then. */
export function writeAcked(trace: Trace, acked: Happening): string {
  const { at, node, subject } = acked;
  const latency = formatDuration(at - cell(trace.writes.issuedAt, subject));
  const level = levelName(trace, 'write');
  const { applied, hinted } = holdersBefore(trace, acked);
  const copies = applied.length === 0 ? 'no replica' : nodeNames(trace, applied);
  const hints = hinted.length === 1 ? 'a hint' : 'hints';
  const kept = isVote(trace) ? 'stood in' : hinted.length === 1 ? 'was kept' : 'were kept';
  const stoodIn = `${hints} ${kept} for ${nodeNames(trace, hinted)}`;
  const told = `${nodeName(trace, node)} acknowledged ${writeName(subject)} after ${latency}, ${level} being met`;
  return `${told}: by then ${copies} had applied it${hinted.length === 0 ? '' : `, and ${stoodIn}`}`;
}

/** A hint counts as a vote of its replica, as far as one can tell. */
function isVote(trace: Trace): boolean {
  const { vote } = trace.scenario.policy.hints;
  return vote === 'full' || (vote === 'any' && commonLevel(trace, 'write') === 'ANY');
}

/** The client was told no, or nothing in time: why. */
export function writeFailed(trace: Trace, { at, node, subject }: Happening): string {
  const { network } = trace.scenario;
  const issuedAt = cell(trace.writes.issuedAt, subject);
  const write = writeName(subject);
  const name = nodeName(trace, node);
  const level = levelName(trace, 'write');
  if (isDown(trace, node, issuedAt)) return `${name} was down, so ${write} failed at once`;
  if (isDown(trace, node, at)) return `${name} crashed before it had answered ${write}`;
  if (at - issuedAt >= network.clientTimeout) {
    return `${write} had no answer within ${formatDuration(network.clientTimeout)}, so its client took it for failed`;
  }
  const refused = whyRefused(trace, subject);
  if (refused !== undefined) return `${name} refused ${write} at once and sent nothing: ${refused}`;
  if (areRepliesUnequal(trace, subject)) return `${name} failed ${write}: its replies were not equal, as ${level} asks`;
  return `${name} failed ${write}: too few votes were left to come for ${level}`;
}

/** The coordinator sent a write to one replica. */
export function copySent(trace: Trace, { node, peer, subject }: Happening): string {
  const sender = nodeName(trace, node);
  if (node === peer) return `${sender} gave ${writeName(subject)} to its own backend`;
  return `${sender} sent ${writeName(subject)} to ${nodeName(trace, peer)}`;
}

/** A replica has the write now, without a hint. */
export function copyApplied(trace: Trace, { node, subject }: Happening): string {
  return `${nodeName(trace, node)} applied ${writeName(subject)}`;
}

/** A replica kept what it had. */
export function copyIgnored(trace: Trace, { node, subject }: Happening): string {
  return `${nodeName(trace, node)} ignored ${writeName(subject)}: ${newerWins(trace)}`;
}

/** A read found that a replica lacked the write, and brought it. */
export function repairApplied(trace: Trace, { node, peer, subject }: Happening): string {
  const coordinator = nodeName(trace, peer);
  return `${nodeName(trace, node)} applied ${writeName(subject)} by read repair: ${coordinator} had read it from other replicas`;
}

/** Why a replica ignores a write. */
export function newerWins({ scenario }: Trace): string {
  const { conflict } = scenario.policy.receiver;
  if (conflict === 'vectorClock') return 'it held one that had seen this one, or that had the newer timestamp';
  return 'it held one with a newer timestamp';
}

/** A write died on its way: at which end. */
export function copyDropped(trace: Trace, happening: Happening): string {
  const { at, node, peer, subject } = happening;
  const dropped = `${writeName(subject)} was dropped on its way from ${nodeName(trace, node)} to ${nodeName(trace, peer)}`;
  const down = [node, peer].find((end) => isDown(trace, end, at));
  const isLost = dropCauseOf(trace, happening) === 'messageLost';
  const cut = down === undefined ? 'the link had been cut' : `${nodeName(trace, down)} was down`;
  return `${dropped}: ${isLost ? 'the wire lost it' : cut}, ${hintAfter(trace, 'timeout')}`;
}

/** A replica would not execute a write: too late, or not at all. */
export function copyRefused(trace: Trace, happening: Happening): string {
  const { at, peer, subject } = happening;
  const target = nodeName(trace, peer);
  if (dropCauseOf(trace, happening) === 'tooLate') {
    return `${target} dropped ${writeName(subject)} unexecuted: its requester had given up`;
  }
  const why = hasFault(trace, 'loading', peer, at) ? 'it was loading' : 'its queue was full';
  return `${target} answered ${writeName(subject)} with an error: ${why}, ${hintAfter(trace, 'error')}`;
}

/** Whether a write that was sent may get a hint after all. */
function hintAfter({ scenario }: Trace, trigger: 'timeout' | 'error'): string {
  const { enabled, triggers } = scenario.policy.hints;
  const isOn = enabled && (trigger === 'error' ? triggers.error : triggers.timeout !== 'never');
  if (!isOn) return 'and a write that was sent gets no hint';
  return trigger === 'error' ? 'and an error gets it a hint' : 'and no answer in time gets it a hint';
}

/** How the copy that a happening is about was lost. */
function dropCauseOf(trace: Trace, { peer, subject }: Happening): DropCause {
  const { first, end } = copiesOf(trace, subject);
  for (let copy = first; copy < end; copy++) {
    if (trace.copies.replica[copy] === peer) return DROP_CAUSES[cell(trace.copies.dropCause, copy)] ?? 'none';
  }
  return 'none';
}

/** A replica that was sent neither the write nor a hint. */
export function copyUnsent(trace: Trace, node: number, peer: number): string {
  const why = trace.scenario.policy.hints.enabled
    ? 'it could not be sent'
    : 'it could not be sent, and hinted handoff is off';
  return `${nodeName(trace, peer)} gets neither the write nor a hint from ${nodeName(trace, node)}: ${why}`;
}

/** The replicas of a write, each in one list, and those that keep a newer one in its place. */
export interface Holders {
  readonly applied: readonly number[];
  /** They had it and ignored it for a newer one. */
  readonly ignored: readonly number[];
  /** They have not had it, and a hint stands in for them. */
  readonly hinted: readonly number[];
  readonly missing: readonly number[];
}

/** Who has a write at an instant, all of that instant included. */
export function holdersAt(trace: Trace, write: number, at: number): Holders {
  return holders(trace, write, at, (copy) => cell(trace.copies.appliedAt, copy) <= at);
}

/** Who has a write when its client is told, without what came later in the same instant. */
function holdersBefore(trace: Trace, acked: Happening): Holders {
  const { at, node, subject } = acked;
  const entry = findEntry(trace, acked);
  return holders(trace, subject, at, (copy) => {
    const appliedAt = cell(trace.copies.appliedAt, copy);
    if (appliedAt !== at) return appliedAt < at;
    const replica = cell(trace.copies.replica, copy);
    return findEntry(trace, { kind: 'copyApplied', at, node: replica, peer: node, subject }) <= entry;
  });
}

function holders(trace: Trace, write: number, at: number, hasArrived: (copy: number) => boolean): Holders {
  const applied: number[] = [];
  const ignored: number[] = [];
  const hinted: number[] = [];
  const missing: number[] = [];
  const { first, end } = copiesOf(trace, write);
  for (let copy = first; copy < end; copy++) {
    const replica = cell(trace.copies.replica, copy);
    if (hasArrived(copy)) (trace.copies.ignored[copy] === 1 ? ignored : applied).push(replica);
    else if (isHintedBy(trace, copy, at)) hinted.push(replica);
    else missing.push(replica);
  }
  return { applied, ignored, hinted, missing };
}

/** Whether a hint of the copy had been stored by an instant. */
function isHintedBy({ copies, hints }: Trace, copy: number, at: number): boolean {
  const hint = cell(copies.hint, copy);
  return hint !== NONE && (hints.storedAt[hint] ?? 0) <= at;
}
