/**
 * What a session waits for: its throttle; its turn; an answer that is not coming; and after a failed attempt, where that
 * doubles with each failure in a row (handoff-systems §6).
 */
import { describe, expect, it } from 'vitest';
import { microseconds, seconds } from '../../../core/index.ts';
import { SECOND } from '../../support/handoff-rig.ts';
import type { RigPolicy } from '../../support/handoff-rig.ts';
import { keepMany, lostOnTheWay, secondsOf, sessionRig, waiting } from '../../support/session-rig.ts';

const [A, B, C] = [0, 1, 2];

describe('a failed attempt in a row', () => {
  it('doubles the wait, up to a most, until a hint is acknowledged, and no look cuts it short', () => {
    const rig = sessionRig({ interval: seconds(1), retryAfter: seconds(2), retryUpTo: seconds(10) });
    rig.keep(A, B);
    rig.backends.setLoading(B, true);
    rig.runTo(40 * SECOND);
    // Each attempt takes 2 ms to fail; then 2, 4, 8, 10, 10 s.
    expect(secondsOf(rig, 'hintFailed')).toEqual([1, 3, 7, 15, 25, 35]);
    rig.backends.setLoading(B, false);
    rig.runTo(46 * SECOND);
    expect(waiting(rig)).toBe(0);
    rig.backends.setLoading(B, true);
    rig.keep(A, B);
    rig.runTo(50 * SECOND);
    expect(secondsOf(rig, 'hintFailed').slice(6)).toEqual([46, 48]);
  });

  it('may wait as little as a microsecond', () => {
    const rig = sessionRig({ retryAfter: microseconds(1), retryUpTo: microseconds(1) });
    rig.keep(A, B);
    rig.believe(A, B, 'Down');
    rig.runTo(10 * SECOND + 5);
    rig.believe(A, B, 'Normal');
    rig.runTo(11 * SECOND);
    expect(rig.fates()).toEqual(['delivered']);
  });

  it('is a look that finds the peer Down where waits double: one that comes back waits for its turn', () => {
    const changes = { interval: seconds(1), retryAfter: seconds(2) };
    const openedAfterReturn = (drain: RigPolicy['drain']): number[] => {
      const rig = sessionRig({ ...changes, ...drain });
      rig.keep(A, B);
      rig.believe(A, B, 'Down');
      rig.runTo(8 * SECOND);
      rig.believe(A, B, 'Normal');
      rig.runTo(30 * SECOND);
      return secondsOf(rig, 'sessionOpened');
    };
    // Looks that count at 1, 3 and 7 s, and the next one 8 s later; or at 1, 3 and 6 s, and 3 s later.
    expect(openedAfterReturn({ retryUpTo: seconds(10) })).toEqual([15]);
    expect(openedAfterReturn({ retryUpTo: seconds(3) })).toEqual([9]);
    expect(openedAfterReturn({})).toEqual([8]);
  });

  it('ends its row with the last hint of the queue, expired or not, and with the process', () => {
    const rig = sessionRig(
      { interval: seconds(1), retryAfter: seconds(2), retryUpTo: seconds(60) },
      { hints: { ttl: seconds(10) } },
    );
    rig.keep(A, B);
    rig.backends.setLoading(B, true);
    rig.runTo(16 * SECOND - 1); // tried at 1, 3 and 7 s; found expired at 15 s
    expect(secondsOf(rig, 'hintFailed')).toEqual([1, 3, 7]);
    expect(rig.fates()).toEqual(['expired']);
    rig.keep(A, B);
    rig.runTo(19 * SECOND);
    expect(secondsOf(rig, 'hintFailed').slice(3)).toEqual([16, 18]);
    rig.crash(A);
    rig.restart(A);
    rig.keep(A, B);
    rig.runTo(22 * SECOND);
    expect(secondsOf(rig, 'hintFailed').slice(5)).toEqual([19, 21]);
  });
});

describe('a throttled session', () => {
  it('is as fast as its throttle again after one that was closed while it waited for its turn', () => {
    const rig = sessionRig({ throttle: 10, timeout: seconds(5) }); // a hint a second
    keepMany(rig, A, B, 5);
    rig.runTo(11 * SECOND + SECOND / 2);
    rig.handoff.setPaused(A, true);
    rig.runTo(15 * SECOND);
    rig.handoff.setPaused(A, false);
    rig.runTo(40 * SECOND);
    expect(secondsOf(rig, 'hintShipped')).toEqual([10, 11, 20, 21, 22]);
  });
});

describe('a hint that is sent later than the oldest', () => {
  it('is late at its own time, once the oldest is acknowledged', () => {
    // A hint a second; the second one, of 11 s, is lost on the wire. The timer of the first finds it not late at 13 s.
    const rig = sessionRig({ concurrency: 2, throttle: 10, timeout: seconds(3), retryAfter: seconds(1) });
    keepMany(rig, A, B, 2);
    const fault = lostOnTheWay(rig, A, B);
    rig.runTo(10 * SECOND + SECOND / 2);
    rig.links.setPartition(0, fault, true);
    rig.runTo(11 * SECOND + SECOND / 2);
    rig.links.setPartition(0, fault, false);
    rig.runTo(19 * SECOND);
    expect(secondsOf(rig, 'hintFailed')).toEqual([14]);
    expect(rig.fates()).toEqual(['delivered', 'delivered']);
  });
});

describe('a session that waits', () => {
  it('is closed by the look that finds its peer Down', () => {
    const rig = sessionRig({ timeout: seconds(60) });
    rig.keep(A, B);
    rig.links.setPartition(0, lostOnTheWay(rig, A, B), true);
    rig.runTo(15 * SECOND);
    rig.believe(A, B, 'Down');
    rig.runTo(25 * SECOND);
    expect([secondsOf(rig, 'sessionOpened'), secondsOf(rig, 'sessionClosed')]).toEqual([[10], [20]]);
  });
});

describe('a process that starts anew', () => {
  it('begins with its first peer again, wherever the last one had stopped', () => {
    // One session at a time: at 10 s that of A, which does not answer, and B is the next in turn when C dies.
    const rig = sessionRig({ sessions: 1, timeout: seconds(60) }, { disk: { durability: 'synced' } });
    rig.keep(C, A);
    rig.keep(C, B);
    rig.backends.setStalled(A, true);
    rig.runTo(15 * SECOND);
    rig.crash(C);
    rig.backends.setStalled(A, false);
    rig.runTo(16 * SECOND);
    rig.restart(C);
    rig.runTo(17 * SECOND);
    expect(rig.fates()).toEqual(['delivered', 'pending']);
    rig.runTo(27 * SECOND);
    expect(rig.fates()).toEqual(['delivered', 'delivered']);
  });
});
