/** Torn tails of segments (H21): what is appended behind one is lost with the next restart, unless it was cut off or mended. */
import { describe, expect, it } from 'vitest';
import { seconds } from '../../../core/index.ts';
import type { HintDisk } from '../../../sim/scenario/model/policy.ts';
import { bounce, waitingRig } from '../../support/disk-rig.ts';
import { HandoffRig, SECOND } from '../../support/handoff-rig.ts';

const [A, B, C] = [0, 1, 2];

describe('a torn tail (H21)', () => {
  /** A, torn, restart, B, C, restart. */
  const afterTwoCrashes = (tornTail: HintDisk['tornTail']): HandoffRig => {
    const rig = waitingRig({ durability: 'written', tornTail });
    rig.keep(A, B);
    bounce(rig, 10 * SECOND, { torn: 6 });
    rig.believe(A, B, 'Down');
    rig.keep(A, B);
    rig.keep(A, B);
    bounce(rig, 20 * SECOND);
    return rig;
  };

  it('that is kept swallows what is appended behind it: 1 of 3 hints is left after the next restart', () => {
    const rig = afterTwoCrashes('kept');
    expect(rig.fates()).toEqual(['pending', 'tornTail', 'tornTail']);
    rig.keep(A, B);
    bounce(rig, 25 * SECOND);
    expect(rig.fates()).toEqual(['pending', 'tornTail', 'tornTail', 'tornTail']);
  });

  it('that is cut off costs nothing', () => {
    expect(afterTwoCrashes('truncated').fates()).toEqual(['pending', 'pending', 'pending']);
  });

  it('is not there after a crash that tore nothing: what is appended later survives the next one', () => {
    const rig = waitingRig({ durability: 'written', tornTail: 'kept' });
    rig.keep(A, B);
    bounce(rig, 10 * SECOND);
    rig.believe(A, B, 'Down');
    rig.keep(A, B);
    bounce(rig, 20 * SECOND);
    expect(rig.fates()).toEqual(['pending', 'pending']);
  });

  it('goes with the machine that is replaced: the disk of the new one is empty and whole', () => {
    const rig = waitingRig({ durability: 'written', tornTail: 'kept' });
    rig.keep(A, B);
    bounce(rig, 10 * SECOND, { torn: 6 });
    rig.runTo(15 * SECOND);
    rig.handoff.replaced(A);
    rig.crash(A);
    rig.restart(A);
    rig.believe(A, B, 'Down');
    rig.keep(A, B);
    bounce(rig, 20 * SECOND);
    expect(rig.fates()).toEqual(['holderReplaced', 'pending']);
  });

  it('is mended for good when its segment is written anew: another restart does not bring it back', () => {
    const rig = waitingRig({ durability: 'written', tornTail: 'kept' }, { hints: { ttl: seconds(25) } });
    rig.keep(A, B);
    bounce(rig, 10 * SECOND, { torn: 6 });
    rig.believe(A, B, 'Down');
    // The only hint expires, and its segment is written anew. What comes after that is read back by every restart.
    rig.runTo(75 * SECOND);
    expect(rig.fates()).toEqual(['expired']);
    for (const at of [76, 79]) {
      rig.keep(A, B);
      bounce(rig, at * SECOND);
      rig.believe(A, B, 'Down');
    }
    rig.runTo(80 * SECOND + 2);
    expect(rig.fates()).toEqual(['expired', 'pending', 'pending']);
  });

  it('is none of a new machine that dies before it has appended anything', () => {
    const rig = waitingRig({ durability: 'written', tornTail: 'kept' });
    rig.keep(A, B);
    rig.runTo(5 * SECOND);
    rig.handoff.replaced(A);
    rig.crash(A);
    rig.restart(A);
    bounce(rig, 10 * SECOND, { torn: 6 });
    rig.believe(A, B, 'Down');
    rig.keep(A, B);
    bounce(rig, 20 * SECOND);
    expect(rig.fates()).toEqual(['holderReplaced', 'pending']);
  });

  it('stays where it is if the machine of another node is replaced, on either side', () => {
    for (const other of [A, C]) {
      const rig = new HandoffRig({ disk: { flush: seconds(10), durability: 'written', tornTail: 'kept' } });
      const down = (): void => [A, C].forEach((peer) => rig.believe(B, peer, 'Down'));
      rig.runTo(1);
      down();
      rig.keep(B, A);
      rig.keep(B, C);
      rig.runTo(10 * SECOND);
      rig.crash(B, { torn: 6 }); // behind the hint for C
      rig.restart(B);
      rig.runTo(15 * SECOND);
      rig.handoff.replaced(other);
      rig.crash(other);
      rig.restart(other);
      down();
      rig.keep(B, A);
      rig.keep(B, C);
      rig.runTo(20 * SECOND);
      rig.crash(B);
      rig.restart(B);
      expect(rig.fates()).toEqual(['pending', 'pending', 'pending', 'tornTail']);
    }
  });

  it('ends the segment written to last, and no other', () => {
    const rig = waitingRig({ durability: 'written' });
    rig.keep(A, B);
    rig.keep(A, C);
    bounce(rig, 10 * SECOND, { torn: 6 });
    rig.keep(A, B);
    rig.keep(A, C);
    bounce(rig, 20 * SECOND);
    expect(rig.fates()).toEqual(['pending', 'pending', 'pending', 'tornTail']);
  });

  it('goes with its segment when a sweep takes the queue', () => {
    const rig = waitingRig({ durability: 'written' }, { channel: { slots: 1 } });
    rig.keep(A, B);
    bounce(rig, 10 * SECOND, { torn: 6 });
    rig.keep(A, B);
    rig.keep(A, B);
    rig.believe(A, B, 'Normal');
    rig.runTo(41 * SECOND + 10); // the sweep 30 s after the restart ships one hint and writes two anew
    rig.believe(A, B, 'Down');
    bounce(rig, 42 * SECOND);
    expect(rig.fates()).toEqual(['delivered', 'pending', 'pending']);
  });
});
