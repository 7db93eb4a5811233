/**
 * The options of `hintlab explore`, and what they mean together. The hunt itself is loaded when the command is used: no
 * other needs its generators.
 */
import { type Command, InvalidArgumentError } from 'commander';
import { didYouMean, nearestName, SYSTEM_NAMES } from '../index.ts';
import type { SystemName } from '../index.ts';
import type { ExploreOptions } from './explore-command.ts';
import type { HuntRange } from './explore-run.ts';
import { EXAMPLES } from './help-examples.ts';
import type { Io } from './io.ts';
import { countingNumber, positiveNumber, wholeNumber } from './option-values.ts';
import type { Done } from './scenario-commands.ts';
import { tell } from './tell.ts';

const DEFAULT_RUNS = 5_000;
const DEFAULT_SEED = 1;
const SECONDS_PER_MINUTE = 60;

/** One part of a hunt that is cut into several. */
interface Shard {
  /** From 1. */
  readonly index: number;
  readonly of: number;
}

interface ExploreFlags {
  readonly system?: SystemName;
  readonly profile?: string;
  readonly runs?: number;
  readonly minutes?: number;
  readonly seed?: number;
  readonly shard?: Shard;
  readonly out?: string;
  readonly merge?: readonly string[];
  readonly json?: true;
}

/** Adds `explore`. */
export function addExplore(program: Command, io: Io, done: Done): void {
  program
    .command('explore')
    .description('Hunt for scenarios that violate a property; reduce one of each kind, and save it.')
    .option('--system <name>', 'scenarios of this system alone, its mechanisms as they are', systemName)
    .option('--profile <name>', 'one way to draw scenarios, instead of all in turn (see hintlab list --profiles)')
    .option('--runs <n>', `so many runs; default ${DEFAULT_RUNS}`, countingNumber)
    .option('--minutes <m>', 'as many runs as fit into so many minutes; reducing comes on top', positiveNumber)
    .option('--seed <n>', `what scenarios are drawn from; default ${DEFAULT_SEED}`, wholeNumber)
    .option('--shard <i/n>', 'the i-th of n parts of the runs', shard)
    .option('--out <folder>', 'reduce what was found, and save one file of each kind there')
    .option('--merge <files...>', 'instead of hunting: the reports of all shards as one')
    .option('--json', 'print the report as JSON instead of text')
    .addHelpText('after', EXAMPLES.explore)
    .action(async (flags: ExploreFlags) => {
      const options = await optionsOf(flags);
      if (typeof options === 'string') return done(tell(io, [`error: ${options}`]));
      const { exploreCommand } = await import('./explore-command.ts');
      done(await exploreCommand(options, io));
    });
}

/** What the flags ask for, or what is wrong with them. */
async function optionsOf(flags: ExploreFlags): Promise<ExploreOptions | string> {
  const { system, profile, runs, minutes, seed, shard: part, out, merge, json } = flags;
  const ways = { json: json === true, ...(out === undefined ? {} : { out }) };
  if (merge !== undefined) {
    const others = [system, profile, runs, minutes, seed, part].some((flag) => flag !== undefined);
    return others
      ? 'expected --merge alone: what it merges says what was hunted'
      : { work: { kind: 'merge', files: merge }, ...ways };
  }
  if (runs !== undefined && minutes !== undefined) return 'expected either --runs or --minutes, found both';
  if (part !== undefined && minutes !== undefined)
    return 'expected --runs beside --shard: minutes cannot be cut into the same parts twice';
  const { PROFILE_NAMES } = await import('../explore/profiles.ts');
  const { portfolio } = await import('../explore/hunt.ts');
  const chosen = PROFILE_NAMES.find((name) => name === profile);
  if (profile !== undefined && chosen === undefined)
    return `expected a profile (hintlab list --profiles), found '${profile}'${didYouMean(nearestName(profile, PROFILE_NAMES))}`;
  const systems = system === undefined ? [] : [system];
  const plan = { seed: seed ?? DEFAULT_SEED, systems, profiles: chosen === undefined ? portfolio(systems) : [chosen] };
  return { work: { kind: 'hunt', plan, range: rangeOf(runs, minutes, part) }, ...ways };
}

function rangeOf(runs: number | undefined, minutes: number | undefined, part: Shard | undefined): HuntRange {
  if (minutes !== undefined) return { from: 0, to: Infinity, of: Infinity, seconds: minutes * SECONDS_PER_MINUTE };
  const of = runs ?? DEFAULT_RUNS;
  if (part === undefined) return { from: 0, to: of, of, seconds: Infinity };
  const bound = (index: number): number => Math.floor((of * index) / part.of);
  return { from: bound(part.index - 1), to: bound(part.index), of, seconds: Infinity };
}

function systemName(text: string): SystemName {
  const found = SYSTEM_NAMES.find((name) => name === text);
  if (found !== undefined) return found;
  throw new InvalidArgumentError(
    `Expected a system (hintlab list --systems), found '${text}'${didYouMean(nearestName(text, SYSTEM_NAMES))}`,
  );
}

function shard(text: string): Shard {
  const [, index, of] = /^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? [];
  const found = { index: Number(index), of: Number(of) };
  if (found.index >= 1 && found.index <= found.of) return found;
  throw new InvalidArgumentError(`Expected a part such as 1/4, found '${text}'.`);
}
