/**
 * Run i of a hunt, drawn: a function of the seed of the hunt, the profile, the system and i, and of nothing else. So a hunt
 * is cut into shards anywhere, and any of its scenarios is drawn again on its own.
 */
import fc from 'fast-check';
import { assert } from '../../../core/index.ts';
import { hashText } from '../../engine/index.ts';
import { SYSTEM_NAMES } from '../../scenario/index.ts';
import type { SystemName } from '../../scenario/index.ts';
import { PROFILES } from '../profiles.ts';
import type { Profile, ProfileName } from '../profiles.ts';
import type { ScenarioTree } from '../scenario-tree.ts';
import { scenarioTree } from './scenario.ts';

/** Which scenario: of which hunt, by which profile, under which system, and the how manieth. */
export interface Draw {
  readonly seed: number;
  readonly profile: ProfileName;
  /** Undefined: any system. */
  readonly system: SystemName | undefined;
  readonly run: number;
}

/** What draws for a profile under a system; made once, as it is the dearer half of drawing one. */
const arbitraries = new Map<string, fc.Arbitrary<ScenarioTree>>();

/** The scenario of a draw, the same for the same draw. */
export function drawScenario({ seed, profile, system, run }: Draw): ScenarioTree {
  const name = `${profile} ${system ?? ''}`;
  const arbitrary = arbitraries.get(name) ?? scenarioTree(PROFILES[profile], systemsOf(profile, system));
  arbitraries.set(name, arbitrary);
  const sub = Number.parseInt(hashText(`${seed} ${name} ${run}`).slice(0, 8), 16) | 0;
  // Unbiased: fast-check leans its first values to the small side, and here each is a first one.
  const [tree] = fc.sample(arbitrary, { seed: sub, numRuns: 1, unbiased: true });
  assert(tree !== undefined, 'one was asked for and one is drawn', run);
  return tree;
}

function systemsOf(name: ProfileName, system: SystemName | undefined): readonly SystemName[] {
  const profile: Profile = PROFILES[name];
  return system === undefined ? (profile.systems ?? SYSTEM_NAMES) : [system];
}
