/**
 * Sweeps: a grid over two values of a scenario, each cell run with the same seeds, so that cells differ by their values
 * and never by their luck. A cell depends on the plan and its place alone, whoever computes it and in whatever order.
 *
 *   plan ─ placesOf ─▶ places ─ sweepCell, on any thread ─▶ cells ─ sweep-answer ─▶ one sentence
 */
import { ledger } from '../check/index.ts';
import { describeLimit, run } from '../cluster/index.ts';
import { formatProblem, parseScenario } from '../scenario/index.ts';
import type { ParseOptions, ParseResult, Scenario } from '../scenario/index.ts';
import { theoryOf } from './closed-form.ts';
import { lostByCause, measuresOf } from './sweep-measures.ts';
import type { CellPlace, SweepCell, SweepPlan, SweepRun } from './sweep-plan.ts';
import { cellSets } from './sweep-plan.ts';

/** Text of a file that the scenario names; undefined if there is none. */
export type ReadNamed = NonNullable<ParseOptions['readImport']>;

/** Runs one cell: as many runs as the plan has seeds, the scenario's own first. */
export function sweepCell(plan: SweepPlan, place: CellPlace, readImport: ReadNamed = () => undefined): SweepCell {
  const parsed = parseCell(plan, place, readImport);
  if (parsed.kind === 'invalid') {
    const [first] = parsed.problems;
    return { ...place, runs: [], theory: { forms: [], unmet: [] }, problem: first ? formatProblem(first) : 'unknown' };
  }
  const { scenario } = parsed;
  const theory = theoryOf(scenario);
  const runs: SweepRun[] = [];
  let problem: string | undefined;
  for (let nth = 0; nth < plan.seeds; nth++) {
    const done = runOf({ ...scenario, seed: scenario.seed + nth });
    if (typeof done === 'string') problem ??= done;
    else runs.push(done);
  }
  return { ...place, runs, theory, ...(problem === undefined ? {} : { problem }) };
}

/** Copies are told of at level `full` alone, so that is taken if it is within limits and nobody asked for less. */
function parseCell(plan: SweepPlan, place: CellPlace, readImport: ReadNamed): ParseResult {
  const sets = cellSets(plan, place);
  const parse = (all: readonly string[]): ParseResult =>
    parseScenario(plan.text, { file: plan.file, sets: all, readImport });
  if (sets.some((set) => set.startsWith('record='))) return parse(sets);
  const full = parse([...sets, 'record=full']);
  return full.kind === 'scenario' ? full : parse(sets);
}

/** What one run came to, or the limit that it met. */
function runOf(scenario: Scenario): SweepRun | string {
  const finished = run(scenario);
  if (finished.kind === 'limit') return `stopped at ${describeLimit(finished.limit, finished.allowed)}`;
  const totals = ledger(finished.trace)?.totals;
  const measures = measuresOf(finished.trace, totals);
  return { seed: scenario.seed, measures, lostBy: totals === undefined ? [] : lostByCause(totals) };
}
