/**
 * The options of `hintlab shrink` and `hintlab replay`, which make files of the corpus and look at them again.
 */
import { type Command, InvalidArgumentError } from 'commander';
import { FIND_CAUSES, didYouMean, nearestName } from '../index.ts';
import { EXAMPLES } from './help-examples.ts';
import type { Io } from './io.ts';
import { propertyIds, wholeNumber } from './option-values.ts';
import { replayCommand } from './replay-command.ts';
import type { Done } from './scenario-commands.ts';
import { shrinkCommand } from './shrink-command.ts';

interface ShrinkFlags {
  readonly property?: readonly string[];
  readonly cause?: string;
  readonly out?: string;
  readonly runs?: number;
  readonly explain?: true;
  readonly page?: string;
}

interface ReplayFlags {
  readonly asRecorded?: true;
  readonly page?: string;
}

/** Adds `shrink`. */
export function addShrink(program: Command, io: Io, done: Done): void {
  program
    .command('shrink')
    .description('Make a failing scenario as small as it gets, with the same property failing for the same cause.')
    .argument('<scenario>', 'a scenario file, or the name of a story (see hintlab list)')
    .option('--property <id>', 'the property that must fail; default: what the file records, or the first', propertyIds)
    .option('--cause <word>', 'why it must fail, as overwritten or expired; default: why it does first', causeWord)
    .option('--out <file>', 'write the scenario there, and the report to stdout')
    .option('--runs <n>', 'runs of the simulator at most; default 2000', wholeNumber)
    .option('--explain', 'say how far each value may move, and what each event is there for')
    .option('--page <url>', 'where the page is, for the link; default HINTLAB_PAGE or the local preview')
    .addHelpText('after', EXAMPLES.shrink)
    .action(async (name: string, { property, ...flags }: ShrinkFlags) => {
      const [id] = property ?? [];
      done(await shrinkCommand(name, { ...flags, ...(id === undefined ? {} : { property: id }) }, io));
    });
}

/** Adds `replay`. */
export function addReplay(program: Command, io: Io, done: Done): void {
  program
    .command('replay')
    .description('Run failures that were kept: one with its report, several with a line each.')
    .argument('<files...>', 'scenario files, or folders of them')
    .option('--as-recorded', 'end with 0 if every file still shows what it recorded, whatever it violates')
    .option('--page <url>', 'where the page is, for the link; default HINTLAB_PAGE or the local preview')
    .addHelpText('after', EXAMPLES.replay)
    .action((names: readonly string[], flags: ReplayFlags) => {
      done(replayCommand(names, { ...flags, asRecorded: flags.asRecorded === true }, io));
    });
}

/** A cause of a violation, by its name. */
function causeWord(text: string): string {
  if (FIND_CAUSES.some((cause) => cause === text)) return text;
  throw new InvalidArgumentError(
    `Expected a cause such as overwritten or expired, found '${text}'${didYouMean(nearestName(text, FIND_CAUSES))}`,
  );
}
