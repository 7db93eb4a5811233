/**
 * What is said of requests that failed, and of hints beside those that did not, where the trace decides between two
 * reasons. One way takes 1 ms, a node's own backend 0.1 ms.
 */
import { describe, expect, it } from 'vitest';
import { lifeOfHint } from '../../../../sim/trace/queries/life-of-hint.ts';
import { lifeOfWrite } from '../../../../sim/trace/queries/life-of-write.ts';
import { runOf, saidOf } from '../../../support/small-runs.ts';

/** Beliefs follow the facts at once, and these nodes are away from 1 s on. */
const away = (...names: readonly string[]): string =>
  `detector: { fixed: { down: 0s, up: 0s, start: up } }\nfaults: [${names.map((name) => `{ crash: ${name}, at: 1s }`).join()}]`;

describe('a write that is refused at once', () => {
  // The hint of write 0, of 244 B and its frame, takes more than 24 s to the disk, and the guard is closed for all that.
  const refused = (level: string, more: string): string[] => {
    const guard = 'hints: { inFlight: 200B, disk: { rate: 10B/s } }';
    const requests = 'requests: [{ at: 10s, set: k, on: a }, { at: 11s, set: k, on: a }]';
    const trace = runOf(
      `system: scylla\nduration: 20s\nconsistency: { write: ${level} }\n${guard}\n${requests}\n${more}`,
    );
    return saidOf(trace, 'writeFailed');
  };
  const guarded = 'more than 200 B of hints were not yet on its disk';

  it('met the guard, where enough replicas were taken for Normal', () => {
    const [sentence, ...others] = refused('QUORUM', away('b'));
    expect([sentence, others]).toEqual([`a refused write 1 at once and sent nothing: ${guarded}`, []]);
  });

  it('had too few replicas, where too few were taken for Normal', () => {
    expect(refused('QUORUM', away('b', 'c'))).toEqual(
      [0, 1].map(
        (write) =>
          `a refused write ${write} at once and sent nothing: too few replicas were taken for Normal to reach QUORUM`,
      ),
    );
  });

  it('is judged in each datacentre where its level is', () => {
    const nodes = 'datacentres: { dc1: { r1: [a], r2: [b], r3: [c] }, dc2: { s1: [d] } }';
    expect(refused('EACH_QUORUM', `${nodes}\n${away('d')}`)[0]).toContain('too few replicas were taken for Normal');
    expect(refused('LOCAL_QUORUM', `${nodes}\n${away('d')}`)).toEqual([
      `a refused write 1 at once and sent nothing: ${guarded}`,
    ]);
  });

  it('may be either, where a rack is half there and nobody knows whose key it was', () => {
    const nodes = 'datacentres: { dc1: { r1: [a], r2: [b, c] } }';
    const trace = runOf(`
system: scylla
duration: 20s
consistency: { write: ALL }
hints: { inFlight: 200B }
${nodes}
requests: [{ at: 10s, set: k, on: a }, { at: 10s, set: l, on: a }, { at: 10s, set: m, on: a }, { at: 10s, set: n, on: a }]
${away('b')}
`);
    const told = saidOf(trace, 'writeFailed').map((text) => text.split(': ')[1]);
    expect(new Set(told)).toEqual(new Set([`too few replicas were taken for Normal to reach ALL, or ${guarded}`]));
  });
});

describe('a request that is told no', () => {
  it('speaks of the one node that was down, though others were up', () => {
    const trace = runOf(`system: dynomite\nduration: 5s\nrequests: [{ at: 2s, set: k, on: b }]\n${away('b')}`);
    expect(saidOf(trace, 'writeFailed')).toEqual(['b was down, so write 0 failed at once']);
  });

  it('tells a read without an answer from one with too few votes', () => {
    const reads = 'requests: [{ at: 2s, get: k, on: a }, { at: 4s, get: k, on: a }]';
    const policy = 'consistency: { read: ALL, unavailable: try }\nnetwork: { timeout: 1s }';
    const faults = 'faults: [{ stall: b, at: 1s, for: 2500ms }, { loading: b, at: 3500ms }]';
    const trace = runOf(`system: cassandra\nduration: 6s\n${policy}\n${reads}\n${faults}`);
    expect(saidOf(trace, 'readFailed')).toEqual([
      'read 0 had no answer within 1s, so its client took it for failed',
      'a failed read 1: too few votes for ALL',
    ]);
  });

  it('tells a loading backend from a full queue', () => {
    // One request is executed and none waits: the second finds the queue full, and all is refused from 5 s on.
    const service = 'service: { time: 2s, queue: 0 }';
    const writes = 'requests: [{ at: 2s, set: k, on: a }, { at: 2500ms, set: l, on: a }, { at: 6s, set: m, on: a }]';
    const faults = 'detector: { fixed: { down: 0s, up: 0s, start: up } }\nfaults: [{ loading: b, at: 5s }]';
    const trace = runOf(`system: dynomite\nduration: 7s\n${service}\n${writes}\n${faults}`);
    const ofB = saidOf(trace, 'copyRefused').filter((text) => text.startsWith('b'));
    expect(ofB.map((text) => text.split(', ')[0])).toEqual([
      'b answered write 1 with an error: its queue was full',
      'b answered write 2 with an error: it was loading',
    ]);
    expect(saidOf(trace, 'hintStored')[0]).toContain("a's own backend had no room, so a kept hint 0");
  });
});

describe('a hint beside an acknowledgement', () => {
  const acked = (system: string, level: string): string => {
    const trace = runOf(
      `system: ${system}\nduration: 5s\nconsistency: { write: ${level} }\nrequests: [{ at: 2s, set: k, on: a }]\n${away('b')}`,
    );
    return saidOf(trace, 'writeAcked')[0]?.split(', and ')[1] ?? '';
  };

  it('stood in for its replica where it counts as a vote, and was kept for it elsewhere', () => {
    expect(acked('dynomite', 'DC_QUORUM')).toBe('a hint stood in for b');
    expect(acked('cassandra', 'ANY')).toBe('a hint stood in for b');
    expect(acked('cassandra', 'QUORUM')).toBe('a hint was kept for b');
  });
});

describe('a hint that a closed window refuses', () => {
  it('came after a long absence, or after a hint that has waited for long', () => {
    // b is away from 5 s to 40 s and from 50 s on; nothing is delivered, so hint 0 is 41 s old at 51 s.
    const trace = runOf(`
system: cassandra
duration: 60s
hints: { window: 20s }
detector: { fixed: { down: 0s, up: 0s, start: up } }
requests: [{ at: 10s, set: k, on: a }, { at: 26s, set: k, on: a }, { at: 51s, set: k, on: a }]
faults: [{ crash: b, at: 5s, until: 40s }, { crash: b, at: 50s }, { pauseDrain: a, at: 1s }]
`);
    const gets = 'the hint window of 20s; b gets neither the write nor a hint';
    expect(saidOf(trace, 'hintRefused')).toEqual([
      `a kept no hint of write 1: it had taken b for Down for longer than ${gets}`,
      `a kept no hint of write 2: hint 0 for b had waited for 41s, longer than ${gets}`,
    ]);
  });
});

describe('the end of a write', () => {
  it('tells a replica that never had it, and a newer one instead, from one that lacks it', () => {
    // The hint of write 1 takes the place of that of write 0; b is back at 20 s and gets it at the look of 30 s.
    const trace = runOf(`
system: dynomite
duration: 40s
hints: { coalesce: true }
detector: { fixed: { down: 0s, up: 0s, start: up } }
requests: [{ at: 5s, set: k, on: a }, { at: 6s, set: k, on: a }, { at: 7s, set: l, on: a }]
faults: [{ crash: b, at: 1s, for: 19s }, { pauseDrain: a, at: 31s }]
`);
    expect(lifeOfWrite(trace, 0).steps.at(-1)?.text).toBe(
      'when the run ended, a and c had a newer write in its place, b had a newer write without ever applying it',
    );
    expect(lifeOfWrite(trace, 1).steps.at(-1)?.text).toBe('when the run ended, a, b and c had applied it');
  });
});

describe('a hint that waited on its way to the node that keeps it', () => {
  // a sends the write to c in the place of b at 20.5 s, and does not know that c died at 20.2 s: it waits in the channel
  // until c is back at 80.2 s and its link open a second later. b, away from 10 s on, has been back since 40 s by then.
  const trace = runOf(`
system: riak
duration: 100s
datacentres: { dc1: { r1: [a], r2: [b], r3: [c, d, e] } }
requests: [{ at: 20500ms, set: k, on: a }]
faults: [{ crash: b, at: 10s, for: 30s }, { crash: c, at: 20200ms, for: 60s }]
`);

  it('was decided when b was down, and its answer is what counts', () => {
    const [stored] = saidOf(trace, 'hintStored');
    expect(stored).toMatch(/^a took b for Down, so c kept hint 0 .* after; its answer counts as b's vote$/);
  });

  it('is told of with what its sender believed then', () => {
    const [crash, belief, stored] = lifeOfHint(trace, 0).steps;
    expect([crash?.at, crash?.text]).toEqual([10e6, 'b crashed']);
    expect([belief?.at, belief?.text]).toEqual([11e6, 'a took b for Down: that is known 1s after a crash']);
    expect(stored?.at).toBe(81_201_000);
  });
});
