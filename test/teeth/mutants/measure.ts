/**
 * Measures a scope: all its mutants or a sample, and what became of them, file by file. And once more what is left of a
 * sample: with a test more, the others are as dead as they were.
 */
import type { FileMutants, MutantCounts, MutationResult } from '../results.ts';
import type { Mutant } from './mutate.ts';
import type { Outcome } from './mutation-run.ts';
import { runMutants } from './mutation-pool.ts';
import type { PoolResult } from './mutation-pool.ts';
import { sampleOf } from './sample.ts';
import { mutatedScope } from './scope.ts';
import type { MutatedScope, Scope } from './scope.ts';

const TOLD_EVERY = 20;
const MINUTE_MS = 60_000;

/** Which mutants of a scope are run, and how. */
export interface Draw {
  /** So many, drawn with this seed. */
  readonly count: number;
  readonly seed: number;
  /** From those of these files; none is all. */
  readonly files: readonly string[];
  /** Or as many as there is time for, from now on, building included. */
  readonly minutes: number;
  /** At a time; Infinity is as many as there are cores. */
  readonly processes: number;
}

/** Runs a sample of the mutants of a scope; tells on stderr how far it is, and what no check notices. */
export async function measuredScope(
  scope: Scope,
  { count, seed, files, minutes, processes }: Draw,
): Promise<MutationResult> {
  const until = performance.now() + minutes * MINUTE_MS;
  const mutated = await mutatedScope(scope);
  const asked = mutated.mutants.filter(({ file }) => files.length === 0 || files.includes(file));
  const sample = sampleOf(asked, count, seed);
  const told = telling(scope, sample.length);
  const run = await runMutants(mutated, sample, { until, processes, told });
  return drawnResult(mutated, seed, run);
}

/** What is known of a sample when it has just been run. */
export function drawnResult(
  { mutants, sources }: Pick<MutatedScope, 'mutants' | 'sources'>,
  seed: number,
  { outcomes, cases, leftOut }: PoolResult,
): MutationResult {
  const files = [...new Set(outcomes.map(({ mutant }) => mutant.file))].toSorted();
  return {
    mutants: mutants.length,
    sampled: outcomes.length,
    seed,
    ...(outcomes.length === mutants.length ? {} : { drawn: countsOf(outcomes) }),
    cases,
    leftOut: leftOut.length,
    files: files.map((file) => fileRow(file, sources, outcomes)),
    ...leftIn(outcomes),
  };
}

/**
 * Runs what is left of a sample again: the mutants that no check noticed; see {@link withLeft}. A file that has changed
 * since is sampled anew, by as many mutants as before.
 */
export async function measuredAgain(scope: Scope, before: MutationResult, processes: number): Promise<MutationResult> {
  const mutated = await mutatedScope(scope);
  const sample = leftOf(before, mutated);
  const run = await runMutants(mutated, sample, { until: Infinity, processes, told: telling(scope, sample.length) });
  return withLeft(before, mutated, run);
}

/** Of the mutants of a scope those that have to be run again. */
export function leftOf(
  before: MutationResult,
  { mutants, sources }: Pick<MutatedScope, 'mutants' | 'sources'>,
): readonly Mutant[] {
  const left = new Set([...before.alive.map(({ mutant }) => mutant), ...before.digested].map(placeOf));
  return before.files.flatMap(({ file, source, mutants: sampled }) => {
    const all = mutants.filter((mutant) => mutant.file === file);
    return sources.get(file) === source
      ? all.filter((mutant) => left.has(placeOf(mutant)))
      : sampleOf(all, sampled, before.seed);
  });
}

/**
 * What is known of a sample once what was left of it is run again. Good for as long as tests only come on top: then the
 * dead stay dead, but in files that have changed, of which nothing is kept.
 */
export function withLeft(
  before: MutationResult,
  { mutants, sources }: Pick<MutatedScope, 'mutants' | 'sources'>,
  { outcomes, cases, leftOut }: PoolResult,
): MutationResult {
  const files = before.files.flatMap((known): readonly FileMutants[] => {
    const now = fileRow(known.file, sources, outcomes);
    if (now.source !== known.source) return now.mutants === 0 ? [] : [now];
    const { mutants: sampled, byCheck, ranAway } = known;
    // Mutants that digests alone had noticed were run again as well.
    return [{ ...now, mutants: sampled, byCheck: byCheck + now.byCheck, ranAway: ranAway + now.ranAway }];
  });
  return {
    ...before,
    mutants: mutants.length,
    sampled: files.reduce((sum, file) => sum + file.mutants, 0),
    cases,
    leftOut: leftOut.length,
    files,
    ...leftIn(outcomes),
  };
}

/** What no two mutants have in common. */
function placeOf({ file, line, column, original, mistake }: Mutant): string {
  return JSON.stringify([file, line, column, original, mistake]);
}

function telling({ name }: Scope, of: number): (outcome: Outcome) => void {
  let done = 0;
  return ({ mutant, fate }) => {
    done += 1;
    if (done % TOLD_EVERY === 0) process.stderr.write(`${name}: ${done} of ${of} mutants\n`);
    if (fate.kind === 'killed' && fate.evidence === 'check') return;
    const { file, line, original, mistake } = mutant;
    const what = fate.kind === 'killed' ? fate.evidence : fate.kind;
    const by = 'by' in fate ? ` by ${fate.by}` : '';
    process.stderr.write(`${what}${by}: ${file}:${line} ${original} → ${mistake}\n`);
  };
}

function fileRow(file: string, sources: MutatedScope['sources'], all: readonly Outcome[]): FileMutants {
  const own = all.filter(({ mutant }) => mutant.file === file);
  return { file, source: sources.get(file) ?? '', ...countsOf(own) };
}

function countsOf(outcomes: readonly Outcome[]): MutantCounts {
  const count = (is: (outcome: Outcome) => boolean): number => outcomes.filter(is).length;
  return {
    mutants: outcomes.length,
    byCheck: count(({ fate }) => fate.kind === 'killed' && fate.evidence === 'check'),
    byDigest: count(isDigested),
    ranAway: count(({ fate }) => fate.kind === 'ranAway'),
  };
}

function isDigested({ fate }: Outcome): boolean {
  return fate.kind === 'killed' && fate.evidence === 'digest';
}

/** What no check noticed, in the order of the sources. */
function leftIn(outcomes: readonly Outcome[]): Pick<MutationResult, 'alive' | 'digested'> {
  const sorted = outcomes.toSorted((one, other) => one.mutant.id - other.mutant.id);
  return {
    digested: sorted.filter(isDigested).map(({ mutant }) => mutant),
    alive: sorted.flatMap(({ mutant, fate }) =>
      fate.kind === 'survived' || fate.kind === 'unmet' ? [{ mutant, fate }] : [],
    ),
  };
}
