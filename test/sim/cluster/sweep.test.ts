/** What a sweep holds after it, for a microsecond or as long as a policy says: who is ahead of it, and what falls due meanwhile. */
import { describe, expect, it } from 'vitest';
import { bytes, duration } from '../../../core/index.ts';
import { LOG } from '../../../sim/trace/log-codes.ts';
import { HandoffRig, SECOND } from '../../support/handoff-rig.ts';
import { secondsOf } from '../../support/session-rig.ts';

const [A, B, C] = [0, 1, 2];
const totals = (rig: HandoffRig) => rig.recorder.finish().totals;

/** A coordinator that syncs its hints, with two of them for b: a sweep sends one, and holds the other for two seconds. */
function holdingOnDisk(): HandoffRig {
  const rig = new HandoffRig({
    disk: { durability: 'synced' },
    channel: { slots: 1 },
    drain: { hold: duration(2 * SECOND) },
  });
  rig.runTo(1);
  for (const key of [1, 2]) rig.keep(A, B, { key });
  return rig;
}

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

  it('holds it for as long as the policy says: every hint of that time is ahead of it, in order (H5)', () => {
    const rig = new HandoffRig({ channel: { slots: 1 }, drain: { hold: duration(2 * SECOND) } });
    rig.runTo(1);
    for (const key of [1, 2]) rig.keep(A, B, { key });
    for (const [key, at] of [
      [3, 31 * SECOND],
      [4, 32 * SECOND],
      [5, 32 * SECOND + 1],
    ] as const) {
      rig.runTo(at);
      rig.keep(A, B, { key });
    }
    const order = [60, 90, 120, 150].map((sweep) => {
      rig.runTo((sweep + 1) * SECOND);
      return rig.fates().map((fate) => (fate === 'delivered' ? 'd' : '-'));
    });
    expect(order.map((fates) => fates.join(''))).toEqual(['d-d--', 'd-dd-', 'dddd-', 'ddddd']);
  });

  it('lets what is stored meanwhile have the room of what it holds, which is lost (H6)', () => {
    const hints = { maxBytes: bytes(20) };
    const rig = new HandoffRig({ hints, channel: { slots: 1 }, drain: { hold: duration(2 * SECOND) } });
    rig.runTo(1);
    for (const key of [1, 2]) rig.keep(A, B, { key, bytes: 10 });
    rig.runTo(31 * SECOND);
    expect([3, 4, 5].map((key) => rig.keep(A, B, { key, bytes: 10 }))).toEqual([true, true, false]);
    expect(rig.fates()).toEqual(['delivered', 'requeueRefused', 'pending', 'pending']);
  });

  it('gives what falls due in its hands a second more, and loses what is due when it is back (H9)', () => {
    const rig = new HandoffRig({
      hints: { ttl: duration(30 * SECOND) },
      channel: { slots: 1 },
      drain: { hold: duration(2 * SECOND), interval: duration(2.5 * SECOND) },
    });
    rig.believe(A, B, 'Down');
    const stored = [1, SECOND, 2 * SECOND, 2 * SECOND + 1];
    for (const [key, at] of stored.entries()) {
      rig.runTo(at);
      rig.keep(A, B, { key });
    }
    rig.runTo(29 * SECOND);
    rig.believe(A, B, 'Normal');
    rig.runTo(34 * SECOND);
    // At 30 s the first is sent; back is the rest at 32 s. At 32.5 s the second is sent, 1.5 s after its first deadline.
    const { hints, log } = rig.recorder.finish();
    expect(rig.fates()).toEqual(['delivered', 'delivered', 'requeueRefused', 'expired']);
    expect([...hints.deadline]).toEqual([30 * SECOND + 1, 33 * SECOND, 32 * SECOND, 32 * SECOND + 1]);
    expect(secondsOf(rig, 'hintExtended')).toEqual([30]);
    expect(log.subject[log.kind.indexOf(LOG.hintExtended)]).toBe(1);
    expect(totals(rig).hints).toMatchObject({ stored: 4, delivered: 2, expired: 1, lost: 1, pending: 0 });
  });

  it('holds for a microsecond, too, if the policy says so', () => {
    const rig = new HandoffRig({
      hints: { ttl: duration(30 * SECOND) },
      channel: { slots: 1 },
      drain: { hold: duration(1) },
    });
    rig.runTo(1);
    for (const key of [1, 2]) rig.keep(A, B, { key }); // due at 30 s and 1 µs, when they are back
    rig.runTo(31 * SECOND);
    expect(rig.fates()).toEqual(['delivered', 'requeueRefused']);
  });

  it('knows where it has put a hint of which a newer one takes the place', () => {
    const rig = new HandoffRig({
      hints: { coalesce: true },
      channel: { slots: 1 },
      drain: { hold: duration(2 * SECOND) },
    });
    rig.runTo(1);
    for (const key of [1, 2, 3]) rig.keep(A, B, { key });
    rig.runTo(33 * SECOND);
    rig.keep(A, B, { key: 2 });
    expect(rig.fates()).toEqual(['delivered', 'coalesced', 'pending', 'pending']);
    rig.runTo(91 * SECOND);
    expect(rig.fates()).toEqual(['delivered', 'coalesced', 'delivered', 'delivered']);
  });

  it('is lost with what it holds in a crash, although nothing was stored since', () => {
    const rig = holdingOnDisk();
    rig.runTo(31 * SECOND);
    rig.crash(A);
    expect(rig.fates()).toEqual(['delivered', 'holderCrashed']);
  });

  it.each([
    [31.5, ['delivered', 'holderCrashed', 'pending']],
    [32, ['delivered', 'pending', 'pending']],
  ])('has on no disk what it holds: of a crash at %d s', (crash, fates) => {
    const rig = holdingOnDisk();
    rig.runTo(31 * SECOND);
    rig.keep(A, B, { key: 3 });
    rig.runTo(crash * SECOND);
    rig.crash(A);
    expect(rig.fates()).toEqual(fates);
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
