/**
 * Measures a scope: all its mutants or a sample, and what became of them, file by file.
 */
import type { MutationResult } from '../results.ts';
import type { Outcome } from './mutation-run.ts';
import { runMutants } from './mutation-pool.ts';
import { sampleOf } from './sample.ts';
import { mutatedScope } from './scope.ts';
import type { Scope } from './scope.ts';

/** Seed of the samples of mutants. */
const SAMPLE_SEED = 1;
const TOLD_EVERY = 20;

/**
 * Runs `count` mutants of a scope, drawn from all, or from those of some files; tells on stderr how far it is and who lives.
 * @param files none is all
 */
export async function measuredScope(scope: Scope, count: number, files: readonly string[]): Promise<MutationResult> {
  const mutated = await mutatedScope(scope);
  const asked = mutated.mutants.filter(({ file }) => files.length === 0 || files.includes(file));
  const sample = sampleOf(asked, count, SAMPLE_SEED);
  let done = 0;
  const tell = ({ mutant, fate }: Outcome): void => {
    done += 1;
    if (done % TOLD_EVERY === 0) process.stderr.write(`${scope.name}: ${done} of ${sample.length} mutants\n`);
    if (fate.kind === 'killed' && fate.evidence === 'check') return;
    const { file, line, original, mistake } = mutant;
    const by = 'by' in fate ? ` by ${fate.by}` : '';
    process.stderr.write(
      `${'evidence' in fate ? fate.evidence : fate.kind}${by}: ${file}:${line} ${original} → ${mistake}\n`,
    );
  };
  const { outcomes, cases, leftOut } = await runMutants(mutated, sample, tell);
  return {
    mutants: mutated.mutants.length,
    sampled: sample.length,
    seed: SAMPLE_SEED,
    cases,
    leftOut: leftOut.length,
    files: [...new Set(sample.map(({ file }) => file))].map((file) => countsOf(file, outcomes)),
    alive: outcomes.flatMap(aliveIn).toSorted((a, b) => a.mutant.id - b.mutant.id),
  };
}

function countsOf(file: string, all: readonly Outcome[]): MutationResult['files'][number] {
  const fates = all.filter(({ mutant }) => mutant.file === file).map(({ fate }) => fate);
  const killedBy = (evidence: string): number =>
    fates.filter((fate) => fate.kind === 'killed' && fate.evidence === evidence).length;
  const ranAway = fates.filter(({ kind }) => kind === 'ranAway').length;
  return { file, mutants: fates.length, byCheck: killedBy('check'), byDigest: killedBy('digest'), ranAway };
}

function aliveIn({ mutant, fate }: Outcome): MutationResult['alive'] {
  return fate.kind === 'survived' || fate.kind === 'unmet' ? [{ mutant, fate }] : [];
}
