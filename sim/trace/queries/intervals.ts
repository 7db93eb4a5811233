/**
 * Who was down, and who was taken for `Down`, at an instant. Facts and beliefs are separate tables: the gap between
 * them is what a failure detector costs.
 */
import type { BeliefIntervals, NodeIntervals, Trace } from '../trace.ts';
import { NONE } from '../trace.ts';

/** Whether `node` was down at an instant: crashed at or before it, not yet back. O(outages). */
export function isDown(trace: Trace, node: number, at: number): boolean {
  return outageAt(trace, node, at) !== NONE;
}

/** Whether `observer` took `peer` for `Down` at an instant. O(beliefs). */
export function believesDown(trace: Trace, observer: number, peer: number, at: number): boolean {
  return beliefAt(trace, observer, peer, at) !== NONE;
}

/** The row of `trace.outages` in which `node` was down at an instant, or NONE. O(outages). */
export function outageAt({ outages }: Trace, node: number, at: number): number {
  for (let row = 0; row < outages.node.length; row++) {
    if (outages.node[row] === node && covers(outages, row, at)) return row;
  }
  return NONE;
}

/** The row of `trace.beliefs` in which `observer` took `peer` for `Down` at an instant, or NONE. O(beliefs). */
export function beliefAt({ beliefs }: Trace, observer: number, peer: number, at: number): number {
  for (let row = 0; row < beliefs.observer.length; row++) {
    if (beliefs.observer[row] === observer && beliefs.peer[row] === peer && covers(beliefs, row, at)) return row;
  }
  return NONE;
}

/**
 * How many other nodes took `peer` for `Down` at an instant. A node's intervals about one peer never overlap, so every
 * row that covers the instant is another node. O(beliefs), for all of them together.
 */
export function believersAt({ beliefs }: Trace, peer: number, at: number): number {
  let believers = 0;
  for (let row = 0; row < beliefs.observer.length; row++) {
    if (beliefs.peer[row] === peer && beliefs.observer[row] !== peer && covers(beliefs, row, at)) believers++;
  }
  return believers;
}

function covers(
  { from, until }: Pick<NodeIntervals | BeliefIntervals, 'from' | 'until'>,
  row: number,
  at: number,
): boolean {
  return (from[row] ?? 0) <= at && at < (until[row] ?? 0);
}
