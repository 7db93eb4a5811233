/** How fast a delivery session may go: the throttle to the microsecond, and the window that adapts. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { duration, instant } from '../../../core/index.ts';
import { DeliveryPace } from '../../../sim/cluster/delivery-pace.ts';
import { BARE_POLICY } from '../../support/bare-scenario.ts';
import { Reach } from '../../support/reach.ts';

const SECOND = 1_000_000;

describe('the pace of a session', () => {
  const pace = (drain: Partial<typeof BARE_POLICY.drain>, nodes = 2): DeliveryPace =>
    new DeliveryPace({ ...BARE_POLICY.drain, ...drain }, nodes);

  it('of Cassandra takes 3 072 s for 1 GiB in a cluster of 4, and 640 s for 128 MiB in one of 6 (H17)', () => {
    for (const [nodes, mebibytes, takes] of [
      [4, 1_024, 3_072],
      [6, 128, 640],
    ] as const) {
      const session = pace({ throttle: 1_024 * 1_024, throttleShared: true }, nodes);
      for (let hint = 0; hint < mebibytes * 1_024; hint++) session.pay(1, 1_024, instant(0));
      expect(session.freeAt(1)).toBe(takes * SECOND);
      expect(session.freeAt(2)).toBe(0);
    }
  });

  it('is exact over any hints, to the microsecond below', () => {
    const reach = new Reach<'fraction carried'>();
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 2, maxLength: 50, size: 'max' }),
        fc.integer({ min: 1, max: 100_000_000 }),
        fc.integer({ min: 2, max: 9 }),
        fc.integer({ min: 0, max: 3 }),
        (sizes, throttle, nodes, link) => {
          const session = pace({ throttle, throttleShared: true }, nodes);
          for (const size of sizes) session.pay(link, size, instant(0));
          const owed = BigInt(sizes.reduce((sum, size) => sum + size, 0) * (nodes - 1)) * 1_000_000n;
          expect(session.freeAt(link)).toBe(Number(owed / BigInt(throttle)));
          const alone = sizes.reduce((sum, size) => sum + Math.floor((size * (nodes - 1) * 1_000_000) / throttle), 0);
          reach.note('fraction carried', alone < session.freeAt(link));
        },
      ),
      { seed: 20_261_125, numRuns: 200 },
    );
    expect(reach.rarerThan(50, ['fraction carried'])).toEqual([]);
  });

  it('starts anew after a rest, and at once where nothing is throttled', () => {
    const session = pace({ throttle: 10 });
    session.pay(0, 10, instant(0));
    session.pay(0, 10, instant(5 * SECOND));
    expect(session.freeAt(0)).toBe(6 * SECOND);
    const free = pace({ throttle: 0 });
    free.pay(0, 10, instant(7));
    expect(free.freeAt(0)).toBe(0);
  });

  it.each([0, 3])(
    'of link %d waits twice as long after each failure in a row, up to a most, or always as long',
    (link) => {
      const session = pace({ retryAfter: duration(300), retryUpTo: duration(1_000) });
      const backOff = (at: number): number => session.backOff(link, instant(at));
      expect([backOff(0), backOff(300), backOff(900), backOff(1_900)]).toEqual([300, 600, 1_000, 1_000]);
      expect([session.isWaiting(link, instant(2_899)), session.isWaiting(link, instant(2_900))]).toEqual([true, false]);
      expect(session.isWaiting(1, instant(0))).toBe(false);
      session.grow(link);
      expect([backOff(3_000), backOff(3_300)]).toEqual([300, 600]);
      session.endRow(link);
      expect(backOff(4_000)).toBe(300);
      session.forget(link);
      expect([session.isWaiting(link, instant(4_001)), backOff(5_000)]).toEqual([false, 300]);
      const same = pace({ retryAfter: duration(300), retryUpTo: duration(0) });
      expect([same.backOff(link, instant(0)), same.backOff(link, instant(0))]).toEqual([300, 300]);
      expect(same.isWaiting(link, instant(1))).toBe(false);
    },
  );

  it('of a process that died owes nothing, and its next one nothing for it', () => {
    const session = pace({ throttle: 3 });
    session.pay(0, 10, instant(0)); // 3 1/3 s
    session.pay(1, 10, instant(0));
    session.forget(0);
    expect([session.freeAt(0), session.freeAt(1)]).toEqual([0, 3_333_333]);
    // Of the third of a microsecond that was over, nothing is left either: three times 1/3 would make one more.
    for (let hint = 0; hint < 2; hint++) session.pay(0, 10, instant(0));
    expect(session.freeAt(0)).toBe(6_666_666);
  });

  it.each([0, 1, 3])('of link %d adapts by a tenth of a hint and by halves, between 1 and the concurrency', (link) => {
    const session = pace({ adapt: 'aimd', concurrency: 3 });
    const grow = (acks: number): number => {
      for (let ack = 0; ack < acks; ack++) session.grow(link);
      return session.allowed(link);
    };
    expect([session.allowed(link), grow(9), grow(1), grow(10), grow(100)]).toEqual([1, 1, 2, 3, 3]);
    session.halve(link);
    expect([session.allowed(link), grow(5)]).toEqual([1, 2]); // 1.5, 2.0
    session.halve(link);
    session.halve(link);
    expect([session.allowed(link), grow(10)]).toEqual([1, 2]);
    session.forget(link);
    expect([session.allowed(link), grow(9)]).toEqual([1, 1]);
    expect(pace({ adapt: 'fixed', concurrency: 3 }).allowed(link)).toBe(3);
  });
});
