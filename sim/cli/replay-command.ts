/**
 * `hintlab replay`: runs failures that were kept. The exit code is the verdict of the runs, as with `run`; or, with
 * `--as-recorded`, whether the corpus still shows what it recorded, which is what a gate asks.
 */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { formatProblem, parseScenario } from '../index.ts';
import {
  explain,
  failureReport,
  type Find,
  isAsRecorded,
  lifted,
  type Replay,
  replay,
  type RunViolation,
  treeOfText,
  withoutFind,
} from '../explore/index.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { yamlFilesIn } from './files.ts';
import type { Io } from './io.ts';
import { findScenario } from './open-scenario.ts';
import { linkTo } from './page-link.ts';
import { tell } from './tell.ts';

/** How files are judged, and where their links lead. */
export interface ReplayOptions {
  /** Judge by what the files record, not by what they violate. */
  readonly asRecorded: boolean;
  readonly page?: string;
}

/** A file that was run, or why not. */
type Replayed =
  | { readonly kind: 'refused'; readonly lines: readonly string[] }
  | { readonly kind: 'run'; readonly name: string; readonly text: string; readonly replayed: Judged };
type Judged = Replay & { kind: 'judged' };

/** Replays files, and the files of folders in alphabetical order. */
export function replayCommand(names: readonly string[], options: ReplayOptions, io: Io): ExitCode {
  const files = filesNamed(names);
  if (files.length === 0) return tell(io, [`expected scenario files, found none in ${names.join(', ')}`]);
  const all = files.map(replayFile);
  const refused = all.flatMap((each) => (each.kind === 'refused' ? each.lines : []));
  const run = all.flatMap((each) => (each.kind === 'run' ? [each] : []));
  const [only] = run;
  if (only !== undefined && files.length === 1) printReport(only, options, io);
  else for (const { name, replayed } of run) io.out(`${name}: ${lineOf(replayed)}\n`);
  if (refused.length > 0) return tell(io, refused);
  const isFailing = ({ replayed }: (typeof run)[number]): boolean =>
    options.asRecorded ? !isAsRecorded(replayed.standing) : replayed.judged.violations.length > 0;
  const failing = run.filter(isFailing).length;
  if (files.length > 1)
    io.out(`${run.length} files, ${failing} ${options.asRecorded ? 'not as recorded' : 'with violations'}\n`);
  return failing === 0 ? EXIT.ok : EXIT.violated;
}

/** The files, and those of the folders among them. */
export function filesNamed(names: readonly string[]): readonly string[] {
  return names.flatMap(filesOf);
}

function filesOf(name: string): readonly string[] {
  const isFolder = statSync(name, { throwIfNoEntry: false })?.isDirectory() === true;
  return isFolder
    ? yamlFilesIn(name)
        .toSorted()
        .map((file) => join(name, file))
    : [name];
}

function replayFile(name: string): Replayed {
  const found = findScenario(name);
  if (found.kind === 'refused') return found;
  const tree = treeOfText(found.text) ?? {};
  // The file as it stands tells problems with their places; the tree is what runs.
  const parsed = parseScenario(found.text, { file: found.file });
  if (parsed.kind === 'invalid') return { kind: 'refused', lines: parsed.problems.map(formatProblem) };
  const replayed = replay(lifted(tree));
  switch (replayed.kind) {
    case 'invalid':
      return { kind: 'refused', lines: replayed.problems.map(formatProblem) };
    case 'limit':
      return { kind: 'refused', lines: [`${name} outgrows the simulator (${replayed.limit})`] };
    case 'judged':
      return { kind: 'run', name, text: found.text, replayed };
  }
}

function printReport({ name, text, replayed }: Replayed & { kind: 'run' }, { page }: ReplayOptions, io: Io): void {
  const { judged, find, standing } = replayed;
  const violation = toldOf(replayed);
  if (violation !== undefined) {
    const tree = treeOfText(text) ?? {};
    const minimal = find?.minimal === true && 'violation' in standing;
    io.out(
      `${failureReport({
        ...{ tree, judged, violation, minimal, source: name },
        link: linkTo(tree, violation, page ?? io.page),
        ...(find?.foundBy === undefined ? {} : { foundBy: find.foundBy }),
        // Of a scenario that was never reduced it would take hours, and say little.
        ...(minimal ? { explanation: explain(withoutFind(lifted(tree)), violation) } : {}),
      })}\n`,
    );
  }
  io.out(`${name}: ${lineOf(replayed)}\n`);
}

/** The violation that the file records, or else the first. */
function toldOf({ judged, standing }: Judged): RunViolation | undefined {
  return 'violation' in standing ? standing.violation : judged.violations[0];
}

function lineOf({ judged, find, standing }: Judged): string {
  const shown = judged.violations.map(({ property, cause }) => `${property} (${cause})`).join(', ');
  const violates = shown === '' ? 'violates nothing' : `violates ${shown}`;
  return find === undefined ? violates : `${standingText(standing, find)}; ${violates}`;
}

function standingText({ kind }: Judged['standing'], { property, cause, bug }: Find): string {
  switch (kind) {
    case 'shown':
      return `${property} (${cause}) as recorded`;
    case 'changed':
      return `${property} (${cause}) as recorded, with another outcome`;
    case 'gone':
      return `${property} (${cause}) is gone`;
    case 'dormant':
      return `${property} (${cause}) as recorded: it takes the seeded bug ${bug ?? ''}`;
    case 'awake':
      return `${property} (${cause}) shows without the seeded bug ${bug ?? ''}`;
    case 'plain':
      return 'records nothing';
  }
}
