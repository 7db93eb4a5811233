/**
 * Measures a scope: all its mutants or a sample, and what became of them, file by file. And once more those that lived: with
 * a test more, the others are as dead as they were.
 */
import type { FileMutants, MutationResult } from '../results.ts';
import type { Mutant } from './mutate.ts';
import type { Outcome } from './mutation-run.ts';
import { runMutants } from './mutation-pool.ts';
import type { PoolResult } from './mutation-pool.ts';
import { sampleOf } from './sample.ts';
import { mutatedScope } from './scope.ts';
import type { Scope } from './scope.ts';

/** Seed of the samples of mutants. */
const SAMPLE_SEED = 1;
const TOLD_EVERY = 20;
const MINUTE_MS = 60_000;

/**
 * Runs `count` mutants of a scope, drawn from all, or from those of some files, or as many as there is time for; tells on
 * stderr how far it is and who lives.
 * @param files none is all
 * @param minutes from now on, building included
 */
export async function measuredScope(
  scope: Scope,
  count: number,
  files: readonly string[],
  minutes: number,
): Promise<MutationResult> {
  const until = performance.now() + minutes * MINUTE_MS;
  const mutated = await mutatedScope(scope);
  const asked = mutated.mutants.filter(({ file }) => files.length === 0 || files.includes(file));
  const sample = sampleOf(asked, count, SAMPLE_SEED);
  const told = telling(scope, sample.length);
  const { outcomes, cases, leftOut } = await runMutants(mutated, sample, { until, told });
  return {
    mutants: mutated.mutants.length,
    sampled: outcomes.length,
    seed: SAMPLE_SEED,
    cases,
    leftOut: leftOut.length,
    files: [...new Set(outcomes.map(({ mutant }) => mutant.file))].toSorted().map((file) => countsOf(file, outcomes)),
    alive: outcomes.flatMap(aliveIn).toSorted((one, other) => one.mutant.id - other.mutant.id),
  };
}

/** Runs those mutants again that nothing noticed; see {@link withLeft}. */
export async function measuredAgain(scope: Scope, before: MutationResult): Promise<MutationResult> {
  const mutated = await mutatedScope(scope);
  const left = new Set(before.alive.map(({ mutant }) => placeOf(mutant)));
  const sample = mutated.mutants.filter((mutant) => left.has(placeOf(mutant)));
  const run = await runMutants(mutated, sample, { until: Infinity, told: telling(scope, sample.length) });
  return withLeft(before, mutated.mutants, run);
}

/**
 * What is known once those that were left are run again. Good for as long as sources stay and tests only come on top: the dead
 * stay dead. Throws where the sources have changed.
 * @param mutants all there are now
 */
export function withLeft(
  before: MutationResult,
  mutants: readonly Mutant[],
  { outcomes, cases, leftOut }: PoolResult,
): MutationResult {
  const places = new Set(mutants.map(placeOf));
  const isWhole = before.mutants === mutants.length && before.alive.every(({ mutant }) => places.has(placeOf(mutant)));
  if (!isWhole) throw new Error('the sources have changed: run all mutants again');
  return {
    ...before,
    cases,
    leftOut: leftOut.length,
    files: before.files.map((known) => {
      const now = countsOf(known.file, outcomes);
      return {
        file: known.file,
        mutants: known.mutants,
        byCheck: known.byCheck + now.byCheck,
        byDigest: known.byDigest + now.byDigest,
        ranAway: known.ranAway + now.ranAway,
      };
    }),
    alive: outcomes.flatMap(aliveIn).toSorted((one, other) => one.mutant.id - other.mutant.id),
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

function countsOf(file: string, all: readonly Outcome[]): FileMutants {
  const fates = all.filter(({ mutant }) => mutant.file === file).map(({ fate }) => fate);
  const killedBy = (evidence: string): number =>
    fates.filter((fate) => fate.kind === 'killed' && fate.evidence === evidence).length;
  const ranAway = fates.filter(({ kind }) => kind === 'ranAway').length;
  return { file, mutants: fates.length, byCheck: killedBy('check'), byDigest: killedBy('digest'), ranAway };
}

function aliveIn({ mutant, fate }: Outcome): MutationResult['alive'] {
  return fate.kind === 'survived' || fate.kind === 'unmet' ? [{ mutant, fate }] : [];
}
