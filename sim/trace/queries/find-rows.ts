/**
 * Where in the log something stands: the row that issued a write, stored a hint, began a fault. NONE where the trace has
 * no such row. Instants come from the tables where they have them, so most of these are a binary search.
 */
import { cell, countBefore } from '../cell.ts';
import { LOG } from '../log-codes.ts';
import { NOBODY, NONE } from '../trace.ts';
import type { LogKind, Trace } from '../trace.ts';
import { findEntry } from './happening.ts';
import { beliefAt, outageAt } from './intervals.ts';
import { rowsByKind } from './rows-by-kind.ts';

/** The row in which a write was issued. */
export function issueOf(trace: Trace, write: number): number {
  const at = trace.writes.issuedAt[write];
  if (at === undefined) return NONE;
  const node = cell(trace.writes.coordinator, write);
  return findEntry(trace, { kind: 'writeIssued', at, node, peer: NOBODY, subject: write });
}

/** The row that told the client of a write, or NONE. */
export function endOfWrite(trace: Trace, write: number): number {
  const at = trace.writes.resolvedAt[write];
  if (at === undefined) return NONE;
  const about = { at, node: cell(trace.writes.coordinator, write), peer: NOBODY, subject: write };
  return Math.max(
    findEntry(trace, { kind: 'writeFailed', ...about }),
    findEntry(trace, { kind: 'writeAcked', ...about }),
  );
}

/** The row in which a write was sent to a node. It was sent when it was issued, or later in a hint's place. */
export function sendingOf(trace: Trace, sender: number, receiver: number, write: number): number {
  const at = trace.writes.issuedAt[write];
  if (at === undefined) return NONE;
  const direct = findEntry(trace, { kind: 'copySent', at, node: sender, peer: receiver, subject: write });
  if (direct !== NONE) return direct;
  const { log } = trace;
  for (let row = countBefore(log.at, at); row < log.at.length; row++) {
    const isIt = log.kind[row] === LOG.copySent && log.subject[row] === write && log.peer[row] === receiver;
    if (isIt) return row;
  }
  return NONE;
}

/** The row in which a hint was stored. */
export function storingOf(trace: Trace, hint: number): number {
  const { hints } = trace;
  const at = hints.storedAt[hint];
  if (at === undefined) return NONE;
  const ends = { node: cell(hints.holder, hint), peer: cell(hints.peer, hint) };
  return findEntry(trace, { kind: 'hintStored', at, ...ends, subject: hint });
}

/** The row in which an observer came to take a peer for Down, if it did at that instant. */
export function beliefDown(trace: Trace, observer: number, peer: number, at: number): number {
  const belief = beliefAt(trace, observer, peer, at);
  if (belief === NONE) return NONE;
  const from = cell(trace.beliefs.from, belief);
  return findEntry(trace, { kind: 'believedDown', at: from, node: observer, peer, subject: NONE });
}

/** The row in which a node went down, if it was at that instant. */
export function downRow(trace: Trace, node: number, at: number): number {
  const outage = outageAt(trace, node, at);
  if (outage === NONE) return NONE;
  const about = { at: cell(trace.outages.from, outage), node, peer: NOBODY, subject: NONE };
  return Math.max(findEntry(trace, { kind: 'crashed', ...about }), findEntry(trace, { kind: 'stopped', ...about }));
}

/** The beginnings of faults of one node at an instant. */
export function faultsAt(trace: Trace, node: number, at: number): readonly number[] {
  return trace.scenario.faults.flatMap((fault, subject) =>
    'node' in fault && fault.node === node && fault.from === at
      ? [findEntry(trace, { kind: 'faultBegan', at, node, peer: NOBODY, subject })]
      : [],
  );
}

/** The beginnings of faults on the way between two nodes that last at an instant, and of those of the far end. */
export function faultsBetween(trace: Trace, sender: number, receiver: number, at: number): readonly number[] {
  return trace.scenario.faults.flatMap((fault, subject) => {
    if (fault.from > at || fault.until <= at) return [];
    const isOnTheWay =
      'node' in fault
        ? (fault.kind === 'stall' || fault.kind === 'loading' || fault.kind === 'slow') && fault.node === receiver
        : fault.sources.some((each) => each === sender) && fault.targets.some((each) => each === receiver);
    return isOnTheWay ? [rowOfFault(trace, subject, fault.from)] : [];
  });
}

/** The row in which a fault began, whatever node it is logged at. */
function rowOfFault({ log }: Trace, fault: number, from: number): number {
  for (let row = countBefore(log.at, from); log.at[row] === from; row++) {
    if (log.kind[row] === LOG.faultBegan && log.subject[row] === fault) return row;
  }
  return NONE;
}

/** The last row of a kind about a subject before a row, or NONE. O(rows of the kind since). */
export function lastAbout(trace: Trace, kind: LogKind, subject: number, before: number): number {
  const { log } = trace;
  return lastOf(trace, kind, before, (row) => log.subject[row] === subject);
}

/** The last row of a kind at a node before a row, or NONE. Cost as above. */
export function lastAt(trace: Trace, kind: LogKind, node: number, before: number): number {
  const { log } = trace;
  return lastOf(trace, kind, before, (row) => log.node[row] === node);
}

/** The last row of a kind at a node about a peer before a row, or NONE. Cost as above. */
export function lastBetween(trace: Trace, kind: LogKind, node: number, peer: number, before: number): number {
  const { log } = trace;
  return lastOf(trace, kind, before, (row) => log.node[row] === node && log.peer[row] === peer);
}

function lastOf({ log }: Trace, kind: LogKind, before: number, isIt: (row: number) => boolean): number {
  const code = LOG[kind];
  const rows = rowsByKind(log).of(code);
  for (let place = countBefore(rows, before) - 1; place >= 0; place--) {
    const row = cell(rows, place);
    if (isIt(row)) return row;
  }
  return NONE;
}
