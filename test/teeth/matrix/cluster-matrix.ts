/**
 * The matrix of the cluster: each bug of delivery, coordination or the engine, in a copy of its own, is hunted for through
 * the portfolio (`portfolio.ts`). A hunt ends with the first run that violates a property which the same scenario does
 * not violate on the code as it is: most designs have hazards of their own, and those are no find. A rule of the audit is
 * broken by no correct run at all.
 */
import { bundle } from '../bundle.ts';
import type { SeededBug } from '../bugs/bug.ts';
import { judgeTree as judgeAsIs } from '../cluster/judge-cluster.ts';
import type { ClusterVerdict, ReducedScenario } from '../cluster/judge-cluster.ts';
import { holdsAnywhere } from '../hold-anywhere.ts';
import { patched } from '../patch.ts';
import { judgeScenario } from '../../../sim/explore/index.ts';
import type { ScenarioTree, ViolationKind } from '../../../sim/explore/index.ts';
import type { Scenario } from '../../../sim/scenario/index.ts';
import type { MatrixRow, Shrunk } from './row.ts';
import { TEETH_PROFILES, teethRun } from './portfolio.ts';
import { frequencies, WITNESSES } from './statistics.ts';

/** Runs that a hunt tries: every profile of the portfolio twenty times. */
export const CLUSTER_RUNS = TEETH_PROFILES.length * 20;
/** Finds of one bug that are reduced, and runs of one reduction. */
const MAX_REDUCTIONS = 2;
const MAX_REDUCTION_RUNS = 300;
/** One run in so many is done again, to see whether it comes to the same: the first of a hunt among them. */
const TWINS_EVERY = 10;
/** Hunts of different seeds begin with different profiles. */
const SEED_STRIDE = 7;

/** A copy of the simulator with a bug in it. */
export interface ClusterCopy {
  readonly judgeTree: (tree: ScenarioTree, checksTwins: boolean) => ClusterVerdict;
  readonly reduceTree: (
    tree: ScenarioTree,
    kind: ViolationKind,
    maxRuns: number,
    keeps: (scenario: Scenario) => boolean,
  ) => ReducedScenario;
}

/** A run that showed a bug. */
interface Detection {
  readonly profile: string;
  /** Runs that the hunt took, from 1; and whether it is the first that showed it in this hunt. */
  readonly runs: number;
  readonly isFirst: boolean;
  readonly tree: ScenarioTree;
  readonly kinds: readonly ViolationKind[];
  /** Requests and faults of the scenario. */
  readonly events: number;
}

/** Properties that a scenario violates on the code as it is, by seed and run. */
const asIs = new Map<string, readonly string[]>();

/** Hunts for one bug with the seeds 1 … `seeds`, of at most `maxRuns` runs each. */
export async function clusterRow(bug: SeededBug, seeds: number, maxRuns: number): Promise<MatrixRow> {
  const copy = await clusterCopy(bug);
  const detections: Detection[] = [];
  const firstRuns: number[] = [];
  for (let seed = 1; seed <= seeds; seed += 1) {
    for (const detection of hunt(copy, seed, maxRuns)) {
      if (detection.isFirst) firstRuns.push(detection.runs);
      if (detection.isFirst || saysMore(detection, detections)) detections.push(detection);
      if (propertiesOf(detections).length >= WITNESSES) break;
    }
  }
  return {
    bug,
    hunts: seeds,
    runs: firstRuns,
    properties: frequencies(detections.map(({ kinds }) => [...new Set(kinds.map(({ property }) => property))])),
    profiles: TEETH_PROFILES.map((profile) => {
      const found = detections.filter((detection) => detection.isFirst && detection.profile === profile).length;
      return { profile, seeds, found };
    }),
    shrunk: shrunk(copy, detections),
  };
}

/** The simulator and everything that judges it, with the patches of a bug in it. */
export async function clusterCopy(bug: SeededBug): Promise<ClusterCopy> {
  const url = await bundle('test/teeth/cluster/judge-cluster.ts', (file, text) => patched(file, text, bug.patches));
  const copy: ClusterCopy = await import(url);
  return copy;
}

/**
 * The runs of one hunt that showed the bug. The hunt is over with the first of them, unless too few properties have seen
 * the bug so far: whoever asks for more gets the next one.
 */
function* hunt(copy: ClusterCopy, seed: number, maxRuns: number): Generator<Detection> {
  let isFirst = true;
  for (let step = 0; step < maxRuns; step += 1) {
    const run = step + ((seed * SEED_STRIDE) % TEETH_PROFILES.length);
    const { profile, tree } = teethRun(seed, run);
    const { violations, events } = copy.judgeTree(tree, step % TWINS_EVERY === 0);
    if (violations.length === 0) continue;
    const known = knownOf(seed, run, tree);
    const kinds = violations.filter(({ property }) => !known.includes(property));
    if (kinds.length === 0) continue;
    yield { profile, runs: step + 1, isFirst, tree, kinds, events };
    isFirst = false;
  }
}

/** A property has seen the bug that had not before. */
function saysMore({ kinds }: Detection, known: readonly Detection[]): boolean {
  const properties = propertiesOf(known);
  return kinds.some(({ property }) => !properties.includes(property));
}

function propertiesOf(detections: readonly Detection[]): readonly string[] {
  return [...new Set(detections.flatMap(({ kinds }) => kinds.map(({ property }) => property)))];
}

function knownOf(seed: number, run: number, tree: ScenarioTree): readonly string[] {
  const key = `${seed} ${run}`;
  const known = asIs.get(key) ?? judgeAsIs(tree, false).violations.map(({ property }) => property);
  asIs.set(key, known);
  return known;
}

/** The smallest finds, reduced: those that a reducer can follow, as a run that stops or differs leaves no trace. */
function shrunk(copy: ClusterCopy, detections: readonly Detection[]): Shrunk | undefined {
  const smallest = detections.toSorted((a, b) => a.events - b.events);
  const reduced = smallest.flatMap(({ tree, kinds }) => {
    const kind = kinds.find(({ property }) => /^[BICL]\d+$/.test(property));
    return kind === undefined ? [] : [{ tree, kind }];
  });
  const found = reduced.slice(0, MAX_REDUCTIONS).map(({ tree, kind: { property, cause } }): Shrunk => {
    const keeps = (scenario: Scenario): boolean => isCleanOf(scenario, property);
    const { events, nodes, text } = copy.reduceTree(tree, { property, cause }, MAX_REDUCTION_RUNS, keeps);
    return { property, cause, size: events, nodes, scenario: text };
  });
  return found.toSorted((a, b) => a.size - b.size)[0];
}

/** The code as it is does not violate the property in that scenario; and one of ours in none. */
function isCleanOf(scenario: Scenario, property: string): boolean {
  if (holdsAnywhere(property)) return true;
  const judged = judgeScenario(scenario);
  return judged.kind === 'judged' && judged.violations.every((violation) => violation.property !== property);
}
