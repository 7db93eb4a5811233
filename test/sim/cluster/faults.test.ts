/**
 * Every kind of fault, begun and ended, with what it does in between: scripted writes, worked out by hand.
 * One way takes 1 ms, a node's own backend 0.1 ms; beliefs follow the facts at once unless a case says otherwise.
 */
import { describe, expect, it } from 'vitest';
import {
  appliedAt,
  copiesOf,
  heldOf,
  hintsOf,
  outagesOf,
  readsOf,
  runOf,
  toldOf,
  when,
} from '../../support/small-runs.ts';

const PLAIN = `
duration: 100s
detector: { fixed: { down: 0s, up: 0s } }
network: { latency: { local: 0.1ms, near: 1ms } }
`;

describe('a crash', () => {
  const hintsAfter = (system: string, crash: string): string[] =>
    hintsOf(
      runOf(`${PLAIN}
system: ${system}
nodes: [a, b]
drain: { enabled: false }
requests: [{ at: 2s, set: k }, { at: 40s, set: k }]
faults: [{ crash: b, at: 1s }, { crash: a, at: 50s, for: 5s${crash} }]
`),
    ).map((hint) => hint.split(', ').at(-1) ?? '');

  it('takes hints in memory, and none that were written', () => {
    expect(hintsAfter('dynomite', '')).toEqual(['holderCrashed', 'holderCrashed']);
    expect(hintsAfter('dynomite-durable', '')).toEqual(['pending', 'pending']);
  });

  it('takes with the power what was not synced yet: 10 s old, with 30 s from one flush to the next (H22)', () => {
    expect(hintsAfter('dynomite-durable', ', power: true')).toEqual(['pending', 'holderCrashed']);
    // A sync for every append loses nothing.
    expect(hintsAfter('influxdb', ', power: true')).toEqual(['pending', 'pending']);
  });

  it('is seen as an outage, from its beginning to its end', () => {
    const trace = runOf(`${PLAIN}
nodes: [a, b]
requests: [{ at: 2s, set: k }]
faults: [{ crash: b, at: 10s, for: 5s, every: 20s, times: 2 }]
`);
    expect(outagesOf(trace, 'b')).toEqual([
      [10, 15],
      [30, 35],
    ]);
    expect([when(trace, 'faultBegan'), when(trace, 'faultEnded')]).toEqual([
      [10, 30],
      [15, 35],
    ]);
  });

  it('in the middle of an append spoils what is appended behind it, unless the tail is cut off (H21)', () => {
    const fates = (tornTail: string): string[] =>
      hintsOf(
        runOf(`${PLAIN}
system: dynomite-durable
nodes: [a, b]
hints: { disk: { tornTail: ${tornTail} } }
drain: { enabled: false }
requests: [{ at: 2s, set: k }, { at: 12s, set: k }, { at: 13s, set: k }]
faults: [{ crash: b, at: 1s }, { crash: a, at: 10s, for: 1s, torn: 6B }, { crash: a, at: 20s, for: 1s }]
`),
      ).map((hint) => hint.split(', ').at(-1) ?? '');
    expect(fates('kept')).toEqual(['pending', 'tornTail', 'tornTail']);
    expect(fates('truncated')).toEqual(['pending', 'pending', 'pending']);
  });
});

describe('a graceful stop', () => {
  it('is known to the peers as soon as the goodbye is there, and undone by the next look at phi (H17)', () => {
    const { beliefs } = runOf(`
duration: 100s
nodes: [a, b]
detector: { phi: { gossip: 1s } }
network: { latency: { near: 1ms } }
requests: [{ at: 90s, set: k }]
faults: [{ stop: b, at: 40.5s }]
`);
    const ofA = [...beliefs.from].flatMap((from, row) =>
      beliefs.observer[row] === 0 ? [[from / 1e6, (beliefs.until[row] ?? 0) / 1e6]] : [],
    );
    expect(ofA).toHaveLength(3);
    const [, goodbye, conviction] = ofA;
    expect(goodbye?.[0]).toBe(40.501);
    expect(goodbye?.[1]).toBeLessThanOrEqual(41.501);
    // Silence since the last heartbeat, within a second before the stop: 18.42 times the mean of 1 s, at the next look.
    expect(conviction?.[0]).toBeGreaterThan(39.5 + 18.42);
    expect(conviction?.[0]).toBeLessThanOrEqual(40.5 + 18.43 + 1);
  });

  it('tears nothing: what is appended after it is read back, be the tail of a segment kept or not', () => {
    const trace = runOf(`${PLAIN}
system: dynomite-durable
nodes: [a, b]
hints: { disk: { tornTail: kept } }
drain: { enabled: false }
requests: [{ at: 5s, set: k }, { at: 15s, set: k }]
faults: [{ crash: b, at: 1s }, { stop: a, at: 10s, for: 1s }, { crash: a, at: 20s, for: 1s }]
`);
    expect(hintsOf(trace).map((hint) => hint.split(', ').at(-1))).toEqual(['pending', 'pending']);
  });

  it('sends each peer one goodbye, whoever stops', () => {
    for (const node of ['a', 'b', 'c']) {
      const { totals } = runOf(`${PLAIN}
nodes: [a, b, c]
requests: []
faults: [{ stop: ${node}, at: 10s }]
`);
      expect([node, totals.messages]).toEqual([node, { sent: 2, delivered: 2, dropped: 0, refused: 0 }]);
    }
  });

  it('takes hints in memory, and writes those for the disk out first', () => {
    const fate = (durability: string): string | undefined =>
      hintsOf(
        runOf(`${PLAIN}
nodes: [a, b]
hints: { disk: { durability: ${durability}, flush: 30s } }
drain: { enabled: false }
requests: [{ at: 9s, set: k }]
faults: [{ crash: b, at: 1s }, { stop: a, at: 10s, for: 1s }]
`),
      )[0]
        ?.split(', ')
        .at(-1);
    expect([fate('ram'), fate('buffered')]).toEqual(['holderCrashed', 'pending']);
  });

  it('says goodbye for the process that stops, not for the one that is there when the goodbye arrives', () => {
    // Stopped for 1 ms, on a link of 30 ms: b is back before a hears of it.
    const trace = runOf(`
duration: 60s
nodes: [a, b]
detector: { fixed: { down: 0s, up: 0s } }
channel: { afterClose: reconnect, reconnect: 0s }
network: { latency: { near: 30ms } }
requests: [{ at: 15s, set: k }]
faults: [{ stop: b, at: 10s, for: 1ms }]
`);
    expect(hintsOf(trace)).toEqual([]);
    expect(appliedAt(trace, 0).b).toBe(15.03);
  });
});

describe('a backend', () => {
  it('refuses while it loads, and from then on no more', () => {
    const trace = runOf(`${PLAIN}
nodes: [a, b]
requests: [{ at: 10s, set: k }, { at: 20s, set: l }]
faults: [{ loading: b, at: 5s, until: 20s }]
`);
    expect(copiesOf(trace, 0)).toEqual(['a: direct', 'b: direct, refusedByPeer']);
    expect(appliedAt(trace, 1).b).toBe(20.001);
  });

  it('that stalls executes all that waited when it thaws', () => {
    const trace = runOf(`${PLAIN}
nodes: [a, b]
requests: [{ at: 10s, set: k }, { at: 11s, set: l }, { at: 30s, set: m }]
faults: [{ stall: b, at: 5s, for: 15s }]
`);
    expect([0, 1, 2].map((write) => appliedAt(trace, write).b)).toEqual([20, 20, 30.001]);
  });

  it('that is slow takes as many times as long, and so does the way to it', () => {
    const trace = runOf(`${PLAIN}
nodes: [a]
service: { time: 10ms }
requests: [{ at: 10s, set: k }, { at: 20s, set: k }, { at: 30s, set: k }]
faults: [{ slow: a, factor: 5, at: 15s, for: 10s }]
`);
    expect(toldOf(trace)).toEqual(['acked 10.1 ms', 'acked 50.5 ms', 'acked 10.1 ms']);
  });
});

describe('the wire', () => {
  it('carries nothing either way through a partition, and all again when it heals', () => {
    const trace = runOf(`${PLAIN}
nodes: [a, b]
requests: [{ at: 10s, set: k, on: a }, { at: 11s, set: l, on: b }, { at: 30s, set: m, on: a }]
faults: [{ partition: [[a], [b]], at: 5s, for: 15s }]
`);
    expect(copiesOf(trace, 0)).toEqual(['a: direct', 'b: direct, messageLost']);
    expect(copiesOf(trace, 1)).toEqual(['a: direct, messageLost', 'b: direct']);
    expect(appliedAt(trace, 2)).toEqual({ a: 30.0001, b: 30.001 });
  });

  it('carries requests against a one-way partition, but not the replies to them', () => {
    const trace = runOf(`${PLAIN}
nodes: [a, b]
consistency: ALL
requests: [{ at: 10s, set: k, on: a }, { at: 11s, set: l, on: b }, { at: 30s, set: m, on: b }]
faults: [{ partition: [[a], [b]], oneWay: true, at: 5s, for: 15s }]
`);
    expect(copiesOf(trace, 0)).toEqual(['a: direct', 'b: direct, messageLost']);
    expect(appliedAt(trace, 1)).toEqual({ a: 11.001, b: 11.0001 });
    expect(toldOf(trace)).toEqual(['failed 5000 ms', 'failed 5000 ms', 'acked 2 ms']);
  });

  it('loses its share of messages in one direction alone', () => {
    const { messages } = runOf(`${PLAIN}
nodes: [a, b]
workload: { rate: 50/s, from: 10s, until: 50s, coordinators: [a] }
faults: [{ loss: 30%, from: [a], to: [b], at: 10s, for: 40s }]
`).totals;
    // 2 000 copies from a to b; replies go from b to a.
    const sigma = Math.sqrt(2_000 * 0.3 * 0.7);
    expect(Math.abs(messages.dropped - 600)).toBeLessThan(4 * sigma);
    expect(messages.sent - messages.dropped).toBe(messages.delivered);
  });
});

describe('a clock', () => {
  it('steps, and steps back', () => {
    const { writes } = runOf(`${PLAIN}
system: cassandra
nodes: [a]
requests: [{ at: 10s, set: k }, { at: 20s, set: k }, { at: 30s, set: k }]
faults: [{ clock: a, step: -15s, at: 15s, for: 10s }]
`);
    expect([...writes.timestamp]).toEqual([10_000_000, 5_000_000, 30_000_000]);
  });

  it('that is behind makes a newer write lose', () => {
    const trace = runOf(`${PLAIN}
system: cassandra
nodes: [a]
requests: [{ at: 10s, set: k }, { at: 20s, set: k }, { at: 21s, get: k }]
faults: [{ clock: a, step: -15s, at: 15s, for: 10s }]
`);
    expect([readsOf(trace), heldOf(trace), toldOf(trace)[1]]).toEqual([[0], { a: 0 }, 'acked 0.1 ms']);
  });
});

describe('hints', () => {
  it('are refused by a full disk, in silence, and taken again by one that is not', () => {
    const trace = runOf(`${PLAIN}
system: dynomite-durable
nodes: [a, b]
requests: [{ at: 10s, set: k }, { at: 30s, set: l }]
faults: [{ crash: b, at: 1s }, { diskFull: a, at: 5s, for: 20s }]
`);
    expect(trace.totals.hints).toMatchObject({ stored: 1, refusedByDisk: 1 });
    expect(copiesOf(trace, 0)).toEqual(['a: direct', 'b: diskRefused']);
    expect(toldOf(trace)).toEqual(['acked 0.1 ms', 'acked 0 ms']);
  });

  it('wait while their delivery is paused, for the first look after it', () => {
    const trace = runOf(`${PLAIN}
nodes: [a, b]
requests: [{ at: 5s, set: k }]
faults: [{ crash: b, at: 1s, for: 9s }, { pauseDrain: a, at: 15s, until: 75s }]
`);
    expect(appliedAt(trace, 0).b).toBe(90.001);
    // Looks at 0 s and 90 s; those at 30 s and 60 s do not take place.
    expect(when(trace, 'sweep', 0)).toEqual([0, 90]);
  });

  it('are gone with a holder that is replaced', () => {
    const trace = runOf(`${PLAIN}
system: dynomite-durable
nodes: [a, b]
requests: [{ at: 5s, set: k }]
faults: [{ crash: b, at: 1s, for: 80s }, { replace: a, at: 10s, for: 5s }]
`);
    expect(hintsOf(trace)).toEqual(['0 for b at a, 5 s: peerDown, holderReplaced']);
  });
});

describe('data', () => {
  it('outlives a crash, and not a replacement', () => {
    const held = (fault: string): Readonly<Record<string, number>> =>
      heldOf(
        runOf(`${PLAIN}
nodes: [a, b]
requests: [{ at: 5s, set: k }]
faults: [{ ${fault}: b, at: 10s, for: 5s }]
`),
      );
    expect([held('crash'), held('replace')]).toEqual([{ a: 0, b: 0 }, { a: 0 }]);
  });

  it('comes back from a late hint when its tombstone was collected before', () => {
    // v1 is hinted for b; the delete reaches all three directly; a's look at 60 s comes after the collection, or without.
    const held = (collect: string): Readonly<Record<string, number>> =>
      heldOf(
        runOf(`${PLAIN}
nodes: [a, b, c]
receiver: { conflict: timestamp, gcGrace: 10d }
requests: [{ at: 5s, set: k }, { at: 40s, delete: k }]
faults: [{ crash: b, at: 1s, until: 35s }${collect}]
`),
      );
    expect(held('')).toEqual({ a: 1, b: 1, c: 1 });
    expect(held(', { collect: b, at: 50s }')).toEqual({ a: 1, b: 0, c: 1 });
  });
});

describe('a lossy link', () => {
  it('loses what is sent over it from its beginning to its end, and nothing after', () => {
    const trace = runOf(`${PLAIN}
nodes: [a, b]
requests: [{ at: 15s, set: k, on: a }, { at: 25s, set: l, on: a }]
faults: [{ loss: 100%, from: [a], to: [b], at: 10s, for: 10s }, { loss: 50%, from: [b], to: [a], at: 10s, for: 80s }]
`);
    expect([appliedAt(trace, 0), appliedAt(trace, 1)]).toEqual([{ a: 15.0001 }, { a: 25.0001, b: 25.001 }]);
  });
});

describe('a backend that is loading when hints are shipped to it', () => {
  it('costs those that ask for no acknowledgement, each for that cause (H7)', () => {
    // The look of 30 s finds b up again; its backend answers with errors.
    const trace = runOf(`${PLAIN}
nodes: [a, b]
requests: [{ at: 15s, set: k, on: a }, { at: 16s, set: l, on: a }]
faults: [{ crash: b, at: 10s, for: 10s }, { loading: b, at: 20s, for: 20s }]
`);
    expect(hintsOf(trace)).toEqual([
      '0 for b at a, 15 s: peerDown, refusedByPeer',
      '1 for b at a, 16 s: peerDown, refusedByPeer',
    ]);
    expect(trace.totals.hints).toMatchObject({ lost: 2, pending: 0 });
  });
});

describe('a backend that was stalled', () => {
  it('drops a read that comes too late, and no copy of a write with it', () => {
    const trace = runOf(`${PLAIN}
system: cassandra
nodes: [a, b]
service: { late: drop }
requests: [{ at: 10s, get: k, on: a, level: ALL }]
faults: [{ stall: b, at: 9s, for: 10s }]
`);
    expect(readsOf(trace)).toEqual(['failed']);
    expect(when(trace, 'copyDropped')).toEqual([]);
  });

  it('drops a write that comes too late, where the policy says so, and that is the end of no hint', () => {
    const trace = runOf(`${PLAIN}
system: cassandra
nodes: [a, b]
hints: { on: { timeout: never } }
service: { late: drop }
requests: [{ at: 10s, set: k, on: a, level: ONE }]
faults: [{ stall: b, at: 9s, for: 10s }]
`);
    expect(copiesOf(trace, 0)).toEqual(['a: direct', 'b: direct, tooLate']);
    expect(trace.totals.hints).toMatchObject({ stored: 0, delivered: 0, expired: 0, lost: 0, pending: 0 });
  });
});

describe('a delivery that fails', () => {
  it('is tried again after its wait, long before the next look', () => {
    // The look of 60 s finds b loading, which it is until 60.5 s; the next one would come at 120 s.
    const trace = runOf(`${PLAIN}
nodes: [a, b]
drain: { ack: each, interval: 60s, retryAfter: 1s }
requests: [{ at: 15s, set: k, on: a }]
faults: [{ crash: b, at: 10s, for: 10s }, { loading: b, at: 20s, until: 60.5s }]
`);
    expect(hintsOf(trace)).toEqual(['0 for b at a, 15 s: peerDown, delivered']);
    // Refused after 2 ms, tried a second later, and there after another.
    expect(appliedAt(trace, 0).b).toBe(61.003);
  });
});
