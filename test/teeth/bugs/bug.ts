/**
 * A seeded bug: a mistake that somebody has made, or could make, as a patch of our sources (properties §3.2).
 */
import type { SourcePatch } from '../patch.ts';

/** What a bug is judged by: the laws of the store, or the properties of a run. */
export type Oracle = 'store' | 'cluster';

/** One bug. */
export interface SeededBug {
  /** The number in the catalogue, and a letter where one number has several forms; `r…` for mistakes beside it. */
  readonly id: string;
  /** What is wrong, as a sentence. */
  readonly sentence: string;
  readonly oracle: Oracle;
  readonly patches: readonly SourcePatch[];
}

/** A bug that is one change to one file. */
export function bugIn(oracle: Oracle, file: string) {
  return (id: string, sentence: string, before: string, after: string): SeededBug => {
    return { id, sentence, oracle, patches: [{ file, before, after }] };
  };
}
