/**
 * `hintlab sweep`: a scenario over a grid of two of its values, all cores at work, and one sentence on top of the table.
 */
import { availableParallelism } from 'node:os';
import { sweepAnswer } from '../explore/sweep-answer.ts';
import type { SweepMetric } from '../explore/sweep-metrics.ts';
import { placesOf } from '../explore/sweep-plan.ts';
import type { SweepCell, SweepPlan } from '../explore/sweep-plan.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { Pool } from './explore-pool.ts';
import { POOL_PACE } from './explore-run.ts';
import { StatusLine } from './status-line.ts';
import type { InterruptWatch, Io } from './io.ts';
import { type Changes, findScenario } from './open-scenario.ts';
import { paintFor } from './paint.ts';
import { sweepJson, sweepLines } from './sweep-report.ts';
import { tell } from './tell.ts';

/** What to sweep, and how to tell. */
export interface SweepOptions extends Pick<SweepPlan, 'x' | 'y' | 'seeds'> {
  readonly changes: Changes;
  readonly metric: SweepMetric;
  /** One JSON object instead of a table. */
  readonly json: boolean;
}

/** Sweeps the scenario or story called `name`. */
export async function sweepCommand(name: string, options: SweepOptions, io: Io): Promise<ExitCode> {
  const found = findScenario(name);
  if (found.kind === 'refused') return tell(io, found.lines);
  const { x, y, seeds, metric, json, changes } = options;
  const plan: SweepPlan = { text: found.text, file: found.file, sets: setsOf(changes), x, y, seeds };
  const interrupt = io.watchInterrupt();
  const cells = await cellsOf(plan, found.path, io, interrupt).finally(() => interrupt.stop());
  const [first] = cells;
  if (first?.problem !== undefined && cells.every(({ runs }) => runs.length === 0)) return tell(io, [first.problem]);
  const answer = sweepAnswer(plan, cells, metric);
  const text = json
    ? JSON.stringify(sweepJson(plan, cells, metric, answer), undefined, 2)
    : sweepLines(plan, cells, metric, answer, paintFor(io.colour)).join('\n');
  io.out(`${text}\n`);
  return interrupt.interrupted() ? EXIT.interrupted : EXIT.ok;
}

/** The cells in the order of the grid; those that an interrupt leaves over are missing. */
async function cellsOf(
  plan: SweepPlan,
  path: string,
  io: Io,
  interrupt: InterruptWatch,
): Promise<readonly SweepCell[]> {
  const places = placesOf(plan);
  const pool = new Pool(Math.min(availableParallelism(), places.length));
  const line = new StatusLine(io, POOL_PACE);
  const cells: SweepCell[] = [];
  let at = 0;
  try {
    await pool.work(
      () => {
        const place = interrupt.interrupted() ? undefined : places[at++];
        return place === undefined ? undefined : { kind: 'sweep', plan, place, path };
      },
      (answer) => {
        if (answer.kind === 'cell') cells.push(answer.cell);
        line.say(() => `${cells.length} of ${places.length} cells`);
      },
    );
  } finally {
    await pool.close();
  }
  line.end();
  return cells.toSorted((left, right) => left.y - right.y || left.x - right.x);
}

/** The options as settings of every cell; before the others, as the last one of a path wins. */
function setsOf({ seed, system, sets }: Changes): readonly string[] {
  return [
    ...(system === undefined ? [] : [`system=${system}`]),
    ...(seed === undefined ? [] : [`seed=${seed}`]),
    ...sets,
  ];
}
