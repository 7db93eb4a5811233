/**
 * Rigs for tests of delivery sessions: acknowledged delivery between a few nodes, and what the log says of it.
 */
import { instant, seconds } from '../../core/index.ts';
import type { LogKind, PartitionFault } from '../../sim/index.ts';
import { HandoffRig } from './handoff-rig.ts';
import type { RigPolicy } from './handoff-rig.ts';
import { when } from './small-runs.ts';

/** Links take a millisecond each way; a look comes every 10 s. */
export function sessionRig(drain: RigPolicy['drain'] = {}, changes: RigPolicy = {}): HandoffRig {
  const sessions = { ack: 'each', concurrency: 4, interval: seconds(10), ...drain } as const;
  const rig = new HandoffRig({ ...changes, drain: sessions });
  rig.runTo(1);
  return rig;
}

/** Keeps so many hints of one holder for one peer, of 900 keys in turn. */
export function keepMany(rig: HandoffRig, holder: number, peer: number, count: number): void {
  for (let hint = 0; hint < count; hint++) rig.keep(holder, peer, { key: hint % 900 });
}

/** A partition that loses what one node sends to another: put it in force by `rig.links.setPartition`. */
export function lostOnTheWay(rig: HandoffRig, from: number, to: number): PartitionFault {
  const [sources, targets] = [rig.peers(from), rig.peers(to)];
  return { kind: 'partition', from: instant(0), until: instant(1), cause: '', sources, targets, isTwoWay: false };
}

/** Hints that wait at a node, the first one unless another is named. */
export const waiting = (rig: HandoffRig, node = 0): number => rig.handoff.stats(node).hintCount;
/** What became of all hints. */
export const totals = (rig: HandoffRig) => rig.recorder.finish().totals.hints;

/** Whole seconds at which something was logged. */
export function secondsOf(rig: HandoffRig, what: LogKind): number[] {
  return when(rig.recorder.finish(), what).map(Math.floor);
}
