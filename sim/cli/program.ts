/**
 * The command line of hintlab: its commands, their options, and what becomes of whatever goes wrong.
 *
 * `hintlab(args, io)` is the whole program as a function. Options are checked here, at the door; each command then gets
 * values. What a person can get wrong ends with code 2 and a sentence; whatever else is thrown is our bug, code 3.
 */
import { Command, CommanderError } from 'commander';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { explainCommand } from './explain-command.ts';
import { EXAMPLES } from './help-examples.ts';
import { importLanlCommand, importTwitterCommand, type LanlFlags, type TwitterFlags } from './import-command.ts';
import type { Io } from './io.ts';
import { listCommand } from './list-command.ts';
import type { Changes } from './open-scenario.ts';
import { numberOrName, positiveNumber, setting, wholeNumber } from './option-values.ts';
import { tellOurBug } from './our-bug.ts';
import { runCommand } from './run-command.ts';
import { schemaCommand } from './schema-command.ts';
import { tell } from './tell.ts';
import { packageVersion } from './version.ts';

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

/** Where a command leaves its exit code. */
type Done = (code: ExitCode) => void;

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
  addList(program, io, done);
  addExplain(program, io, done);
  addImport(program, io, done);
  addSchema(program, io, done);
  return program;
}

interface ChangeFlags {
  readonly seed?: number;
  readonly system?: string;
  readonly set?: readonly string[];
}

/** A command that takes a scenario, and the options that change one. */
function scenarioCommand(program: Command, name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .argument('<scenario>', 'a scenario file, or the name of a story (see hintlab list)')
    .option('--seed <n>', 'another seed than the scenario says', wholeNumber)
    .option('--system <name>', 'another system preset than the scenario says')
    .option('--set <path=value>', 'change one value of the scenario; may be repeated', setting);
}

function changesOf({ seed, system, set }: ChangeFlags): Changes {
  return { sets: set ?? [], ...(seed === undefined ? {} : { seed }), ...(system === undefined ? {} : { system }) };
}

function addRun(program: Command, io: Io, done: Done): void {
  scenarioCommand(program, 'run', 'Run a scenario to its end and say what came of it.')
    .option('--json', 'print one JSON object instead of text')
    .option('--trace <file>', 'write the whole trace to a file')
    .addHelpText('after', EXAMPLES.run)
    .action(async (name: string, flags: ChangeFlags & { json?: true; trace?: string }) => {
      const trace = flags.trace === undefined ? {} : { traceFile: flags.trace };
      done(await runCommand(name, { changes: changesOf(flags), json: flags.json === true, ...trace }, io));
    });
}

function addList(program: Command, io: Io, done: Done): void {
  program
    .command('list')
    .description('List the stories: scenarios that ship with hintlab.')
    .option('--json', 'print a JSON array instead of text')
    .addHelpText('after', EXAMPLES.list)
    .action((flags: { json?: true }) => done(listCommand({ json: flags.json === true }, io)));
}

function addExplain(program: Command, io: Io, done: Done): void {
  scenarioCommand(
    program,
    'explain',
    'Tell the life of one hint or one write of a run, with the rule that decided each step.',
  )
    .option('--hint <n>', 'the hint, by the order of storing, from 0', wholeNumber)
    .option('--write <n>', 'the write, by the order of issuing, from 0', wholeNumber)
    .addHelpText('after', EXAMPLES.explain)
    .action(async (name: string, flags: ChangeFlags & { hint?: number; write?: number }) => {
      const { hint, write } = flags;
      if (hint !== undefined && write === undefined)
        done(await explainCommand(name, { kind: 'hint', id: hint }, changesOf(flags), io));
      else if (write !== undefined && hint === undefined)
        done(await explainCommand(name, { kind: 'write', id: write }, changesOf(flags), io));
      else
        done(
          tell(io, [`error: expected either --hint N or --write N, found ${hint === undefined ? 'neither' : 'both'}`]),
        );
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

function addSchema(program: Command, io: Io, done: Done): void {
  program
    .command('schema')
    .description('Print the JSON Schema of scenario files.')
    .addHelpText('after', EXAMPLES.schema)
    .action(() => done(schemaCommand(io)));
}
