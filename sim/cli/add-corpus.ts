/**
 * The options of `hintlab shrink` and `hintlab replay`, which make files of the corpus and look at them again.
 */
import { type Command, InvalidArgumentError } from 'commander';
import { FIND_CAUSES, didYouMean, nearestName } from '../index.ts';
import { DEFAULT_TIMEOUT_MILLIS } from './add-conform.ts';
import type { ExitCode } from './exit-codes.ts';
import { EXAMPLES } from './help-examples.ts';
import type { Io } from './io.ts';
import { propertyIds, wholeNumber } from './option-values.ts';
import { filesNamed, replayCommand, type ReplayOptions } from './replay-command.ts';
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
  readonly exec?: string;
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
    .option('--exec <command>', 'the files are finds of conform: ask the store that this starts')
    .option('--as-recorded', 'end with 0 if every file still shows what it recorded, whatever it violates')
    .option('--page <url>', 'where the page is, for the link; default HINTLAB_PAGE or the local preview')
    .addHelpText('after', EXAMPLES.replay)
    .action(async (names: readonly string[], { exec, ...flags }: ReplayFlags) => {
      done(await replayed(names, { ...flags, asRecorded: flags.asRecorded === true }, exec, io));
    });
}

/** Finds of a simulated cluster, or those of the conformance kit, which is loaded for them alone. */
async function replayed(
  names: readonly string[],
  options: ReplayOptions,
  exec: string | undefined,
  io: Io,
): Promise<ExitCode> {
  if (exec === undefined) return replayCommand(names, options, io);
  const { replayStoreFiles } = await import('./store-finds.ts');
  return replayStoreFiles(filesNamed(names), { exec, timeoutMillis: DEFAULT_TIMEOUT_MILLIS }, io);
}

/** A cause of a violation, by its name. */
function causeWord(text: string): string {
  if (FIND_CAUSES.some((cause) => cause === text)) return text;
  throw new InvalidArgumentError(
    `Expected a cause such as overwritten or expired, found '${text}'${didYouMean(nearestName(text, FIND_CAUSES))}`,
  );
}
