/** What a sweep holds for a microsecond after it: who is ahead of it, and what expires meanwhile. */
import { describe, expect, it } from 'vitest';
import { duration } from '../../../core/index.ts';
import { HandoffRig, SECOND } from '../../support/handoff-rig.ts';
import { secondsOf } from '../../support/session-rig.ts';

const [A, B, C] = [0, 1, 2];
const totals = (rig: HandoffRig) => rig.recorder.finish().totals;

describe('a sweep', () => {
  it('holds what it puts back for a microsecond: a hint of that time is ahead of it, one of a microsecond later behind (H5)', () => {
    for (const [after, fates] of [
      [1, ['delivered', 'pending', 'delivered']],
      [2, ['delivered', 'delivered', 'pending']],
    ] as const) {
      const rig = new HandoffRig({ channel: { slots: 1 } });
      rig.runTo(1);
      for (const key of [1, 2]) rig.keep(A, B, { key });
      rig.runTo(30 * SECOND + after);
      rig.keep(A, B, { key: 3 });
      rig.runTo(61 * SECOND);
      expect(rig.fates()).toEqual(fates);
    }
  });

  it('buries a hint that expires in its hands once, though it holds those of another peer as well', () => {
    const rig = new HandoffRig({ channel: { slots: 1 }, hints: { ttl: duration(30 * SECOND) } });
    rig.runTo(1);
    for (const key of [1, 2]) rig.keep(A, B, { key }); // due at 30 s and 1 µs
    rig.runTo(2);
    for (const key of [1, 2]) rig.keep(A, C, { key });
    rig.runTo(30 * SECOND + 1);
    for (const peer of [B, C]) rig.keep(A, peer, { key: 3 });
    expect(rig.handoff.stats(A)).toMatchObject({ hintCount: 3, expiredTotal: 1 });
    rig.runTo(31 * SECOND);
    expect(rig.fates()).toEqual(['delivered', 'expired', 'delivered', 'pending', 'pending', 'pending']);
    expect(totals(rig).hints).toMatchObject({ delivered: 2, expired: 1, pending: 3 });
  });

  it('buries it once, though the next sweep has nothing to bury', () => {
    const rig = new HandoffRig({ channel: { slots: 1 }, hints: { ttl: duration(30 * SECOND) } });
    rig.runTo(1);
    for (const key of [1, 2]) rig.keep(A, B, { key }); // due at 30 s and 1 µs
    rig.runTo(30 * SECOND + 1);
    rig.keep(A, B, { key: 3 });
    rig.runTo(60 * SECOND + 1);
    expect(rig.fates().slice(0, 2)).toEqual(['delivered', 'expired']);
    expect(totals(rig).hints).toMatchObject({ stored: 3, expired: 1 });
  });

  it('puts back what its channel has no room for, and nothing where that is nothing', () => {
    const rig = new HandoffRig({ channel: { slots: 2 } });
    rig.runTo(1);
    for (const key of [1, 2, 3]) rig.keep(A, B, { key });
    rig.runTo(30 * SECOND + 1);
    expect(totals(rig).hints).toMatchObject({ requeued: 1 });
    rig.runTo(120 * SECOND);
    expect(totals(rig).hints).toMatchObject({ requeued: 1, delivered: 3 });
    expect(secondsOf(rig, 'hintRequeued')).toEqual([30]);
  });

  it('loses a hint that a loading peer refuses, for that cause (H7)', () => {
    const rig = new HandoffRig();
    rig.runTo(1);
    rig.keep(A, B);
    rig.backends.setLoading(B, true);
    rig.runTo(31 * SECOND);
    expect(rig.fates()).toEqual(['refusedByPeer']);
    expect(totals(rig).hints).toMatchObject({ pending: 0, lost: 1 });
  });
});
