/**
 * What the scenario breaks at an instant: which of its faults are in force then. At every level, for the scenario tells.
 */
import type { Fault, FaultSpan } from '../../scenario/model/fault.ts';
import type { Trace } from '../trace.ts';

/** Whether a fault is in force at an instant: it has begun by then, and not ended. */
export function isInForce({ from, until }: FaultSpan, at: number): boolean {
  return from <= at && at < until;
}

/** The faults of a kind that are in force at `node` at an instant, in the order of the scenario. O(faults). */
export function faultsAt({ scenario }: Trace, kind: Fault['kind'], node: number, at: number): readonly Fault[] {
  return scenario.faults.filter((fault) => isSuch(fault, kind, node) && isInForce(fault, at));
}

/** Whether a fault of a kind is in force at `node` at an instant. O(faults). */
export function hasFault({ scenario }: Trace, kind: Fault['kind'], node: number, at: number): boolean {
  return scenario.faults.some((fault) => isSuch(fault, kind, node) && isInForce(fault, at));
}

function isSuch(fault: Fault, kind: Fault['kind'], node: number): boolean {
  return fault.kind === kind && 'node' in fault && fault.node === node;
}
