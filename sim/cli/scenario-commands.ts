/**
 * The commands that run a scenario: `run`, `compare` and `explain`, with the options that change one before it runs.
 */
import type { Command } from 'commander';
import { systemNames, variant, type Variant } from './compare-columns.ts';
import { compareCommand } from './compare-command.ts';
import type { ExitCode } from './exit-codes.ts';
import { explainCommand, type Subject } from './explain-command.ts';
import { EXAMPLES } from './help-examples.ts';
import type { Io } from './io.ts';
import type { Changes } from './open-scenario.ts';
import { propertyIds, setting, wholeNumber } from './option-values.ts';
import { runCommand } from './run-command.ts';
import { tell } from './tell.ts';

/** Where a command leaves its exit code. */
export type Done = (code: ExitCode) => void;

/** The options that change a scenario, as they were read. */
export interface ChangeFlags {
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
    .option('--set <path=value>', 'change one value of the scenario; may be repeated', setting);
}

/** One that runs it under one system. */
export function runningCommand(program: Command, name: string, description: string): Command {
  const command = scenarioCommand(program, name, description);
  return command.option('--system <name>', 'another system preset than the scenario says (see hintlab list --systems)');
}

/** What those options change. */
export function changesOf({ seed, system, set }: ChangeFlags): Changes {
  return { sets: set ?? [], ...(seed === undefined ? {} : { seed }), ...(system === undefined ? {} : { system }) };
}

interface RunFlags extends ChangeFlags {
  readonly json?: true;
  readonly trace?: string;
  /** False with --no-check. */
  readonly check: boolean;
  readonly expect?: readonly string[];
  readonly properties?: true;
}

/** Adds `run`. */
export function addRun(program: Command, io: Io, done: Done): void {
  runningCommand(program, 'run', 'Run a scenario to its end, say what came of it, and check what should hold.')
    .option('--json', 'print one JSON object instead of text')
    .option('--trace <file>', 'write the whole trace to a file')
    .option(
      '--expect <ids>',
      'properties that are violated and known to be, as I1,I6: exactly those, or code 1',
      propertyIds,
    )
    .option('--properties', 'tell of every property, not only of violated ones')
    .option('--no-check', 'check no properties, for campaigns that only count')
    .addHelpText('after', EXAMPLES.run)
    .action(async (name: string, flags: RunFlags) => {
      const { json, trace, check, expect, properties } = flags;
      if (!check && (expect !== undefined || properties === true))
        return done(tell(io, [`error: --no-check leaves nothing to ${expect === undefined ? 'tell' : 'expect'}`]));
      const optional = {
        ...(trace === undefined ? {} : { traceFile: trace }),
        ...(expect === undefined ? {} : { expected: expect }),
      };
      const options = { changes: changesOf(flags), json: json === true, check, allProperties: properties === true };
      done(await runCommand(name, { ...options, ...optional }, io));
    });
}

interface CompareFlags {
  readonly seed?: number;
  readonly set?: readonly string[];
  readonly systems?: readonly string[];
  readonly with?: readonly Variant[];
  readonly json?: true;
}

/** Adds `compare`. */
export function addCompare(program: Command, io: Io, done: Done): void {
  scenarioCommand(program, 'compare', 'Run a scenario under several systems and say where they part.')
    .option('--systems <a,b,c>', 'the presets to compare; all by default (see hintlab list --systems)', systemNames)
    .option(
      '--with <variant>',
      'a variant of the first system, as "name: path=value, path=value"; may be repeated',
      variant,
    )
    .option('--json', 'print one JSON object instead of a table')
    .addHelpText('after', EXAMPLES.compare)
    .action(async (name: string, flags: CompareFlags) => {
      const { json, systems, with: variants = [] } = flags;
      const options = { changes: changesOf(flags), variants, json: json === true };
      done(await compareCommand(name, systems === undefined ? options : { ...options, systems }, io));
    });
}

const SUBJECTS = ['hint', 'write', 'read'] as const satisfies readonly Subject['kind'][];

interface ExplainFlags extends ChangeFlags {
  readonly hint?: number;
  readonly write?: number;
  readonly read?: number;
}

/** Adds `explain`. */
export function addExplain(program: Command, io: Io, done: Done): void {
  runningCommand(
    program,
    'explain',
    'Tell the life of one hint, write or read of a run, with the rule that decided each step.',
  )
    .option('--hint <n>', 'the hint, by the order of storing, from 0', wholeNumber)
    .option('--write <n>', 'the write, by the order of issuing, from 0', wholeNumber)
    .option('--read <n>', 'the read, by the order of issuing, from 0', wholeNumber)
    .addHelpText('after', EXAMPLES.explain)
    .action(async (name: string, flags: ExplainFlags) => {
      const asked = SUBJECTS.filter((kind) => flags[kind] !== undefined);
      const [kind, ...others] = asked;
      const id = kind === undefined ? undefined : flags[kind];
      if (kind !== undefined && id !== undefined && others.length === 0)
        done(await explainCommand(name, { kind, id }, changesOf(flags), io));
      else {
        const found = asked.length === 0 ? 'none' : asked.map((each) => `--${each}`).join(' and ');
        done(tell(io, [`error: expected one of --hint N, --write N and --read N, found ${found}`]));
      }
    });
}
