/**
 * Clients: when they send, how much, and to whom; and what they do about answers and errors.
 */
import { describe, expect, it } from 'vitest';
import { instant, milliseconds } from '../../../core/index.ts';
import { OpenArrivals } from '../../../sim/cluster/arrivals.ts';
import { ClientClass } from '../../../sim/cluster/client-class.ts';
import { Nodes } from '../../../sim/cluster/nodes.ts';
import { RequestSampler } from '../../../sim/cluster/request-size.ts';
import { RandomStreams } from '../../../sim/engine/index.ts';
import { redisSetBytes } from '../../../sim/index.ts';
import { OPERATIONS } from '../../../sim/scenario/model/workload.ts';
import type { Workload } from '../../../sim/scenario/model/workload.ts';
import { scenarioOf, traceOf } from '../../support/scenarios.ts';

function load(workload: string, faults = '[]'): string {
  return `
hintlab: 1
record: full
duration: 100s
nodes: [a, b, c]
detector: { fixed: { down: 1s, up: 0s } }
workload: { ${workload} }
faults: ${faults}
`;
}

describe('clients', () => {
  it('send a steady load at from + i/rate, without drift at a rate that no microsecond divides', () => {
    const { writes } = traceOf(scenarioOf(load('rate: 3/s, from: 10s, until: 20s')));
    expect(writes.issuedAt).toHaveLength(30);
    expect([...writes.issuedAt.slice(0, 3)]).toEqual([10_333_333, 10_666_667, 11_000_000]);
    expect(writes.issuedAt.at(-1)).toBe(20_000_000);
  });

  it('send a Redis SET of the key and the value, counted to the byte', () => {
    // *3 CRLF, $3 CRLF SET CRLF, $10 CRLF key CRLF, $1000 CRLF value CRLF.
    expect(redisSetBytes(10, 1_000)).toBe(4 + 9 + (5 + 12) + (7 + 1_002));
    const { writes } = traceOf(scenarioOf(load('rate: 1/s, key: 10B, value: 1000B')));
    expect(new Set(writes.bytes)).toEqual(new Set([1_039]));
  });

  it('never send more than a hint can carry, however heavy the tail', () => {
    const { writes } = traceOf(
      scenarioOf(
        load(
          'rate: 100/s, payload: { pareto: { scale: 1MiB, shape: 0.1 } }, coordinators: [a]',
          '[{ crash: b, at: 0s, for: 99s }]',
        ),
      ),
    );
    expect(Math.max(...writes.bytes)).toBe(0xffff_ffff);
  });

  it('take turns over the coordinators, and pass over one that is down', () => {
    const { writes } = traceOf(
      scenarioOf(load('rate: 1/s, until: 6s, coordinators: [a, b]', '[{ crash: b, at: 3500ms, for: 50s }]')),
    );
    expect([...writes.coordinator]).toEqual([0, 1, 0, 0, 0, 0]);
  });

  it('choose by lot when asked to, each about as often', () => {
    const { writes } = traceOf(scenarioOf(load('rate: 90/s, choose: random')));
    for (const node of [0, 1, 2]) {
      const count = writes.coordinator.filter((coordinator) => coordinator === node).length;
      expect(Math.abs(count - 3_000)).toBeLessThan(4 * Math.sqrt(9_000 * (1 / 3) * (2 / 3)));
    }
  });
});

/** The class of clients of a scenario, and the nodes it talks to. */
function clientClass(workload: string): { clients: ClientClass; nodes: Nodes; spec: Workload } {
  const scenario = scenarioOf(load(workload));
  const spec = scenario.workloads[0];
  if (spec === undefined) throw new Error('a scenario has a workload');
  const nodes = new Nodes(3);
  return { clients: new ClientClass(spec, nodes, new RandomStreams(scenario.seed)), nodes, spec };
}

describe('arrivals', () => {
  it('are steady at any rate, rounded one by one', () => {
    const streams = new RandomStreams(1);
    const stream = streams.open('test', 'gaps');
    const arrivals = new OpenArrivals({ kind: 'steady', rate: 3 }, instant(10_000_000), streams, stream);
    expect([arrivals.next(), arrivals.next(), arrivals.next()]).toEqual([10_333_333, 10_666_667, 11_000_000]);
  });

  it('have gaps of any law: constant ones are exact, exponential ones a Poisson process', () => {
    const streams = new RandomStreams(1);
    const gap = { kind: 'constant', value: 250_000.5 } as const;
    const exact = new OpenArrivals({ kind: 'gaps', gap, rate: 4 }, instant(0), streams, streams.open('test', 'one'));
    expect([exact.next(), exact.next()]).toEqual([250_001, 500_001]);
    const law = { kind: 'exponential', mean: 20_000 } as const;
    const lot = new OpenArrivals(
      { kind: 'gaps', gap: law, rate: 50 },
      instant(0),
      streams,
      streams.open('test', 'two'),
    );
    let count = 0;
    while (lot.next() <= 600_000_000) count++;
    // validation H2: 30 000 arrivals in 600 s, and a deviation of √30 000.
    expect(Math.abs(count - 30_000)).toBeLessThan(4 * Math.sqrt(30_000));
  });
});

describe('a class of clients', () => {
  it('mixes its operations by their shares', () => {
    const { clients } = clientClass('rate: 1/s, reads: 0.5, deletes: 0.2, increments: 0.1');
    const counts = new Map(OPERATIONS.map((operation) => [operation, 0]));
    for (let count = 0; count < 10_000; count++) {
      const operation = clients.operation();
      counts.set(operation, (counts.get(operation) ?? 0) + 1);
    }
    for (const [operation, share] of [
      ['get', 0.5],
      ['delete', 0.2],
      ['increment', 0.1],
      ['set', 0.2],
    ] as const) {
      const off = (counts.get(operation) ?? 0) - 10_000 * share;
      expect(Math.abs(off)).toBeLessThan(4 * Math.sqrt(10_000 * share * (1 - share)));
    }
  });

  it('keeps its keys whatever its mix is', () => {
    const keysUnder = (mix: string): number[] => {
      const { clients } = clientClass(`rate: 1/s${mix}`);
      return Array.from({ length: 20 }, () => {
        clients.operation();
        return clients.key();
      });
    };
    expect(new Set(keysUnder('')).size).toBeGreaterThan(10);
    expect(keysUnder(', reads: 0.5, deletes: 0.2')).toEqual(keysUnder(''));
  });

  it('turns to the next coordinator that is up after one that failed, and to none if none is', () => {
    const { clients, nodes } = clientClass('rate: 1/s, coordinators: [a, b, c]');
    expect([clients.coordinatorAfter(0), clients.coordinatorAfter(2)]).toEqual([1, 0]);
    nodes.crash(1);
    expect(clients.coordinatorAfter(0)).toBe(2);
    nodes.crash(0);
    nodes.crash(2);
    expect([clients.coordinatorAfter(0), clients.coordinator()]).toEqual([-1, -1]);
  });

  it('doubles its backoff each time, up to the end of time', () => {
    const { clients } = clientClass('rate: 1/s, retries: 3, backoff: 100ms');
    expect([0, 1, 2, 3].map((attempt) => clients.backoff(attempt))).toEqual(
      [100, 200, 400, 800].map((count) => milliseconds(count)),
    );
    expect(clients.backoff(255)).toBe(Number.MAX_SAFE_INTEGER);
  });

  it('counts a delete and an increment by their key alone', () => {
    const sampler = new RequestSampler(
      { kind: 'keyValue', key: { kind: 'constant', value: 10 }, value: { kind: 'constant', value: 1_000 } },
      new RandomStreams(1),
      'test',
    );
    // *2 CRLF, $3 CRLF DEL CRLF (or $4 CRLF INCR CRLF), $10 CRLF key CRLF.
    expect(sampler.sample('delete')).toBe(4 + 9 + (5 + 12));
    expect(sampler.sample('increment')).toBe(4 + 10 + (5 + 12));
    expect(sampler.sample('set')).toBe(1_039);
  });
});

describe('clients that wait for answers', () => {
  it('are as many as the file says: each of 3 000 thinks for a second and asks once', () => {
    // All of them wait at once, more than the columns have rows to begin with.
    const { writes } = traceOf(scenarioOf(load('clients: 3000, think: 1s, until: 1500ms')));
    expect(writes.issuedAt).toHaveLength(3_000);
    expect(new Set(writes.issuedAt)).toEqual(new Set([1_000_000]));
  });

  it('of a closed loop think, ask and wait: one request per think time and answer', () => {
    // The own backend answers in 100 µs: DC_ONE is acknowledged then. Requests at 1, 2.0001, 3.0002 … s.
    const { writes } = traceOf(
      scenarioOf(load('clients: 1, think: 1s, until: 5s, coordinators: [a]'), ['consistency=DC_ONE']),
    );
    expect([...writes.issuedAt]).toEqual([1_000_000, 2_000_100, 3_000_200, 4_000_300]);
  });

  it('never have more requests under way than there are clients', () => {
    const { writes } = traceOf(scenarioOf(load('clients: 3, think: { exponential: 100us }, until: 500ms')));
    const edges = [...writes.issuedAt].map((at) => ({ at, by: 1 }));
    for (const at of writes.resolvedAt) edges.push({ at, by: -1 });
    edges.sort((one, other) => one.at - other.at || one.by - other.by);
    let [now, most] = [0, 0];
    for (const { by } of edges) most = Math.max(most, (now += by));
    expect(most).toBe(3);
    expect(writes.issuedAt.length).toBeGreaterThan(1_000);
  });

  it('send a failed request again after a backoff that doubles, each time to the next coordinator', () => {
    // Nobody is up from 0 s on: every attempt fails at once.
    const down = '[{ crash: a, at: 0s, for: 90s }, { crash: b, at: 0s, for: 90s }, { crash: c, at: 0s, for: 90s }]';
    const { writes } = traceOf(
      scenarioOf(load('rate: 1/s, until: 1s, retries: 3, backoff: 100ms, coordinators: [a]', down)),
    );
    expect([...writes.issuedAt]).toEqual([1_000_000, 1_100_000, 1_300_000, 1_700_000]);
    expect([...writes.retryOf]).toEqual([-1, 0, 1, 2]);
    expect(new Set(writes.key).size).toBe(1);
  });

  it('repeat what they asked for: a delete stays one, and has its bytes', () => {
    const down = '[{ crash: a, at: 0s, for: 90s }, { crash: b, at: 0s, for: 90s }, { crash: c, at: 0s, for: 90s }]';
    for (const [share, operation] of [
      ['deletes: 100%', 'delete'],
      ['increments: 100%', 'increment'],
    ] as const) {
      const { writes } = traceOf(scenarioOf(load(`rate: 1/s, until: 1s, retries: 2, backoff: 100ms, ${share}`, down)));
      expect([...writes.operation].map((code) => OPERATIONS[code])).toEqual([operation, operation, operation]);
      expect(new Set(writes.bytes).size).toBe(1);
    }
  });

  it('probe no write that failed, and no read', () => {
    // b and c are stalled: of the level ALL nothing is answered.
    const stalled = '[{ stall: b, at: 0s }, { stall: c, at: 0s }]';
    const probed = (more: string, faults: string) =>
      traceOf(scenarioOf(load(`rate: 5/s, until: 10s, coordinators: [a], probes: [1ms]${more}`, faults)));
    expect(probed(', level: DC_SAFE_QUORUM', stalled).totals).toMatchObject({
      writes: { issued: 50, acked: 0 },
      reads: { issued: 0 },
    });
    const { totals, reads } = probed(', reads: 50%', '[]');
    const probes = [...reads.probeOf].filter((write) => write !== -1).length;
    expect(probes).toBe(totals.writes.acked);
    expect(totals.reads.issued - probes).toBeGreaterThan(10);
    expect(totals.reads.issued - probes + totals.writes.issued).toBe(50);
  });

  it('of several closed loops each ask what their own workload does', () => {
    // One client of each: it thinks a second, and its own backend answers in 100 µs. Requests at 1 and 2.0001 s.
    const trace = traceOf(
      scenarioOf(`
hintlab: 1
record: full
duration: 100s
nodes: [a, b, c]
consistency: DC_ONE
workload:
  - { name: writers, clients: 1, think: 1s, until: 3s, coordinators: [a] }
  - { name: readers, clients: 1, think: 1s, until: 3s, coordinators: [b], reads: 100% }
`),
    );
    expect([...trace.writes.issuedAt]).toEqual([1_000_000, 2_000_100]);
    expect([...trace.reads.issuedAt]).toEqual([1_000_000, 2_000_100]);
    expect([new Set(trace.writes.coordinator), new Set(trace.reads.coordinator)]).toEqual([new Set([0]), new Set([1])]);
  });

  it('whom nobody takes in have failed to read what they would have read, and have written nothing', () => {
    const { totals } = traceOf(
      scenarioOf(load('rate: 1/s, until: 5s, reads: 100%, coordinators: [a]', '[{ crash: a, at: 0s, for: 90s }]')),
    );
    expect(totals.reads).toMatchObject({ issued: 5, acked: 0, failed: 5 });
    expect(totals.writes).toMatchObject({ issued: 0, failed: 0 });
  });

  it('of a closed loop wait a microsecond, if nobody is up to ask and they think no time', () => {
    // a is down for a millisecond from 1 s on, and its client asks it every microsecond of that.
    const { writes } = traceOf(
      scenarioOf(
        load('clients: 1, think: 0s, from: 1s, coordinators: [a]', '[{ crash: a, at: 1s, for: 1ms }]').replace(
          '100s',
          '1001ms',
        ),
      ),
    );
    const failed = [...writes.issuedAt].filter((at) => at < 1_001_000);
    expect(failed).toEqual(Array.from({ length: 1_000 }, (_, micro) => 1_000_000 + micro));
  });

  it('probe each acknowledged write exactly so long after its acknowledgement', () => {
    const { reads, writes } = traceOf(
      scenarioOf(load('rate: 1/s, until: 3s, coordinators: [a], probes: [0ms, 5ms, 1ms]')),
    );
    expect(reads.issuedAt).toHaveLength(9);
    const after = [...reads.probeOf].map(
      (write, row) => (reads.issuedAt[row] ?? NaN) - (writes.resolvedAt[write] ?? NaN),
    );
    expect(after).toEqual([0, 1_000, 5_000, 0, 1_000, 5_000, 0, 1_000, 5_000]);
    expect([...reads.key]).toEqual([...reads.probeOf].map((write) => writes.key[write]));
    expect(new Set(reads.coordinator)).toEqual(new Set([0]));
  });
});
