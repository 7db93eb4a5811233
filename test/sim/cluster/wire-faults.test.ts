/**
 * Partitions and lossy links: what they swallow, and to whom and when that is told.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { END_OF_TIME, instant, peerIndex } from '../../../core/index.ts';
import { HINT, READ, REPLY_TO_WRITE, WRITE } from '../../../sim/cluster/messages.ts';
import type { LossFault, PartitionFault } from '../../../sim/scenario/model/fault.ts';
import { Reach } from '../../support/reach.ts';
import { wired } from '../../support/wired.ts';
import type { Wired } from '../../support/wired.ts';

const SPAN = { from: instant(0), until: END_OF_TIME, cause: '' };

function partition(sources: number[], targets: number[], isTwoWay = false): PartitionFault {
  return {
    ...SPAN,
    kind: 'partition',
    sources: sources.map((node) => peerIndex(node)),
    targets: targets.map((node) => peerIndex(node)),
    isTwoWay,
  };
}

function loss(share: number): LossFault {
  return { ...SPAN, kind: 'loss', sources: [peerIndex(0)], targets: [peerIndex(1)], share };
}

describe('a partition', () => {
  it('swallows what leaves in its direction, and tells at that instant; the other way is open', () => {
    const cluster = wired();
    cluster.links.setPartition(0, partition([0], [1, 2]), true);
    cluster.runTo(500);
    cluster.send(0, 1, WRITE, { value: 7 });
    cluster.send(1, 0, WRITE, { value: 8 });
    cluster.send(2, 1, WRITE, { value: 9 });
    cluster.runTo(5_000);
    expect(cluster.losses).toEqual([{ at: 500, kind: WRITE, from: 0, to: 1, value: 7, cause: 'messageLost' }]);
    expect(cluster.arrivals.map(({ at, value }) => [at, value])).toEqual([
      [1_500, 8],
      [1_500, 9],
    ]);
  });

  it('is over when it ends, and so is a loss', () => {
    const cluster = wired();
    const everything = loss(1);
    cluster.links.setPartition(9, partition([1], [2]), true); // all the while, elsewhere
    cluster.links.setPartition(0, partition([0], [1]), true);
    cluster.links.setLoss(1, everything, true);
    cluster.send(0, 1, WRITE, { value: 1 });
    cluster.links.setPartition(0, partition([0], [1]), false);
    cluster.send(0, 1, WRITE, { value: 2 });
    cluster.links.setLoss(1, everything, false);
    cluster.send(0, 1, WRITE, { value: 3 });
    cluster.runTo(5_000);
    expect(cluster.losses.map(({ value }) => value)).toEqual([1, 2]);
    expect(cluster.arrivals.map(({ value }) => value)).toEqual([3]);
    // Once more: the end of one has left nothing behind.
    cluster.links.setPartition(2, partition([0], [1]), true);
    cluster.send(0, 1, WRITE, { value: 4 });
    cluster.runTo(9_000);
    expect(cluster.losses.map(({ value }) => value)).toEqual([1, 2, 4]);
  });

  it('lets what is on the wire already arrive', () => {
    const cluster = wired();
    cluster.send(0, 1, WRITE);
    cluster.runTo(500);
    cluster.links.setPartition(0, partition([0], [1]), true);
    cluster.runTo(5_000);
    expect(cluster.arrivals).toHaveLength(1);
  });

  it('swallows replies that travel its way, over whichever connection', () => {
    const cluster = wired();
    cluster.keepsRows = true;
    cluster.links.setPartition(0, partition([1], [0]), true);
    const write = cluster.send(0, 1, WRITE);
    cluster.runTo(1_500);
    expect(cluster.arrivals).toHaveLength(1);
    cluster.reply(write, REPLY_TO_WRITE);
    cluster.runTo(5_000);
    expect(cluster.losses.map(({ at, kind }) => [at, kind])).toEqual([[1_500, REPLY_TO_WRITE]]);
  });

  it('holds while any of several that overlap holds, and cuts both ways if asked', () => {
    const cluster = wired();
    const [one, other] = [partition([0], [1]), partition([1, 2], [0], true)];
    cluster.links.setPartition(0, one, true);
    cluster.links.setPartition(1, other, true);
    const passes = (from: number, to: number): boolean => {
      const before = cluster.arrivals.length;
      cluster.send(from, to, WRITE);
      cluster.runTo(cluster.kernel.now + 2_000);
      return cluster.arrivals.length > before;
    };
    expect([passes(0, 1), passes(1, 0), passes(0, 2), passes(1, 2)]).toEqual([false, false, false, true]);
    cluster.links.setPartition(0, one, false);
    expect([passes(0, 1), passes(1, 0)]).toEqual([false, false]);
    cluster.links.setPartition(1, other, false);
    expect([passes(0, 1), passes(1, 0), passes(0, 2)]).toEqual([true, true, true]);
  });

  it('never tells of a loss within the call that sent the message', () => {
    const cluster = wired();
    cluster.links.setPartition(0, partition([0], [1]), true);
    cluster.send(0, 1, WRITE);
    cluster.send(0, 1, READ);
    expect(cluster.losses).toEqual([]);
    cluster.runTo(0);
    expect(cluster.losses.map(({ kind }) => kind)).toEqual([WRITE, READ]);
  });
});

describe('a lossy link', () => {
  /** Which of 10 000 messages arrive, and when, at one a millisecond. */
  function arrivalsUnder(...shares: number[]): Map<number, number> {
    const cluster = wired('order: free', 'near: { exponential: 20ms }');
    shares.forEach((share, index) => cluster.links.setLoss(index, loss(share), true));
    for (let value = 0; value < 10_000; value++) {
      cluster.send(0, 1, WRITE, { value });
      cluster.runTo((value + 1) * 1_000);
    }
    cluster.runTo(20_000_000);
    expect(cluster.arrivals.length + cluster.losses.length).toBe(10_000);
    return new Map(cluster.arrivals.map(({ at, value }) => [value, at]));
  }

  it('loses its share of messages, by lot, and leaves the latencies of all others as they were', () => {
    const intact = arrivalsUnder();
    expect(intact.size).toBe(10_000);
    const lossy = arrivalsUnder(0.25);
    expect(Math.abs(lossy.size - 7_500)).toBeLessThan(4 * Math.sqrt(10_000 * 0.25 * 0.75));
    for (const [value, at] of lossy) expect(intact.get(value)).toBe(at);
  });

  it('loses independently where two losses overlap: 1 − 0.8 · 0.5 = 0.6', () => {
    const lossy = arrivalsUnder(0.2, 0.5);
    expect(Math.abs(lossy.size - 4_000)).toBeLessThan(4 * Math.sqrt(10_000 * 0.6 * 0.4));
  });

  it('loses nothing at 0, all at 1, and nothing more once it is over', () => {
    expect(arrivalsUnder(0).size).toBe(10_000);
    expect(arrivalsUnder(1).size).toBe(0);
    const cluster = wired();
    cluster.links.setLoss(3, loss(1), true);
    cluster.links.setLoss(3, loss(1), false);
    cluster.send(0, 1, WRITE);
    cluster.runTo(2_000);
    expect(cluster.arrivals).toHaveLength(1);
  });
});

describe('messages', () => {
  it('sent are those that arrived, were lost, or still wait in a channel or on the wire, whatever breaks', () => {
    type Step = { readonly what: number; readonly one: number; readonly other: number; readonly wait: number };
    const reach = new Reach<'arrived' | 'messageLost' | 'linkCut' | 'waiting'>();
    const step = fc.record({
      what: fc.integer({ min: 0, max: 9 }),
      one: fc.integer({ min: 0, max: 2 }),
      other: fc.integer({ min: 1, max: 2 }),
      wait: fc.constantFrom(0, 400, 1_000, 30_000),
    });
    const act = (cluster: Wired, { what, one, other }: Step, count: number): boolean => {
      const to = (one + other) % 3;
      if (what === 9) {
        const fault = partition([one], [to], other === 1);
        cluster.links.setPartition(count, fault, true);
      } else if (what === 8)
        cluster.links.setLoss(count, { ...loss(0.5), targets: [peerIndex(1), peerIndex(2)] }, true);
      else if (what === 7) {
        if (cluster.nodes.isUp(one)) cluster.crash(one);
        else cluster.restart(one);
      } else if (cluster.nodes.isUp(one) && cluster.links.hasRoom(cluster.topology.link(one, to))) {
        cluster.send(one, to, [WRITE, HINT, READ][what % 3] ?? WRITE, { bytes: 100, value: count });
        return true;
      }
      return false;
    };
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200, size: 'max' }), fc.boolean(), (steps, isPaced) => {
        const cluster = wired(`${isPaced ? 'bandwidth: 100000B/s, ' : ''}reconnect: 1ms`);
        let sent = 0;
        steps.forEach((next, count) => {
          if (act(cluster, next, count)) sent++;
          cluster.runTo(cluster.kernel.now + next.wait);
        });
        cluster.runTo(cluster.kernel.now + 10_000_000);
        let waiting = 0;
        for (let link = 0; link < 9; link++) waiting += 256 - cluster.links.room(link);
        expect(cluster.recorder.counters.sent).toBe(sent);
        expect(cluster.arrivals.length + cluster.losses.length + waiting).toBe(sent);
        reach.note('arrived', cluster.arrivals.length > 0);
        reach.note(
          'messageLost',
          cluster.losses.some(({ cause }) => cause === 'messageLost'),
        );
        reach.note(
          'linkCut',
          cluster.losses.some(({ cause }) => cause === 'linkCut'),
        );
        reach.note('waiting', waiting > 0);
      }),
      { seed: 20_260_722, numRuns: 200 },
    );
    expect(reach.rarerThan(10, ['arrived', 'messageLost', 'linkCut', 'waiting'])).toEqual([]);
  });
});
