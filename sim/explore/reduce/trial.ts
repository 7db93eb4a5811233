/**
 * How a pass of the reducer talks to the one who runs scenarios: it yields candidates and is told of each whether the
 * same property still fails for the same cause. A trial holds its place between two candidates, which is what makes
 * the reducer resumable; it knows nothing of runs, budgets or memory.
 */
import type { JudgedRun, RunViolation } from '../judge.ts';
import type { ScenarioTree } from '../scenario-tree.ts';

/** A scenario that fails, its run, and the violation that must stay. */
export interface Found {
  readonly tree: ScenarioTree;
  readonly judged: JudgedRun;
  readonly violation: RunViolation;
}

/** Yields candidates, gets told whether each still fails, and returns a part of its result. */
export type Search<Result> = Generator<ScenarioTree, Result, boolean>;

/** A whole pass under way; returns the smallest tree it has been told still fails, or the one it began with. */
export type Trial = Search<ScenarioTree>;

/** One idea of how a failing scenario may get simpler. */
export interface Pass {
  /** As progress and reports call it. */
  readonly name: string;
  try(found: Found): Trial;
}

/** The first candidate that still fails, or `tree` itself. */
export function* firstFailing(tree: ScenarioTree, candidates: Iterable<ScenarioTree>): Trial {
  for (const candidate of candidates) if (yield candidate) return candidate;
  return tree;
}
