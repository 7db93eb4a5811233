/**
 * What happens to requests, in sentences: how a write was sent out, who had it when its client was told, and why a
 * request failed.
 */
import { cell } from '../cell.ts';
import { formatBytes, formatCount, formatDuration } from '../format.ts';
import { COPY_ROUTES } from '../trace.ts';
import type { CopyRoute, Trace } from '../trace.ts';
import { findEntry } from './happening.ts';
import type { Happening } from './happening.ts';
import { isDown } from './intervals.ts';
import { nodeName, nodeNames, writeName } from './names.ts';

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
  const key = formatCount(cell(trace.writes.key, subject));
  const size = formatBytes(cell(trace.writes.bytes, subject));
  return `a client sent ${writeName(subject)} (key ${key}, ${size}) to ${nodeName(trace, node)}`;
}

/** The client was told yes: who really had the write by then. */
export function writeAcked(trace: Trace, acked: Happening): string {
  const { at, node, subject } = acked;
  const latency = formatDuration(at - cell(trace.writes.issuedAt, subject));
  const level = trace.scenario.policy.consistency.write;
  const { applied, hinted } = holdersBefore(trace, acked);
  const copies = applied.length === 0 ? 'no replica' : nodeNames(trace, applied);
  const stoodIn = `${hinted.length === 1 ? 'a hint' : 'hints'} stood in for ${nodeNames(trace, hinted)}`;
  const told = `${nodeName(trace, node)} acknowledged ${writeName(subject)} after ${latency}, ${level} being met`;
  return `${told}: by then ${copies} had applied it${hinted.length === 0 ? '' : `, and ${stoodIn}`}`;
}

/** The client was told no, or nothing in time: why. */
export function writeFailed(trace: Trace, { at, node, subject }: Happening): string {
  const { policy, network } = trace.scenario;
  const issuedAt = cell(trace.writes.issuedAt, subject);
  const write = writeName(subject);
  if (isDown(trace, node, issuedAt)) return `no coordinator was up, so ${write} failed at once`;
  if (isDown(trace, node, at)) return `${nodeName(trace, node)} crashed before it had answered ${write}`;
  if (at - issuedAt >= network.clientTimeout) {
    return `${write} had no answer within ${formatDuration(network.clientTimeout)}, so its client took it for failed`;
  }
  return `${nodeName(trace, node)} failed ${write}: too few votes were left to come for ${policy.consistency.write}`;
}

/** A read came, was answered, or failed. */
export function readSentence(trace: Trace, { kind, at, node, subject }: Happening): string {
  const read = `read ${formatCount(subject)}`;
  const name = nodeName(trace, node);
  if (kind === 'readIssued') return `a client sent ${read} to ${name}`;
  const level = trace.scenario.policy.consistency.read;
  if (kind === 'readAnswered') return `${name} answered ${read}, ${level} being met`;
  if (isDown(trace, node, at)) return `${read} failed: ${name} was down`;
  const timeout = formatDuration(trace.scenario.network.clientTimeout);
  return `${read} failed at ${name}: too few votes for ${level}, or none within ${timeout}`;
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

/** A write died on its way: at which end. */
export function copyDropped(trace: Trace, { at, node, peer, subject }: Happening): string {
  const dropped = `${writeName(subject)} was dropped on its way from ${nodeName(trace, node)} to ${nodeName(trace, peer)}`;
  const down = [node, peer].find((end) => isDown(trace, end, at));
  const why = down === undefined ? 'the link had been cut' : `${nodeName(trace, down)} was down`;
  return `${dropped}: ${why}, and a write that was sent gets no hint`;
}

/** A replica that was sent neither the write nor a hint. */
export function copyUnsent(trace: Trace, node: number, peer: number): string {
  const why = trace.scenario.policy.hints.enabled
    ? 'it could not be sent'
    : 'it could not be sent, and hinted handoff is off';
  return `${nodeName(trace, peer)} gets neither the write nor a hint from ${nodeName(trace, node)}: ${why}`;
}

/** The replicas of a write: those that have applied it, and of the others those that a hint stands in for. */
export interface Holders {
  readonly applied: readonly number[];
  readonly hinted: readonly number[];
  readonly missing: readonly number[];
}

/** Who has a write at an instant, all of that instant included. */
export function holdersAt(trace: Trace, write: number, at: number): Holders {
  return holders(trace, write, (copy) => cell(trace.copies.appliedAt, copy) <= at);
}

/** Who has a write when its client is told, without what came later in the same instant. */
function holdersBefore(trace: Trace, acked: Happening): Holders {
  const { at, node, subject } = acked;
  const entry = findEntry(trace, acked);
  return holders(trace, subject, (copy) => {
    const appliedAt = cell(trace.copies.appliedAt, copy);
    if (appliedAt !== at) return appliedAt < at;
    const replica = cell(trace.copies.replica, copy);
    return findEntry(trace, { kind: 'copyApplied', at, node: replica, peer: node, subject }) <= entry;
  });
}

function holders(trace: Trace, write: number, hasApplied: (copy: number) => boolean): Holders {
  const applied: number[] = [];
  const hinted: number[] = [];
  const missing: number[] = [];
  const { first, end } = copiesOf(trace, write);
  for (let copy = first; copy < end; copy++) {
    const replica = cell(trace.copies.replica, copy);
    if (hasApplied(copy)) applied.push(replica);
    else if (routeOf(trace, copy) === 'hinted') hinted.push(replica);
    else missing.push(replica);
  }
  return { applied, hinted, missing };
}
