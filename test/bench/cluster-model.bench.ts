/**
 * What parts of the model cost, per event: the model with everything in it (timeouts, timestamps, sessions, a service
 * time) over the plain one, a full trace of either over counters alone, and more nodes over few at the same number of
 * events.
 *
 * The project promises at most a quarter more for a full trace; three million events a CPU-second, which is 333 ns each,
 * for the whole model; and at most the logarithm of the nodes.
 *
 * Between the plain run and the full trace stands one that records nothing and sets as many bytes: what a system asks
 * for memory that is new, and what a cache loses by it. No recorder can be cheaper.
 */
import { Simulation } from '../../sim/cluster/index.ts';
import { parseScenario, run } from '../../sim/index.ts';
import type { Scenario } from '../../sim/index.ts';
import { columnsOf } from '../../sim/trace/tables.ts';
import type { Bench, Contender } from './harness.ts';

/** Some 12 kB of memory at a time: three of its pages, as they come to a recorder. */
const EVENTS_PER_SHARE = 256;

/** One replica of three is away for 45 s of 15 minutes, under 100 writes a second. */
const OUTAGE = `
hintlab: 1
duration: 15m
nodes: [a, b, c]
workload: { rate: 100/s, payload: 200B, until: 14m50s }
faults: [{ crash: b, at: 60.5s, for: 45s }]
`;

/** The same with Cassandra's policies, which bring timestamps, timeouts and sessions, and backends that take their time. */
const WHOLE = `${OUTAGE}
system: cassandra
consistency: QUORUM
service: { time: { exponential: 1ms }, workers: 4, queue: 512 }
`;

/** Three racks of so many nodes each; load and events are the same for any number. Beliefs cost nothing. */
function rings(nodes: number): string {
  const rack = (name: string): string => {
    const names = Array.from({ length: nodes / 3 }, (_, index) => `${name}${index}`);
    return `${name}: [${names.join(', ')}]`;
  };
  return `
hintlab: 1
duration: 1m
datacentres: { dc1: RACKS }
limits: { nodes: 1000 }
detector: { fixed: { down: 1s, up: 0s } }
drain: { interval: 10m }
workload: { rate: 5000/s, keys: { count: 100000 } }
`.replace('RACKS', `{ ${['a', 'b', 'c'].map(rack).join(', ')} }`);
}

function scenarioOf(text: string, level: string): Scenario {
  const parsed = parseScenario(text, { file: 'bench.yaml', sets: [`record=${level}`] });
  if (parsed.kind === 'invalid')
    throw new Error(`a scenario of the bench is refused: ${JSON.stringify(parsed.problems)}`);
  return parsed.scenario;
}

/** Runs it a few times untimed, and then once. */
function contender(text: string, level = 'counters'): Contender {
  return () => {
    const scenario = scenarioOf(text, level);
    const simulate = (): number => {
      const result = run(scenario);
      if (result.kind === 'limit') throw new Error(`stopped at ${result.limit}`);
      return result.trace.events;
    };
    simulate();
    simulate();
    return simulate;
  };
}

/** Sets as many bytes of new memory as a full trace has, an even share every so many events, and records nothing. */
function bytesOf(text: string): Contender {
  return () => {
    const full = run(scenarioOf(text, 'full'));
    if (full.kind === 'limit') throw new Error(`stopped at ${full.limit}`);
    // A column of zeros is never touched.
    const set = columnsOf(full.trace).filter(({ column }) => column.some((cell) => cell !== 0));
    const bytes = set.reduce((sum, { column }) => sum + column.byteLength, 0);
    const scenario = scenarioOf(text, 'counters');
    const share = Math.ceil((bytes / full.trace.events) * EVENTS_PER_SHARE);
    const simulate = (): number => simulateWith(new Simulation(scenario), new Uint8Array(bytes), share);
    simulate();
    simulate();
    return simulate;
  };
}

/** Runs to the end, with a share of the memory set after each step. Answers with the number of events. */
function simulateWith(simulation: Simulation, memory: Uint8Array, share: number): number {
  for (let from = 0; simulation.advance(EVENTS_PER_SHARE).kind === 'running'; from += share) {
    memory.fill(1, from, from + share);
  }
  return simulation.trace().events;
}

const bench: Bench = {
  title: 'cluster: what the model costs',
  unit: 'event',
  reference: 'plain',
  rows: [
    {
      name: 'full trace',
      contenders: { plain: contender(OUTAGE), bytes: bytesOf(OUTAGE), full: contender(OUTAGE, 'full') },
      bar: { contender: 'full', atMost: 1.25 },
    },
    { name: 'whole model', contenders: { plain: contender(OUTAGE), whole: contender(WHOLE) } },
    {
      name: 'its full trace',
      contenders: { plain: contender(WHOLE), bytes: bytesOf(WHOLE), full: contender(WHOLE, 'full') },
      bar: { contender: 'full', atMost: 1.25 },
    },
    {
      name: 'nodes: 9, 90, 900',
      contenders: { plain: contender(rings(9)), '90': contender(rings(90)), '900': contender(rings(900)) },
      // ln 900 / ln 9
      bar: { contender: '900', atMost: 3.1 },
    },
  ],
};

export default bench;
