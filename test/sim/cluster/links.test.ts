/**
 * Links and their channels: what waits, what is refused, and what is lost when a node dies.
 */
import { describe, expect, it } from 'vitest';
import { HINT_REASONS } from '../../../sim/index.ts';
import { HandoffRig } from '../../support/handoff-rig.ts';
import { scenarioOf, traceOf } from '../../support/scenarios.ts';
import { runOf, when } from '../../support/small-runs.ts';

function cluster(channel: string, faults: string, detector = 'fixed: { down: 1h, up: 0s }'): string {
  return `
hintlab: 1
duration: 120s
nodes: [a, b, c]
consistency: DC_ONE
channel: { ${channel} }
detector: { ${detector} }
workload: { rate: 50/s, payload: 100B, coordinators: [a], from: 10s, until: 100s }
faults: ${faults}
`;
}

describe('a channel', () => {
  it('holds 256 requests for a peer that is dead and not convicted; the rest become hints (H16)', () => {
    // 50/s while the link is closed, 20.00 … 30.00 s (the write of 30.00 s comes before the link opens): 501 writes.
    // 256 wait in the channel, 245 are hinted.
    const { hints, totals, copies } = traceOf(
      scenarioOf(cluster('slots: 256, reconnect: 0s', '[{ crash: b, at: 20s, for: 10s }]'), ['record=full']),
    );
    expect(totals.hints.stored).toBe(245);
    expect(new Set(hints.reason)).toEqual(new Set([HINT_REASONS.indexOf('channelFull')]));
    // What waited leaves at once when the link opens at 30 s: the stale ones arrive first, in order.
    const waited = copies.appliedAt.filter(
      (at, row) => copies.replica[row] === 1 && copies.hint[row] === -1 && at === 30_001_000,
    );
    expect(waited).toHaveLength(256);
    expect(totals.messages.dropped).toBe(0);
  });

  it('loses what is on the wire when its receiver dies', () => {
    // A latency of 100 ms keeps the five writes of 19.92 … 20.00 s on the wire to b when it dies at 20.01 s.
    const text = cluster('slots: 256, reconnect: 0s', '[{ crash: b, at: 20.01s, for: 10s }]').replace(
      'workload:',
      'network: { latency: { near: 100ms } }\nworkload:',
    );
    const { totals } = traceOf(scenarioOf(text));
    expect(totals.messages.dropped).toBe(5);
  });

  it('ships no more than its slots in one sweep, however fast the link (H19)', () => {
    // b dies at 20 s and is Down after the write of that instant: 20.02 … 30.00 s is 500 hints. From 30 s on b is
    // Normal and each sweep ships 100.
    const { hints } = traceOf(
      scenarioOf(
        cluster('slots: 100, reconnect: 0s', '[{ crash: b, at: 20s, for: 10s }]', 'fixed: { down: 0s, up: 0s }'),
        ['record=full'],
      ),
    );
    expect(hints.write).toHaveLength(500);
    const perSweep = new Map<number, number>();
    for (const at of hints.leftAt) perSweep.set(at / 1e6, (perSweep.get(at / 1e6) ?? 0) + 1);
    expect([...perSweep]).toEqual([
      [30, 100],
      [60, 100],
      [90, 100],
      [120, 100],
      [Infinity, 100],
    ]);
  });

  it('takes no more in one event than its slots, and as many again in the next', () => {
    const rig = new HandoffRig({ channel: { slots: 4 } });
    rig.runTo(1);
    const link = rig.topology.link(0, 1);
    rig.occupy(0, 1, 3);
    expect([rig.links.room(link), rig.links.hasRoom(link)]).toEqual([1, true]);
    rig.occupy(0, 1, 1);
    expect([rig.links.room(link), rig.links.hasRoom(link)]).toEqual([0, false]);
    rig.runTo(2_000); // they arrive after a millisecond
    expect(rig.links.room(link)).toBe(4);
  });

  it('takes one message per message time when its link has a rate', () => {
    // 50 writes/s to b over a link of 25/s: the channel of 10 is full after a while, the surplus is hinted.
    const text = cluster('slots: 10, rate: 25/s', '[]');
    const { hints, copies } = traceOf(scenarioOf(text, ['record=full']));
    const toB = copies.appliedAt.filter(
      (at, row) => copies.replica[row] === 1 && copies.hint[row] === -1 && at < Infinity,
    );
    const gaps = new Set([...toB.toSorted()].slice(1).map((at, index) => at - (toB.toSorted()[index] ?? 0)));
    expect(gaps).toEqual(new Set([40_000]));
    expect(hints.reason.every((reason) => reason === HINT_REASONS.indexOf('channelFull'))).toBe(true);
    expect(hints.write.length).toBeGreaterThan(0);
  });

  it('ends with a clean close if nothing is on its connection, whatever was on the one before (H15)', () => {
    // A second on the wire: what leaves at 1 s dies with b at 1.2 s; by 1.5 s the new connection has carried nothing.
    const ends = (second: string): readonly number[] =>
      when(
        runOf(`
duration: 10s
nodes: [a, b]
detector: { fixed: { down: 10s, up: 0s, start: up } }
network: { latency: { near: 1s } }
channel: { reconnect: 0s, afterClose: ended }
requests: [{ at: 1s, set: k, on: a }${second}]
faults: [{ crash: b, at: 1.2s, for: 0.1s }, { stop: b, at: 1.5s, for: 0.1s }]
`),
        'linkEnded',
        0,
      );
    expect([ends(''), ends(', { at: 1.4s, set: l, on: a }')]).toEqual([[1.5], []]);
  });

  it('loses a hint that is on the wire when its receiver dies, and says so', () => {
    // Hinted from 20.02 to 29.00 s: 450; b is Normal at 29 s; the sweep of 30 s ships all of them, 1 ms away from b,
    // and b dies half a millisecond later.
    const faults = '[{ crash: b, at: 20s, for: 9s }, { crash: b, at: 30000.5ms, for: 80s }]';
    const { totals } = traceOf(
      scenarioOf(cluster('slots: 1000, reconnect: 0s', faults, 'fixed: { down: 0s, up: 0s }'), ['record=hints']),
    );
    expect(totals.hints.lost).toBe(450);
    expect(totals.lostBy.linkCut).toBe(450);
    expect(totals.hints.delivered).toBe(0);
  });

  it('takes the latency between datacentres for a peer in another one', () => {
    const text = `
hintlab: 1
duration: 5s
datacentres: { east: { r1: [a] }, west: { r1: [b] } }
network: { latency: { near: 1ms, far: 70ms } }
workload: { rate: 1/s, coordinators: [a] }
`;
    // The first heartbeats leave at 0 and make their senders Normal when they arrive.
    expect([...traceOf(scenarioOf(text)).beliefs.until]).toEqual([70_000, 70_000]);
  });

  it('delivers in order, requests and replies alike, however the latencies fall', () => {
    const text = `
hintlab: 1
duration: 60s
record: full
nodes: [a, b]
consistency: DC_QUORUM
network: { latency: { near: { uniform: [1ms, 2s] } }, timeout: 60s }
workload: { rate: 20/s, coordinators: [a], from: 5s, until: 30s }
`;
    const { copies, writes } = traceOf(scenarioOf(text));
    const arrivals = [...copies.appliedAt].filter((_, row) => copies.replica[row] === 1);
    expect(arrivals).toEqual(arrivals.toSorted((one, other) => one - other));
    expect([...writes.resolvedAt]).toEqual([...writes.resolvedAt].toSorted((one, other) => one - other));
  });

  it('gives every purpose its own luck: another drain interval leaves the latency of every write as it was', () => {
    const arrivals = ['30s', '45s'].map((interval) => {
      const { copies } = traceOf(
        scenarioOf(`
hintlab: 1
duration: 100s
record: full
nodes: [a, b]
drain: { interval: ${interval} }
network: { latency: { near: { exponential: 20ms } } }
detector: { fixed: { down: 0s, up: 0s } }
channel: { reconnect: 0s }
workload: { rate: 1/s, until: 80s, coordinators: [a] }
faults: [{ crash: b, at: 5500ms, for: 20s }]
`),
      );
      return [...copies.appliedAt].filter((_, row) => copies.replica[row] === 1 && copies.hint[row] === -1);
    });
    expect(arrivals[0]).toHaveLength(60);
    expect(arrivals[1]).toEqual(arrivals[0]);
  });
});
