/**
 * The matrix of the store: each bug of `core/`, in a copy of its own, is hunted for by each profile of the conformance kit
 * over many seeds. A hunt ends with the first life that violates a property, or goes on until two properties have seen it.
 */
import { bundle } from '../bundle.ts';
import type { SeededBug } from '../bugs/bug.ts';
import { patched } from '../patch.ts';
import { CONFORM_PROFILES, drawScenarios } from '../../../sim/conform/profiles.ts';
import { decide } from '../../../sim/conform/reduce.ts';
import { reduceScenario } from '../../../sim/conform/reduce-scenario.ts';
import type { StoreScenario } from '../../../sim/conform/index.ts';
import { TAKES } from '../store/step.ts';
import type { StoreLife } from '../store/step.ts';
import type { MatrixRow, Shrunk } from './row.ts';
import { frequencies, WITNESSES } from './statistics.ts';

/** Lives of one profile that a hunt tries. */
export const STORE_RUNS_PER_PROFILE = 60;
/** Seeds in a row that find nothing, before a profile is no more asked for a bug. */
const PATIENCE = 3;
/** Finds that are reduced, the smallest of which is kept: local minima are one or two operations off. */
const MAX_REDUCTIONS = 3;

/** Judges a life: the ids of the properties that it violates. */
export type StoreJudge = (life: StoreLife) => readonly string[];

/** A life that showed a bug. */
interface Detection {
  /** Position of the profile. */
  readonly profile: number;
  readonly seed: number;
  /** Of its profile and seed, from 0. */
  readonly run: number;
  /** The first find of its hunt. */
  readonly isFirst: boolean;
  readonly life: StoreLife;
  readonly properties: readonly string[];
}

const drawn = new Map<string, readonly StoreScenario[]>();

/** The judge over `core/` with the patches of a bug in it; without a bug, over `core/` as it is. */
export async function storeJudge(bug?: SeededBug): Promise<StoreJudge> {
  const url = await bundle('test/teeth/store/judge-store.ts', (file, text) => patched(file, text, bug?.patches ?? []));
  const module: { readonly judgeLife: StoreJudge } = await import(url);
  return module.judgeLife;
}

/** The life of a profile, a seed and a run; takes are made in three ways in turn. */
export function storeLife(profile: number, seed: number, run: number): StoreLife {
  const drawnFrom = CONFORM_PROFILES[profile];
  if (drawnFrom === undefined) throw new Error(`there is no profile ${profile}`);
  const key = `${profile} ${seed}`;
  const scenarios = drawn.get(key) ?? drawScenarios(drawnFrom, STORE_RUNS_PER_PROFILE, seed, 0);
  drawn.set(key, scenarios);
  const scenario = scenarios[run % STORE_RUNS_PER_PROFILE] ?? { maxBytes: 0, operations: [] };
  return { takes: TAKES[run % TAKES.length] ?? 'whole', scenario };
}

/** Hunts for one bug with the seeds 1 … `seeds`. */
export async function storeRow(bug: SeededBug, seeds: number): Promise<MatrixRow> {
  const judge = await storeJudge(bug);
  const detections: Detection[] = [];
  for (const profile of CONFORM_PROFILES.keys()) addDetections(judge, profile, seeds, detections);
  const bySeed = Array.from({ length: seeds }, (_, index) => detections.filter(({ seed }) => seed === index + 1));
  return {
    bug,
    hunts: seeds,
    runs: bySeed.flatMap((finds) => (finds.length === 0 ? [] : [Math.min(...finds.map(runInPortfolio))])),
    properties: frequencies(detections.map(({ properties }) => properties)),
    profiles: CONFORM_PROFILES.map(({ name }, profile) => {
      const found = detections.filter((detection) => detection.isFirst && detection.profile === profile).length;
      return { profile: name, seeds: found === 0 ? Math.min(seeds, PATIENCE) : seeds, found };
    }),
    shrunk: shrunk(judge, detections),
  };
}

/** In a campaign that goes through the profiles in turn: the how manieth life it is, from 1. */
function runInPortfolio({ run, profile }: Detection): number {
  return run * CONFORM_PROFILES.length + profile + 1;
}

/** Adds what the hunts of a profile find: the first find of each, and what shows a property too few have seen so far. */
function addDetections(judge: StoreJudge, profile: number, seeds: number, detections: Detection[]): void {
  let found = 0;
  for (let seed = 1; seed <= seeds; seed += 1) {
    if (found === 0 && seed > PATIENCE) return;
    for (const detection of hunt(judge, profile, seed)) {
      if (detection.isFirst || saysMore(detection, detections)) detections.push(detection);
      if (detection.isFirst) found += 1;
      if (propertiesOf(detections).length >= WITNESSES) break;
    }
  }
}

function* hunt(judge: StoreJudge, profile: number, seed: number): Generator<Detection> {
  let isFirst = true;
  for (let run = 0; run < STORE_RUNS_PER_PROFILE; run += 1) {
    const life = storeLife(profile, seed, run);
    const properties = judge(life);
    if (properties.length === 0) continue;
    yield { profile, seed, run, isFirst, life, properties };
    isFirst = false;
  }
}

/** A property has seen the bug that had not before. */
function saysMore({ properties }: Detection, known: readonly Detection[]): boolean {
  return properties.some((property) => !propertiesOf(known).includes(property));
}

function propertiesOf(detections: readonly Detection[]): readonly string[] {
  return [...new Set(detections.flatMap(({ properties }) => properties))];
}

/** The shortest finds reduced as far as one and the same property is violated. */
function shrunk(judge: StoreJudge, detections: readonly Detection[]): Shrunk | undefined {
  const length = ({ life }: Detection): number => life.scenario.operations.length;
  const shortest = detections.toSorted((a, b) => length(a) - length(b)).slice(0, MAX_REDUCTIONS);
  const reduced = shortest.flatMap(({ life: { takes, scenario }, properties }) => {
    const [property] = properties;
    if (property === undefined) return [];
    const smallest = decide(reduceScenario(scenario), (candidate) =>
      judge({ takes, scenario: candidate }).includes(property),
    );
    const size = smallest.operations.length;
    return [{ property, cause: undefined, size, nodes: undefined, scenario: told(takes, smallest) }];
  });
  return reduced.toSorted((a, b) => a.size - b.size)[0];
}

function told(takes: StoreLife['takes'], { maxBytes, operations }: StoreScenario): string {
  const parts = operations.map(({ op, ...fields }) => `${op} ${Object.values(fields).join(' ')}`.trim());
  return `cap ${maxBytes}, takes ${takes}: ${parts.join(' · ')}`;
}
