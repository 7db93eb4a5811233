/**
 * What a hunt, a sweep or a reduction asks of its workers, and what they answer: plain values, so that they pass between
 * threads as they are.
 */
import { hunt } from '../explore/hunt.ts';
import type { HuntPlan } from '../explore/hunt.ts';
import { shrinkSighting } from '../explore/shrink-sighting.ts';
import type { Caught, ShrinkOptions } from '../explore/shrink-sighting.ts';
import type { CellPlace, SweepCell, SweepPlan } from '../explore/sweep-plan.ts';
import { sweepCell } from '../explore/sweep.ts';
import type { Sighting, Tally } from '../explore/tally.ts';
import { readBeside } from './open-scenario.ts';
import { shrinkFile } from './shrink-file.ts';
import type { ShrinkJob, Shrunk, Superior } from './shrink-file.ts';

/** Runs [from, to) of a plan. */
export interface HuntTask {
  readonly kind: 'hunt';
  readonly plan: HuntPlan;
  readonly from: number;
  readonly to: number;
}

/** The reduction of one sighting. */
export interface ShrinkTask {
  readonly kind: 'shrink';
  readonly sighting: Sighting;
  readonly options: ShrinkOptions;
}

/** One cell of a sweep. */
export interface SweepTask {
  readonly kind: 'sweep';
  readonly plan: SweepPlan;
  readonly place: CellPlace;
  /** Where the scenario is: files that it names are found from there. */
  readonly path: string;
}

/** The reduction of one file. */
export interface ShrinkFileTask {
  readonly kind: 'shrinkFile';
  readonly job: ShrinkJob;
}

/** One piece of work. */
export type Task = HuntTask | ShrinkTask | SweepTask | ShrinkFileTask;
/** What came of one. */
export type Answer =
  | { readonly kind: 'tally'; readonly tally: Tally }
  | { readonly kind: 'caught'; readonly caught: Caught }
  | { readonly kind: 'cell'; readonly cell: SweepCell }
  | { readonly kind: 'shrunk'; readonly shrunk: Shrunk }
  /** Our bug, in words: an exception loses its class between threads. */
  | { readonly kind: 'failed'; readonly message: string };

/** Does a piece of work. */
export function perform(task: Task, superior: Superior): Answer {
  switch (task.kind) {
    case 'hunt':
      return { kind: 'tally', tally: hunt(task.plan, task.from, task.to) };
    case 'shrink':
      return { kind: 'caught', caught: shrinkSighting(task.sighting, task.options, superior.isStopped) };
    case 'sweep':
      return { kind: 'cell', cell: sweepCell(task.plan, task.place, (named) => readBeside(task.path, named)) };
    case 'shrinkFile':
      return { kind: 'shrunk', shrunk: shrinkFile(task.job, superior) };
  }
}
