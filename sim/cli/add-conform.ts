/**
 * The options of `hintlab conform`. The kit itself is loaded when the command is used: no other needs its generators.
 */
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { ConformFlags } from './conform-command.ts';
import { EXAMPLES } from './help-examples.ts';
import type { Io } from './io.ts';
import { wholeNumber } from './option-values.ts';
import type { Done } from './scenario-commands.ts';

const DEFAULT_RUNS = 1_000;
/** The longest that a store may say nothing, where nobody says otherwise. */
export const DEFAULT_TIMEOUT_MILLIS = 5_000;
/** The names of the profiles, for the help page; a test holds them to the kit's own. */
export const PROFILE_NAMES = ['uniform', 'boundary-times', 'cap-pressure', 'deep-queue', 'many-peers', 'huge-payloads'];

/** Adds `conform`. */
export function addConform(program: Command, io: Io, done: Done): void {
  program
    .command('conform')
    .description('Hold a hint store, in any language, to the rules of the reference: vectors, then random operations.')
    .requiredOption('--exec <command>', 'what starts the store: a process that answers request lines on stdin')
    .option('--runs <n>', 'random scenarios', wholeNumber, DEFAULT_RUNS)
    .option('--seed <n>', 'what the scenarios are drawn from', wholeNumber, 1)
    .addOption(new Option('--profile <name>', 'one kind of scenario instead of all in turn').choices(PROFILE_NAMES))
    .option('--timeout <ms>', 'the longest it may say nothing while a reply is due', atLeastOne, DEFAULT_TIMEOUT_MILLIS)
    .option('--vectors-only', 'no random scenarios')
    .option('--out <folder>', 'save what was found there, as a file that replay asks a store again')
    .option('--json', 'print one JSON object instead of text')
    .addHelpText('after', EXAMPLES.conform)
    .action(async (flags: ConformFlags) => {
      const { conformCommand } = await import('./conform-command.ts');
      done(await conformCommand(flags, io));
    });
}

function atLeastOne(text: string): number {
  const value = wholeNumber(text);
  if (value >= 1) return value;
  throw new InvalidArgumentError(`Expected at least 1, found '${text}'.`);
}
