/**
 * Who keeps a hint where it is not the coordinator (handoff-systems §4, §5): the next node after the peer that is taken for
 * `Normal`. One way takes 1 ms; a hint kept elsewhere is a message there and its answer back.
 */
import { describe, expect, it } from 'vitest';
import { ledger } from '../../../sim/check/index.ts';
import type { Trace } from '../../../sim/trace/index.ts';
import { appliedAt, copiesOf, hintsOf, readsOf, runOf, toldOf } from '../../support/small-runs.ts';

const PLAIN = `
duration: 60s
detector: { fixed: { down: 0s, up: 0s } }
network: { latency: { local: 0.1ms, near: 1ms } }
`;

describe('the holder of a hint', () => {
  const holders = (nodes: string, down: readonly string[], more = ''): string[] =>
    hintsOf(
      runOf(`${PLAIN}
system: riak
nodes: [${nodes}]
${more}
requests: [{ at: 10s, set: k, level: ONE }]
faults: [${down.map((node) => `{ crash: ${node}, at: 1s }`).join(', ')}]
`),
    );

  it('is the next of three nodes, which may be the coordinator itself', () => {
    expect(holders('a, b, c', ['b'])).toEqual(['0 for b at c, 10.001 s: peerDown, pending']);
    expect(holders('a, b, c', ['c'])).toEqual(['0 for c at a, 10 s: peerDown, pending']);
    expect(holders('a, b, c', ['b', 'c'])).toEqual([
      '0 for b at a, 10 s: peerDown, pending',
      '0 for c at a, 10 s: peerDown, pending',
    ]);
  });

  it('is the next of five that is up, for each peer on its own', () => {
    expect(holders('a, b, c, d, e', ['b', 'c'])).toEqual([
      '0 for b at d, 10.001 s: peerDown, pending',
      '0 for c at d, 10.001 s: peerDown, pending',
    ]);
    expect(holders('a, b, c, d, e', ['b', 'd'])).toEqual([
      '0 for b at c, 10.001 s: peerDown, pending',
      '0 for d at e, 10.001 s: peerDown, pending',
    ]);
  });

  it('may be a proxy, which owns no key', () => {
    expect(holders('a, b', ['b'], 'proxies: [p]')).toEqual(['0 for b at p, 10.001 s: peerDown, pending']);
  });

  it('delivers it to the peer when that is back', () => {
    const trace = runOf(`${PLAIN}
system: riak
nodes: [a, b, c]
drain: { interval: 10s }
requests: [{ at: 10s, set: k }]
faults: [{ crash: b, at: 1s, for: 20s }]
`);
    // c looks every 10 s; at 30 s the link to b, back at 21 s, has been open for 8 s.
    expect(hintsOf(trace)).toEqual(['0 for b at c, 10.001 s: peerDown, delivered']);
    expect(appliedAt(trace, 0)).toEqual({ a: 10.0001, c: 10.001, b: 30.001 });
  });
});

describe('a hint on its way to its holder', () => {
  it('is a vote when it is back, where hints are votes: both peers of a quorum may be one node', () => {
    const trace = runOf(`${PLAIN}
system: riak
nodes: [a, b, c]
requests: [{ at: 10s, set: k, level: ALL }]
faults: [{ crash: b, at: 1s }]
`);
    expect(toldOf(trace)).toEqual(['acked 2 ms']);
  });

  it('is lost with the message, and then its write fails at a level that needed it', () => {
    const trace = runOf(`${PLAIN}
system: riak
nodes: [a, b, c]
requests: [{ at: 10s, set: k, level: ALL }]
faults: [{ crash: b, at: 1s }, { partition: [[a], [c]], at: 5s, for: 10s }]
`);
    expect(hintsOf(trace)).toEqual([]);
    expect(copiesOf(trace, 0)).toEqual(['a: direct', 'b: hinted, messageLost', 'c: direct, messageLost']);
    expect(toldOf(trace)).toEqual(['failed 5000 ms']);
  });

  it('remembers why it is kept: because the channel had no room, not because its peer is Down', () => {
    // A message a second and one place: the second write finds no room towards b, and its hint is at p a second later.
    const trace = runOf(`${PLAIN}
system: voldemort
nodes: [a, b]
proxies: [p]
channel: { slots: 1, rate: 1/s }
requests: [{ at: 10s, set: k, level: ONE }, { at: 10.1s, set: l, level: ONE }]
`);
    expect(hintsOf(trace)[0]).toMatch(/^1 for b at p, 11\.101 s: channelFull/);
  });
});

describe('a hint whose holder is loading', () => {
  it('is refused as any request: that vote does not come, and its copy is over', () => {
    // The hint for b goes to c, which answers with an error after 2 ms; c refuses its own copy as well.
    const trace = runOf(`${PLAIN}
system: riak
nodes: [a, b, c]
hints: { on: { error: false } }
requests: [{ at: 10s, set: k, on: a, level: ALL }]
faults: [{ crash: b, at: 1s }, { loading: c, at: 5s }]
`);
    expect(hintsOf(trace)).toEqual([]);
    expect(copiesOf(trace, 0)).toEqual(['a: direct', 'b: hinted, refusedByPeer', 'c: direct, refusedByPeer']);
    expect(toldOf(trace)).toEqual(['failed 2 ms']);
  });
});

describe('a replica that is silent or refuses, where others keep hints', () => {
  it('has its hint kept by the next node, and one that was kept before is not kept twice', () => {
    // b is Down: c keeps its hint at once. d is stalled: after 5 s its hint goes to e. The level needs two votes.
    const trace = runOf(`${PLAIN}
system: voldemort
nodes: [a, b, c, d, e]
requests: [{ at: 10s, set: k, level: 2 }]
faults: [{ crash: b, at: 1s }, { stall: d, at: 1s }]
`);
    expect(hintsOf(trace)).toEqual([
      '0 for b at c, 10.001 s: peerDown, pending',
      '0 for d at e, 15.001 s: timeout, pending',
    ]);
    expect(toldOf(trace)).toEqual(['acked 2 ms']);
  });

  it('has it kept on an error as well', () => {
    const trace = runOf(`${PLAIN}
system: voldemort
nodes: [a, b, c]
requests: [{ at: 10s, set: k, level: 2 }]
faults: [{ loading: b, at: 1s }]
`);
    expect(hintsOf(trace)).toEqual(['0 for b at c, 10.003 s: error, pending']);
    expect(copiesOf(trace, 0)).toEqual(['a: direct', 'b: direct, refusedByPeer', 'c: direct']);
  });

  it('has it kept though its holder drops what comes too late: a hint outlives its request', () => {
    const trace = runOf(`${PLAIN}
system: voldemort
nodes: [a, b, c]
service: { late: drop }
requests: [{ at: 10s, set: k, level: ONE }]
faults: [{ stall: b, at: 1s }]
`);
    expect(hintsOf(trace)).toEqual(['0 for b at c, 15.001 s: timeout, pending']);
  });
});

describe('two hints of one key that meet at their holder', () => {
  // c keeps what b misses. Write 0 takes a millisecond to it from a, and meanwhile c has coordinated write 1.
  const race = (conflict: string): Trace =>
    runOf(`${PLAIN}
system: voldemort
nodes: [a, b, c]
receiver: { conflict: ${conflict} }
drain: { interval: 10s }
requests: [{ at: 15s, set: k, on: a }, { at: 15.0005s, set: k, on: c }]
faults: [{ crash: b, at: 1s, for: 20s }]
`);

  it('leave the one of the newer write, whichever came first', () => {
    for (const conflict of ['timestamp', 'vectorClock']) {
      const trace = race(conflict);
      expect(hintsOf(trace)).toEqual([
        '1 for b at c, 15.0005 s: peerDown, delivered',
        '0 for b at c, 15.001 s: peerDown, coalesced',
      ]);
      expect(ledger(trace)?.totals).toMatchObject({ present: 3, superseded: 3 });
    }
  });

  it('leave the one that came last, where writes have no versions', () => {
    const trace = race('arrival');
    expect(hintsOf(trace).map((hint) => hint.split(': ')[1])).toEqual(['peerDown, coalesced', 'peerDown, delivered']);
    expect(ledger(trace)?.missing.map(({ write, cause }) => [write, cause])).toContainEqual([1, 'coalesced']);
  });

  it('are one loss while the newer waits, and so is a third that comes after both', () => {
    const trace = runOf(`${PLAIN}
system: voldemort
nodes: [a, b, c]
requests: [{ at: 15s, set: k, on: a }, { at: 15.0005s, set: k, on: c }, { at: 16s, set: k, on: c }]
faults: [{ crash: b, at: 1s }]
`);
    expect(hintsOf(trace).map((hint) => hint.split(', ').at(-1))).toEqual(['coalesced', 'coalesced', 'pending']);
    expect(ledger(trace)?.missing.map(({ write, cause }) => [write, cause])).toEqual([
      [0, 'waiting'],
      [1, 'waiting'],
      [2, 'waiting'],
    ]);
  });
});

describe('a read in the place of a replica that is Down', () => {
  // The value is at a and b; b dies, and p keeps a hint of the second write for it. Then a dies, and p has to answer alone.
  const story = (system: string, more = ''): string => `${PLAIN}
system: ${system}
nodes: [a, b]
proxies: [p]
${more}
requests:
  - { at: 5s, set: k, on: a, level: ALL }
  - { at: 10s, set: k, on: a, level: ONE }
  - { at: 15s, get: k, on: p, level: ALL }
  - { at: 16s, get: k, on: p, level: ONE }
  - { at: 40s, get: k, on: p, level: ALL }
faults: [{ crash: b, at: 6s, for: 30s }, { crash: a, at: 12s, for: 24s }]
`;

  it('is answered by who keeps its hints, with the newest of what it has for it', () => {
    const trace = runOf(story('riak'));
    expect(hintsOf(trace)).toEqual(['1 for b at p, 10.001 s: peerDown, pending']);
    // ALL: nothing for a, write 1 for b. ONE: the first answer is that there is nothing. Later a and b are asked
    // themselves; b does not have write 1 yet, and the newest answers.
    expect(readsOf(trace)).toEqual([1, -1, 1]);
  });

  it('is answered with a hint to delete as a version of its own, newer than the value that another has', () => {
    // a refuses the delete, and gets no hint for that; p keeps it for b. Read from a itself and for b from p.
    const trace = runOf(`${PLAIN}
system: riak
nodes: [a, b]
proxies: [p]
hints: { on: { error: false } }
drain: { interval: 1h }
requests:
  - { at: 2s, set: k, on: a, level: ALL }
  - { at: 10s, delete: k, on: a, level: ONE }
  - { at: 20s, get: k, on: a, level: ALL }
faults: [{ crash: b, at: 5s }, { loading: a, at: 8s, for: 5s }]
`);
    expect(hintsOf(trace)).toEqual(['1 for b at p, 10.001 s: peerDown, pending']);
    expect(readsOf(trace)).toEqual([-1]);
  });

  it('is not asked elsewhere but where the policy says so', () => {
    expect(readsOf(runOf(story('voldemort')))).toEqual(['failed', 'failed', 1]);
    expect(readsOf(runOf(story('riak', 'reads: { fallback: false }')))).toEqual(['failed', 'failed', 1]);
  });

  it('is answered from queues of hints too, and by the coordinator where it keeps them', () => {
    const trace = runOf(`${PLAIN}
nodes: [a, b, c]
reads: { fallback: true }
requests:
  - { at: 10s, set: k, on: a }
  - { at: 11s, delete: l, on: a }
  - { at: 12s, increment: n, on: a }
  - { at: 15s, get: k, on: a, level: DC_SAFE_QUORUM }
  - { at: 16s, get: l, on: a, level: DC_SAFE_QUORUM }
  - { at: 17s, get: n, on: a, level: DC_SAFE_QUORUM }
  - { at: 18s, get: k, on: c, level: DC_SAFE_QUORUM }
faults: [{ crash: b, at: 1s }]
`);
    // All replies are alike, of a deleted key too; a hint to add one is no sum. c keeps nothing for b, and answers so.
    expect(readsOf(trace)).toEqual([0, -1, 'failed', 'failed']);
  });

  it('finds no hint that has left, by a sweep or by its acknowledgement', () => {
    for (const ack of ['none', 'each']) {
      // The hint of the write is delivered at 30 s. When b is away again, nothing is kept for it: its vote is no value.
      const trace = runOf(`${PLAIN}
nodes: [a, b, c]
reads: { fallback: true }
drain: { ack: ${ack} }
requests: [{ at: 10s, set: k, on: a }, { at: 45s, get: k, on: a, level: DC_SAFE_QUORUM }]
faults: [{ crash: b, at: 1s, for: 20s }, { crash: b, at: 40s }]
`);
      expect(hintsOf(trace)).toEqual(['0 for b at a, 10 s: peerDown, delivered']);
      expect([ack, readsOf(trace)]).toEqual([ack, ['failed']]);
    }
  });

  it('finds one that is on its way only where it is kept until its acknowledgement', () => {
    for (const [ack, answer] of [
      ['none', 'failed'],
      ['each', 0],
    ] as const) {
      // The look of 30 s sends the hint; b dies 0.3 ms later, and 0.2 ms after that a is asked for it.
      const trace = runOf(`${PLAIN}
nodes: [a, b, c]
reads: { fallback: true }
drain: { ack: ${ack} }
requests: [{ at: 10s, set: k, on: a }, { at: 30000.5ms, get: k, on: a, level: DC_SAFE_QUORUM }]
faults: [{ crash: b, at: 1s, for: 20s }, { crash: b, at: 30000.3ms }]
`);
      expect([ack, readsOf(trace)]).toEqual([ack, [answer]]);
    }
  });

  it('is not repaired: what is written to it would wait for its return', () => {
    const messages = (repair: boolean): number => {
      const trace = runOf(`${PLAIN}
system: riak
nodes: [a, b, c]
reads: { repair: ${repair} }
requests: [{ at: 5s, set: k, on: a, level: ALL }, { at: 15s, get: k, on: a, level: ALL }]
faults: [{ crash: b, at: 6s }]
`);
      // For b nothing is kept, so the replies differ.
      expect(readsOf(trace)).toEqual([0]);
      return trace.totals.messages.sent;
    };
    // The write to b and c, the read of c, and of c again for b.
    expect([messages(false), messages(true)]).toEqual([4, 4]);
  });

  it('costs the holder service, and gets no answer from one that is loading', () => {
    const trace = runOf(`${PLAIN}
system: riak
nodes: [a, b, c]
requests: [{ at: 5s, set: k, on: a, level: ALL }, { at: 15s, get: k, on: a, level: ALL }]
faults: [{ crash: b, at: 6s }, { loading: c, at: 7s }]
`);
    expect(readsOf(trace)).toEqual(['failed']);
  });
});
