/**
 * What clients are told, and what reading repairs: synthetic replies beside real ones (H12), read repair by bytes and by
 * version (H2), deletes at quorum reads, and clients that try again.
 */
import { describe, expect, it } from 'vitest';
import { WRITE_OUTCOMES } from '../../../sim/index.ts';
import { appliedAt, heldOf, hintsOf, readsOf, runOf, toldOf } from '../../support/small-runs.ts';

const PLAIN = `
duration: 60s
nodes: [a, b, c]
detector: { fixed: { down: 0s, up: 0s } }
network: { latency: { local: 0.1ms, near: 1ms } }
`;

describe('a synthetic +OK (H12)', () => {
  /** The key exists everywhere; then a command at 10 s, with so many of b and c down. */
  const told = (command: string, level: string, down: readonly string[], more = ''): ReturnType<typeof runOf> =>
    runOf(`${PLAIN}${more}
requests: [{ at: 2s, set: k, level: DC_SAFE_QUORUM }, { at: 10s, ${command}: k, level: ${level} }]
faults: [${down.map((node) => `{ crash: ${node}, at: 5s }`).join(', ')}]
`);

  it('differs from the :1 of a delete or an increment, so DC_SAFE_QUORUM fails though all is done and hinted', () => {
    for (const command of ['delete', 'increment']) {
      const trace = told(command, 'DC_SAFE_QUORUM', ['b']);
      // The hint votes at once, a's own backend disagrees after 0.1 ms, and c executes all the same.
      expect(toldOf(trace)[1]).toBe('failed 0.1 ms');
      expect(appliedAt(trace, 1)).toEqual({ a: 10.0001, c: 10.001 });
      expect(hintsOf(trace)).toEqual(['1 for b at a, 10 s: peerDown, pending']);
      expect(toldOf(told(command, 'DC_SAFE_QUORUM', []))[1]).toBe('acked 2 ms');
    }
  });

  it('differs from the :0 of a delete that finds nothing as well', () => {
    const trace = (down: string): string[] =>
      toldOf(
        runOf(`${PLAIN}
requests: [{ at: 10s, delete: k, level: DC_SAFE_QUORUM }]
faults: [${down}]
`),
      );
    expect(trace('{ crash: b, at: 5s }')).toEqual(['failed 0.1 ms']);
    expect(trace('')).toEqual(['acked 2 ms']);
  });

  it('is outvoted by two real replies, and wins with two hints', () => {
    expect(toldOf(told('delete', 'DC_QUORUM', ['b']))[1]).toBe('acked 2 ms');
    expect(toldOf(told('delete', 'DC_QUORUM', ['b', 'c']))[1]).toBe('acked 0 ms');
    // A set is answered +OK everywhere: one hint and one's own backend are a quorum.
    expect(toldOf(told('set', 'DC_QUORUM', ['b']))[1]).toBe('acked 0.1 ms');
    expect(toldOf(told('set', 'DC_SAFE_QUORUM', ['b']))[1]).toBe('acked 2 ms');
  });

  it('agrees with every reply where receivers know versions, since all of them are OK', () => {
    const versions = 'receiver: { conflict: timestamp }\n';
    expect(toldOf(told('delete', 'DC_SAFE_QUORUM', ['b'], versions))[1]).toBe('acked 2 ms');
  });
});

describe('two backends of three that load', () => {
  it('answer for all three: two equal errors are a majority, wherever they stand (H10)', () => {
    const told = (loading: readonly string[]): string[] =>
      toldOf(
        runOf(`${PLAIN}
requests: [{ at: 10s, set: k, on: a, level: DC_QUORUM }, { at: 20s, set: l, on: a, level: DC_QUORUM }]
faults: [${loading.map((node) => `{ loading: ${node}, at: 5s }`).join(', ')}]
`),
      );
    for (const loading of [
      ['a', 'b'],
      ['b', 'c'],
      ['a', 'c'],
    ]) {
      expect(told(loading).map((what) => what.split(' ')[0])).toEqual(['failed', 'failed']);
    }
    expect(told([]).map((what) => what.split(' ')[0])).toEqual(['acked', 'acked']);
  });
});

describe('a read', () => {
  it('is answered by the reply of the first, where all differ and the newest is not asked for', () => {
    // Each of the three has a write of its own: they are cut off from each other.
    const answer = (how: string): (number | string)[] =>
      readsOf(
        runOf(`${PLAIN}
hints: { enabled: false }
reads: { repair: false${how} }
requests:
  - { at: 10s, set: k, on: b, level: DC_ONE }
  - { at: 11s, set: k, on: c, level: DC_ONE }
  - { at: 12s, set: k, on: a, level: DC_ONE }
  - { at: 30s, get: k, on: b, level: DC_QUORUM }
  - { at: 31s, get: k, on: c, level: DC_QUORUM }
faults: [{ partition: [[a], [b, c]], at: 5s, for: 20s }, { partition: [[b], [c]], at: 5s, for: 20s }]
`),
      );
    // From the coordinator's own rack on: b asks b, c, a, and c asks c, a, b.
    expect(answer('')).toEqual([0, 1]);
  });

  it('learns at once that a replica is loading, which is no answer to wait for', () => {
    const { reads } = runOf(`${PLAIN}
requests: [{ at: 10s, get: k, on: a, level: DC_SAFE_QUORUM }, { at: 10s, get: l, on: a, level: DC_SAFE_QUORUM }]
faults: [{ loading: b, at: 5s }]
`);
    // a has answered with nothing, b answers with an error after 2 ms: they differ.
    expect([...reads.resolvedAt].map((at) => at / 1e6)).toEqual([10.002, 10.002]);
    expect([...reads.outcome].map((outcome) => WRITE_OUTCOMES[outcome])).toEqual(['failed', 'failed']);
  });

  it('fails by a majority of errors, in any of those under way', () => {
    const trace = runOf(`${PLAIN}
requests: [{ at: 10s, get: k, on: a, level: DC_QUORUM }, { at: 10s, get: l, on: a, level: DC_QUORUM }]
faults: [{ loading: b, at: 5s }, { loading: c, at: 5s }]
`);
    expect(readsOf(trace)).toEqual(['failed', 'failed']);
  });
});

describe('read repair (H2)', () => {
  /**
   * Write 0 reaches b and c alone, write 1 then a alone: a is cut off in turn with the others, and nothing is hinted. The
   * read at 30 s asks all three.
   */
  const split = (newer: string, more = '', read = 'DC_QUORUM'): ReturnType<typeof runOf> =>
    runOf(`${PLAIN}
hints: { enabled: false }
${more}
requests:
  - { at: 10s, set: k, on: b, level: DC_ONE }
  - { at: 20s, ${newer}: k, on: a, level: DC_ONE }
  - { at: 30s, get: k, on: a, level: ${read} }
faults: [{ partition: [[a], [b, c]], at: 5s, for: 20s }]
`);

  it('writes the majority over the newer value, where replies are compared as bytes', () => {
    const trace = split('set');
    expect(readsOf(trace)).toEqual([0]);
    expect(heldOf(trace)).toEqual({ a: 0, b: 0, c: 0 });
    expect(trace.statistics.staleReads).toBe(1);
  });

  it('repairs each of the reads that are under way at once, with the values of its own key', () => {
    const trace = runOf(`${PLAIN}
hints: { enabled: false }
requests:
  - { at: 10s, set: k, on: a, level: DC_ONE }
  - { at: 10s, set: l, on: a, level: DC_ONE }
  - { at: 20s, set: k, on: c, level: DC_ONE }
  - { at: 20s, set: l, on: c, level: DC_ONE }
  - { at: 30s, get: k, on: c, level: DC_QUORUM }
  - { at: 30s, get: l, on: c, level: DC_QUORUM }
faults: [{ partition: [[c], [a, b]], at: 5s, for: 20s }]
`);
    expect(readsOf(trace)).toEqual([0, 1]);
    expect([heldOf(trace, 0), heldOf(trace, 1)]).toEqual([
      { a: 0, b: 0, c: 0 },
      { a: 1, b: 1, c: 1 },
    ]);
  });

  it('repairs nothing if one of those that were asked answers with an error, in any of the reads under way', () => {
    // c has missed both writes; b is loading, and answers with an error.
    const held = (faults: string): unknown[] => {
      const trace = runOf(`${PLAIN}
hints: { enabled: false }
requests:
  - { at: 10s, set: k, on: a, level: DC_ONE }
  - { at: 10s, set: l, on: a, level: DC_ONE }
  - { at: 30s, get: k, on: a, level: DC_QUORUM }
  - { at: 30s, get: l, on: a, level: DC_QUORUM }
faults: [{ partition: [[c], [a, b]], at: 5s, for: 20s }${faults}]
`);
      return [heldOf(trace, 0), heldOf(trace, 1)];
    };
    expect(held(', { loading: b, at: 26s, for: 20s }')).toEqual([
      { a: 0, b: 0 },
      { a: 1, b: 1 },
    ]);
    expect(held('')).toEqual([
      { a: 0, b: 0, c: 0 },
      { a: 1, b: 1, c: 1 },
    ]);
  });

  it('writes the key that was read, whatever else went by meanwhile', () => {
    // b answers the read of l 3 s late; meanwhile a write of k has come and gone. a lacks l, and is repaired.
    const trace = runOf(`${PLAIN}
hints: { enabled: false }
requests:
  - { at: 10s, set: l, on: b, level: DC_ONE }
  - { at: 30s, get: l, on: c, level: DC_SAFE_QUORUM }
  - { at: 31s, set: k, on: c, level: DC_ONE }
  - { at: 31.5s, set: m, on: c, level: DC_ONE }
faults: [{ partition: [[a], [b, c]], at: 5s, for: 20s }, { stall: b, at: 29s, for: 4s }]
`);
    expect([0, 1, 2].map((key) => heldOf(trace, key))).toEqual([
      { a: 0, b: 0, c: 0 },
      { a: 1, b: 1, c: 1 },
      { a: 2, b: 2, c: 2 },
    ]);
  });

  it('leaves all as it is where it is off, or where one replica is asked alone', () => {
    expect(heldOf(split('set', 'reads: { repair: false }'))).toEqual({ a: 1, b: 0, c: 0 });
    const one = split('set', '', 'DC_ONE');
    expect([readsOf(one), heldOf(one)]).toEqual([[1], { a: 1, b: 0, c: 0 }]);
  });

  const VERSIONS = 'receiver: { conflict: timestamp }\nreads: { answer: newest }';

  it('writes the newest version to the majority that lacks it, where there are versions', () => {
    const trace = split('set', VERSIONS);
    expect(readsOf(trace)).toEqual([1]);
    expect(heldOf(trace)).toEqual({ a: 1, b: 1, c: 1 });
  });

  it('brings a deleted value back without versions, and the tombstone to all with them', () => {
    const zombie = split('delete');
    expect([readsOf(zombie), heldOf(zombie)]).toEqual([[0], { a: 0, b: 0, c: 0 }]);
    const buried = split('delete', `${VERSIONS}\n`.replace('timestamp', 'timestamp, gcGrace: 10d'));
    expect([readsOf(buried), heldOf(buried)]).toEqual([[-1], { a: 1, b: 1, c: 1 }]);
    // No value is what there is to read after a delete; the old one is stale.
    expect([zombie, buried].map(({ statistics }) => statistics.staleReads)).toEqual([1, 0]);
  });

  it('waits for all who were asked: one that is silent is not repaired, and nobody else', () => {
    const trace = runOf(`${PLAIN}
hints: { enabled: false }
requests:
  - { at: 10s, set: k, on: b, level: DC_ONE }
  - { at: 20s, set: k, on: a, level: DC_ONE }
  - { at: 30s, get: k, on: b, level: DC_QUORUM }
faults: [{ partition: [[a], [b, c]], at: 5s, for: 20s }, { stall: a, at: 26s, for: 20s }]
`);
    // b and c are a majority; a answers long after the read has been given up.
    expect([readsOf(trace), heldOf(trace)]).toEqual([[0], { a: 1, b: 0, c: 0 }]);
  });
});

describe('a client that tries again', () => {
  it('makes a write of its own at the next coordinator, after its time is up and the backoff', () => {
    const trace = runOf(`
duration: 60s
nodes: [a, b, c]
detector: { fixed: { down: 0s, up: 0s } }
network: { timeout: 1s }
consistency: DC_SAFE_QUORUM
workload: { rate: 1/s, from: 9s, until: 10s, coordinators: [a, b], retries: 2, backoff: 100ms }
faults: [{ stall: c, at: 1s }]
`);
    const { writes } = trace;
    // 10 s, and 1 s + 0.1 s after it, and 1 s + 0.2 s after that.
    expect([...writes.issuedAt]).toEqual([10_000_000, 11_100_000, 12_300_000]);
    expect([...writes.retryOf]).toEqual([-1, 0, 1]);
    expect([...writes.coordinator]).toEqual([0, 1, 0]);
    expect(toldOf(trace)).toEqual(['failed 1000 ms', 'failed 1000 ms', 'failed 1000 ms']);
    expect(Object.keys(appliedAt(trace, 2))).toEqual(['a', 'b']);
  });
});
