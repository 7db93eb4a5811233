/**
 * When a coordinator keeps a hint, and when it must not: one scripted write or two per case, worked out by hand.
 * One way takes 1 ms, a node's own backend 0.1 ms; beliefs follow the facts at once.
 */
import { describe, expect, it } from 'vitest';
import { appliedAt, copiesOf, heldOf, hintsOf, runOf, toldOf } from '../../support/small-runs.ts';

const PLAIN = `
duration: 60s
detector: { fixed: { down: 0s, up: 0s } }
network: { latency: { local: 0.1ms, near: 1ms } }
`;

describe('a replica that does not answer in time', () => {
  // c is stalled for good. ONE is answered by a itself, ALL never is; the timeout of this preset is 2 s.
  const silent = (when: string): string[] =>
    hintsOf(
      runOf(`${PLAIN}
system: cassandra
nodes: [a, b, c]
hints: { on: { timeout: ${when} } }
requests: [{ at: 10s, set: k, level: ONE }, { at: 20s, set: k, level: ALL }]
faults: [{ stall: c, at: 1s }]
`),
    );

  it('gets a hint always, only if the client was told OK, or never', () => {
    const [acked, failed] = ['0 for c at a, 12 s: timeout, pending', '1 for c at a, 22 s: timeout, pending'];
    expect(silent('always')).toEqual([acked, failed]);
    expect(silent('acked')).toEqual([acked]);
    expect(silent('never')).toEqual([]);
  });

  it('gets none from a coordinator that has died since: nobody is there to keep it', () => {
    // The write of 10 s is acknowledged at once; a is down from 11 s to 11.5 s, or for good, and its time is up at 12 s.
    for (const length of ['500ms', '20s']) {
      const trace = runOf(`${PLAIN}
system: cassandra
nodes: [a, b, c]
requests: [{ at: 10s, set: k, level: ONE }]
faults: [{ stall: c, at: 1s }, { crash: a, at: 11s, for: ${length} }]
`);
      expect([length, toldOf(trace), hintsOf(trace)]).toEqual([length, ['acked 0.1 ms'], []]);
    }
  });

  it('gets one if its channel had no room, and hints for that are off', () => {
    // The link takes a message a second: the second write finds the only place taken.
    const trace = runOf(`${PLAIN}
nodes: [a, b]
hints: { on: { channelFull: false, timeout: always } }
channel: { slots: 1, rate: 1/s }
requests: [{ at: 15s, set: k, level: DC_ONE }, { at: 15.1s, set: l, level: DC_ONE }]
`);
    expect(hintsOf(trace)).toEqual(['1 for b at a, 20.1 s: timeout, delivered']);
    expect(copiesOf(trace, 1)).toEqual(['a: direct', 'b: unsent']);
  });

  it('is hinted once: a hint that was refused when the write came is not offered again', () => {
    const { totals, refusals } = runOf(`${PLAIN}
system: cassandra
nodes: [a, b, c]
hints: { window: 5s }
requests: [{ at: 15s, set: k, level: ONE }]
faults: [{ crash: b, at: 1s }, { stall: c, at: 1s }]
`);
    expect(totals.hints).toMatchObject({ stored: 1, refusedByWindow: 1 });
    expect([...refusals.at]).toEqual([15_000_000]);
  });
});

describe('the in-flight guard (handoff-systems §3)', () => {
  it('refuses hints for the silent as well, each long after its write was accepted', () => {
    // c is silent from 1 s on; each write of 100 bytes is hinted 2 s after it, and takes 10 s to the disk of a. At 17.5 s
    // 95 bytes of the first hint are on their way: more than 50. So the second hint is refused, and, at 18 s, a write.
    // The guard is open again once the first hint is on disk, at 27 s.
    const trace = runOf(`${PLAIN}
system: scylla
nodes: [a, b, c]
hints: { inFlight: 50B, disk: { rate: 10B/s } }
requests:
  - { at: 15s, set: k, on: a, size: 100B, level: ONE }
  - { at: 15.5s, set: l, on: a, size: 100B, level: ONE }
  - { at: 18s, set: m, on: a, size: 100B, level: ONE }
  - { at: 28s, set: k, on: a, size: 100B, level: ONE }
faults: [{ stall: c, at: 1s }]
`);
    expect(toldOf(trace)).toEqual(['acked 0.1 ms', 'acked 0.1 ms', 'failed 0 ms', 'acked 0.1 ms']);
    expect(hintsOf(trace)).toEqual(['0 for c at a, 17 s: timeout, pending', '3 for c at a, 30 s: timeout, pending']);
    expect([...trace.refusals.at]).toEqual([17_500_000]);
    expect(trace.totals.hints).toMatchObject({ stored: 2, refusedByOverload: 1 });
    expect(copiesOf(trace, 1)).toEqual(['a: direct', 'b: direct', 'c: direct']);
  });

  it('refuses the second hint of one write, if the first made it too many and both peers have one on its way', () => {
    const trace = runOf(`${PLAIN}
system: scylla
nodes: [a, b, c]
hints: { inFlight: 250B, disk: { rate: 10B/s } }
requests:
  - { at: 15s, set: k, on: a, size: 100B, level: ONE }
  - { at: 16s, set: l, on: a, size: 100B, level: ONE }
faults: [{ crash: b, at: 1s }, { crash: c, at: 1s }]
`);
    // 200 bytes at 15 s, 190 at 16 s; with that of b 290.
    expect(copiesOf(trace, 1)).toEqual(['a: direct', 'b: hinted', 'c: overloaded']);
    expect(trace.totals.hints).toMatchObject({ stored: 3, refusedByOverload: 1 });
  });
});

describe('a hint that its peer drops, because it came too late', () => {
  it('dies of what it died of in its store meanwhile', () => {
    // b comes back at 20 s and stalls; what the look of 30 s sends is given up 2 s later. The hint expires at 40 s, with
    // its messages at b, which drops them at 50 s: only then is it sure that it was not applied.
    const trace = runOf(`${PLAIN}
nodes: [a, b]
hints: { ttl: 30s }
service: { late: drop }
drain: { ack: each, timeout: 2s, retryAfter: 5s }
requests: [{ at: 10s, set: k, on: a }]
faults: [{ crash: b, at: 1s, for: 19s }, { stall: b, at: 20s, for: 30s }]
`);
    expect(hintsOf(trace)).toEqual(['0 for b at a, 10 s: peerDown, expired']);
    expect(trace.totals.hints).toMatchObject({ expired: 1, pending: 0 });
  });
});

describe('a replica that answers with an error', () => {
  const loading = (on: string): string[] => {
    const trace = runOf(`${PLAIN}
system: cassandra
nodes: [a, b, c]
hints: { on: { error: ${on}, timeout: never } }
requests: [{ at: 10s, set: k, level: ONE }]
faults: [{ loading: c, at: 9s, for: 30s }]
`);
    expect(copiesOf(trace, 0)).toEqual(['a: direct', 'b: direct', 'c: direct, refusedByPeer']);
    return hintsOf(trace);
  };

  it('gets a hint when the error is back, a round trip after the request, and has it when it is ready', () => {
    expect(loading('true')).toEqual(['0 for c at a, 10.002 s: error, delivered']);
    expect(loading('false')).toEqual([]);
  });

  it('votes by its hint where hints are votes, and not where they are none', () => {
    const told = (vote: string): string[] =>
      toldOf(
        runOf(`${PLAIN}
nodes: [a, b]
hints: { vote: ${vote}, on: { error: true } }
requests: [{ at: 10s, set: k, level: ALL }]
faults: [{ loading: b, at: 9s, for: 30s }]
`),
      );
    expect(told('full')).toEqual(['acked 2 ms']);
    expect(told('none')).toEqual(['failed 2 ms']);
  });
});

describe('the order guard', () => {
  // b misses v1 and is back at 50 s; v2 comes at 52 s, v3 at 70 s; hints are looked at every 30 s.
  const late = (queued: boolean, duration: string): ReturnType<typeof runOf> =>
    runOf(
      `${PLAIN}
nodes: [a, b, c]
hints: { on: { queued: ${queued} } }
requests: [{ at: 40s, set: k }, { at: 52s, set: k }, { at: 70s, set: k }]
faults: [{ crash: b, at: 5s, until: 50s }]
`,
      `duration=${duration}`,
    );

  it('sends a write behind the hints that wait, and directly when none is left', () => {
    const trace = late(true, '120s');
    expect(hintsOf(trace)).toEqual([
      '0 for b at a, 40 s: peerDown, delivered',
      '1 for b at a, 52 s: queued, delivered',
    ]);
    expect([0, 1, 2].map((write) => appliedAt(trace, write).b)).toEqual([60.001, 60.001, 70.001]);
  });

  it('is what keeps a late hint from beating a newer write (H1)', () => {
    expect([heldOf(late(true, '65s')).b, heldOf(late(false, '65s')).b]).toEqual([1, 0]);
  });

  it('does not hold a node’s own writes behind a hint that nobody will drain', () => {
    // One request in service, no place to wait: the write at 3.005 s is hinted for a itself, the one at 5 s is not.
    const trace = runOf(
      `${PLAIN}
system: influxdb
nodes: [a]
hints: { self: true }
service: { time: 10ms, queue: 0 }
requests: [{ at: 3s, set: k, level: ONE }, { at: 3.005s, set: k, level: ONE }, { at: 5s, set: k, level: ONE }]
`,
    );
    expect(hintsOf(trace)).toEqual(['1 for a at a, 3.005 s: channelFull, pending']);
    expect(appliedAt(trace, 2)).toEqual({ a: 5.0101 });
  });
});

describe('the hint window', () => {
  it('closes when the peer has been Down for longer than it, and not a moment before', () => {
    const { totals, refusals } = runOf(`${PLAIN}
nodes: [a, b]
hints: { window: 10s }
requests: [{ at: 11s, set: k }, { at: 11.000001s, set: k }]
faults: [{ crash: b, at: 1s }]
`);
    expect(totals.hints).toMatchObject({ stored: 1, refusedByWindow: 1 });
    expect([...refusals.write]).toEqual([1]);
  });

  it('stays closed for a peer that keeps flapping only if it looks at the oldest hint', () => {
    const stored = (persistent: boolean): number =>
      runOf(`${PLAIN}
nodes: [a, b]
hints: { window: 10s, windowPersistent: ${persistent} }
drain: { enabled: false }
requests: [{ at: 2s, set: k }, { at: 21s, set: k }]
faults: [{ crash: b, at: 1s, for: 4s }, { crash: b, at: 20s }]
`).totals.hints.stored;
    expect([stored(false), stored(true)]).toEqual([2, 1]);
  });
});

describe('the in-flight guard', () => {
  it('refuses a write while too many bytes are on their way to disk for one of its replicas', () => {
    // 100 B/s: two hints of 200 B are on disk at 14 s. At 10.2 s 380 B are ahead, at 12 s no more than 200.
    const trace = runOf(`${PLAIN}
system: scylla
nodes: [a, b, c]
hints: { inFlight: 300B, disk: { rate: 100B/s } }
requests:
  - { at: 10s, set: k, size: 200B }
  - { at: 10.1s, set: k, size: 200B }
  - { at: 10.2s, set: k, size: 200B }
  - { at: 12s, set: k, size: 200B }
faults: [{ crash: b, at: 1s }]
`);
    expect(toldOf(trace)).toEqual(['acked 0.1 ms', 'acked 0.1 ms', 'failed 0 ms', 'acked 0.1 ms']);
    expect(copiesOf(trace, 2)).toEqual([]);
    expect(hintsOf(trace)).toHaveLength(3);
  });
});

describe('a node’s own replica', () => {
  it('is hinted when its backend has no room, and never drained (H13)', () => {
    // One request takes a second and one may wait: the third finds no place, and its hint is its vote.
    const trace = runOf(
      `${PLAIN}
nodes: [a]
service: { time: 1s, queue: 1 }
requests: [{ at: 10s, set: k }, { at: 10.1s, set: l }, { at: 10.2s, set: m }]
`,
      'duration=120s',
    );
    expect(hintsOf(trace)).toEqual(['2 for a at a, 10.2 s: channelFull, pending']);
    expect(toldOf(trace)).toEqual(['acked 1000.1 ms', 'acked 1900.1 ms', 'acked 0 ms']);
  });

  it('gets no hint where the policy keeps none for the node itself, as in InfluxDB: the others do as before', () => {
    // a's backend is busy from 10 s to 11 s with no place to wait; b, which owns the keys too, is away.
    const keeping = (self: boolean): ReturnType<typeof runOf> =>
      runOf(`${PLAIN}
system: influxdb
nodes: [a, b]
hints: { self: ${self} }
service: { time: 1s, queue: 0 }
requests: [{ at: 10s, set: k, level: ONE }, { at: 10.2s, set: l, level: ONE }]
faults: [{ stall: b, at: 1s }]
`);
    expect(copiesOf(keeping(true), 1)[0]).toBe('a: hinted');
    expect(copiesOf(keeping(false), 1)[0]).toBe('a: unsent');
    expect(hintsOf(keeping(true)).filter((hint) => hint.includes('for a'))).toHaveLength(1);
    expect(hintsOf(keeping(false)).filter((hint) => hint.includes('for a'))).toEqual([]);
    expect(hintsOf(keeping(false)).some((hint) => hint.includes('for b'))).toBe(true);
  });
});

describe('a link that ended', () => {
  // b stops cleanly at 10 s and is back at 15 s; nothing was under way between a and b.
  const stopped = (afterClose: string, more = ''): ReturnType<typeof runOf> =>
    runOf(
      `${PLAIN}
system: dynomite-durable
nodes: [a, b]
channel: { afterClose: ${afterClose} }
requests: [{ at: 30.5s, set: k }]
faults: [{ stop: b, at: 10s, for: 5s }${more}]
`,
      'duration=100s',
    );

  it('makes a hint of every write, and every sweep puts them back (H15)', () => {
    const trace = stopped('ended');
    expect(hintsOf(trace)).toEqual(['0 for b at a, 30.5 s: linkEnded, pending']);
    // Sweeps at 60 s and 90 s.
    expect(trace.totals.hints.requeued).toBe(2);
    expect(hintsOf(stopped('reconnect'))).toEqual([]);
  });

  it('is open again when the node at its near end starts anew', () => {
    const trace = stopped('ended', ', { crash: a, at: 70s, for: 1s }');
    expect(hintsOf(trace)).toEqual(['0 for b at a, 30.5 s: linkEnded, delivered']);
    expect(appliedAt(trace, 0).b).toBe(71.001);
  });

  it('does not end while a request is on its way: the driver has something pending', () => {
    const trace = runOf(
      `${PLAIN}
nodes: [a, b]
requests: [{ at: 9.9995s, set: k }, { at: 30.5s, set: k }]
faults: [{ stop: b, at: 10s, for: 5s }]
`,
      'duration=100s',
    );
    expect(hintsOf(trace)).toEqual([]);
    expect(appliedAt(trace, 1).b).toBe(30.501);
  });
});
