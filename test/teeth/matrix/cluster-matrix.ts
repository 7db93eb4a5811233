/**
 * The matrix of the cluster: each bug of delivery, coordination or the engine, in a copy of its own, is hunted for with the
 * portfolio of `hintlab explore`. A hunt ends with the first run that violates a property which the same scenario does
 * not violate on the code as it is: most designs have hazards of their own, and those are no find.
 */
import { bundle } from '../bundle.ts';
import type { SeededBug } from '../bugs/bug.ts';
import { judgeTree as judgeAsIs } from '../cluster/judge-cluster.ts';
import type { ClusterVerdict, ReducedScenario } from '../cluster/judge-cluster.ts';
import { patched } from '../patch.ts';
import { judgeScenario } from '../../../sim/explore/index.ts';
import type { ScenarioTree, ViolationKind } from '../../../sim/explore/index.ts';
import { plannedRun } from '../../../sim/explore/hunt.ts';
import { PROFILE_NAMES } from '../../../sim/explore/profiles.ts';
import type { ProfileName } from '../../../sim/explore/profiles.ts';
import type { Scenario } from '../../../sim/scenario/index.ts';
import type { MatrixRow, Shrunk } from './row.ts';
import { frequencies } from './statistics.ts';

/** Runs that a hunt tries: every profile of the portfolio twenty times. */
export const CLUSTER_RUNS = PROFILE_NAMES.length * 20;
/** Runs of one reduction. */
const MAX_REDUCTION_RUNS = 250;
/** One run in so many is done twice, to see whether it comes to the same: the first of a hunt among them. */
const TWICE_EVERY = 10;
/** Hunts of different seeds begin with different profiles. */
const SEED_STRIDE = 7;

/** A copy of the simulator with a bug in it. */
interface ClusterCopy {
  readonly judgeTree: (tree: ScenarioTree, checksTwice: boolean) => ClusterVerdict;
  readonly reduceTree: (
    tree: ScenarioTree,
    kind: ViolationKind,
    maxRuns: number,
    keeps: (scenario: Scenario) => boolean,
  ) => ReducedScenario;
}

/** A run that showed a bug. */
interface Detection {
  readonly profile: ProfileName;
  /** Runs that the hunt took, from 1. */
  readonly runs: number;
  readonly tree: ScenarioTree;
  readonly kinds: readonly ViolationKind[];
}

/** Properties that a scenario violates on the code as it is, by seed and run. */
const asIs = new Map<string, readonly string[]>();

/** Hunts for one bug with the seeds 1 … `seeds`, of at most `maxRuns` runs each. */
export async function clusterRow(bug: SeededBug, seeds: number, maxRuns: number): Promise<MatrixRow> {
  const url = await bundle('test/teeth/cluster/judge-cluster.ts', (file, text) => patched(file, text, bug.patches));
  const copy: ClusterCopy = await import(url);
  const detections: Detection[] = [];
  for (let seed = 1; seed <= seeds; seed += 1) {
    const detection = hunt(copy, seed, maxRuns);
    if (detection !== undefined) detections.push(detection);
  }
  return {
    bug,
    hunts: seeds,
    runs: detections.map(({ runs }) => runs),
    properties: frequencies(detections.map(({ kinds }) => [...new Set(kinds.map(({ property }) => property))])),
    profiles: PROFILE_NAMES.map((profile) => {
      const found = detections.filter((detection) => detection.profile === profile).length;
      return { profile, seeds, found };
    }),
    shrunk: shrunk(copy, detections),
  };
}

function hunt(copy: ClusterCopy, seed: number, maxRuns: number): Detection | undefined {
  const plan = { seed, systems: [], profiles: PROFILE_NAMES };
  for (let step = 0; step < maxRuns; step += 1) {
    const run = step + ((seed * SEED_STRIDE) % PROFILE_NAMES.length);
    const { profile, tree } = plannedRun(plan, run);
    const { violations } = copy.judgeTree(tree, step % TWICE_EVERY === 0);
    if (violations.length === 0) continue;
    const known = knownOf(seed, run, tree);
    const kinds = violations.filter(({ property }) => !known.includes(property));
    if (kinds.length > 0) return { profile, runs: step + 1, tree, kinds };
  }
  return undefined;
}

function knownOf(seed: number, run: number, tree: ScenarioTree): readonly string[] {
  const key = `${seed} ${run}`;
  const known = asIs.get(key) ?? judgeAsIs(tree, false).violations.map(({ property }) => property);
  asIs.set(key, known);
  return known;
}

/** The first find whose property a reducer can follow: a run that stops, or differs from itself, leaves no trace. */
function shrunk(copy: ClusterCopy, detections: readonly Detection[]): Shrunk | undefined {
  for (const { tree, kinds } of detections) {
    const kind = kinds.find(({ property }) => /^[ICL]\d+$/.test(property));
    if (kind === undefined) continue;
    const { events, nodes, text } = copy.reduceTree(tree, kind, MAX_REDUCTION_RUNS, (scenario) => {
      const judged = judgeScenario(scenario);
      return judged.kind === 'judged' && judged.violations.every(({ property }) => property !== kind.property);
    });
    return { property: kind.property, size: events, nodes, scenario: text };
  }
  return undefined;
}
