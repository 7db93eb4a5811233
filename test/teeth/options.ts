/**
 * What `npm run teeth` is asked for: {@link USAGE} says what there is. Without an option it does all five parts, at their
 * full size.
 */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { BadArgument, countFrom1, known, namesIn } from '../support/arguments.ts';
import { CLUSTER_RUNS } from './matrix/cluster-matrix.ts';
import { bugsOf } from './matrix/shares.ts';

/** The parts of the report: two matrices, two mutation runs, and the canaries. */
export const PARTS = ['canaries', 'store', 'cluster', 'core', 'model'] as const;
/** One of them. */
export type Part = (typeof PARTS)[number];

/** What `--help` prints. */
export const USAGE = `npm run teeth -- [options]: what our checks would have caught, measured

  --only store,cluster,core,model,canaries   some parts; the report keeps what is known of the others
  --bugs 1a,26                  some bugs; written down if as many seeds and runs are known of the others
  --seeds N                     seeds of each bug: 50 unless said
  --runs N                      runs of one hunt in the cluster
  --sample N                    mutants of a part: all of core, 1000 of the model
  --draw SEED                   which sample of them, 1 unless said; each is told of on its own
  --files core/clock.ts,sim/cluster/kernel.ts   mutants of these files alone; printed, and not written down
  --minutes M                   as many mutants of a part as there is time for
  --processes N                 that share the mutants, or the soak; as many as there are cores unless said
  --left                        mutants that no check noticed the last time, and those of files that have changed since
  --soak [--minutes M]          instead of all that: correct code, for as long
  --keep                        instead of all that: writes scenarios of the matrix to test/corpus/teeth`;

/** What was asked for. */
export interface Options {
  readonly parts: readonly Part[];
  /** Ids of bugs; none is all. */
  readonly bugs: readonly string[];
  /** Hunts for each bug. */
  readonly seeds: number;
  readonly clusterRuns: number;
  /** Mutants of `core/`, and of the engine and the cluster. */
  readonly coreSample: number;
  readonly modelSample: number;
  /** The seed that a sample of mutants is drawn with. */
  readonly draw: number;
  /** Files whose mutants are run; none is all. */
  readonly files: readonly string[];
  /** Mutants that are left from the last time, instead of a sample. */
  readonly isOfLeft: boolean;
  /** Minutes for the mutants of a part: as many as there is time for. */
  readonly mutantMinutes: number;
  /** Processes of a mutation run, or of a soak; Infinity is one for each core. */
  readonly processes: number;
  /** Minutes of soaking; undefined if that is not what was asked for. */
  readonly soakMinutes: number | undefined;
  /** Files are kept of what is known, and nothing is measured. */
  readonly keeps: boolean;
}

const SEEDS = 50;
const MODEL_SAMPLE = 1000;
const SOAK_MINUTES = 10;
const FIRST_DRAW = 1;

const OPTIONS = {
  only: { type: 'string' },
  bugs: { type: 'string' },
  seeds: { type: 'string' },
  runs: { type: 'string' },
  sample: { type: 'string' },
  draw: { type: 'string' },
  files: { type: 'string' },
  left: { type: 'boolean' },
  processes: { type: 'string' },
  soak: { type: 'boolean' },
  minutes: { type: 'string' },
  keep: { type: 'boolean' },
} as const;

/** Reads the arguments; throws a `BadArgument` for what is none of them. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({ args: known(args, OPTIONS), options: OPTIONS });
  const wanted = namesIn(values.only, 'part', PARTS);
  const bugIds = [...bugsOf('store'), ...bugsOf('cluster')].map(({ id }) => id);
  return {
    parts: wanted.length === 0 ? PARTS : PARTS.filter((part) => wanted.includes(part)),
    bugs: namesIn(values.bugs, 'bug', bugIds),
    seeds: countFrom1('--seeds', values.seeds, SEEDS),
    clusterRuns: countFrom1('--runs', values.runs, CLUSTER_RUNS),
    coreSample: countFrom1('--sample', values.sample, Infinity),
    modelSample: countFrom1('--sample', values.sample, MODEL_SAMPLE),
    draw: countFrom1('--draw', values.draw, FIRST_DRAW),
    keeps: values.keep === true,
    files: filesOf(values.files),
    mutantMinutes: countFrom1('--minutes', values.minutes, Infinity),
    processes: countFrom1('--processes', values.processes, Infinity),
    isOfLeft: values.left === true,
    soakMinutes: values.soak === true ? countFrom1('--minutes', values.minutes, SOAK_MINUTES) : undefined,
  };
}

const ROOT = new URL('../../', import.meta.url);

function filesOf(text: string | undefined): readonly string[] {
  const files = text === undefined ? [] : text.split(',').filter((file) => file !== '');
  for (const file of files) {
    if (!/^(core|sim\/engine|sim\/cluster)\/[^/]+\.ts$/.test(file) || !existsSync(new URL(file, ROOT)))
      throw new BadArgument(`--files takes sources of core/, sim/engine/ or sim/cluster/, not '${file}'`);
  }
  return files;
}
