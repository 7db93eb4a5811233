/** The window of a delivery session: what a hint that is replaced was to it. */
import { describe, expect, it } from 'vitest';
import { seconds } from '../../../core/index.ts';
import { LOG_KINDS } from '../../../sim/trace/trace.ts';
import { SECOND } from '../../support/handoff-rig.ts';
import type { HandoffRig, RigPolicy } from '../../support/handoff-rig.ts';
import { lostOnTheWay, secondsOf, sessionRig, waiting } from '../../support/session-rig.ts';

const [A, B, C] = [0, 1, 2];

/** When hints were sent, in microseconds. */
function shippedAt(rig: HandoffRig): number[] {
  const { log } = rig.recorder.finish();
  return [...log.at].filter((_, row) => LOG_KINDS[log.kind[row] ?? -1] === 'hintShipped');
}

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

  it('makes no room, if it was never sent: the next one waits for the answer to the one before', () => {
    const rig = sessionRig({ concurrency: 1 }, { hints: { coalesce: true } });
    for (const key of [1, 2, 3]) rig.keep(A, B, { key });
    rig.runTo(10 * SECOND + 500);
    // The first is on its way; the second, which waits, goes to the end of the queue.
    rig.keep(A, B, { key: 2 });
    rig.runTo(11 * SECOND);
    expect(rig.fates()).toEqual(['delivered', 'coalesced', 'delivered', 'delivered']);
    expect(shippedAt(rig)).toEqual([0, 2_000, 4_000].map((after) => 10 * SECOND + after));
  });

  it('leaves nothing to the hint that is kept in its row: that was never sent', () => {
    const rig = losingTheFirst({ concurrency: 1, timeout: seconds(3), retryAfter: seconds(1) });
    // The first is replaced, its row taken by a hint for another key, and that one replaced in its turn.
    for (const key of [1, 5, 5]) rig.keep(A, B, { key });
    rig.runTo(13 * SECOND + SECOND / 2);
    expect(rig.fates()).toEqual(['coalesced', 'delivered', 'delivered', 'coalesced', 'delivered']);
    expect([secondsOf(rig, 'hintShipped'), secondsOf(rig, 'hintFailed')]).toEqual([[10, 13, 13, 13], []]);
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

describe('a hint that is sent after thousands were stored for others', () => {
  it('is waited for as any other: an answer to the one behind it is none to it', () => {
    const drain = { concurrency: 2, timeout: seconds(8), throttle: 10 }; // a hint a second
    const rig = sessionRig(drain, { hints: { coalesce: true } });
    rig.believe(A, C, 'Down');
    for (let key = 0; key < 3_000; key++) rig.keep(A, C, { key });
    rig.keep(A, B, { key: 1 });
    // One of the others is replaced, and the second for B takes its row: a lower one than that of the first.
    rig.keep(A, C, { key: 7 });
    rig.keep(A, B, { key: 2 });
    const fatesForB = (): string[] => [3_000, 3_002].map((hint) => rig.fates()[hint] ?? '');
    const fault = lostOnTheWay(rig, A, B);
    rig.links.setPartition(0, fault, true);
    rig.runTo(10 * SECOND + SECOND / 2);
    rig.links.setPartition(0, fault, false);
    rig.runTo(11 * SECOND + SECOND / 2);
    expect(fatesForB()).toEqual(['pending', 'delivered']);
    rig.runTo(25 * SECOND);
    expect(fatesForB()).toEqual(['delivered', 'delivered']);
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
