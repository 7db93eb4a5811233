/**
 * The plan of a sweep and what comes of each of its cells, as plain values: they pass between threads as they are, and a
 * page reads them without the simulator.
 */
import type { Theory } from './closed-form.ts';
import type { SweepAxis } from './sweep-axis.ts';
import type { Measures } from './sweep-metrics.ts';

/** What to sweep. */
export interface SweepPlan {
  /** The scenario, and what it is called in messages. */
  readonly text: string;
  readonly file: string;
  /** `path=value` each, for every cell; the axes come after them. */
  readonly sets: readonly string[];
  readonly x: SweepAxis;
  readonly y: SweepAxis;
  /** Runs of each cell, 1 … {@link MOST_SEEDS}: the seed of the scenario and those after it. */
  readonly seeds: number;
}

/** More runs of a cell than that tell nothing more of its 10th and 90th percentile. */
export const MOST_SEEDS = 99;

/** Positions in the values of the two axes. */
export interface CellPlace {
  readonly x: number;
  readonly y: number;
}

/** One run of a cell. */
export interface SweepRun {
  readonly seed: number;
  readonly measures: Measures;
  /** Lost copies by cause, most first. */
  readonly lostBy: readonly (readonly [name: string, copies: number])[];
}

/** What came of a cell. */
export interface SweepCell extends CellPlace {
  /** In the order of the seeds. */
  readonly runs: readonly SweepRun[];
  readonly theory: Theory;
  /** Why runs are missing: the scenario is refused, or a limit was met. */
  readonly problem?: string;
}

/** Every place of a plan, row by row. */
export function placesOf({ x, y }: Pick<SweepPlan, 'x' | 'y'>): readonly CellPlace[] {
  return y.values.flatMap((_, row) => x.values.map((__, column) => ({ x: column, y: row })));
}

/** The settings of a cell: what `--set` would take to run just that. */
export function cellSets({ sets, x, y }: Pick<SweepPlan, 'sets' | 'x' | 'y'>, place: CellPlace): readonly string[] {
  return [...sets, `${x.path}=${x.values[place.x] ?? ''}`, `${y.path}=${y.values[place.y] ?? ''}`];
}
