/**
 * Queues that move: where hints are for positions, a holder that has read another seed list finds them under other peers
 * than those that they are meant for (H23), and what it does with a queue says little of whose hints are in it.
 */
import type { Scenario } from '../scenario/model/scenario.ts';

/** Whether the queues of a holder may have moved by an instant; default: at any time of the run. O(faults). */
export function mayHaveMoved({ faults, policy }: Scenario, holder: number, at = Infinity): boolean {
  if (policy.hints.addressedBy === 'node') return false;
  return faults.some((fault) => fault.kind === 'reindex' && fault.node === holder && fault.from <= at);
}
