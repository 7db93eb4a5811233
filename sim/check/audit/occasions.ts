/**
 * Why a scenario gives no occasion to break a rule: in words, or undefined where it does give one.
 */
import type { Scenario } from '../../scenario/model/scenario.ts';
import { mayHaveMoved } from '../moving-queues.ts';

/** For rules about delivery in sessions. */
export function needsSessions({ policy }: Scenario): string | undefined {
  return policy.drain.ack === 'each' ? undefined : 'hints are delivered without acknowledgements';
}

/** For rules about sweeps. */
export function needsSweeps({ policy }: Scenario): string | undefined {
  return policy.drain.ack === 'none' ? undefined : 'hints are delivered in sessions';
}

/** For rules about who gets which hint: under a new peer table a queue is another node's (H23). */
export function needsOneTable(scenario: Scenario): string | undefined {
  const isMoving = scenario.nodes.some((_, node) => mayHaveMoved(scenario, node));
  return isMoving ? 'a peer table changes, and queues with it' : undefined;
}

/** For rules about writes sent directly: what a coordinator sends to a fallback may be a hint to keep, told in the same way. */
export function needsOwnHints({ policy }: Scenario): string | undefined {
  return policy.hints.holder === 'coordinator'
    ? undefined
    : 'hints are entrusted to other nodes, and sent as writes are';
}
