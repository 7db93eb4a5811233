/**
 * Peer tables: whom a holder finds where it looks for the peer of a hint. A peer is its position in the seed list, so a
 * holder that has read another list at a start sends what waits at a position to whoever stands there now (H23).
 */
import type { PeerIndex } from '../../../core/index.ts';
import { cell } from '../cell.ts';
import { NONE } from '../trace.ts';
import type { Trace } from '../trace.ts';
import { nodeName } from './names.ts';

/** The node that a holder sends a hint to at an instant: its peer, unless the table has changed since. O(faults + outages). */
export function sentTo(trace: Trace, hint: number, at: number): number {
  const { holder, peer, storedAt } = trace.hints;
  const meantFor = cell(peer, hint);
  const node = cell(holder, hint);
  const before = tableAt(trace, node, cell(storedAt, hint));
  const now = tableAt(trace, node, at);
  if (before === now) return meantFor;
  const position = before === undefined ? meantFor : before.findIndex((each) => each === meantFor);
  return now?.[position] ?? position;
}

/** That another node than its peer is meant, `, which …`; empty for a hint that goes to its peer. Cost as above. */
export function inPlaceOf(trace: Trace, hint: number, at: number): string {
  const peer = cell(trace.hints.peer, hint);
  return sentTo(trace, hint, at) === peer ? '' : `, which its peer table has where ${nodeName(trace, peer)} was`;
}

/** Whether a node that started again at an instant finds its peers elsewhere than before. O(nodes + faults + outages). */
export function hasMovedPeers(trace: Trace, node: number, at: number): boolean {
  const before = tableAt(trace, node, at - 1);
  const now = tableAt(trace, node, at);
  return trace.scenario.nodes.some((_, position) => (before?.[position] ?? position) !== (now?.[position] ?? position));
}

/** The table of a node at an instant, by position; undefined while it is the one that the run began with, or means nothing. */
function tableAt(trace: Trace, node: number, at: number): readonly PeerIndex[] | undefined {
  const start = lastStart(trace, node, at);
  if (start === NONE || trace.scenario.policy.hints.addressedBy === 'node') return undefined;
  let table: readonly PeerIndex[] | undefined;
  // Faults are in the order of their beginnings.
  for (const fault of trace.scenario.faults) {
    if (fault.kind === 'reindex' && fault.node === node && fault.from <= start) table = fault.order;
  }
  return table;
}

/** When a node last started again by an instant, or NONE: a table is read at a start. */
function lastStart({ outages }: Trace, node: number, at: number): number {
  let last = NONE;
  outages.node.forEach((each, row) => {
    const until = cell(outages.until, row);
    if (each === node && until <= at) last = Math.max(last, until);
  });
  return last;
}
