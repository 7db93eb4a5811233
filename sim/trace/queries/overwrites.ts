/**
 * Who overwrote a value: for every replica of a write, the write that took its place there, when and by which way. At
 * level `full`.
 *
 * It is where an older value wins: hints arrive late, and a replica that goes by arrival takes what comes last.
 */
import { cell } from '../cell.ts';
import { NEVER, NONE } from '../trace.ts';
import type { Trace } from '../trace.ts';
import { tenureOf } from './tenure.ts';
import type { DisplacementWay } from './tenure.ts';
import { copiesOf } from './write-sentences.ts';

/** What became of a write at one of its replicas. */
export interface Overwrite {
  readonly replica: number;
  /** When the replica first had the write, NEVER if it never did; it ignored it if `isIgnored`. */
  readonly appliedAt: number;
  readonly isIgnored: boolean;
  /** The write that took its place, or NONE: an empty node did, it is the value at the end, or was never applied. */
  readonly by: number;
  /** How that one came; none: nothing took its place. */
  readonly way: DisplacementWay | 'none';
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
  const { first: from, end } = copiesOf(trace, write);
  const found: Overwrite[] = [];
  for (let copy = from; copy < end; copy++) {
    const replica = cell(copies.replica, copy);
    const appliedAt = cell(copies.appliedAt, copy);
    const isIgnored = copies.ignored[copy] === 1;
    const own = { replica, appliedAt, isIgnored };
    const hasHadIt = appliedAt !== NEVER && !isIgnored;
    const [first] = hasHadIt ? tenureOf(trace, write, replica, appliedAt).displacements : [];
    if (first === undefined) found.push({ ...own, by: NONE, way: 'none', isOlder: false, at: NEVER, entry: NONE });
    else {
      const { by, way, entry } = first;
      const isOlder = by !== NONE && cell(writes.timestamp, by) < cell(writes.timestamp, write);
      found.push({ ...own, by, way, isOlder, at: cell(trace.log.at, entry), entry });
    }
  }
  return found;
}
