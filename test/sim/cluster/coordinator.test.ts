/**
 * What clients are told: votes, hints as votes, and errors.
 */
import { describe, expect, it } from 'vitest';
import { scenarioOf, traceOf } from '../../support/scenarios.ts';
import { runOf, toldOf } from '../../support/small-runs.ts';

/** Node a coordinates 10 requests/s; latency 1 ms one way, own backend 0.1 ms. */
function cluster(lines: {
  readonly level: string;
  readonly faults: string;
  readonly more?: string;
  readonly load?: string;
}): string {
  return `
hintlab: 1
duration: 60s
nodes: [a, b, c]
consistency: ${lines.level}
detector: { fixed: { down: 2s, up: 1s } }
workload: { rate: 10/s, payload: 100B, coordinators: [a], from: 10s, until: 50s${lines.load ?? ''} }
${lines.more ?? ''}
faults: ${lines.faults}
`;
}

describe('the coordinator', () => {
  it('answers a DC_ONE write with the first vote: its own backend, 0.1 ms', () => {
    const { totals, outcomes } = traceOf(scenarioOf(cluster({ level: 'DC_ONE', faults: '[]' })));
    expect(totals.writes).toMatchObject({ issued: 400, acked: 400 });
    expect(Math.max(...outcomes.latencyMax)).toBe(100);
  });

  it('answers a DC_QUORUM write with the second of three votes: one round trip, 2 ms', () => {
    const { totals, outcomes } = traceOf(scenarioOf(cluster({ level: 'DC_QUORUM', faults: '[]' })));
    expect(totals.writes).toMatchObject({ issued: 400, acked: 400 });
    expect(Math.max(...outcomes.latencyMax)).toBe(2_000);
  });

  it('counts a hint as a full vote: with two of three replicas Down a quorum is one real copy (H10)', () => {
    const faults = '[{ crash: b, at: 12s, for: 30s }, { crash: c, at: 12s, for: 30s }]';
    const { totals, outcomes } = traceOf(scenarioOf(cluster({ level: 'DC_QUORUM', faults })));
    // 12.0 … 13.9 s: b and c are silent and not yet convicted, 20 clients wait in vain. 14.0 s on: hints answer at once.
    expect(totals.writes).toMatchObject({ issued: 400, acked: 380, failed: 20 });
    expect(outcomes.latencyMax.filter((latency) => latency > 0).at(-1)).toBe(2_000);
  });

  it('asks only replicas that are not Down when handoff is off, so a quorum of one is enough with two of three Down', () => {
    const faults = '[{ crash: b, at: 12s, for: 30s }, { crash: c, at: 12s, for: 30s }]';
    const { totals } = traceOf(scenarioOf(cluster({ level: 'DC_QUORUM', faults, more: 'hints: { enabled: false }' })));
    // 20 wait in vain for b and c. From 14.0 s on a alone is a target (dispatch.rs filters Down peers out of the plan).
    expect(totals.writes).toMatchObject({ issued: 400, failed: 20, acked: 380 });
    expect(totals.hints.stored).toBe(0);
  });

  it('reads DC_ONE from the nearest replica that is Normal, and never hints a read', () => {
    const { totals, outcomes } = traceOf(
      scenarioOf(cluster({ level: 'DC_ONE', faults: '[{ crash: b, at: 12s, for: 30s }]', load: ', reads: 100%' })),
    );
    expect(totals.reads).toMatchObject({ issued: 400, acked: 400 });
    expect(Math.max(...outcomes.latencyMax)).toBe(100);
    expect(totals.hints.stored).toBe(0);
  });

  it('answers a quorum read from the one replica that is Normal: Down ones are no targets', () => {
    const faults = '[{ crash: b, at: 12s, for: 30s }, { crash: c, at: 12s, for: 30s }]';
    const { totals } = traceOf(scenarioOf(cluster({ level: 'DC_QUORUM', faults, load: ', reads: 100%' })));
    expect(totals.reads).toMatchObject({ issued: 400, failed: 20, acked: 380 });
  });

  it('fails a quorum read whose targets cannot all be sent to, once too few votes are left', () => {
    // One slot per channel, and the link takes a second per message: of ten reads a second one gets through.
    const text = cluster({
      level: 'DC_QUORUM',
      faults: '[]',
      load: ', reads: 100%',
      more: 'channel: { slots: 1, rate: 1/s }',
    });
    const { totals } = traceOf(scenarioOf(text));
    expect(totals.reads.failed).toBeGreaterThan(300);
    expect(totals.reads.issued).toBe(totals.reads.acked + totals.reads.failed);
  });

  it('fails a DC_ONE read when the channel to its one target has no room, and asks no other', () => {
    // a and b share a rack, so a owns half of the keys; the reads of the others go to b, through one slot a second.
    const text = cluster({
      level: 'DC_ONE',
      faults: '[]',
      load: ', reads: 100%',
      more: 'channel: { slots: 1, rate: 1/s }',
    }).replace('nodes: [a, b, c]', 'datacentres: { dc1: { r1: [a, b], r2: [c] } }');
    const { totals } = traceOf(scenarioOf(text));
    expect(totals.reads.failed).toBeGreaterThan(100);
    expect(totals.reads.acked).toBeGreaterThan(150);
  });

  it('fails the requests under way at a coordinator that dies, and only those', () => {
    // Steady writes at 10.1, 10.2, …; a dies 1 ms after one of them, before its quorum is in.
    const { totals } = traceOf(
      scenarioOf(cluster({ level: 'DC_QUORUM', faults: '[{ crash: a, at: 20.001s, for: 5s }]' })),
    );
    // The one of 20.0 s is cut off; those of 20.1 … 25.0 s (50) find no coordinator; a is back at 25.001 s.
    expect(totals.writes).toMatchObject({ issued: 400, failed: 51, acked: 349 });
  });

  it('fails the first request of a run as soon as its coordinator dies, and not when its time is up', () => {
    const trace = runOf(`
duration: 60s
nodes: [a, b, c]
detector: { fixed: { down: 1h, up: 1h, start: up } }
network: { latency: { local: 0.1ms, near: 1ms } }
requests: [{ at: 10s, set: k, on: a, level: DC_SAFE_QUORUM }]
faults: [{ crash: a, at: 10.0005s }]
`);
    expect(toldOf(trace)).toEqual(['failed 0.5 ms']);
  });

  it('asks one replica per rack, so a rack of two nodes still gives one vote', () => {
    const text = cluster({ level: 'DC_QUORUM', faults: '[]' }).replace(
      'nodes: [a, b, c]',
      'datacentres: { dc1: { r1: [a, b], r2: [c] } }',
    );
    const { copies } = traceOf(scenarioOf(text, ['record=full']));
    expect(copies.write).toHaveLength(800);
    expect(copies.replica.filter((replica) => replica === 2)).toHaveLength(400);
  });

  it('asks only its own datacentre', () => {
    const text = cluster({ level: 'DC_QUORUM', faults: '[]' }).replace(
      'nodes: [a, b, c]',
      'datacentres: { dc1: { r1: [a], r2: [b] }, dc2: { r1: [c] } }',
    );
    const { copies } = traceOf(scenarioOf(text, ['record=full']));
    expect([...new Set(copies.replica)]).toEqual([0, 1]);
  });

  it('reads from its own rack first', () => {
    const text = cluster({ level: 'DC_ONE', faults: '[]', load: ', reads: 100%' }).replace(
      'coordinators: [a]',
      'coordinators: [c]',
    );
    expect(Math.max(...traceOf(scenarioOf(text)).outcomes.latencyMax)).toBe(100);
  });

  it('answers a quorum read with the plurality once all replicas have disagreed, and waits for all of them to', () => {
    // Three writes of the one key, each applied by a single replica: b and c are cut off in turn, without handoff.
    const text = `
hintlab: 1
duration: 60s
record: full
nodes: [a, b, c]
hints: { enabled: false }
reads: { repair: false }
consistency: { write: DC_ONE, read: DC_QUORUM }
detector: { fixed: { down: 0s, up: 0s } }
channel: { reconnect: 0s }
workload:
  - { name: to-a, rate: 1/s, keys: 1, payload: 9B, from: 9s, until: 10s, coordinators: [a] }
  - { name: to-b, rate: 1/s, keys: 1, payload: 9B, from: 19s, until: 20s, coordinators: [b] }
  - { name: to-c, rate: 1/s, keys: 1, payload: 9B, from: 29s, until: 30s, coordinators: [c] }
  - { name: reader, rate: 1/s, keys: 1, reads: 100%, from: 49s, until: 50s, coordinators: [a] }
faults:
  - { crash: b, at: 5s, for: 10s }
  - { crash: c, at: 5s, for: 20s }
  - { crash: a, at: 15s, for: 20s }
  - { crash: b, at: 26s, for: 10s }
`;
    const { totals, values, outcomes } = traceOf(scenarioOf(text));
    expect([...values.write]).toEqual([0, 1, 2]);
    expect(totals.reads).toMatchObject({ issued: 1, acked: 1 });
    // The third vote decides: a full round trip of 2 ms, where two equal votes would have needed no more than that too,
    // but one vote alone would have been 0.1 ms.
    expect(Math.max(...outcomes.latencyMax.slice(-600))).toBe(2_000);
  });

  it('lets its own backend work in order: a healthy cluster agrees on the newest write', () => {
    const text = `
hintlab: 1
duration: 30s
record: full
nodes: 3
network: { latency: { local: { uniform: [0s, 1s] } } }
workload: { rate: 10/s, keys: 1, coordinators: [a], until: 20s }
`;
    const { values, totals } = traceOf(scenarioOf(text));
    expect(totals.writes.issued).toBe(200);
    expect([...values.write]).toEqual([199, 199, 199]);
    // Below level full a trace does not say what replicas hold.
    expect(traceOf(scenarioOf(text, ['record=hints'])).values.write).toHaveLength(0);
  });

  it('counts an answer that comes at the very instant of the timeout, whatever else is going on', () => {
    for (const rate of ['100/s', '1500/s']) {
      const text = `
hintlab: 1
duration: 5s
nodes: 3
consistency: DC_QUORUM
network: { timeout: 2ms }
detector: { fixed: { down: 1h, up: 0s } }
workload: { rate: ${rate}, coordinators: [a], from: 1s, until: 4s }
`;
      const { writes } = traceOf(scenarioOf(text)).totals;
      expect([rate, writes.failed, writes.acked]).toEqual([rate, 0, writes.issued]);
    }
  });
});
