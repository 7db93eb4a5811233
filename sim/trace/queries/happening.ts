/**
 * A happening: one row of the log as a value, or the row that the log would have had if the level kept one. Sentences
 * are made of happenings, so the lives of hints and writes read the same with and without a log.
 */
import { assert } from '../../../core/index.ts';
import { cell, countBefore, countUpTo } from '../cell.ts';
import { LOG } from '../log-codes.ts';
import { LOG_KINDS, NONE } from '../trace.ts';
import type { LogKind, Trace } from '../trace.ts';

/** What happened, when, and to whom; the fields mean what they mean in the log. */
export interface Happening {
  readonly kind: LogKind;
  readonly at: number;
  readonly node: number;
  readonly peer: number;
  readonly subject: number;
  /** Its row, where it comes from the log: the same may happen twice in one instant. */
  readonly entry?: number;
}

/** The happening in a row of the log. */
export function happeningAt({ log }: Trace, entry: number): Happening {
  return {
    kind: kindAt(log, entry),
    at: cell(log.at, entry),
    node: cell(log.node, entry),
    peer: cell(log.peer, entry),
    subject: cell(log.subject, entry),
    entry,
  };
}

/** The log row of a happening, or NONE. O(log n + rows of its instant). */
export function findEntry({ log }: Trace, { kind, at, node, peer, subject, entry }: Happening): number {
  if (entry !== undefined) return entry;
  const code = LOG[kind];
  const end = countUpTo(log.at, at);
  for (let row = countBefore(log.at, at); row < end; row++) {
    const isThere = log.kind[row] === code && log.node[row] === node && log.peer[row] === peer;
    // A queue goes back to its tail in one row, whichever of its hints is asked for.
    if (isThere && (kind === 'hintRequeued' || log.subject[row] === subject)) return row;
  }
  return NONE;
}

/** How often something happened at a node at an instant, as the log tells. O(log n + rows of that instant). */
export function countAt({ log }: Trace, kind: LogKind, node: number, at: number): number {
  const code = LOG[kind];
  const end = countUpTo(log.at, at);
  let times = 0;
  for (let row = countBefore(log.at, at); row < end; row++) {
    if (log.kind[row] === code && log.node[row] === node) times++;
  }
  return times;
}

/** The peers of what happened at a node at an instant, as the log tells. O(log n + rows of that instant). */
export function peersAt({ log }: Trace, kind: LogKind, node: number, at: number): ReadonlySet<number> {
  const code = LOG[kind];
  const end = countUpTo(log.at, at);
  const peers = new Set<number>();
  for (let row = countBefore(log.at, at); row < end; row++) {
    if (log.kind[row] === code && log.node[row] === node) peers.add(cell(log.peer, row));
  }
  return peers;
}

function kindAt(log: Trace['log'], entry: number): LogKind {
  const kind = LOG_KINDS[cell(log.kind, entry)];
  assert(kind !== undefined, 'a log row has a known kind', entry);
  return kind;
}
