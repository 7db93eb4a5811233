/**
 * The command line of hintlab: its commands, their options, and what becomes of whatever goes wrong.
 *
 * `hintlab(args, io)` is the whole program as a function. Options are checked here, at the door; each command then gets
 * values. What a person can get wrong ends with code 2 and a sentence; whatever else is thrown is our bug, code 3.
 */
import { Command, CommanderError } from 'commander';
import { addConform } from './add-conform.ts';
import { addReplay, addShrink } from './add-corpus.ts';
import { addExplore } from './add-explore.ts';
import { addSweep } from './add-sweep.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { EXAMPLES } from './help-examples.ts';
import { importLanlCommand, importTwitterCommand, type LanlFlags, type TwitterFlags } from './import-command.ts';
import type { Io } from './io.ts';
import { listProperties } from './list-properties.ts';
import { listStories } from './list-stories.ts';
import { listSystems } from './list-systems.ts';
import { numberOrName, positiveNumber, wholeNumber } from './option-values.ts';
import { tellOurBug } from './our-bug.ts';
import { addCompare, addExplain, addRun, type Done } from './scenario-commands.ts';
import { schemaCommand } from './schema-command.ts';
import { segmentCommand } from './segment-command.ts';
import { tell } from './tell.ts';
import { packageVersion } from './version.ts';
import { wallTime } from './wall-time.ts';

/** Runs hintlab with the arguments after its name; resolves to the exit code and never rejects. */
export async function hintlab(args: readonly string[], io: Io): Promise<ExitCode> {
  let code: ExitCode = EXIT.ok;
  try {
    await programOf(io, (result) => (code = result)).parseAsync(args, { from: 'user' });
    return code;
  } catch (problem) {
    if (problem instanceof CommanderError) return problem.exitCode === 0 ? EXIT.ok : EXIT.badInput;
    return tellOurBug(problem, args, io);
  }
}

function programOf(io: Io, done: Done): Command {
  const program = new Command('hintlab')
    .description(
      'A workbench for hinted handoff: run a cluster through outages on a virtual clock, and see what became of every hint.',
    )
    .version(packageVersion())
    .option('--verbose', 'show where in the code one of our own bugs happened')
    .addHelpText('after', EXAMPLES.hintlab)
    .exitOverride()
    .configureOutput({ writeOut: io.out, writeErr: io.err });
  addRun(program, io, done);
  addCompare(program, io, done);
  addList(program, io, done);
  addSweep(program, io, done);
  addExplain(program, io, done);
  addImport(program, io, done);
  addSegment(program, io, done);
  addShrink(program, io, done);
  addReplay(program, io, done);
  addExplore(program, io, done);
  addConform(program, io, done);
  addSchema(program, io, done);
  return program;
}

interface ListFlags {
  readonly json?: true;
  readonly systems?: true;
  readonly properties?: true;
  readonly profiles?: true;
}

function addList(program: Command, io: Io, done: Done): void {
  program
    .command('list')
    .description('List the stories: scenarios that ship with hintlab. Or the systems, the properties, the profiles.')
    .option('--systems', 'list the presets instead, and how they differ from dynomite axis by axis')
    .option('--properties', 'list what runs are checked for instead')
    .option('--profiles', 'list the ways in which explore draws scenarios instead')
    .option('--json', 'print JSON instead of text')
    .addHelpText('after', EXAMPLES.list)
    .action(async ({ json, systems, properties, profiles }: ListFlags) => {
      const options = { json: json === true };
      if ([systems, properties, profiles].filter((flag) => flag === true).length > 1)
        done(tell(io, ['error: expected one of --systems, --properties and --profiles, found more']));
      else if (systems === true) done(listSystems(options, io));
      else if (properties === true) done(listProperties(options, io));
      else if (profiles === true) done((await import('./list-profiles.ts')).listProfiles(options, io));
      else done(listStories(options, io));
    });
}

function addImport(program: Command, io: Io, done: Done): void {
  const parent = program
    .command('import')
    .description('Make a scenario of data about real systems.')
    .addHelpText('after', EXAMPLES.import);
  parent
    .command('lanl')
    .description('Make a scenario of the node outages of one LANL system (LA-UR-05-7318).')
    .argument('<file>', 'the raw table, with its header')
    .option('--system <n>', 'which system of the table, if it has several', wholeNumber)
    .option('--from <date>', 'first day, as 2003-01-01; all of the table by default')
    .option('--to <date>', 'the day after the last, as 2004-01-01')
    .option('--out <file>', 'write the scenario there instead of printing it')
    .addHelpText('after', EXAMPLES.importLanl)
    .action((file: string, flags: LanlFlags) => done(importLanlCommand(file, flags, io)));
  parent
    .command('twitter')
    .description("Make a scenario whose clients look like one of Twitter's cache clusters (2020Mar.md).")
    .argument('<file>', 'the table of clusters, as published')
    .requiredOption('--cluster <name>', 'which cluster of the table, such as 12 or cluster12', numberOrName)
    .option('--scale <factor>', 'multiply the request rate by this', positiveNumber)
    .option('--out <file>', 'write the scenario there instead of printing it')
    .addHelpText('after', EXAMPLES.importTwitter)
    .action((file: string, flags: TwitterFlags) => done(importTwitterCommand(file, flags, io)));
}

function addSegment(program: Command, io: Io, done: Done): void {
  program
    .command('segment')
    .description('Show a segment of hints that dynomite-rs has written, record by record, up to the first damage.')
    .argument('<file>', 'the segment, such as peer-1.hints')
    .option(
      '--now <time>',
      'say which have expired by then: 2026-11-22T16:05:00Z, or milliseconds since 1970',
      wallTime,
    )
    .option('--json', 'print one JSON object instead of text')
    .addHelpText('after', EXAMPLES.segment)
    .action((file: string, { now, json }: { now?: bigint; json?: true }) => {
      const options = { json: json === true };
      done(segmentCommand(file, now === undefined ? options : { ...options, now }, io));
    });
}

function addSchema(program: Command, io: Io, done: Done): void {
  program
    .command('schema')
    .description('Print the JSON Schema of scenario files.')
    .addHelpText('after', EXAMPLES.schema)
    .action(() => done(schemaCommand(io)));
}
