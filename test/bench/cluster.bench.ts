/**
 * Events per CPU-second of the story `single-outage`, as it is and at a hundred times its load: the simulator at level
 * `counters` beside the same story as closures.
 */
import { readFileSync } from 'node:fs';
import { parseScenario, run } from '../../sim/index.ts';
import type { Scenario } from '../../sim/index.ts';
import { runTwin } from './closure-twin.ts';
import type { Bench, Contender } from './harness.ts';

/** Writes per second: of the story, and of the same story under the load of a small production cluster. */
const RATES = [10, 1_000] as const;

/** Runs in a timed sample: a run of the story is too short to be timed alone. */
function runsAt(rate: number): number {
  return rate === 10 ? 20 : 1;
}

function story(level: string, rate: number): Scenario {
  const file = 'sim/scenario/stories/single-outage.yaml';
  const parsed = parseScenario(readFileSync(file, 'utf8'), {
    file,
    sets: [`record=${level}`, `workload.rate=${rate}/s`],
  });
  if (parsed.kind === 'invalid') throw new Error('the story single-outage is refused');
  return parsed.scenario;
}

/** Runs a scenario so many times; answers with the events of all runs. */
function simulate(scenario: Scenario, runs: number): number {
  let events = 0;
  for (let round = 0; round < runs; round++) {
    const result = run(scenario);
    if (result.kind === 'limit') throw new Error(`stopped at ${result.limit}`);
    events += result.trace.events;
  }
  return events;
}

function contender(level: string, rate: number): Contender {
  return () => {
    const scenario = story(level, rate);
    simulate(scenario, runsAt(rate));
    return () => simulate(scenario, runsAt(rate));
  };
}

/** The twin is credited with the simulator's events, however many tasks it needs for them. */
function twin(rate: number): Contender {
  return () => {
    const events = simulate(story('counters', rate), 1);
    const runAll = (): number => {
      let acked = 0;
      for (let round = 0; round < runsAt(rate); round++) acked += runTwin(rate).acked;
      if (acked !== runsAt(rate) * rate * 890) throw new Error(`the twin acknowledged ${acked} writes`);
      return events * runsAt(rate);
    };
    runAll();
    return runAll;
  };
}

const bench: Bench = {
  title: 'cluster: single-outage',
  unit: 'event',
  reference: 'closures',
  rows: RATES.map((rate) => ({
    name: `${rate} writes/s`,
    contenders: {
      closures: twin(rate),
      hintlab: contender('counters', rate),
      ...(rate === 10 ? { 'hintlab, full trace': contender('full', rate) } : {}),
    },
    bar: { contender: 'hintlab', atMost: 1 / 3 },
  })),
};

export default bench;
