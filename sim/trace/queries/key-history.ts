/**
 * The history of one key: every write of it that reached a replica and stayed there, in the order of the log, and so
 * what each replica held at any row. What lives of reads are told from: a trace records no votes, but it does record
 * everything that a vote could be cast from.
 */
import { INCREMENT } from '../../scenario/model/workload.ts';
import { cell } from '../cell.ts';
import { NONE } from '../trace.ts';
import type { Trace } from '../trace.ts';
import { emptiesNode, writeApplied } from './applied-write.ts';
import { copiesOf } from './write-sentences.ts';

/** A replica had something else of the key from a row of the log on. */
export interface Change {
  readonly entry: number;
  readonly replica: number;
  /** The write it had from then on; NONE: an empty node took its place. Increments add to what it had. */
  readonly write: number;
}

/** One key of a run. */
export interface KeyHistory {
  /** Nodes that writes of the key were meant for, ascending: its replicas, as far as the run tells. */
  readonly replicas: readonly number[];
  /** In the order of the log. */
  readonly changes: readonly Change[];
}

/** All that happened to a key. At level `full`; O(log rows + writes). */
export function keyHistory(trace: Trace, key: number): KeyHistory {
  const changes: Change[] = [];
  for (let entry = 0; entry < trace.log.kind.length; entry++) {
    const write = arrivalAt(trace, entry, key);
    if (write !== undefined) changes.push({ entry, replica: cell(trace.log.node, entry), write });
  }
  return { replicas: replicasOf(trace, key), changes };
}

/** The last change at a replica before a row of the log; undefined if it has had nothing. O(changes). */
export function lastChange({ changes }: KeyHistory, replica: number, entry: number): Change | undefined {
  return changes.findLast((change) => change.replica === replica && change.entry < entry);
}

/** Replicas read a sum where they hold this, and sums are not told apart by writes. */
export function isIncrement({ writes }: Trace, write: number): boolean {
  return write !== NONE && writes.operation[write] === INCREMENT;
}

/** The write of `key` that a node holds from a row of the log on, NONE for an emptied node; undefined if nothing changed. */
function arrivalAt(trace: Trace, entry: number, key: number): number | undefined {
  if (emptiesNode(trace, entry)) return NONE;
  const write = writeApplied(trace, entry);
  return trace.writes.key[write] === key ? write : undefined;
}

function replicasOf(trace: Trace, key: number): readonly number[] {
  const found = new Set<number>();
  for (let write = 0; write < trace.writes.key.length; write++) {
    if (trace.writes.key[write] !== key) continue;
    const { first, end } = copiesOf(trace, write);
    for (let copy = first; copy < end; copy++) found.add(cell(trace.copies.replica, copy));
  }
  return [...found].toSorted((left, right) => left - right);
}
