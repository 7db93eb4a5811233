/**
 * Finds the row of the log at which something happened, for the event that a violation points to.
 */
import { countBefore } from '../trace/cell.ts';
import { NONE } from '../trace/index.ts';
import { LOG } from '../trace/log-codes.ts';
import type { LogKind, Trace } from '../trace/index.ts';

/**
 * The first row of the log at an instant that is of one of these kinds and about that subject, and about that peer if
 * one is given; NONE if there is none, or no log. O(log n + rows of the instant).
 */
export function entryOf({ log }: Trace, kinds: readonly LogKind[], at: number, subject: number, peer?: number): number {
  for (let row = countBefore(log.at, at); row < log.at.length && log.at[row] === at; row++) {
    if (log.subject[row] !== subject || (peer !== undefined && log.peer[row] !== peer)) continue;
    if (kinds.some((kind) => LOG[kind] === log.kind[row])) return row;
  }
  return NONE;
}

/** The first row of the log at an instant that is of a kind and happened at a node; else as {@link entryOf}. */
export function entryAtNode({ log }: Trace, kind: LogKind, at: number, node: number): number {
  for (let row = countBefore(log.at, at); row < log.at.length && log.at[row] === at; row++) {
    if (log.kind[row] === LOG[kind] && log.node[row] === node) return row;
  }
  return NONE;
}
