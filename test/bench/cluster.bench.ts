/**
 * Events per CPU-second of the story `single-outage`, and of the same story at a tenth of its load: the simulator at
 * level `counters` beside the same story as closures. The bar is on the story; the lighter load is timed for honesty.
 */
import { readFileSync } from 'node:fs';
import { parseScenario, run } from '../../sim/index.ts';
import type { Scenario } from '../../sim/index.ts';
import { runTwin } from './closure-twin.ts';
import type { Bench, BenchRow, Contender } from './harness.ts';

/** A load of the story: writes per second, and the runs in a timed sample, one of which is too short to be timed. */
interface Load {
  readonly rate: number;
  readonly runs: number;
}

const STORY: Load = { rate: 100, runs: 4 };
const LIGHTER: Load = { rate: 10, runs: 20 };

function story(level: string, { rate }: Load): Scenario {
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

function contender(level: string, load: Load): Contender {
  return () => {
    const scenario = story(level, load);
    simulate(scenario, load.runs);
    return () => simulate(scenario, load.runs);
  };
}

/** The twin is credited with the simulator's events, however many tasks it needs for them. */
function twin(load: Load): Contender {
  return () => {
    const { rate, runs } = load;
    const events = simulate(story('counters', load), 1);
    const runAll = (): number => {
      let acked = 0;
      for (let round = 0; round < runs; round++) acked += runTwin(rate).acked;
      if (acked !== runs * rate * 890) throw new Error(`the twin acknowledged ${acked} writes`);
      return events * runs;
    };
    runAll();
    return runAll;
  };
}

function row(name: string, load: Load): BenchRow {
  return { name, contenders: { closures: twin(load), hintlab: contender('counters', load) } };
}

const atStory = row(`the story, ${STORY.rate} writes/s`, STORY);

const bench: Bench = {
  title: 'cluster: single-outage',
  unit: 'event',
  reference: 'closures',
  rows: [
    {
      ...atStory,
      contenders: { ...atStory.contenders, 'hintlab, full trace': contender('full', STORY) },
      bar: { contender: 'hintlab', atMost: 1 / 3 },
    },
    row(`lighter, ${LIGHTER.rate} writes/s`, LIGHTER),
  ],
};

export default bench;
