/** Acknowledged delivery: sessions and their windows, failures, and what late answers do. */
import { describe, expect, it } from 'vitest';
import { bytes, milliseconds, seconds } from '../../../core/index.ts';
import { HandoffRig, MILLISECOND, SECOND } from '../../support/handoff-rig.ts';
import type { RigPolicy } from '../../support/handoff-rig.ts';
import { keepMany, lostOnTheWay, secondsOf, sessionRig, totals, waiting } from '../../support/session-rig.ts';

const [A, B, C] = [0, 1, 2];

describe('a session', () => {
  it('lets go of a hint when the peer has acknowledged it, and closes when none is left', () => {
    const rig = sessionRig();
    keepMany(rig, A, B, 3);
    rig.runTo(10 * SECOND + MILLISECOND + 1);
    expect(rig.fates()).toEqual(['delivered', 'delivered', 'delivered']);
    expect(waiting(rig)).toBe(3);
    rig.runTo(10 * SECOND + 2 * MILLISECOND + 1);
    expect(waiting(rig)).toBe(0);
    expect([secondsOf(rig, 'sessionOpened'), secondsOf(rig, 'sessionClosed')]).toEqual([[10], [10]]);
    expect(secondsOf(rig, 'hintAcked')).toEqual([10, 10, 10]);
    expect(rig.handoff.queues(A, B)).toBe(false);
  });

  it('counts the hints that it has sent against the cap', () => {
    const rig = sessionRig({}, { hints: { maxBytes: bytes(20) } });
    keepMany(rig, A, B, 2);
    rig.runTo(10 * SECOND + MILLISECOND + 1);
    expect(rig.keep(A, B)).toBe(false);
    rig.runTo(11 * SECOND);
    expect(rig.keep(A, B)).toBe(true);
  });

  it('has no more hints unacknowledged than it may, and sends in the order of the queue', () => {
    const rig = sessionRig({ concurrency: 3 });
    keepMany(rig, A, B, 8);
    const sentBy = (millis: number): number => {
      rig.runTo(10 * SECOND + millis * MILLISECOND + 1);
      return secondsOf(rig, 'hintShipped').length;
    };
    expect([sentBy(0), sentBy(1), sentBy(2), sentBy(4), sentBy(6)]).toEqual([3, 3, 6, 8, 8]);
    expect(waiting(rig)).toBe(0);
  });

  it('leaves a hint that is on its way alone, where hints coalesce: the newer one is a hint of its own', () => {
    const rig = sessionRig({ concurrency: 1 }, { hints: { coalesce: true } });
    rig.keep(A, B, { key: 1 });
    rig.runTo(10 * SECOND + 1);
    rig.keep(A, B, { key: 1 });
    expect(waiting(rig)).toBe(2);
    expect(rig.fates()).toEqual(['pending', 'pending']);
    rig.runTo(11 * SECOND);
    expect(rig.fates()).toEqual(['delivered', 'delivered']);
  });

  it('gives the rows of its hints back, so that a steady load needs no more memory', () => {
    const rig = sessionRig({ concurrency: 50 });
    const weights = [1, 2, 3, 4].map((round) => {
      keepMany(rig, A, B, 600); // two rounds at once would not fit into the first 1 024 rows
      rig.runTo((10 * round + 5) * SECOND);
      expect(waiting(rig)).toBe(0);
      return rig.handoff.weight;
    });
    expect(new Set(weights).size).toBe(1);
    expect(rig.fates().filter((fate) => fate === 'delivered')).toHaveLength(2_400);
  });

  it('keeps more hints apart than its columns have rows to begin with, while they wait for their acknowledgements', () => {
    const rig = sessionRig({ concurrency: 1_500, timeout: seconds(30) });
    for (const round of [1, 2]) {
      keepMany(rig, A, B, 1_500);
      // All are on their way, and each is still there.
      rig.runTo(10 * round * SECOND + MILLISECOND / 2);
      expect(waiting(rig)).toBe(1_500);
      rig.runTo((10 * round + 5) * SECOND);
      expect(waiting(rig)).toBe(0);
    }
    expect(rig.fates().filter((fate) => fate === 'delivered')).toHaveLength(3_000);
  });

  it('sends what took the place of the hint that it would have sent next, where hints coalesce', () => {
    const rig = sessionRig({ concurrency: 1 }, { hints: { coalesce: true } });
    for (const key of [1, 2, 3]) rig.keep(A, B, { key });
    // The first is on its way, the second is next, and a newer write of its key takes its place at the tail.
    rig.runTo(10 * SECOND + 1);
    rig.keep(A, B, { key: 2 });
    expect(rig.fates()).toEqual(['pending', 'coalesced', 'pending', 'pending']);
    rig.runTo(11 * SECOND);
    expect(rig.fates()).toEqual(['delivered', 'coalesced', 'delivered', 'delivered']);
    expect(secondsOf(rig, 'hintShipped')).toHaveLength(3);
    expect(waiting(rig)).toBe(0);
  });

  it('spaces the hints by what they weigh, where it is throttled', () => {
    const rig = sessionRig({ throttle: 5, throttleShared: true }); // two other nodes: 2.5 B/s, 4 s a hint
    keepMany(rig, A, B, 3);
    rig.runTo(30 * SECOND);
    expect(secondsOf(rig, 'hintShipped')).toEqual([10, 14, 18]);
    expect(rig.handoff.stats(A).hintCount).toBe(0);
  });

  it('also delivers what is stored while it is open', () => {
    const rig = sessionRig();
    rig.keep(A, B, { key: 1 });
    rig.runTo(10 * SECOND + MILLISECOND);
    rig.keep(A, B, { key: 2 });
    rig.runTo(11 * SECOND);
    expect(totals(rig)).toMatchObject({ delivered: 2, pending: 0, redelivered: 0 });
  });

  it('drops a hint past its deadline instead of sending it, and not before', () => {
    const rig = sessionRig({}, { hints: { ttl: seconds(10) } });
    rig.keep(A, B);
    rig.runTo(10 * SECOND + 2 * MILLISECOND);
    expect(rig.fates()).toEqual(['delivered']); // sent 1 µs before it was due
    rig.keep(A, C);
    rig.runTo(20 * SECOND);
    rig.keep(A, C);
    rig.believe(A, C, 'Down');
    rig.runTo(29 * SECOND);
    expect(waiting(rig)).toBe(2);
    rig.believe(A, C, 'Normal');
    rig.runTo(30 * SECOND + 1);
    expect(rig.fates()).toEqual(['delivered', 'expired', 'expired']);
    expect(rig.handoff.stats(A)).toMatchObject({ hintCount: 0, expiredTotal: 2 });
  });

  it('closes when the peer is Down, when deliveries are paused, and when its holder dies', () => {
    const open = (): HandoffRig => {
      const rig = sessionRig({ throttle: 10 }, { disk: { durability: 'synced' } });
      keepMany(rig, A, B, 5);
      rig.runTo(11 * SECOND + SECOND / 2);
      expect(secondsOf(rig, 'sessionClosed')).toEqual([]);
      expect(waiting(rig)).toBe(3);
      return rig;
    };
    const down = open();
    down.believe(A, B, 'Down');
    down.runTo(40 * SECOND);
    expect([waiting(down), secondsOf(down, 'sessionClosed')]).toEqual([3, [12]]);
    const paused = open();
    paused.handoff.setPaused(A, true);
    paused.runTo(40 * SECOND);
    expect([waiting(paused), secondsOf(paused, 'sessionClosed')]).toEqual([3, [11]]);
    paused.handoff.setPaused(A, false);
    paused.runTo(60 * SECOND);
    expect(waiting(paused)).toBe(0);
    const dead = open();
    dead.crash(A);
    dead.runTo(40 * SECOND);
    expect([waiting(dead), secondsOf(dead, 'sessionClosed')]).toEqual([3, [11]]);
    dead.restart(A);
    dead.runTo(60 * SECOND);
    expect(waiting(dead)).toBe(0);
  });

  it('replaces only hints that no message carries', () => {
    const rig = sessionRig({ concurrency: 1 }, { hints: { coalesce: true } });
    rig.keep(A, B, { key: 1 });
    rig.keep(A, B, { key: 2 });
    rig.keep(A, B, { key: 3 });
    rig.runTo(10 * SECOND + MILLISECOND);
    rig.keep(A, B, { key: 1 }); // the older one is under way
    rig.keep(A, B, { key: 2 }); // the older one is next
    rig.keep(A, B, { key: 1 });
    rig.runTo(11 * SECOND);
    expect(rig.fates()).toEqual(['delivered', 'coalesced', 'delivered', 'coalesced', 'delivered', 'delivered']);
    expect(rig.backends.read(B, 1)).toBe(5);
  });
});

describe('the sessions of a node', () => {
  it('are so many at once, and take turns over the peers', () => {
    const rig = sessionRig({ sessions: 1 }, { nodes: 4 });
    for (const peer of [B, C, 3]) rig.keep(A, peer);
    rig.runTo(11 * SECOND);
    expect(rig.fates()).toEqual(['delivered', 'pending', 'pending']);
    // New hints for the first peer do not put it in front of those who have not had their turn.
    rig.keep(A, B);
    rig.runTo(21 * SECOND);
    rig.keep(A, B);
    rig.runTo(31 * SECOND);
    expect(rig.fates()).toEqual(['delivered', 'delivered', 'delivered', 'pending', 'pending']);
    rig.runTo(41 * SECOND);
    expect(waiting(rig)).toBe(0);
  });

  it('are all at once without a bound', () => {
    const rig = sessionRig({ sessions: 0 }, { nodes: 4 });
    for (const peer of [B, C, 3]) rig.keep(A, peer);
    rig.runTo(11 * SECOND);
    expect(waiting(rig)).toBe(0);
  });
});

describe('a failed attempt', () => {
  it('ends the session; the next one starts at the first hint that is not acknowledged', () => {
    // One hint a second; the first one is lost on the wire, so nobody tells: the timeout of 3 s does.
    const rig = sessionRig({ throttle: 10, timeout: seconds(3), retryAfter: seconds(1), concurrency: 8 });
    keepMany(rig, A, B, 4);
    const fault = lostOnTheWay(rig, A, B);
    rig.links.setPartition(0, fault, true);
    rig.runTo(10 * SECOND + 500 * MILLISECOND);
    rig.links.setPartition(0, fault, false);
    rig.runTo(12 * SECOND + 500 * MILLISECOND);
    expect(rig.fates()).toEqual(['pending', 'delivered', 'delivered', 'pending']);
    expect(waiting(rig)).toBe(4);
    rig.runTo(30 * SECOND);
    expect(secondsOf(rig, 'hintFailed')).toEqual([13]);
    expect(secondsOf(rig, 'sessionOpened')).toEqual([10, 14]);
    // The fourth was not sent before; the second and the third come twice.
    expect(totals(rig)).toMatchObject({ delivered: 4, redelivered: 2, lost: 0 });
    expect(waiting(rig)).toBe(0);
  });

  it('is an error reply, and hints stay until the backend is ready', () => {
    const rig = sessionRig({ retryAfter: seconds(1) });
    keepMany(rig, A, B, 6);
    rig.backends.setLoading(B, true);
    rig.runTo(13 * SECOND + 500 * MILLISECOND);
    expect(waiting(rig)).toBe(6);
    expect(secondsOf(rig, 'hintFailed')).toEqual([10, 11, 12, 13]);
    rig.backends.setLoading(B, false);
    rig.runTo(15 * SECOND);
    expect(totals(rig)).toMatchObject({ delivered: 6, redelivered: 0, lost: 0 });
  });

  it('waits for the next look where there is no shorter time to wait, or no time at all', () => {
    for (const retryAfter of [seconds(10), seconds(0)]) {
      const rig = sessionRig({ retryAfter });
      rig.keep(A, B);
      rig.backends.setLoading(B, true);
      rig.runTo(35 * SECOND);
      expect(secondsOf(rig, 'hintFailed')).toEqual([10, 20, 30]);
    }
  });

  it('is noticed at once when the connection is cut, and by the timeout when the peer is silent', () => {
    const cut = sessionRig({ timeout: seconds(5) });
    cut.keep(A, B);
    cut.runTo(10 * SECOND + 1);
    cut.crash(B);
    cut.runTo(11 * SECOND);
    expect(secondsOf(cut, 'hintFailed')).toEqual([10]);
    const silent = sessionRig({ timeout: seconds(5), retryAfter: seconds(10) }, { service: { late: 'drop' } });
    silent.keep(A, B);
    silent.backends.setStalled(B, true);
    silent.runTo(17 * SECOND);
    expect(secondsOf(silent, 'hintFailed')).toEqual([15]);
    silent.backends.setStalled(B, false);
    silent.runTo(19 * SECOND);
    expect(silent.fates()).toEqual(['pending']);
    silent.runTo(21 * SECOND);
    expect(silent.fates()).toEqual(['delivered']);
  });

  it('leaves work behind at the peer, whose late answer counts for delivery and for nothing else', () => {
    const rig = sessionRig({ timeout: seconds(5), retryAfter: seconds(10) });
    rig.keep(A, B);
    rig.backends.setStalled(B, true);
    rig.runTo(17 * SECOND);
    rig.backends.setStalled(B, false);
    rig.runTo(19 * SECOND);
    expect(rig.fates()).toEqual(['delivered']);
    expect(waiting(rig)).toBe(1);
    rig.runTo(21 * SECOND);
    expect(waiting(rig)).toBe(0);
    expect(totals(rig)).toMatchObject({ delivered: 1, redelivered: 1 });
  });

  it('is not made where the channel is full: the session comes back later', () => {
    const rig = sessionRig({ retryAfter: seconds(1) }, { channel: { slots: 2, messageTime: milliseconds(600) } });
    keepMany(rig, A, B, 3);
    rig.runTo(9_990 * MILLISECOND);
    rig.occupy(A, B, 2); // until 10.59 s and 11.19 s
    rig.runTo(30 * SECOND);
    expect(secondsOf(rig, 'sessionOpened')).toEqual([10, 11]);
    expect(secondsOf(rig, 'hintFailed')).toEqual([]);
    expect(totals(rig)).toMatchObject({ delivered: 3, redelivered: 0 });
  });

  it('is made once a look, for the peer too that a look begins with', () => {
    const rig = sessionRig({ retryAfter: seconds(10) }, { channel: { slots: 1, messageTime: seconds(15) } });
    rig.keep(B, A);
    rig.runTo(9 * SECOND);
    rig.occupy(B, A, 2); // one leaves at once, and one waits until 24 s
    rig.runTo(35 * SECOND);
    expect(secondsOf(rig, 'sessionOpened')).toEqual([10, 20, 30]);
  });
});

describe('a hint that dies in its store while the peer still has an attempt to execute', () => {
  /** Sent at 10 s and given up at 12 s; it waits in the stalled backend of B. */
  const waitingAtPeer = (changes: RigPolicy = {}): HandoffRig => {
    const rig = sessionRig({ retryAfter: seconds(10) }, changes);
    rig.keep(A, B);
    rig.backends.setStalled(B, true);
    rig.runTo(15 * SECOND);
    return rig;
  };

  it('is delivered if that is executed, and has left its store when it died', () => {
    const rig = waitingAtPeer();
    rig.crash(A);
    expect(rig.fates()).toEqual(['pending']);
    rig.runTo(16 * SECOND);
    rig.backends.setStalled(B, false);
    rig.runTo(17 * SECOND);
    expect(rig.fates()).toEqual(['delivered']);
    const { hints } = rig.recorder.finish();
    expect([hints.leftAt[0], Math.floor((hints.endedAt[0] ?? 0) / SECOND)]).toEqual([15 * SECOND, 16]);
  });

  it('is lost to what it died of if that dies as well', () => {
    const rig = waitingAtPeer();
    rig.crash(A);
    rig.crash(B);
    rig.runTo(17 * SECOND);
    expect(rig.fates()).toEqual(['holderCrashed']);
    const expired = waitingAtPeer({ hints: { ttl: seconds(19) } });
    expired.runTo(21 * SECOND);
    expect([waiting(expired), expired.fates()]).toEqual([0, ['pending']]);
    expired.crash(B);
    expired.runTo(22 * SECOND);
    expect(expired.fates()).toEqual(['expired']);
  });

  it('stays delivered if it was applied before it died', () => {
    const rig = waitingAtPeer({ hints: { ttl: seconds(19) } });
    rig.backends.setStalled(B, false);
    rig.runTo(19 * SECOND);
    expect([waiting(rig), rig.fates()]).toEqual([1, ['delivered']]);
    rig.runTo(21 * SECOND);
    expect([waiting(rig), rig.fates()]).toEqual([0, ['delivered']]);
    expect(totals(rig)).toMatchObject({ delivered: 1, expired: 0 });
  });
});

describe('replay into a slow receiver (handoff-systems §11, scenario 8)', () => {
  /** Five senders with 2 000 hints each; the receiver executes 200 a second, in order, late or not. */
  const storm = (drain: RigPolicy['drain']): HandoffRig => {
    const rig = new HandoffRig({
      nodes: 6,
      drain: { ack: 'each', interval: seconds(10), timeout: seconds(2), retryAfter: seconds(1), ...drain },
      service: { time: { kind: 'constant', value: 5 * MILLISECOND } },
    });
    rig.runTo(1);
    for (let sender = 1; sender < 6; sender++) keepMany(rig, sender, A, 2_000);
    return rig;
  };
  const backlog = (rig: HandoffRig): number => [1, 2, 3, 4, 5].reduce((sum, sender) => sum + waiting(rig, sender), 0);

  it('live-locks with 128 hints in flight each: they time out in the queue and are sent again for ever', () => {
    const rig = storm({ concurrency: 128 });
    rig.runTo(20 * SECOND);
    const atFirst = backlog(rig);
    expect(atFirst).toBeGreaterThan(9_000);
    rig.runTo(620 * SECOND);
    expect(atFirst - backlog(rig)).toBeLessThan(60); // less than one hint acknowledged in ten seconds
    expect(totals(rig).redelivered).toBeGreaterThan(100_000);
  });

  it('drains at the speed of the receiver with 8 in flight each, which wait 200 ms', () => {
    const rig = storm({ concurrency: 8 });
    // 10 000 hints at 200 a second from the first look at 10 s on: 50 s.
    rig.runTo(59 * SECOND);
    expect(backlog(rig)).toBeGreaterThan(0);
    rig.runTo(60 * SECOND + 200 * MILLISECOND);
    expect(backlog(rig)).toBe(0);
    expect(totals(rig)).toMatchObject({ delivered: 10_000, redelivered: 0 });
  });

  it('drains where the window adapts, though it may grow to 128', () => {
    const rig = storm({ concurrency: 128, adapt: 'aimd' });
    rig.runTo(300 * SECOND);
    expect(backlog(rig)).toBe(0);
  });
});

describe('what a session costs', () => {
  it('is as many events for each hint, however many there are: a throttle wakes it once', () => {
    // 20 hints a second of 10 bytes; four are under way at once, and each answer comes before the next may be sent.
    const eventsFor = (hints: number): number => {
      const rig = sessionRig({ throttle: 200 });
      keepMany(rig, A, B, hints);
      rig.runTo(60 * SECOND);
      expect(totals(rig)).toMatchObject({ delivered: hints });
      return rig.kernel.events;
    };
    const [ten, twenty, forty] = [10, 20, 40].map(eventsFor);
    expect((forty ?? 0) - (twenty ?? 0)).toBe(2 * ((twenty ?? 0) - (ten ?? 0)));
  });
});
