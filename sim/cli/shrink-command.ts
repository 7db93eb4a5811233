/**
 * `hintlab shrink`: the smallest scenario that fails in the same way, as a file of the corpus. A thread does the work
 * (shrink-thread.ts), so Ctrl-C is heard however long a run takes, and ends it with the smallest one so far.
 */
import { formatCountOf, formatProblem, parseScenario } from '../index.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { checkWritable, writeOut } from './files.ts';
import type { Io } from './io.ts';
import { findScenario } from './open-scenario.ts';
import type { ShrinkJob, Shrunken } from './shrink-file.ts';
import { shrinkInThread } from './shrink-thread.ts';
import { tell } from './tell.ts';

/** What is to stay of a failing scenario, how far to go, and where to put what is left. */
export type ShrinkOptions = Omit<ShrinkJob, 'name' | 'file' | 'text'>;

/** Shrinks the scenario or story called `name`. */
export async function shrinkCommand(name: string, options: ShrinkOptions, io: Io): Promise<ExitCode> {
  const unwritable = options.out === undefined ? undefined : checkWritable(options.out, name);
  if (unwritable !== undefined) return tell(io, [unwritable]);
  const found = findScenario(name);
  if (found.kind === 'refused') return tell(io, found.lines);
  const { file, text } = found;
  // The file as it stands tells problems with their places; what is made of it is what runs.
  const parsed = parseScenario(text, { file });
  if (parsed.kind === 'invalid') return tell(io, parsed.problems.map(formatProblem));
  const ended = await shrinkInThread({ ...options, name, file, text, page: options.page ?? io.page }, io);
  switch (ended.kind) {
    case 'refused':
      return tell(io, ended.lines);
    case 'nothing':
      return tell(io, ['interrupted before the first run was over; there is no result'], EXIT.interrupted);
    case 'shrunken':
      return saved(ended.shrunken, options.out, ended.isInterrupted, io);
  }
}

/** The file on stdout and the report beside it, or, with --out, the report on stdout. */
function saved(shrunken: Shrunken, out: string | undefined, isInterrupted: boolean, io: Io): ExitCode {
  const problem = out === undefined ? undefined : writeOut(out, shrunken.text);
  if (problem !== undefined) return tell(io, [problem]);
  if (out === undefined) io.out(shrunken.text);
  (out === undefined ? io.err : io.out)(`${shrunken.report}\n`);
  const { others } = shrunken;
  if (others.length > 0) io.err(`met on the way, and not followed: ${others.join(', ')}\n`);
  if (!shrunken.minimal) io.err(`${wayOn(shrunken, out, isInterrupted)}\n`);
  return isInterrupted ? EXIT.interrupted : EXIT.ok;
}

/** Why it may not be the smallest, and what goes on. */
function wayOn({ runs }: Shrunken, out: string | undefined, isInterrupted: boolean): string {
  const next = out === undefined ? 'shrinking what was written' : `hintlab shrink ${out}`;
  return `${isInterrupted ? 'interrupted' : 'ended'} after ${formatCountOf(runs, 'run')}, with more to try: ${next} goes on from there`;
}
