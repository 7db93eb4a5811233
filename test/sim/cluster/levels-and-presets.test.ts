/**
 * Every level under every preset with none, one and two of three replicas known to be down: what the client is told, how
 * many hints are kept, and how many replicas really have the write when it is told so (H10).
 *
 * The expectations are arithmetic over when each vote is in: a hint that the coordinator keeps at once, its own backend
 * after 0.1 ms, a peer (or a hint that a peer keeps) after a round trip of 2 ms, having applied it after one way.
 */
import { describe, expect, it } from 'vitest';
import { SYSTEM_NAMES } from '../../../sim/index.ts';
import type { ConsistencyLevel, SystemName, Trace } from '../../../sim/index.ts';
import { scenarioOf, traceOf } from '../../support/scenarios.ts';

const REPLICAS = 3;

/** Votes that a level takes of three replicas in one datacentre. */
const NEEDED: readonly (readonly [level: ConsistencyLevel, votes: number])[] = [
  ['DC_ONE', 1],
  ['DC_QUORUM', 2],
  ['DC_SAFE_QUORUM', 3],
  ['DC_EACH_SAFE_QUORUM', 3],
  ['ANY', 1],
  ['ONE', 1],
  ['TWO', 2],
  ['THREE', 3],
  ['QUORUM', 2],
  ['ALL', 3],
  ['LOCAL_ONE', 1],
  ['LOCAL_QUORUM', 2],
  ['EACH_QUORUM', 2],
  [1, 1],
  [2, 2],
  [3, 3],
];

/** What the presets say, in the words of handoff-systems §10: what a hint counts for, who refuses, and who keeps hints. */
const SYSTEMS: Readonly<Record<SystemName, { vote: 'full' | 'any' | 'none'; refuses: boolean; fallback: boolean }>> = {
  dynomite: { vote: 'full', refuses: false, fallback: false },
  'dynomite-durable': { vote: 'full', refuses: false, fallback: false },
  cassandra: { vote: 'any', refuses: true, fallback: false },
  scylla: { vote: 'any', refuses: true, fallback: false },
  'scylla-old': { vote: 'any', refuses: true, fallback: false },
  influxdb: { vote: 'any', refuses: false, fallback: false },
  riak: { vote: 'full', refuses: false, fallback: true },
  voldemort: { vote: 'none', refuses: false, fallback: true },
};

/**
 * Node a coordinates; b, or b and c, have been down for long. The first write, at 10 s, is not looked at: where nobody is
 * marked down it makes the queue that the others then wait behind.
 */
function traceWith(system: SystemName, down: number): Trace {
  const requests = NEEDED.map(([level], index) => `  - { at: ${20 + index}s, set: k${index}, level: ${level} }`);
  return traceOf(
    scenarioOf(`
hintlab: 1
system: ${system}
record: full
duration: 40s
nodes: [a, b, c]
detector: { fixed: { down: 0s, up: 0s } }
network: { latency: { local: 0.1ms, near: 1ms } }
requests:
  - { at: 10s, set: first, level: ONE }
${requests.join('\n')}
faults: [${['b', 'c']
      .slice(0, down)
      .map((node) => `{ crash: ${node}, at: 1s }`)
      .join(', ')}]
`),
  );
}

/** When each vote is in, microseconds after the request; those that count only. */
function votesAt(system: SystemName, level: ConsistencyLevel, down: number): number[] {
  const { vote, fallback } = SYSTEMS[system];
  const peersUp = REPLICAS - 1 - down;
  const counts = vote === 'full' || (vote === 'any' && level === 'ANY');
  // With b down the next node is c; with b and c down it is a itself.
  const hintAt = fallback && down === 1 ? 2_000 : 0;
  const hints = counts ? Array.from({ length: down }, () => hintAt) : [];
  return [...hints, 100, ...Array.from({ length: peersUp }, () => 2_000)].toSorted((one, other) => one - other);
}

/** Told OK or not, hints, and real copies at that moment. */
function expected(system: SystemName, level: ConsistencyLevel, needed: number, down: number): unknown {
  const live = REPLICAS - down;
  if (SYSTEMS[system].refuses && level !== 'ANY' && live < needed) return { level, acked: false, hints: 0, copies: 0 };
  const at = votesAt(system, level, down)[needed - 1];
  if (at === undefined) return { level, acked: false, hints: down, copies: live };
  const copies = at === 0 ? 0 : at === 100 ? 1 : live;
  return { level, acked: true, hints: down, copies, after: at };
}

function measured(trace: Trace, index: number): unknown {
  const [level] = NEEDED[index] ?? [];
  const { writes, copies, hints } = trace;
  const write = index + 1;
  const acked = writes.outcome[write] === 1;
  const resolvedAt = acked ? (writes.resolvedAt[write] ?? 0) : Infinity;
  const real = copies.write.filter(
    (of, row) =>
      of === write && (copies.appliedAt[row] ?? Infinity) <= resolvedAt && copies.appliedAt[row] !== Infinity,
  );
  const stored = hints.write.filter((of) => of === write).length;
  const told = { level, acked, hints: stored, copies: real.length };
  return acked ? { ...told, after: resolvedAt - (writes.issuedAt[write] ?? 0) } : told;
}

describe('a write', () => {
  for (const system of SYSTEM_NAMES) {
    for (const down of [0, 1, 2]) {
      it(`is answered by ${system} at every level with ${down} of 3 replicas down as its votes add up`, () => {
        const trace = traceWith(system, down);
        const found = NEEDED.map((_, index) => measured(trace, index));
        expect(found).toEqual(NEEDED.map(([level, needed]) => expected(system, level, needed, down)));
      });
    }
  }

  it('is acknowledged by dynomite without a single real copy: DC_QUORUM with two of three down (H10)', () => {
    const trace = traceWith('dynomite', 2);
    expect(measured(trace, 1)).toEqual({ level: 'DC_QUORUM', acked: true, hints: 2, copies: 0, after: 0 });
  });

  it('is refused by Cassandra at QUORUM with two of three down, and nothing is sent or kept', () => {
    const trace = traceWith('cassandra', 2);
    expect(measured(trace, 8)).toEqual({ level: 'QUORUM', acked: false, hints: 0, copies: 0 });
    expect([...trace.copies.write]).not.toContain(9);
  });

  it('is tried by Voldemort at QUORUM with two of three down: it fails, and yet leaves a copy and two hints', () => {
    const trace = traceWith('voldemort', 2);
    expect(measured(trace, 8)).toEqual({ level: 'QUORUM', acked: false, hints: 2, copies: 1 });
  });
});
