import { expect, test } from 'vitest';
import { ledger } from '../../../sim/check/index.ts';
import { sweepAnswer } from '../../../sim/explore/sweep-answer.ts';
import { bandOf, SWEEP_METRICS } from '../../../sim/explore/sweep-metrics.ts';
import { measuresOf } from '../../../sim/explore/sweep-measures.ts';
import { cellSets, placesOf, type SweepCell, type SweepPlan } from '../../../sim/explore/sweep-plan.ts';
import { sweepCell } from '../../../sim/explore/sweep.ts';
import { SMALL } from '../../support/bench.ts';
import { scenarioOf, traceOf } from '../../support/scenarios.ts';

const PLAN: SweepPlan = {
  text: SMALL,
  file: 'small.yaml',
  sets: ['workload.arrivals=poisson'],
  x: { path: 'hints.cap', values: ['1000B', '1MiB'] },
  y: { path: 'hints.ttl', values: ['2s', '1h'] },
  seeds: 3,
};

test('a cell is the runs that --set and --seed would make, whatever was computed before it', () => {
  const place = { x: 1, y: 0 };
  const cell = sweepCell(PLAN, place);
  for (const other of placesOf(PLAN)) sweepCell(PLAN, other);
  expect(sweepCell(PLAN, place)).toEqual(cell);
  cell.runs.forEach(({ seed, measures }, nth) => {
    expect(seed).toBe(scenarioOf(SMALL).seed + nth);
    const trace = traceOf(scenarioOf(SMALL, [...cellSets(PLAN, place), `seed=${seed}`, 'record=full']));
    expect(measures).toEqual(measuresOf(trace, ledger(trace)?.totals));
  });
  expect(new Set(cell.runs.map(({ measures }) => JSON.stringify(measures))).size).toBeGreaterThan(1);
});

test('all cells have the same luck: what the clients send is the same in each', () => {
  const issued = placesOf(PLAN).map((place) => {
    const trace = traceOf(scenarioOf(SMALL, [...cellSets(PLAN, place), 'record=full']));
    return [...trace.writes.issuedAt];
  });
  expect(new Set(issued.map((each) => JSON.stringify(each))).size).toBe(1);
});

test('measures follow from an outage worked out by hand', () => {
  // A write of 100 B every 100 ms. Until 1 s nobody has heard of anybody: nine writes are hinted for b and for c. b is away
  // from 10 s to 15 s, and taken for Down from 11 s up to 16 s, the first instant in and the last one out: 50 more. All 68
  // wait for the sweep of 30 s. A cap of 1000 B keeps ten of them and refuses the rest.
  const plan: SweepPlan = { ...PLAN, sets: [], seeds: 1 };
  const [capped] = sweepCell(plan, { x: 0, y: 1 }).runs;
  const [free] = sweepCell(plan, { x: 1, y: 1 }).runs;
  expect(capped?.measures.peakBytes).toBe(1_000);
  expect(free?.measures.peakBytes).toBe(6_800);
  expect(capped?.measures.refused).toBe(58);
  expect(free?.measures.refused).toBe(0);
  expect(capped?.lostBy.map(([cause]) => cause)).toContain('hint refused at the cap');
  for (const metric of SWEEP_METRICS) expect(free?.measures[metric], metric).toBeDefined();
});

test('a cell that the parser refuses says why and has no runs, and a level asked for is kept', () => {
  const bad = sweepCell({ ...PLAN, x: { path: 'hints.cap', values: ['much'] } }, { x: 0, y: 0 });
  expect(bad.runs).toEqual([]);
  expect(bad.problem).toContain('hints.cap');
  const counted = sweepCell({ ...PLAN, sets: ['record=counters'] }, { x: 0, y: 0 });
  expect(counted.runs[0]?.measures.lost).toBeUndefined();
  expect(counted.runs[0]?.measures.refused).toBeGreaterThan(0);
});

test('a band is made of values that runs had: the nearest ranks', () => {
  expect(bandOf([5, 1, 4, 2, 3, 9, 8, 7, 6, 10])).toEqual({ p10: 1, median: 5, p90: 9, runs: 10 });
  expect(bandOf([7])).toEqual({ p10: 7, median: 7, p90: 7, runs: 1 });
  expect(bandOf([])).toBeUndefined();
});

/** Cells with these lost copies, one run for each number, row by row. */
function cellsOf(rows: readonly (readonly (readonly number[])[])[]): readonly SweepCell[] {
  return rows.flatMap((row, y) =>
    row.map((lost, x) => {
      const runs = lost.map((copies, nth) => ({ seed: nth + 1, measures: { lost: copies }, lostBy: [] }));
      return { x, y, runs, theory: { forms: [], unmet: [] } };
    }),
  );
}

test('the answer is the least value that is enough in every seed, for each row', () => {
  const plan = { ...PLAN, seeds: 2, y: { path: 'hints.ttl', values: ['1m', '1h', '3h'] } };
  const cells = cellsOf([
    [
      [3, 4],
      [0, 1],
    ],
    [
      [0, 2],
      [0, 0],
    ],
    [
      [0, 0],
      [0, 0],
    ],
  ]);
  expect(sweepAnswer(plan, cells, 'lost')).toBe(
    'The least hints.cap with no lost copies, in 2 of 2 seeds: 1MiB at hints.ttl 1h; 1000B at hints.ttl 3h; none of those tried at hints.ttl 1m.',
  );
  const words = { ...plan, x: { path: 'system', values: ['riak', 'scylla'] } };
  expect(sweepAnswer(words, cells, 'lost')).toContain('Those of system with no lost copies');
  expect(sweepAnswer(words, cells, 'lost')).toContain('riak, scylla at hints.ttl 3h');
});

test('where no cell is enough, the answer is the one with the least, and nothing where no run tells', () => {
  const cells = cellsOf([
    [[3], [2]],
    [[4], [5]],
  ]);
  expect(sweepAnswer({ ...PLAN, seeds: 1 }, cells, 'lost')).toBe(
    'The least lost copies, 2, at hints.cap 1MiB, hints.ttl 2s.',
  );
  expect(sweepAnswer(PLAN, cells, 'peakBytes')).toBe('No run tells of peak bytes.');
});
