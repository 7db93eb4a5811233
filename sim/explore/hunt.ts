/**
 * The hunt: draws scenarios, runs them, and keeps what they violate. A plan says all of it; runs [from, to) of a plan are
 * a function, so a hunt runs on any number of threads or machines and comes to the same tally.
 *
 * It does not look for hazards. What it has found is told apart by hazard afterwards, from what happened in each run.
 */
import { assert } from '../../core/index.ts';
import type { SystemName } from '../scenario/index.ts';
import { drawScenario } from './generate/draw.ts';
import { hazardsIn, HAZARDS } from './hazards/catalogue.ts';
import { judge } from './judge.ts';
import type { JudgedRun, ViolationKind } from './judge.ts';
import { PROFILE_NAMES } from './profiles.ts';
import type { ProfileName } from './profiles.ts';
import { reachOf } from './reach.ts';
import { sizeOf } from './reduce/index.ts';
import { textOfTree } from './scenario-tree.ts';
import type { ScenarioTree } from './scenario-tree.ts';
import { EMPTY_TALLY, mergeTallies } from './tally.ts';
import type { Sighting, Tally } from './tally.ts';

/** All that a hunt depends on, but for how long it goes on. */
export interface HuntPlan {
  readonly seed: number;
  /** The systems, taken in turn; none is any, drawn for each run. */
  readonly systems: readonly SystemName[];
  /** The profiles, taken in turn; at least one. */
  readonly profiles: readonly ProfileName[];
}

/** One run of a plan. */
export interface PlannedRun {
  readonly run: number;
  readonly profile: ProfileName;
  readonly tree: ScenarioTree;
}

/**
 * The profiles of a hunt: all of them, but the swarm of policies where a system was named, because what that finds is
 * not about the system.
 */
export function portfolio(systems: readonly SystemName[]): readonly ProfileName[] {
  return systems.length === 0 ? PROFILE_NAMES : PROFILE_NAMES.filter((name) => name !== 'policySwarm');
}

/** Run `run` of a plan, drawn and not yet run. */
export function plannedRun({ seed, systems, profiles }: HuntPlan, run: number): PlannedRun {
  const profile = profiles[run % profiles.length];
  assert(profile !== undefined, 'a plan has profiles', profiles.length);
  const round = Math.floor(run / profiles.length);
  const system = systems.length === 0 ? undefined : systems[round % systems.length];
  return { run, profile, tree: drawScenario({ seed, profile, system, run }) };
}

/** Runs [from, to) of a plan. A few milliseconds for each. */
export function hunt(plan: HuntPlan, from: number, to: number): Tally {
  let tally = EMPTY_TALLY;
  for (let run = from; run < to; run++) tally = mergeTallies(tally, tallyOf(plannedRun(plan, run)));
  return tally;
}

/** The tally of one run. */
export function tallyOf(planned: PlannedRun): Tally {
  const { profile, tree } = planned;
  const judged = judge(tree);
  assert(judged.kind !== 'invalid', 'what is drawn is a scenario', planned.run);
  const runs = { ...EMPTY_TALLY, runs: 1, profiles: [{ id: profile, runs: 1, violating: 0 }] };
  if (judged.kind === 'limit') return { ...runs, stopped: 1 };
  const violating = judged.violations.length === 0 ? 0 : 1;
  return {
    ...runs,
    events: judged.trace.events,
    profiles: [{ id: profile, runs: 1, violating }],
    reach: reachOf(judged).map((id) => ({ id, runs: 1 })),
    ...sightingsIn(judged, planned),
  };
}

/** Each violation, and each hazard that came with one. */
function sightingsIn(judged: JudgedRun, { run, profile, tree }: PlannedRun): Pick<Tally, 'violations' | 'hazards'> {
  const { violations } = judged;
  if (violations.length === 0) return { violations: [], hazards: [] };
  const place = { run, profile, system: judged.scenario.system };
  const what = { events: sizeOf(judged).events, text: textOfTree(tree) };
  const sighting = (id: string, { property, cause }: ViolationKind): Sighting => {
    return { id, runs: 1, first: run, smallest: [{ property, cause, ...place, ...what }] };
  };
  return {
    violations: violations.map((kind) => sighting(`${kind.property} ${kind.cause}`, kind)),
    hazards: hazardsIn(judged).map((id) => sighting(id, telling(id, judged))),
  };
}

/** The violation of a run that says most about a hazard. */
function telling(id: string, { violations }: JudgedRun): ViolationKind {
  const breaks = HAZARDS.find((hazard) => hazard.id === id)?.breaks ?? [];
  const kinds = breaks.map((property) => violations.find((violation) => violation.property === property));
  const found = kinds.find((kind) => kind !== undefined) ?? violations[0];
  assert(found !== undefined, 'a hazard is sighted beside a violation', violations.length);
  return found;
}
