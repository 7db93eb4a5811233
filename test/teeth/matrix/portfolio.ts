/**
 * Where the scenarios of the cluster's matrix come from: the portfolio of `hintlab explore`, and two profiles more for
 * mistakes that need what hunts for hazards seldom meet. They are drawn here alone, so that the hunts of users, and the
 * table of hazards that is made of them, stay what they are.
 */
import fc from 'fast-check';
import { hashText } from '../../../sim/engine/index.ts';
import type { ScenarioTree } from '../../../sim/explore/index.ts';
import { scenarioTree } from '../../../sim/explore/generate/scenario.ts';
import { plannedRun } from '../../../sim/explore/hunt.ts';
import { PROFILE_NAMES, PROFILES } from '../../../sim/explore/profiles.ts';
import type { Profile } from '../../../sim/explore/profiles.ts';
import { isMap } from '../../../sim/explore/scenario-tree.ts';
import type { TreeMap } from '../../../sim/explore/scenario-tree.ts';
import { SYSTEM_NAMES } from '../../../sim/scenario/index.ts';

/** A scenario, and the profile that it was drawn by. */
export interface DrawnRun {
  readonly profile: string;
  readonly tree: ScenarioTree;
}

/** A profile of the portfolio, under values that every scenario of it has: keys of a section of the scenario file. */
interface OwnProfile {
  readonly profile: Profile;
  readonly sections: Readonly<Record<string, TreeMap>>;
}

const OWN: Readonly<Record<string, OwnProfile>> = {
  /** Hints that go back and forth between a store and a full channel until they are due. */
  shortLives: {
    profile: { ...PROFILES.sweepRaces, systems: ['dynomite', 'dynomite-durable'] },
    sections: { hints: { ttl: '5s' }, channel: { slots: 1, rate: '4/s' }, drain: { interval: '2s' } },
  },
  /** Windows that shrink with each failure, while a peer goes on failing. */
  adaptiveWindows: { profile: PROFILES.failingDelivery, sections: { drain: { adapt: 'aimd' } } },
};
const OWN_NAMES = Object.keys(OWN);

/** Every profile, in turn. */
export const TEETH_PROFILES: readonly string[] = [...PROFILE_NAMES, ...OWN_NAMES];

const arbitraries = new Map(
  Object.entries(OWN).map(([name, { profile, sections }]) => {
    const drawn = scenarioTree(profile, profile.systems ?? SYSTEM_NAMES);
    return [name, drawn.map((tree) => withSections(tree, sections))];
  }),
);

/** Run `run` of the hunt with a seed: the same for the same numbers. */
export function teethRun(seed: number, run: number): DrawnRun {
  const round = Math.floor(run / TEETH_PROFILES.length);
  const place = run % TEETH_PROFILES.length;
  if (place < PROFILE_NAMES.length) {
    return plannedRun({ seed, systems: [], profiles: PROFILE_NAMES }, round * PROFILE_NAMES.length + place);
  }
  const profile = TEETH_PROFILES[place] ?? '';
  const arbitrary = arbitraries.get(profile);
  if (arbitrary === undefined) throw new Error(`there is no profile ${profile}`);
  const sub = Number.parseInt(hashText(`${seed} ${profile} ${run}`).slice(0, 8), 16) | 0;
  // Unbiased: fast-check leans its first values to the small side, and here each is a first one.
  const [tree] = fc.sample(arbitrary, { seed: sub, numRuns: 1, unbiased: true });
  if (tree === undefined) throw new Error(`run ${run} was not drawn`);
  return { profile, tree };
}

function withSections(tree: ScenarioTree, sections: OwnProfile['sections']): ScenarioTree {
  const merged = Object.entries(sections).map(([name, values]) => {
    const drawn = tree[name];
    return [name, { ...(isMap(drawn) ? drawn : {}), ...values }];
  });
  return { ...tree, ...Object.fromEntries(merged) };
}
