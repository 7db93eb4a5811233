/**
 * A life: what happened to one hint or one write, step by step, in plain sentences. At level `full` each step names
 * its log row, so that a reader can go there.
 */
import { NONE } from '../trace.ts';
import type { Trace } from '../trace.ts';
import { findEntry } from './happening.ts';
import type { Happening } from './happening.ts';
import { sentenceOf } from './sentence.ts';

/** A title that says how it ended, and the way there. */
export interface Life {
  readonly title: string;
  /** In the order of happening. */
  readonly steps: readonly LifeStep[];
}

/** One step of a life. */
export interface LifeStep {
  readonly at: number;
  readonly text: string;
  /** The log row, where there is one. */
  readonly entry?: number;
}

/** Steps that tell of changes while something waited; more than this are cut in the middle, which is said. */
const MAX_CHANGES = 40;

/** A happening as a step, joined with its log row if the log has it. */
export function stepOf(trace: Trace, happening: Happening): LifeStep {
  const step = { at: happening.at, text: sentenceOf(trace, happening) };
  const entry = findEntry(trace, happening);
  return entry === NONE ? step : { ...step, entry };
}

/** Steps by time, within an instant as in the log; what the log does not have comes last, in the order given. */
export function inOrder(steps: readonly LifeStep[]): readonly LifeStep[] {
  return steps.toSorted((left, right) => {
    if (left.at !== right.at) return left.at - right.at;
    return (left.entry ?? Number.MAX_SAFE_INTEGER) - (right.entry ?? Number.MAX_SAFE_INTEGER);
  });
}

/** At most {@link MAX_CHANGES} of `changes`, which are in order: the first and the last ones, and how many are left out. */
export function abridged(changes: readonly Happening[], tell: (change: Happening) => LifeStep): readonly LifeStep[] {
  if (changes.length <= MAX_CHANGES) return changes.map(tell);
  const half = MAX_CHANGES / 2;
  const skipped = changes.slice(half, -half);
  const gap = { at: skipped[0]?.at ?? 0, text: `${skipped.length} more changes like these are left out` };
  return [...changes.slice(0, half).map(tell), gap, ...changes.slice(-half).map(tell)];
}
