/** Rigs for tests of the disks under hint stores: hints that wait, and a holder that crashes and comes back. */
import { seconds } from '../../core/index.ts';
import type { HintDisk } from '../../sim/scenario/model/policy.ts';
import { HandoffRig, SECOND } from './handoff-rig.ts';
import type { RigPolicy } from './handoff-rig.ts';

const [A, B, C] = [0, 1, 2];

/** A rig in which B and C are Down, so that hints stay where they are. */
export function waitingRig(disk: Partial<HintDisk>, changes: RigPolicy = {}): HandoffRig {
  const rig = new HandoffRig({ ...changes, disk: { flush: seconds(10), ...disk } });
  rig.runTo(1);
  rig.believe(A, B, 'Down');
  rig.believe(A, C, 'Down');
  return rig;
}

/** A crashes at an instant and is back a second later. */
export function bounce(rig: HandoffRig, at: number, how: { power?: boolean; torn?: number } = {}): void {
  rig.runTo(at);
  rig.crash(A, how);
  rig.runTo(at + SECOND);
  rig.restart(A);
  rig.runTo(at + SECOND + 1);
}
