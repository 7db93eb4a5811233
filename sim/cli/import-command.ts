/**
 * `hintlab import`: a scenario file out of data about real systems. The importers of sim/scenario do the work; here are the
 * files. Prints the scenario, or writes it; what was dropped, merged or capped goes to stderr.
 */
import { formatProblem, type InvalidImport, lanlScenario, type ScenarioText, twitterScenario } from '../index.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { checkWritable, readText, writeOut } from './files.ts';
import type { Io } from './io.ts';
import { tell, tellNotes } from './tell.ts';

/** Where the scenario goes; stdout without a file. */
interface Target {
  readonly out?: string;
}

/** Which outages to take. Dates as `2003-01-01`; without one, as far as the table goes. */
export interface LanlFlags extends Target {
  /** May be left out where the table has one system only. */
  readonly system?: number;
  readonly from?: string;
  readonly to?: string;
}

/** Which cluster to imitate, and the factor on its request rate. */
export interface TwitterFlags extends Target {
  /** 12 or `cluster12`. */
  readonly cluster: number | string;
  readonly scale?: number;
}

/** Makes a scenario of LANL's node outages. */
export function importLanlCommand(file: string, { out, ...which }: LanlFlags, io: Io): ExitCode {
  return convert(file, out, io, (text) => lanlScenario(text, { file, ...which }));
}

/** Makes a scenario of a row of Twitter's table of cache clusters. */
export function importTwitterCommand(file: string, { out, ...which }: TwitterFlags, io: Io): ExitCode {
  return convert(file, out, io, (text) => twitterScenario(text, { file, ...which }));
}

function convert(
  file: string,
  out: string | undefined,
  io: Io,
  scenarioOf: (text: string) => ScenarioText | InvalidImport,
): ExitCode {
  const unwritable = out === undefined ? undefined : checkWritable(out, file);
  if (unwritable !== undefined) return tell(io, [unwritable]);
  const read = readText(file);
  if (read.kind === 'missing') return tell(io, [`no file is called '${file}'`]);
  if (read.kind === 'folder') return tell(io, [`${file} is a folder; expected the raw table as a file`]);
  if (read.kind === 'unreadable') return tell(io, [`${file} ${read.why}`]);
  const made = scenarioOf(read.text);
  if (made.kind === 'invalid') return tell(io, made.problems.map(formatProblem));
  tellNotes(io, made.notes);
  if (out === undefined) {
    io.out(made.text);
    return EXIT.ok;
  }
  const problem = writeOut(out, made.text);
  if (problem !== undefined) return tell(io, [problem]);
  io.err(`wrote ${out}; run it: hintlab run ${out}\n`);
  return EXIT.ok;
}
