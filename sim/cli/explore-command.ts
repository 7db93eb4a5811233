/**
 * `hintlab explore`: hunts for scenarios that violate a property, reduces one of each kind, and saves them as files of the
 * corpus. Or merges the reports of shards, and goes on from there as if it had been one hunt.
 */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { corpusFileName } from '../explore/index.ts';
import { huntReport, isExercised, mergeReports, readReport } from '../explore/hunt-report.ts';
import type { HuntReport } from '../explore/hunt-report.ts';
import type { HuntPlan } from '../explore/hunt.ts';
import type { Caught } from '../explore/shrink-sighting.ts';
import { Pool } from './explore-pool.ts';
import { huntOver, shrinkAll } from './explore-run.ts';
import type { HuntRange } from './explore-run.ts';
import { huntLines } from './explore-summary.ts';
import type { FoundKind } from './explore-summary.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { madeFolder, readText, writeOut } from './files.ts';
import type { InterruptWatch, Io } from './io.ts';
import { paintFor } from './paint.ts';
import { tell } from './tell.ts';
import { packageVersion } from './version.ts';

/** Runs that a reduction may take, for each of the scenarios that are kept of a kind. */
const SHRINK_RUNS = 1_500;

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
  const pool = new Pool(availableParallelism());
  try {
    const report = work.kind === 'merge' ? mergedReport(work.files) : await hunted(work, pool, io, interrupt);
    if (typeof report === 'string') return tell(io, [report]);
    const caught = out === undefined ? [] : await reduced(report, pool, io, interrupt);
    const saved = out === undefined ? new Map<string, string>() : saveAll(caught, report, out);
    if (typeof saved === 'string') return tell(io, [saved]);
    const found = report.tally.violations.map((sighting) => ({
      sighting,
      caught: caught.find(({ id }) => id === sighting.id),
      file: saved.get(sighting.id) ?? '',
    }));
    print(report, found, json, io);
    return interrupt.interrupted() ? EXIT.interrupted : codeOf(report);
  } finally {
    interrupt.stop();
    await pool.close();
  }
}

async function hunted({ plan, range }: HuntWork, pool: Pool, io: Io, interrupt: InterruptWatch): Promise<HuntReport> {
  return huntReport(plan, await huntOver(pool, plan, range, io, interrupt));
}

function reduced(
  { plan, tally }: HuntReport,
  pool: Pool,
  io: Io,
  interrupt: InterruptWatch,
): Promise<readonly Caught[]> {
  const options = { maxRuns: SHRINK_RUNS, seed: plan.seed, version: packageVersion() };
  return shrinkAll(pool, tally.violations, () => options, io, interrupt);
}

/** A hunt that found something has failed, and so has one that did not look. */
function codeOf(report: HuntReport): ExitCode {
  return report.tally.violations.length === 0 && isExercised(report) ? EXIT.ok : EXIT.violated;
}

function print(report: HuntReport, found: readonly FoundKind[], json: boolean, io: Io): void {
  const lines = json ? [JSON.stringify(report, null, 2)] : huntLines(report, found, paintFor(io.colour));
  io.out(`${lines.join('\n')}\n`);
}

/** The files, by the id of what they show; or why one could not be written. */
function saveAll(
  caught: readonly Caught[],
  { plan }: HuntReport,
  folder: string,
): ReadonlyMap<string, string> | string {
  const files = new Map<string, string>();
  for (const { id, property, cause, system, text } of caught) {
    const distinction = plan.systems.length === 0 ? '' : system;
    const file = join(folder, corpusFileName({ property, cause }, distinction));
    const problem = writeOut(file, text);
    if (problem !== undefined) return problem;
    files.set(id, file);
  }
  return files;
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
  return mergeReports(first, others) ?? 'these reports are of different hunts: their seeds, systems or profiles differ';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
