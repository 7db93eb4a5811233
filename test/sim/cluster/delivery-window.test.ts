/** The window of a delivery session: what a hint that is replaced was to it. */
import { describe, expect, it } from 'vitest';
import { seconds } from '../../../core/index.ts';
import { SECOND } from '../../support/handoff-rig.ts';
import type { HandoffRig, RigPolicy } from '../../support/handoff-rig.ts';
import { lostOnTheWay, secondsOf, sessionRig, waiting } from '../../support/session-rig.ts';

const [A, B] = [0, 1];

describe('a hint of the window that a newer one replaces', () => {
  /** The first hint is sent at 10 s and lost on the wire; nobody tells. */
  const losingTheFirst = (drain: RigPolicy['drain']): HandoffRig => {
    const rig = sessionRig(drain, { hints: { coalesce: true } });
    rig.keep(A, B, { key: 1 });
    rig.keep(A, B, { key: 2 });
    const fault = lostOnTheWay(rig, A, B);
    rig.links.setPartition(0, fault, true);
    rig.runTo(10 * SECOND + SECOND / 2);
    rig.links.setPartition(0, fault, false);
    return rig;
  };

  it('is not waited for any more, if it was: at the time of its answer there is room, and nothing has failed', () => {
    const rig = losingTheFirst({ concurrency: 1, timeout: seconds(3), retryAfter: seconds(1) });
    rig.keep(A, B, { key: 1 });
    rig.runTo(13 * SECOND + SECOND / 2);
    expect(rig.fates()).toEqual(['coalesced', 'delivered', 'delivered']);
    expect([secondsOf(rig, 'hintShipped'), secondsOf(rig, 'hintFailed')]).toEqual([[10, 13, 13], []]);
  });

  it('is no hint that was there before in its row: one that is stored later stays', () => {
    const rig = sessionRig({}, { hints: { coalesce: true } });
    rig.keep(A, B, { key: 1 });
    rig.runTo(11 * SECOND);
    expect(rig.fates()).toEqual(['delivered']);
    rig.believe(A, B, 'Down');
    rig.keep(A, B, { key: 1 });
    expect(rig.fates()).toEqual(['delivered', 'pending']);
    expect(waiting(rig)).toBe(1);
  });

  it('makes no room, if it was acknowledged: those that are waited for are as many as before', () => {
    const rig = losingTheFirst({ concurrency: 2, timeout: seconds(8), throttle: 10 }); // a hint a second
    for (const key of [3, 4]) rig.keep(A, B, { key });
    rig.runTo(11 * SECOND + SECOND / 2);
    expect(rig.fates()).toEqual(['pending', 'delivered', 'pending', 'pending']);
    // The second is acknowledged and stands behind the first; of the next two there is room for one.
    rig.backends.setStalled(B, true);
    rig.keep(A, B, { key: 2 });
    expect(waiting(rig)).toBe(4);
    rig.runTo(17 * SECOND);
    expect(secondsOf(rig, 'hintShipped')).toEqual([10, 11, 12]);
  });
});

describe('the segment of a queue', () => {
  /** A torn tail is kept behind the first hint of A for B; two more are stored, and `delivered` of the three arrive. */
  const fatesAfter = (delivered: number): string[] => {
    const rig = sessionRig({ concurrency: 1 }, { disk: { durability: 'written', tornTail: 'kept' } });
    rig.believe(A, B, 'Down');
    rig.keep(A, B, { key: 1 });
    rig.runTo(2 * SECOND);
    rig.crash(A, { torn: 6 });
    rig.runTo(3 * SECOND);
    rig.restart(A);
    rig.believe(A, B, 'Down');
    for (const key of [2, 3]) rig.keep(A, B, { key });
    rig.believe(A, B, 'Normal');
    // Each takes a millisecond there and one back: a look at the start, and so many answers.
    rig.runTo(3 * SECOND + delivered * 2_000 + 500);
    rig.believe(A, B, 'Down');
    rig.runTo(4 * SECOND);
    rig.keep(A, B, { key: 4 });
    rig.runTo(5 * SECOND);
    rig.crash(A);
    rig.restart(A);
    return rig.fates();
  };

  it('goes with its last hint, and its torn tail with it; before that it stays, with all that is behind it', () => {
    expect(fatesAfter(3)).toEqual(['delivered', 'delivered', 'delivered', 'pending']);
    expect(fatesAfter(1).at(-1)).toBe('tornTail');
  });
});
