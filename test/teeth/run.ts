/**
 * `npm run teeth`: what our checks would have caught, measured. Seeded bugs, mutants, canaries; and with `--soak` correct
 * code, in which nothing may be found. Writes `results.json` and REPORT.md beside this file, and prints the report.
 *
 * Exit code 1 if a bug is not found, a canary is green, a survivor has no reason, a score is under its bar, or something
 * was found in correct code.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { asked } from '../support/arguments.ts';
import { CACHE } from './bundle.ts';
import { CANARIES } from './canaries.ts';
import { KEPT_FOLDER, keptFiles } from './kept.ts';
import { bugsOf, matrixOf } from './matrix/shares.ts';
import type { Share } from './matrix/shares.ts';
import { STORE_RUNS_PER_PROFILE } from './matrix/store-matrix.ts';
import { measuredAgain, measuredScope } from './mutants/measure.ts';
import { SCOPES } from './mutants/scope.ts';
import type { Scope } from './mutants/scope.ts';
import { readOptions, USAGE } from './options.ts';
import type { Options, Part } from './options.ts';
import { failuresIn, report } from './report.ts';
import { readResults, withRows, withSample, writeResults } from './results.ts';
import type { MatrixResult, MutationResult, Results, SoakResult } from './results.ts';
import { foundStill, NOT_SOAKED } from './soak.ts';
import { soaked } from './soak-pool.ts';

/** In runs of a soak. */
const TOLD_EVERY = 600;

const options = asked(USAGE, readOptions);
process.exitCode = await main(options);
rmSync(CACHE, { recursive: true, force: true });

async function main({ soakMinutes, parts, bugs, files, keeps }: Options): Promise<number> {
  const isWhole = bugs.length === 0 && files.length === 0;
  let results = readResults();
  if (keeps) return keptAll(results);
  if (soakMinutes === undefined) {
    for (const part of parts) {
      const known = await measured(part);
      // Read anew: another part may have been measured beside this one.
      const before = readResults();
      writeResults(isWhole ? { ...before, ...known } : withRows(before, known));
      results = { ...(isWhole ? before : results), ...known };
    }
  } else {
    const soak = await soakedFor(foundStill(results.soak ?? NOT_SOAKED), soakMinutes);
    results = { ...readResults(), soak };
    writeResults(results);
  }
  const text = report(results);
  writeFileSync(new URL('REPORT.md', import.meta.url), report(readResults()));
  process.stdout.write(text);
  const failures = failuresIn(results);
  for (const failure of failures) process.stderr.write(`${failure}\n`);
  return failures.length === 0 ? 0 : 1;
}

/** Writes the corpus of seeded bugs anew. */
function keptAll({ cluster }: Results): number {
  const files = keptFiles(cluster);
  for (const { name, text } of files) writeFileSync(new URL(name, KEPT_FOLDER), text);
  process.stderr.write(`wrote ${files.length} scenarios\n`);
  return 0;
}

async function measured(part: Part): Promise<Results> {
  switch (part) {
    case 'canaries':
      return { canaries: await Promise.all(CANARIES.map(async ({ name, look }) => ({ name, ...(await look()) }))) };
    case 'store':
      return { store: await matrix('store', options.seeds, STORE_RUNS_PER_PROFILE) };
    case 'cluster':
      return { cluster: await matrix('cluster', options.seeds, options.clusterRuns) };
    case 'core':
      return { core: await mutation(SCOPES.core, options.coreSample, readResults().core) };
    default: {
      const before = readResults().model?.find(({ seed }) => seed === options.draw);
      const sample = await mutation(SCOPES.cluster, options.modelSample, before);
      return { model: withSample(readResults().model, sample) };
    }
  }
}

async function matrix(part: Share['part'], seeds: number, maxRuns: number): Promise<MatrixResult> {
  const began = performance.now();
  const wanted = bugsOf(part).filter(({ id }) => options.bugs.length === 0 || options.bugs.includes(id));
  const result = await matrixOf({ part, bugs: wanted.map(({ id }) => id), seeds, maxRuns });
  const minutes = Math.ceil((performance.now() - began) / 60_000);
  process.stderr.write(`${part}: ${wanted.length} bugs in ${minutes} minutes\n`);
  return result;
}

function mutation(scope: Scope, count: number, before: MutationResult | undefined): Promise<MutationResult> {
  const { draw: seed, files, mutantMinutes: minutes, processes } = options;
  return options.isOfLeft && before !== undefined
    ? measuredAgain(scope, before, processes)
    : measuredScope(scope, { count, seed, files, minutes, processes });
}

/** Soaks for so long, and writes down where it is now and then: what was run stays run, whatever happens. */
function soakedFor(before: SoakResult, minutes: number): Promise<SoakResult> {
  const until = performance.now() + minutes * 60_000;
  let toldAt = before.runs;
  return soaked(before, {
    isOver: () => performance.now() >= until,
    processes: options.processes,
    told: (soak) => {
      if (soak.runs - toldAt < TOLD_EVERY) return;
      toldAt = soak.runs;
      process.stderr.write(`${soak.lives} lives, ${soak.runs} runs, ${soak.falsePositives.length} found\n`);
      writeResults({ ...readResults(), soak });
    },
  });
}
