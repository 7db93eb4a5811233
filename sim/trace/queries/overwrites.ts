/**
 * Who overwrote a value: for every replica of a write, the write that took its place there, when and by which way. At
 * level `full`.
 *
 * It is where an older value wins: hints arrive late, and a replica that goes by arrival takes what comes last.
 */
import { cell, countBefore } from '../cell.ts';
import { LOG } from '../log-codes.ts';
import { NEVER, NONE } from '../trace.ts';
import type { Trace } from '../trace.ts';
import { copiesOf } from './write-sentences.ts';

/** What became of a write at one of its replicas. */
export interface Overwrite {
  readonly replica: number;
  /** When the replica first had the write, NEVER if it never did; it ignored it if `isIgnored`. */
  readonly appliedAt: number;
  readonly isIgnored: boolean;
  /** The write that took its place, or NONE: it is the value at the end, or was never applied. */
  readonly by: number;
  /** How that one came. */
  readonly way: 'direct' | 'hint' | 'repair' | 'none';
  /** It has an older timestamp than the write it replaced. */
  readonly isOlder: boolean;
  readonly at: number;
  /** The log row, or NONE. */
  readonly entry: number;
}

/** What became of a write at each of its replicas. O(log rows since it was issued). */
export function overwritesOf(trace: Trace, write: number): readonly Overwrite[] {
  const { copies, writes } = trace;
  if (writes.issuedAt[write] === undefined) return [];
  const { first, end } = copiesOf(trace, write);
  const found: Overwrite[] = [];
  for (let copy = first; copy < end; copy++) {
    const replica = cell(copies.replica, copy);
    const appliedAt = cell(copies.appliedAt, copy);
    const isIgnored = copies.ignored[copy] === 1;
    const own = { replica, appliedAt, isIgnored };
    const row = appliedAt === NEVER || isIgnored ? NONE : nextValue(trace, write, replica, appliedAt);
    if (row === NONE) found.push({ ...own, by: NONE, way: 'none', isOlder: false, at: NEVER, entry: NONE });
    else {
      const by = writeApplied(trace, row);
      const isOlder = cell(writes.timestamp, by) < cell(writes.timestamp, write);
      found.push({ ...own, by, way: wayOf(trace, row), isOlder, at: cell(trace.log.at, row), entry: row });
    }
  }
  return found;
}

/** The first row after the write's own at which the replica took another write of the same key. */
function nextValue(trace: Trace, write: number, replica: number, appliedAt: number): number {
  const { log, writes } = trace;
  const key = cell(writes.key, write);
  let isPast = false;
  for (let row = countBefore(log.at, appliedAt); row < log.at.length; row++) {
    if (log.node[row] !== replica) continue;
    const applied = writeApplied(trace, row);
    if (applied === write) isPast = true;
    else if (isPast && applied !== NONE && writes.key[applied] === key) return row;
  }
  return NONE;
}

/** The write that a replica took in a row, or NONE. */
function writeApplied({ log, hints }: Trace, row: number): number {
  const subject = cell(log.subject, row);
  switch (log.kind[row]) {
    case LOG.copyApplied:
    case LOG.repairApplied:
      return subject;
    case LOG.hintApplied:
      return hints.write[subject] ?? NONE;
    default:
      return NONE;
  }
}

function wayOf({ log }: Trace, row: number): Overwrite['way'] {
  if (log.kind[row] === LOG.hintApplied) return 'hint';
  return log.kind[row] === LOG.repairApplied ? 'repair' : 'direct';
}
