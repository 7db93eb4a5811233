/**
 * The tenure of a write at one replica: what took its place there, each time, and what the replica holds in the end. At
 * level `full`.
 *
 * It is where an older value wins: hints arrive late, and a replica that goes by arrival takes what comes last. What an
 * increment adds to stays in its sum, so it takes the place of nothing but a delete.
 */
import { DELETE, INCREMENT } from '../../scenario/model/workload.ts';
import { countBefore } from '../cell.ts';
import { NONE } from '../trace.ts';
import type { Trace } from '../trace.ts';
import { emptiesNode, wayApplied, writeApplied } from './applied-write.ts';
import type { AppliedWay } from './applied-write.ts';

/** How something took the place of a value; `replaced`: an empty node took the place of the replica, with all it held. */
export type DisplacementWay = AppliedWay | 'replaced';

/** One change from the write to something else. */
export interface Displacement {
  /** The row of the log. */
  readonly entry: number;
  /** The write that took its place, or NONE: an empty node. */
  readonly by: number;
  readonly way: DisplacementWay;
}

/** What became of a write at a replica that had applied it. */
export interface Tenure {
  /** In the order of the log; more than one where the write came back, by its hint or by read repair. */
  readonly displacements: readonly Displacement[];
  /** What the replica holds in the end: the write itself, another one of its key, or NONE of an empty node. */
  readonly holds: number;
}

/** The tenure of `write` at `replica`, which first applied it at `appliedAt`. O(log rows from then on). */
export function tenureOf(trace: Trace, write: number, replica: number, appliedAt: number): Tenure {
  const { log, writes } = trace;
  const displacements: Displacement[] = [];
  let holds = NONE;
  for (let entry = countBefore(log.at, appliedAt); entry < log.at.length; entry++) {
    if (log.node[entry] !== replica) continue;
    const way = wayOf(trace, entry);
    if (way === undefined) continue;
    const by = way === 'replaced' ? NONE : writeApplied(trace, entry);
    if (by !== NONE && writes.key[by] !== writes.key[write]) continue;
    if (holds !== NONE && by !== write && addsTo(trace, by, holds)) continue;
    if (holds === write && by !== write) displacements.push({ entry, by, way });
    // Nothing counts before its own arrival, which may not be the first row of its instant.
    if (by === write || holds !== NONE || displacements.length > 0) holds = by;
  }
  return { displacements, holds };
}

/** An increment leaves in place what it adds to. One that was issued before the set under it takes its place (`goesBack`). */
function addsTo({ writes }: Trace, by: number, holds: number): boolean {
  if (by === NONE || writes.operation[by] !== INCREMENT) return false;
  const under = writes.operation[holds];
  return under === INCREMENT || (under !== DELETE && by > holds);
}

/** How a row of the log changes what its node holds; undefined if it does not. */
function wayOf(trace: Trace, entry: number): DisplacementWay | undefined {
  return emptiesNode(trace, entry) ? 'replaced' : wayApplied(trace, entry);
}
