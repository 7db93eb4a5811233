/**
 * `hintlab explore`: hunts for scenarios that violate a property, reduces one of each kind, and saves them as files of the
 * corpus. Or merges the reports of shards, and goes on from there as if it had been one hunt.
 */
import { availableParallelism } from 'node:os';
import { missingRuns } from '../explore/hunt-part.ts';
import { isExercised, mergeReports, readReport } from '../explore/hunt-report.ts';
import type { HuntReport } from '../explore/hunt-report.ts';
import type { HuntPlan } from '../explore/hunt.ts';
import type { Caught } from '../explore/shrink-sighting.ts';
import { Pool } from './explore-pool.ts';
import { FindFolder } from './find-folder.ts';
import { huntOver, shrinkAll } from './explore-run.ts';
import type { HuntRange } from './explore-run.ts';
import { huntLines, spanText } from './explore-summary.ts';
import type { FoundKind } from './explore-summary.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { madeFolder, readText } from './files.ts';
import type { Io } from './io.ts';
import { paintFor } from './paint.ts';
import { tell } from './tell.ts';
import { packageVersion } from './version.ts';

/** Runs that a reduction may take, for each of the scenarios that are kept of a kind. */
const SHRINK_RUNS = 3_000;

/** What to hunt, or what to merge. */
export interface ExploreOptions {
  readonly work: HuntWork | MergeWork;
  /** Where finds are saved; undefined: nowhere, and nothing is reduced. */
  readonly out?: string;
  /** The report as JSON instead of text: what shards leave for a merge. */
  readonly json: boolean;
}

interface HuntWork {
  readonly kind: 'hunt';
  readonly plan: HuntPlan;
  readonly range: HuntRange;
}

interface MergeWork {
  readonly kind: 'merge';
  readonly files: readonly string[];
}

/** Hunts or merges, and tells. */
export async function exploreCommand({ work, out, json }: ExploreOptions, io: Io): Promise<ExitCode> {
  const made = out === undefined ? undefined : madeFolder(out);
  if (made !== undefined) return tell(io, [made]);
  const interrupt = io.watchInterrupt();
  const pool = new Pool(availableParallelism(), interrupt.interrupted);
  try {
    const report =
      work.kind === 'merge' ? mergedReport(work.files) : await huntOver(pool, work.plan, work.range, io, interrupt);
    if (typeof report === 'string') return tell(io, [report]);
    const folder = out === undefined ? undefined : new FindFolder(out, report.plan);
    const caught = folder === undefined ? [] : await reduced(report, pool, folder, io);
    const found = report.tally.violations.map((sighting) => ({
      sighting,
      caught: caught.find(({ id }) => id === sighting.id),
      file: folder?.files.get(sighting.id) ?? '',
    }));
    print(report, found, json, io);
    if (folder?.problem !== undefined) return tell(io, [folder.problem]);
    return interrupt.interrupted() ? EXIT.interrupted : codeOf(report, work);
  } finally {
    interrupt.stop();
    await pool.close();
  }
}

/**
 * Reduces what was found and saves each find as soon as it is small; ends early where the folder takes no more. After an
 * interrupt, which the pool knows of, a reduction ends where it is: what is left is saved as it was seen.
 */
function reduced({ plan, tally }: HuntReport, pool: Pool, folder: FindFolder, io: Io): Promise<readonly Caught[]> {
  const options = { maxRuns: SHRINK_RUNS, seed: plan.seed, version: packageVersion() };
  const isOver = (): boolean => folder.problem !== undefined;
  return shrinkAll(pool, tally.violations, () => options, io, { isOver, keep: (caught) => folder.save(caught) });
}

/** A hunt that found something has failed, and so has one that did not look: hardly at all, or not at some of its runs. */
function codeOf(report: HuntReport, { kind }: ExploreOptions['work']): ExitCode {
  const isWhole = kind === 'hunt' || missingRuns(report.part).length === 0;
  return report.tally.violations.length === 0 && isExercised(report) && isWhole ? EXIT.ok : EXIT.violated;
}

function print(report: HuntReport, found: readonly FoundKind[], json: boolean, io: Io): void {
  const lines = json ? [JSON.stringify(report, null, 2)] : huntLines(report, found, paintFor(io.colour));
  io.out(`${lines.join('\n')}\n`);
}

/** The report of all shards, or why there is none. */
function mergedReport(files: readonly string[]): HuntReport | string {
  const reports: HuntReport[] = [];
  for (const file of files) {
    const read = readText(file);
    if (read.kind !== 'text') return `cannot read ${file}${read.kind === 'unreadable' ? `: it ${read.why}` : ''}`;
    const report = readReport(parsed(read.text));
    if (report === undefined) return `${file} is no report of a hunt (hintlab explore --shard 1/2 --json > ${file})`;
    reports.push(report);
  }
  const [first, ...others] = reports;
  if (first === undefined) return 'expected reports of shards to merge, found none';
  const merged = mergeReports(first, others);
  switch (merged.kind) {
    case 'merged':
      return merged.report;
    case 'different':
      return 'these reports are of different hunts: their seeds, systems, profiles or numbers of runs differ';
    case 'overlap':
      return `two of these reports have the runs ${spanText(merged.span)}: expected each part once`;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
