/**
 * Links on wires alone: bandwidth, order, latencies, a node's own backend, replay in a channel, and a clean close.
 */
import { describe, expect, it } from 'vitest';
import {
  GOODBYE,
  HEARTBEAT,
  HINT,
  KEEP,
  PEEK,
  READ,
  REPAIR,
  REPLY_TO_HINT,
  REPLY_TO_KEEP,
  REPLY_TO_PEEK,
  REPLY_TO_READ,
  REPLY_TO_WRITE,
  WRITE,
} from '../../../sim/cluster/messages.ts';
import { NONE } from '../../../sim/trace/trace.ts';
import { wired } from '../../support/wired.ts';

describe('a link with a bandwidth', () => {
  it('takes a message in message time and bytes over bandwidth, rounded up to whole microseconds', () => {
    // 1000 B at 300 B/s: 3 333 333.3 µs. 100/s: 10 000 µs a message. Latency 1000 µs.
    const cluster = wired('rate: 100/s, bandwidth: 300B/s');
    cluster.send(0, 1, WRITE, { bytes: 1_000 });
    cluster.send(0, 1, READ);
    cluster.runTo(10_000_000);
    expect(cluster.arrivals.map(({ at }) => at)).toEqual([3_344_334, 3_354_334]);
  });

  it('takes a microsecond for each message at a million a second', () => {
    const cluster = wired('rate: 1000000/s');
    for (let count = 0; count < 3; count++) cluster.send(0, 1, WRITE);
    cluster.runTo(5_000);
    expect(cluster.arrivals.map(({ at }) => at)).toEqual([1_001, 1_002, 1_003]);
  });

  it('keeps what waits in the channel, which fills up', () => {
    const cluster = wired('bandwidth: 1000B/s');
    const link = cluster.topology.link(0, 1);
    for (let count = 0; count < 256; count++) cluster.send(0, 1, WRITE, { bytes: 1_000 });
    expect(cluster.links.room(link)).toBe(0);
    cluster.runTo(1_000_000);
    expect(cluster.links.room(link)).toBe(1);
  });
});

describe('the order of a link', () => {
  it('is kept like that of TCP, or is each message’s own affair', () => {
    const orderUnder = (order: string): number[] => {
      const cluster = wired(`order: ${order}`, 'near: 1ms, write: 5ms, read: 2ms');
      cluster.send(0, 1, WRITE, { value: 1 });
      cluster.send(0, 1, READ, { value: 2 });
      cluster.runTo(10_000);
      return cluster.arrivals.flatMap(({ at, value }) => [value, at]);
    };
    expect(orderUnder('fifo')).toEqual([1, 5_000, 2, 5_000]);
    expect(orderUnder('free')).toEqual([2, 2_000, 1, 5_000]);
  });
});

describe('latencies by purpose', () => {
  it('go by what a message is; a purpose without a law of its own goes by distance', () => {
    const cluster = wired('order: free', 'near: 1ms, write: 2ms, ack: 3ms, read: 4ms, response: 5ms, replay: 6ms');
    cluster.keepsRows = true;
    const kinds = [WRITE, READ, HINT, HEARTBEAT, REPAIR, KEEP, GOODBYE, PEEK];
    const rows = kinds.map((kind) => cluster.send(0, 1, kind));
    cluster.runTo(10_000);
    const took = new Map(cluster.arrivals.map(({ kind, at }) => [kind, at]));
    expect(kinds.map((kind) => took.get(kind))).toEqual([2_000, 4_000, 6_000, 1_000, 2_000, 2_000, 1_000, 4_000]);
    const replies = [REPLY_TO_WRITE, REPLY_TO_READ, REPLY_TO_HINT, REPLY_TO_KEEP, REPLY_TO_PEEK];
    replies.forEach((kind, index) => cluster.reply(rows[index] ?? NONE, kind));
    cluster.runTo(20_000);
    const back = new Map(cluster.arrivals.map(({ kind, at }) => [kind, at - 10_000]));
    expect(replies.map((kind) => back.get(kind))).toEqual([3_000, 5_000, 3_000, 3_000, 5_000]);
  });

  it('have luck of their own: repairs and answers to replay leave those of writes as they were', () => {
    const writesBeside = (others: number[]): number[] => {
      const cluster = wired('order: free', 'near: { exponential: 20ms }');
      for (let value = 0; value < 50; value++) {
        for (const kind of others) cluster.send(0, 1, kind);
        cluster.send(0, 1, WRITE, { value });
      }
      cluster.runTo(10_000_000);
      return cluster.arrivals.filter(({ kind }) => kind === WRITE).map(({ value, at }) => value * 1e9 + at);
    };
    expect(new Set(writesBeside([])).size).toBe(50);
    expect(writesBeside([REPAIR, HINT, HEARTBEAT])).toEqual(writesBeside([]));
  });
});

describe('a node’s way to its own backend', () => {
  it('takes local latency, in order, times the factor of a slow node', () => {
    const cluster = wired('', 'local: 100us, near: 1ms');
    cluster.links.setSlow(0, 10);
    cluster.send(0, 0, WRITE, { value: 1 });
    cluster.runTo(50);
    cluster.links.setSlow(0, 1);
    cluster.send(0, 0, WRITE, { value: 2 });
    cluster.send(1, 1, WRITE, { value: 3 });
    cluster.runTo(5_000);
    // The second was handed over at 50 and would be there at 150, but for the slow one ahead of it.
    expect(cluster.arrivals.map(({ value, at }) => [value, at])).toEqual([
      [3, 150],
      [1, 1_000],
      [2, 1_000],
    ]);
    expect(cluster.recorder.counters.sent).toBe(0);
  });

  it.each(['crash', 'stop'] as const)('ends with the process, be it by a %s', (how) => {
    const cluster = wired('', 'local: 100us');
    cluster.send(0, 0, WRITE);
    cluster[how](0);
    cluster.restart(0);
    cluster.runTo(5_000);
    expect(cluster.losses.filter(({ kind }) => kind === WRITE)).toHaveLength(1);
    expect(cluster.arrivals.filter(({ kind }) => kind === WRITE)).toEqual([]);
  });
});

describe('replay in a channel', () => {
  it('is seen while a hint waits, and in the event in which one left', () => {
    const open = wired();
    const link = open.topology.link(0, 1);
    open.send(0, 1, WRITE);
    expect(open.links.carriesReplay(link)).toBe(false);
    open.send(0, 1, HINT);
    expect(open.links.carriesReplay(link)).toBe(true);
    open.runTo(500);
    expect(open.links.carriesReplay(link)).toBe(false);
    const paced = wired('rate: 1/s');
    paced.send(0, 1, WRITE);
    paced.send(0, 1, HINT);
    paced.runTo(1_500_000);
    expect(paced.links.carriesReplay(link)).toBe(true);
    paced.runTo(3_500_000);
    expect(paced.links.carriesReplay(link)).toBe(false);
  });
});

describe('a clean close', () => {
  it('delivers what the stopped node had put on the wire, requests and replies; what was on its way to it is lost', () => {
    const cluster = wired();
    cluster.keepsRows = true;
    const asked = cluster.send(1, 0, READ, { value: 1 });
    cluster.runTo(1_500);
    cluster.reply(asked, REPLY_TO_READ);
    cluster.send(0, 1, WRITE, { value: 2 });
    cluster.send(1, 0, WRITE, { value: 3 });
    cluster.stop(0);
    cluster.runTo(5_000);
    const kinds = cluster.arrivals.filter(({ at }) => at === 2_500).map(({ kind }) => kind);
    expect(kinds).toEqual([REPLY_TO_READ, WRITE, GOODBYE, GOODBYE]);
    expect(cluster.losses.map(({ value, cause }) => [value, cause])).toEqual([[3, 'linkCut']]);
  });

  it('cuts the answer to a request of the stopped node', () => {
    const cluster = wired();
    cluster.keepsRows = true;
    const asked = cluster.send(0, 1, READ);
    cluster.runTo(500);
    cluster.stop(0);
    cluster.runTo(1_500);
    cluster.reply(asked, REPLY_TO_READ);
    cluster.runTo(5_000);
    expect(cluster.losses.map(({ kind }) => kind)).toEqual([REPLY_TO_READ]);
  });

  const ended = 'reconnect: 1s, afterClose: ended';

  it('ends an idle link for good where the policy says so (handoff-systems H15), until its near end starts anew', () => {
    const cluster = wired(ended);
    const link = cluster.topology.link(1, 0);
    cluster.send(1, 0, WRITE);
    cluster.runTo(5_000);
    cluster.stop(0);
    expect(cluster.links.isEnded(link)).toBe(true);
    expect(cluster.links.hasRoom(link)).toBe(false);
    cluster.restart(0);
    cluster.runTo(10_000_000);
    expect(cluster.links.isEnded(link)).toBe(true);
    expect(cluster.links.isEnded(cluster.topology.link(0, 1))).toBe(false);
    cluster.crash(1);
    cluster.restart(1);
    expect(cluster.links.isEnded(link)).toBe(false);
    expect(cluster.links.hasRoom(link)).toBe(true);
  });

  it.each([
    ['a request on the wire', 500, false],
    ['an answer on its way back', 1_500, true],
  ])('leaves a link to be opened again that carries %s', (_, at, replies) => {
    const cluster = wired(ended);
    cluster.keepsRows = true;
    const asked = cluster.send(1, 0, READ);
    cluster.runTo(at);
    if (replies) cluster.reply(asked, REPLY_TO_READ);
    cluster.stop(0);
    expect(cluster.links.isEnded(cluster.topology.link(1, 0))).toBe(false);
    expect(cluster.links.isEnded(cluster.topology.link(2, 0))).toBe(true);
    cluster.restart(0);
    cluster.runTo(2_000_000);
    cluster.send(1, 0, WRITE, { value: 5 });
    cluster.runTo(2_002_000);
    expect(cluster.arrivals.at(-1)?.value).toBe(5);
  });

  it('ends a link that carries a heartbeat and nothing else: nobody waits for that', () => {
    for (const [kind, isEnded] of [
      [HEARTBEAT, true],
      [GOODBYE, true],
      [WRITE, false],
      [HINT, false],
    ] as const) {
      const cluster = wired(ended);
      cluster.send(1, 0, kind);
      cluster.runTo(500);
      cluster.stop(0);
      expect(cluster.links.isEnded(cluster.topology.link(1, 0))).toBe(isEnded);
    }
  });

  it('is followed by a reconnection where the policy says so', () => {
    const cluster = wired('reconnect: 1s, afterClose: reconnect');
    cluster.stop(0);
    cluster.restart(0);
    cluster.send(1, 0, WRITE, { value: 5 });
    cluster.runTo(2_000_000);
    expect(cluster.arrivals.at(-1)).toMatchObject({ at: 1_001_000, value: 5 });
  });
});
