/**
 * A look at a run that goes on: what it shows is what the finished run says of that time, and looking changes nothing.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { encodeTrace, NEVER, Simulation, type Trace } from '../../../sim/index.ts';
import { randomScenario, yamlOf } from '../../support/random-scenarios.ts';
import { Reach } from '../../support/reach.ts';
import { scenarioOf, traceOf } from '../../support/scenarios.ts';

/** The instants of a column as they stand at `now`: what comes later has not happened. */
function asOf(column: Float64Array, rows: number, now: number): number[] {
  return [...column.subarray(0, rows)].map((at) => (at < now ? at : NEVER));
}

/** What happens at that very instant may be on either side of the look. */
function before(column: Float64Array, now: number): number[] {
  return [...column].map((at) => (at < now ? at : NEVER));
}

function expectToAgree(look: Trace, whole: Trace): void {
  const now = look.endedAt;
  const rows = look.hints.storedAt.length;
  expect(rows).toBe(look.totals.hints.stored);
  expect([...whole.hints.storedAt].filter((at) => at < now).length).toBeLessThanOrEqual(rows);
  for (const name of ['storedAt', 'deadline'] as const)
    expect([...look.hints[name]]).toEqual([...whole.hints[name].subarray(0, rows)]);
  for (const name of ['holder', 'peer', 'bytes'] as const)
    expect([...look.hints[name]]).toEqual([...whole.hints[name].subarray(0, rows)]);
  for (const name of ['leftAt', 'endedAt'] as const)
    expect(before(look.hints[name], now)).toEqual(asOf(whole.hints[name], rows, now));
  for (const name of ['outages', 'beliefs', 'behind'] as const) {
    const { from, until } = look[name];
    expect([...from]).toEqual([...whole[name].from.subarray(0, from.length)]);
    expect(before(until, now)).toEqual(asOf(whole[name].until, until.length, now));
  }
}

it('a look shows what the finished run says of that time, and leaves the run as it would have been', () => {
  const reach = new Reach<'hints are stored' | 'a node is down'>();
  fc.assert(
    fc.property(
      randomScenario,
      fc.integer({ min: 1, max: 99 }),
      fc.constantFrom('hints', 'full'),
      (random, percent, level) => {
        const scenario = scenarioOf(yamlOf(random), [`record=${level}`]);
        const whole = traceOf(scenario);
        const simulation = new Simulation(scenario);
        simulation.advance(Math.ceil((whole.events * percent) / 100));
        const look = simulation.soFar();
        expectToAgree(look, whole);
        expect(look.events).toBe(simulation.events);
        reach.note('hints are stored', look.hints.storedAt.length > 0);
        reach.note('a node is down', look.outages.until.includes(NEVER));
        simulation.advance(whole.events);
        expect(Buffer.compare(encodeTrace(simulation.trace()), encodeTrace(whole))).toBe(0);
      },
    ),
    { seed: 22, numRuns: 40 },
  );
  expect(reach.rarerThan(10, ['hints are stored', 'a node is down'])).toEqual([]);
});

it('a look holds nothing of the level full, which is most of a recording', () => {
  const simulation = new Simulation(scenarioOf('hintlab: 1\nduration: 1m\nrecord: full\nworkload: { rate: 100/s }\n'));
  simulation.advance(5_000);
  const look = simulation.soFar();
  expect(look.level).toBe('hints');
  expect([look.log.at, look.writes.key, look.copies.write, look.reads.key].map(({ length }) => length)).toEqual([
    0, 0, 0, 0,
  ]);
  expect(look.totals.writes.issued).toBeGreaterThan(0);
});

it('a run that is advanced by so many events has dispatched so many', () => {
  const simulation = new Simulation(scenarioOf('hintlab: 1\nduration: 1m\nworkload: { rate: 100/s }\n'));
  simulation.advance(100);
  expect(simulation.events).toBe(100);
  simulation.advance(1);
  expect(simulation.events).toBe(101);
});

it('the totals of a run that goes on, and of one that is over, are those of its trace', () => {
  const simulation = new Simulation(scenarioOf('hintlab: 1\nduration: 1m\nworkload: { rate: 100/s }\n'));
  simulation.advance(5_000);
  expect(simulation.totals()).toEqual(simulation.soFar().totals);
  simulation.advance(Infinity);
  expect(simulation.totals()).toEqual(simulation.trace().totals);
  expect(simulation.totals().writes.issued).toBe(6_000);
});

it('a run that keeps no hints shows none', () => {
  const simulation = new Simulation(
    scenarioOf(
      'hintlab: 1\nduration: 5m\nrecord: counters\nfaults: [{ crash: b, at: 0s, for: 4m }]\nnodes: [a, b, c]\n',
    ),
  );
  simulation.advance(20_000);
  const look = simulation.soFar();
  expect(look.level).toBe('counters');
  expect(look.hints.storedAt.length).toBe(0);
  expect(look.outages.from.length).toBe(1);
});

it('a run goes on by as many events as it is asked to, and says when the last of them was', () => {
  const scenario = scenarioOf('hintlab: 1\nduration: 60s\nnodes: [a, b]\nworkload: { rate: 1/s, coordinators: [a] }');
  const simulation = new Simulation(scenario);
  expect([simulation.events, simulation.advance(0).kind, simulation.events]).toEqual([0, 'running', 0]);
  for (let events = 1; events <= 40; events++) {
    expect(simulation.advance(1).kind).toBe('running');
    expect(simulation.events).toBe(events);
    expect(simulation.now).toBe(simulation.soFar().endedAt);
  }
  simulation.advance(7);
  expect([simulation.events, simulation.now > 0]).toEqual([47, true]);
});
