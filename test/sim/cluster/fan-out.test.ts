/**
 * Whom a request asks, and what its level counts from: scripted requests, worked out by hand. One way takes 1 ms, a
 * node's own backend 0.1 ms; beliefs follow the facts at once.
 */
import { describe, expect, it } from 'vitest';
import type { Trace } from '../../../sim/index.ts';
import { appliedAt, copiesOf, hintsOf, readsOf, runOf, toldOf } from '../../support/small-runs.ts';

const PLAIN = `
duration: 60s
detector: { fixed: { down: 0s, up: 0s } }
network: { latency: { local: 0.1ms, near: 1ms } }
`;

/** How long each read took, in milliseconds. */
function readTimes({ reads }: Trace): number[] {
  return [...reads.issuedAt].map((at, read) => ((reads.resolvedAt[read] ?? NaN) - at) / 1e3);
}

describe('a level', () => {
  it('of all datacentres counts replicas that are Down, though nobody asks them', () => {
    // Two of three are Down, and without handoff they are no targets. QUORUM takes two of three, not one of one.
    const told = (level: string): string[] =>
      toldOf(
        runOf(`${PLAIN}
nodes: [a, b, c]
hints: { enabled: false }
requests: [{ at: 10s, set: k, on: a, level: ${level} }]
faults: [{ crash: b, at: 1s }, { crash: c, at: 1s }]
`),
      );
    expect(told('QUORUM')).toEqual(['failed 0.1 ms']);
    expect(told('ONE')).toEqual(['acked 0.1 ms']);
    // Of the reference's own kind: the level counts from those that were asked.
    expect(told('DC_QUORUM')).toEqual(['acked 0.1 ms']);
  });
});

describe('a write without handoff', () => {
  it('misses the vote of a replica whose channel has no room', () => {
    // The first takes the one place towards b for a second; all of a and b are needed.
    const trace = runOf(`${PLAIN}
nodes: [a, b]
hints: { enabled: false }
channel: { slots: 1, rate: 1/s }
requests:
  - { at: 10s, set: k, on: a, level: DC_SAFE_QUORUM }
  - { at: 10.0005s, set: k, on: a, level: DC_SAFE_QUORUM }
`);
    expect(toldOf(trace)).toEqual(['acked 1002 ms', 'failed 0.1 ms']);
  });
});

describe('the messages of a run', () => {
  /** A write to b and c, while nothing gets from one side to the other. */
  const parted = (from: string, to: string): Trace =>
    runOf(`${PLAIN}
nodes: [a, b, c]
requests: [{ at: 10s, set: k, on: a, level: ONE }]
faults: [{ partition: [[${from}], [${to}]], oneWay: true, at: 5s }]
`);

  it('are delivered if they reached their node, whatever becomes of the answer', () => {
    const trace = parted('b', 'a');
    expect(appliedAt(trace, 0)).toEqual({ a: 10.0001, b: 10.001, c: 10.001 });
    expect(trace.totals.messages).toEqual({ sent: 2, delivered: 2, dropped: 0, refused: 0 });
  });

  it('are dropped if they did not', () => {
    const trace = parted('a', 'b');
    expect(appliedAt(trace, 0)).toEqual({ a: 10.0001, c: 10.001 });
    expect(trace.totals.messages).toEqual({ sent: 2, delivered: 1, dropped: 1, refused: 0 });
  });
});

describe('a read', () => {
  it('that its own datacentre cannot answer goes on to the next one, and from the last to the first', () => {
    // Each datacentre has a value of its own: writes reach one node each, since the others are cut off.
    const story = (on: string): string => `${PLAIN}
datacentres: { x: { r: [a] }, y: { r: [b] }, z: { r: [c] } }
hints: { enabled: false }
receiver: { conflict: timestamp }
reads: { answer: newest, repair: false }
requests:
  - { at: 10s, set: k, on: a, level: ONE }
  - { at: 11s, set: k, on: b, level: ONE }
  - { at: 12s, set: k, on: c, level: ONE }
  - { at: 30s, get: k, on: ${on}, level: TWO }
faults: [{ partition: [[a], [b, c]], at: 5s, for: 20s }, { partition: [[b], [c]], at: 5s, for: 20s }]
`;
    // Two of three are asked: its own and the next. Of their values the newer one answers.
    expect(['a', 'b', 'c'].map((on) => readsOf(runOf(story(on))))).toEqual([[1], [2], [2]]);
  });

  it('is refused before anybody is asked, where too few replicas are there and the policy says so', () => {
    const trace = runOf(`${PLAIN}
system: cassandra
nodes: [a, b, c]
requests: [{ at: 10s, get: k, on: a, level: ONE }, { at: 20s, get: k, on: a, level: QUORUM }]
faults: [{ crash: b, at: 1s }, { crash: c, at: 1s }]
`);
    expect([readsOf(trace), readTimes(trace)]).toEqual([
      [-1, 'failed'],
      [0.1, 0],
    ]);
  });

  it('asks nobody whose channel has no room, and fails at once where that one is needed', () => {
    // A message a second and one place: the first read takes it, and has its answer 1 002 ms later.
    const trace = runOf(`${PLAIN}
nodes: [a, b]
channel: { slots: 1, rate: 1/s }
requests:
  - { at: 10s, get: k, on: a, level: ALL }
  - { at: 10.0005s, get: k, on: a, level: ALL }
`);
    expect([readsOf(trace), readTimes(trace)]).toEqual([
      [-1, 'failed'],
      [1_002, 0.1],
    ]);
    expect(trace.totals.messages).toMatchObject({ sent: 1, refused: 1 });
  });

  it('of all asks every rack of another datacentre, from the first on', () => {
    const trace = runOf(`${PLAIN}
datacentres: { x: { r: [a] }, y: { r1: [b], r2: [c], r3: [d] } }
requests: [{ at: 10s, set: k, on: a, level: ALL }, { at: 20s, get: k, on: a, level: ALL }]
`);
    expect(readsOf(trace)).toEqual([0]);
    expect(trace.totals.messages).toMatchObject({ sent: 6, delivered: 6 });
  });

  it('that has nobody to ask fails at once', () => {
    const trace = runOf(`${PLAIN}
nodes: [a, b]
proxies: [p]
requests: [{ at: 10s, get: k, on: p, level: DC_ONE }]
faults: [{ crash: a, at: 1s }, { crash: b, at: 1s }]
`);
    expect([readsOf(trace), readTimes(trace)]).toEqual([['failed'], [0]]);
  });

  it('weighs nothing on a link with a bandwidth, whatever was written in its row before it', () => {
    // The write of 500 B takes half a second; the read a millisecond each way.
    const trace = runOf(`${PLAIN}
nodes: [a, b]
channel: { bandwidth: 1000B/s }
requests:
  - { at: 10s, set: k, on: a, size: 500B, level: DC_SAFE_QUORUM }
  - { at: 20s, get: k, on: a, level: DC_SAFE_QUORUM }
`);
    expect(toldOf(trace)).toEqual(['acked 502 ms']);
    expect([readsOf(trace), readTimes(trace)]).toEqual([[0], [2]]);
  });

  it('in the place of a replica that is Down weighs nothing either', () => {
    const trace = runOf(`${PLAIN}
system: riak
nodes: [a, b, c]
channel: { bandwidth: 1000B/s }
requests:
  - { at: 10s, set: k, on: a, size: 500B, level: ALL }
  - { at: 20s, get: k, on: a, level: ALL }
faults: [{ crash: b, at: 15s }]
`);
    // c is asked for itself and for b, of whom it has nothing.
    expect([readsOf(trace), readTimes(trace)]).toEqual([[0], [2]]);
  });
});

describe('a replica that is silent', () => {
  it('is hinted alone, though it is the last of 32', () => {
    const racks = (from: number): string =>
      Array.from({ length: 16 }, (_, rack) => `r${rack}: [n${from + rack}]`).join(', ');
    const trace = runOf(`${PLAIN}
system: cassandra
datacentres: { x: { ${racks(0)} }, y: { ${racks(16)} } }
requests: [{ at: 10s, set: k, on: n0, level: ONE }, { at: 10s, set: l, on: n0, level: ONE }]
faults: [{ stall: n31, at: 1s }]
`);
    expect(hintsOf(trace)).toEqual([
      '0 for n31 at n0, 12 s: timeout, pending',
      '1 for n31 at n0, 12 s: timeout, pending',
    ]);
  });

  it('was sent its copy, even if there is no room to have a hint of it kept', () => {
    // Links take a message a second. At 15 s the time of the first write is up, b has not answered, and the way to c, who
    // would keep its hint, is taken by the second write until 15.5 s.
    const trace = runOf(`${PLAIN}
system: voldemort
nodes: [a, b, c]
channel: { slots: 1, rate: 1/s }
requests: [{ at: 10s, set: k, on: a, level: ONE }, { at: 14.5s, set: l, on: a, level: ONE }]
faults: [{ stall: b, at: 1s }]
`);
    expect(copiesOf(trace, 0)).toEqual(['a: direct', 'b: direct', 'c: direct']);
    expect(hintsOf(trace)).toEqual(['1 for b at c, 20.501 s: timeout, pending']);
  });
});

describe('a coordinator that dies', () => {
  it('fails what it has not answered, at once, and nothing of another', () => {
    // Of a the first is answered after 0.1 ms, and the second would be after 2 ms; b hears no more of a for the third.
    const trace = runOf(`${PLAIN}
nodes: [a, b, c]
requests:
  - { at: 10s, set: k, on: a, level: DC_ONE }
  - { at: 10s, set: l, on: a, level: DC_SAFE_QUORUM }
  - { at: 10s, set: m, on: b, level: DC_QUORUM }
  - { at: 10s, get: k, on: a, level: DC_SAFE_QUORUM }
faults: [{ crash: a, at: 10000.5ms }]
`);
    expect(toldOf(trace)).toEqual(['acked 0.1 ms', 'failed 0.5 ms', 'acked 2 ms']);
    expect([readsOf(trace), readTimes(trace)]).toEqual([['failed'], [0.5]]);
  });

  it('fails the one of two that it has not answered', () => {
    const trace = runOf(`${PLAIN}
nodes: [a, b, c]
requests: [{ at: 10s, set: l, on: a, level: DC_SAFE_QUORUM }, { at: 10s, set: k, on: a, level: DC_ONE }]
faults: [{ crash: a, at: 10000.5ms }]
`);
    expect(toldOf(trace)).toEqual(['failed 0.5 ms', 'acked 0.1 ms']);
  });
});

describe('a connection that ends', () => {
  it.each([
    ['before the request is there', '10000.5ms', 2],
    ['while the answer is on its way back', '10001.5ms', 2],
    ['while the request waits at the other end', '11s }, { stall: b, at: 9s', 1_000],
  ])('%s, ends the wait for a vote that will not come', (_, at, millis) => {
    const trace = runOf(`${PLAIN}
nodes: [a, b, c]
requests:
  - { at: 10s, set: k, on: a, level: DC_SAFE_QUORUM }
  - { at: 10s, get: l, on: a, level: DC_SAFE_QUORUM }
faults: [{ crash: b, at: ${at} }]
`);
    // c answers after 2 ms, and once b cannot any more nobody is left who could.
    expect(toldOf(trace)).toEqual([`failed ${millis} ms`]);
    expect([readsOf(trace), readTimes(trace)]).toEqual([['failed'], [millis]]);
  });
});
