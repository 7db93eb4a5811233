/**
 * What is known of our teeth, part by part: `results.json`, from which the report is written. A part that is measured anew
 * takes the place of what was known of it; the others stay.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Sight } from './canaries.ts';
import type { MatrixRow } from './matrix/row.ts';
import type { Fate } from './mutants/mutation-run.ts';
import type { Mutant } from './mutants/mutate.ts';

/** A row of the matrix without the patches of its bug. */
export interface RowResult extends Omit<MatrixRow, 'bug'> {
  readonly id: string;
  readonly sentence: string;
}

/** A matrix and its size. */
export interface MatrixResult {
  readonly seeds: number;
  /** Runs that one hunt tries. */
  readonly maxRuns: number;
  readonly rows: readonly RowResult[];
}

/** A mutation run. */
export interface MutationResult {
  /** Mutants there are, and of them those that were run: all, or a sample drawn with this seed. */
  readonly mutants: number;
  readonly sampled: number;
  readonly seed: number;
  /**
   * What became of the sample when it was drawn, before a test was written for any of its survivors: only this says
   * something of the mutants that are not in it. Undefined where all were run.
   */
  readonly drawn?: MutantCounts;
  /** Cases that they had to get past, and those that were too dear to be run for each. */
  readonly cases: number;
  readonly leftOut: number;
  readonly files: readonly FileMutants[];
  /** Those that no check noticed, but a digest. */
  readonly digested: readonly Mutant[];
  /** Those that nothing noticed. */
  readonly alive: readonly {
    readonly mutant: Mutant;
    readonly fate: Extract<Fate, { readonly kind: 'survived' | 'unmet' }>;
  }[];
}

/** What became of some mutants; those that are none of these lived. */
export interface MutantCounts {
  readonly mutants: number;
  readonly byCheck: number;
  /** No check, but a digest. */
  readonly byDigest: number;
  /** A loop ran away, or a process was lost. */
  readonly ranAway: number;
}

/** The mutants of one file that were run. */
export interface FileMutants extends MutantCounts {
  readonly file: string;
  /** A hash of the source that they are mutants of. */
  readonly source: string;
}

/** Runs of correct code. */
export interface SoakResult {
  readonly lives: number;
  readonly runs: number;
  /** Runs that were ended by a limit and not judged. */
  readonly limited: number;
  /** What must not be, and was. */
  readonly falsePositives: readonly string[];
}

/** Everything known. */
export interface Results {
  readonly canaries?: readonly ({ readonly name: string } & Sight)[];
  readonly store?: MatrixResult;
  readonly cluster?: MatrixResult;
  readonly core?: MutationResult;
  /** Samples, by their seeds. */
  readonly model?: readonly MutationResult[];
  readonly soak?: SoakResult;
}

const FILE = new URL('results.json', import.meta.url);

/** What was known before. */
export function readResults(): Results {
  if (!existsSync(FILE)) return {};
  const results: Results = JSON.parse(readFileSync(FILE, 'utf8'));
  return results;
}

/** Writes down what is known now. */
export function writeResults(results: Results): void {
  writeFileSync(FILE, `${JSON.stringify(results, undefined, 1)}\n`);
}

/** The samples that are known, with one that was measured anew in the place of that with its seed. */
export function withSample(known: readonly MutationResult[] = [], anew: MutationResult): readonly MutationResult[] {
  return [...known.filter(({ seed }) => seed !== anew.seed), anew].toSorted((one, other) => one.seed - other.seed);
}

/** A row as it is written down. */
export function rowResult({ bug, ...row }: MatrixRow): RowResult {
  return { id: bug.id, sentence: bug.sentence, ...row };
}

/** What is known, with the rows of some bugs that were measured anew, where the matrix is of the same size. */
export function withRows(known: Results, anew: Results): Results {
  const [store, cluster] = [mergedMatrix(known.store, anew.store), mergedMatrix(known.cluster, anew.cluster)];
  return { ...known, ...(store === undefined ? {} : { store }), ...(cluster === undefined ? {} : { cluster }) };
}

function mergedMatrix(known: MatrixResult | undefined, anew: MatrixResult | undefined): MatrixResult | undefined {
  if (known?.seeds !== anew?.seeds || known?.maxRuns !== anew?.maxRuns) return known;
  return known && { ...known, rows: known.rows.map((row) => anew?.rows.find(({ id }) => id === row.id) ?? row) };
}
