/**
 * `npm run teeth`: what our checks would have caught, measured. Seeded bugs, mutants, canaries; and with `--soak` correct
 * code, in which nothing may be found. Writes `results.json` and REPORT.md beside this file, and prints the report.
 *
 * Exit code 1 if a bug is not found, a canary is green, a survivor has no reason, a score is under its bar, or something
 * was found in correct code.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { CACHE } from './bundle.ts';
import { CLUSTER_BUGS } from './bugs/cluster-bugs.ts';
import { STORE_BUGS } from './bugs/store-bugs.ts';
import type { SeededBug } from './bugs/bug.ts';
import { CANARIES } from './canaries.ts';
import { clusterRow } from './matrix/cluster-matrix.ts';
import type { MatrixRow } from './matrix/row.ts';
import { STORE_RUNS_PER_PROFILE, storeRow } from './matrix/store-matrix.ts';
import { measuredAgain, measuredScope } from './mutants/measure.ts';
import { SCOPES } from './mutants/scope.ts';
import type { Scope } from './mutants/scope.ts';
import { readOptions } from './options.ts';
import type { Options, Part } from './options.ts';
import { failuresIn, report } from './report.ts';
import { readResults, rowResult, writeResults } from './results.ts';
import type { MatrixResult, MutationResult, Results, SoakResult } from './results.ts';
import { NOT_SOAKED, soakPiece } from './soak.ts';

const TOLD_EVERY = 20;

const options = readOptions(process.argv.slice(2));
process.exitCode = await main(options);
rmSync(CACHE, { recursive: true, force: true });

async function main({ soakMinutes, parts, bugs, files }: Options): Promise<number> {
  const isWhole = bugs.length === 0 && files.length === 0;
  let results = readResults();
  if (soakMinutes === undefined) {
    for (const part of parts) {
      const known = await measured(part);
      // Read anew: another part may have been measured beside this one.
      results = { ...(isWhole ? readResults() : results), ...known };
      if (isWhole) writeResults(results);
    }
  } else {
    const soak = soaked(results.soak ?? NOT_SOAKED, soakMinutes);
    results = { ...readResults(), soak };
    writeResults(results);
  }
  const text = report(results);
  if (isWhole) writeFileSync(new URL('REPORT.md', import.meta.url), text);
  process.stdout.write(text);
  const failures = failuresIn(results);
  for (const failure of failures) process.stderr.write(`${failure}\n`);
  return failures.length === 0 ? 0 : 1;
}

async function measured(part: Part): Promise<Results> {
  switch (part) {
    case 'canaries':
      return { canaries: await Promise.all(CANARIES.map(async ({ name, isRed }) => ({ name, red: await isRed() }))) };
    case 'store':
      return { store: await matrix(STORE_BUGS, options.storeSeeds, STORE_RUNS_PER_PROFILE, storeRow) };
    case 'cluster':
      return { cluster: await matrix(CLUSTER_BUGS, options.clusterSeeds, options.clusterRuns, clusterRow) };
    case 'core':
      return { core: await mutation(SCOPES.core, options.coreSample, readResults().core) };
    default:
      return { model: await mutation(SCOPES.cluster, options.modelSample, readResults().model) };
  }
}

async function matrix(
  all: readonly SeededBug[],
  seeds: number,
  maxRuns: number,
  rowOf: (bug: SeededBug, seeds: number, maxRuns: number) => Promise<MatrixRow>,
): Promise<MatrixResult> {
  const rows: MatrixRow[] = [];
  for (const bug of all) {
    if (options.bugs.length > 0 && !options.bugs.includes(bug.id)) continue;
    const row = await rowOf(bug, seeds, maxRuns);
    rows.push(row);
    process.stderr.write(`${bug.id}: found by ${row.runs.length} of ${row.hunts} hunts\n`);
  }
  return { seeds, maxRuns, rows: rows.map(rowResult) };
}

function mutation(scope: Scope, count: number, before: MutationResult | undefined): Promise<MutationResult> {
  return options.isOfLeft && before !== undefined
    ? measuredAgain(scope, before)
    : measuredScope(scope, count, options.files, options.mutantMinutes);
}

/** Soaks for so long, and writes down where it is now and then: what was run stays run, whatever happens. */
function soaked(before: SoakResult, minutes: number): SoakResult {
  const until = performance.now() + minutes * 60_000;
  let soak = before;
  for (let piece = 1; performance.now() < until; piece += 1) {
    soak = soakPiece(soak);
    if (piece % TOLD_EVERY !== 0) continue;
    process.stderr.write(`${soak.lives} lives, ${soak.runs} runs, ${soak.falsePositives.length} found\n`);
    writeResults({ ...readResults(), soak });
  }
  return soak;
}
