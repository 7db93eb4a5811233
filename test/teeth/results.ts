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
  /** Cases that they had to get past, and those that were too dear to be run for each. */
  readonly cases: number;
  readonly leftOut: number;
  readonly files: readonly FileMutants[];
  /** Those that nothing noticed. */
  readonly alive: readonly {
    readonly mutant: Mutant;
    readonly fate: Extract<Fate, { readonly kind: 'survived' | 'unmet' }>;
  }[];
}

/** The mutants of one file that were run; those that are none of these lived. */
export interface FileMutants {
  readonly file: string;
  readonly mutants: number;
  readonly byCheck: number;
  /** No check, but a digest. */
  readonly byDigest: number;
  /** A loop ran away, or a process was lost. */
  readonly ranAway: number;
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
  readonly model?: MutationResult;
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
