/**
 * What parts of the model cost, per event: the model with everything in it (timeouts, timestamps, sessions, a service
 * time) over the plain one, a full trace of either over counters alone, and more nodes over few at the same number of
 * events.
 *
 * The project promises at most a quarter more for a full trace; three million events a CPU-second, which is 333 ns each,
 * for the whole model; and at most the logarithm of the nodes.
 *
 * What a run records is a tape, and the tables of its trace are made of that when somebody first looks. `read` is both:
 * a run whose tables are made at once. The bar is for what recording costs the run.
 */
import { assert } from '../../core/index.ts';
import { parseScenario, run } from '../../sim/index.ts';
import type { Scenario } from '../../sim/index.ts';
import type { Bench, Contender } from './harness.ts';

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

/** Runs it a few times untimed, and then once. @param isRead the tables of the trace are made, too */
function contender(text: string, level = 'counters', isRead = false): Contender {
  return () => {
    const scenario = scenarioOf(text, level);
    const simulate = (): number => {
      const result = run(scenario);
      if (result.kind === 'limit') throw new Error(`stopped at ${result.limit}`);
      const entries = isRead ? result.trace.log.at.length : 0;
      assert(!isRead || entries > 0, 'a full trace has a log', entries);
      return result.trace.events;
    };
    simulate();
    simulate();
    return simulate;
  };
}

const bench: Bench = {
  title: 'cluster: what the model costs',
  unit: 'event',
  reference: 'plain',
  rows: [
    {
      name: 'full trace',
      contenders: { plain: contender(OUTAGE), full: contender(OUTAGE, 'full'), read: contender(OUTAGE, 'full', true) },
      bar: { contender: 'full', atMost: 1.25 },
    },
    { name: 'whole model', contenders: { plain: contender(OUTAGE), whole: contender(WHOLE) } },
    {
      name: 'its full trace',
      contenders: { plain: contender(WHOLE), full: contender(WHOLE, 'full'), read: contender(WHOLE, 'full', true) },
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
