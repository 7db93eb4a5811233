/**
 * Events per CPU-second of the story `single-outage`: the simulator at level `counters` beside the same story as closures.
 */
import { readFileSync } from 'node:fs';
import { parseScenario, run } from '../../sim/index.ts';
import type { Scenario } from '../../sim/index.ts';
import { runTwin } from './closure-twin.ts';
import type { Bench } from './harness.ts';

/** Runs in a timed sample: a run is too short to be timed alone. */
const RUNS = 20;

/** The events of one run: what both engines are credited with, however many tasks the twin needs for them. */
const EVENTS = simulate(story('counters')) / RUNS;

function story(level: string): Scenario {
  const file = new URL('../../sim/scenario/stories/single-outage.yaml', import.meta.url);
  const parsed = parseScenario(readFileSync(file, 'utf8'), { file: file.pathname, sets: [`record=${level}`] });
  if (parsed.kind === 'invalid') throw new Error('the story single-outage is refused');
  return parsed.scenario;
}

/** Runs the story `RUNS` times; answers with the events of all of them. */
function simulate(scenario: Scenario): number {
  let events = 0;
  for (let round = 0; round < RUNS; round++) {
    const result = run(scenario);
    if (result.kind === 'limit') throw new Error(`stopped at ${result.limit}`);
    events += result.trace.events;
  }
  return events;
}

function contender(level: string) {
  return () => {
    const scenario = story(level);
    simulate(scenario);
    return () => simulate(scenario);
  };
}

function simulateTwin(): number {
  let acked = 0;
  for (let round = 0; round < RUNS; round++) acked += runTwin().acked;
  if (acked !== RUNS * 8_900) throw new Error(`the twin acknowledged ${acked} writes`);
  return RUNS * EVENTS;
}

const bench: Bench = {
  title: 'cluster: single-outage',
  unit: 'event',
  reference: 'closures',
  rows: [
    {
      name: 'level counters',
      contenders: {
        closures: () => {
          simulateTwin();
          return simulateTwin;
        },
        hintlab: contender('counters'),
        'hintlab, full trace': contender('full'),
      },
      bar: { contender: 'hintlab', atMost: 1 / 3 },
    },
  ],
};

export default bench;
