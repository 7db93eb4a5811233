/**
 * What `npm run teeth` is asked for. Without an option it does all four parts, at their full size.
 *
 *   --only store,cluster,core,model,canaries   some parts; the report keeps what is known of the others
 *   --bugs 1a,26                               some bugs; written down if as many seeds and runs are known of the others
 *   --seeds N                                  seeds of each bug: 50 of the store, 10 of the cluster
 *   --runs N                                   runs of one hunt in the cluster
 *   --sample N                                 mutants of a part: all of core, 1000 of the model
 *   --files core/clock.ts,sim/cluster/kernel.ts   mutants of these files alone; printed, and not written down
 *   --minutes M                                as many mutants of a part as there is time for
 *   --left                                     mutants that nothing noticed the last time; the others stand
 *   --soak [--minutes M] [--processes N]       instead of all that: correct code, for as long; a process for each core
 *   --keep                                     instead of all that: writes scenarios of the matrix to test/corpus/teeth
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { CLUSTER_RUNS } from './matrix/cluster-matrix.ts';

/** The parts of the report: two matrices, two mutation runs, and the canaries. */
export const PARTS = ['canaries', 'store', 'cluster', 'core', 'model'] as const;
/** One of them. */
export type Part = (typeof PARTS)[number];

/** What was asked for. */
export interface Options {
  readonly parts: readonly Part[];
  /** Ids of bugs; none is all. */
  readonly bugs: readonly string[];
  readonly storeSeeds: number;
  readonly clusterSeeds: number;
  readonly clusterRuns: number;
  /** Mutants of `core/`, and of the engine and the cluster. */
  readonly coreSample: number;
  readonly modelSample: number;
  /** Files whose mutants are run; none is all. */
  readonly files: readonly string[];
  /** Mutants that are left from the last time, instead of a sample. */
  readonly isOfLeft: boolean;
  /** Minutes for the mutants of a part: as many as there is time for. */
  readonly mutantMinutes: number;
  /** Minutes of soaking; undefined if that is not what was asked for. */
  readonly soakMinutes: number | undefined;
  /** Of a soak. */
  readonly processes: number;
  /** Files are kept of what is known, and nothing is measured. */
  readonly keeps: boolean;
}

const STORE_SEEDS = 50;
const CLUSTER_SEEDS = 10;
const MODEL_SAMPLE = 1000;
const SOAK_MINUTES = 10;

/** Reads the arguments; throws for what is none of them. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string' },
      bugs: { type: 'string' },
      seeds: { type: 'string' },
      runs: { type: 'string' },
      sample: { type: 'string' },
      files: { type: 'string' },
      left: { type: 'boolean' },
      soak: { type: 'boolean' },
      minutes: { type: 'string' },
      processes: { type: 'string' },
      keep: { type: 'boolean' },
    },
  });
  const wanted = listOf(values.only);
  const unknown = wanted.filter((part) => !PARTS.some((known) => known === part));
  if (unknown.length > 0) throw new Error(`--only takes ${PARTS.join(', ')}; not ${unknown.join(', ')}`);
  return {
    parts: wanted.length === 0 ? PARTS : PARTS.filter((part) => wanted.includes(part)),
    bugs: listOf(values.bugs),
    storeSeeds: countOf(values.seeds, STORE_SEEDS),
    clusterSeeds: countOf(values.seeds, CLUSTER_SEEDS),
    clusterRuns: countOf(values.runs, CLUSTER_RUNS),
    coreSample: countOf(values.sample, Infinity),
    modelSample: countOf(values.sample, MODEL_SAMPLE),
    keeps: values.keep === true,
    files: listOf(values.files),
    mutantMinutes: countOf(values.minutes, Infinity),
    isOfLeft: values.left === true,
    processes: countOf(values.processes, availableParallelism()),
    soakMinutes: values.soak === true ? countOf(values.minutes, SOAK_MINUTES) : undefined,
  };
}

function listOf(text: string | undefined): readonly string[] {
  return text === undefined || text === '' ? [] : text.split(',');
}

function countOf(text: string | undefined, standard: number): number {
  if (text === undefined) return standard;
  if (!/^[1-9]\d*$/.test(text)) throw new Error(`a number from 1 is wanted, not ${text}`);
  return Number(text);
}
