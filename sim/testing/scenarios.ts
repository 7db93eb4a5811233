/**
 * Random scenarios for other people's property-based tests, as arbitraries of fast-check: the profiles that
 * `hintlab explore` hunts with.
 */
import fc from 'fast-check';
import { scenarioTree } from '../explore/generate/scenario.ts';
import { PROFILES } from '../explore/profiles.ts';
import type { Profile, ProfileName } from '../explore/profiles.ts';
import type { ScenarioTree } from '../explore/index.ts';
import { SYSTEM_NAMES } from '../scenario/index.ts';
import type { SystemName } from '../scenario/index.ts';

/** Which scenarios. */
export interface ScenarioChoice {
  /** What they are made to provoke; default uniform. */
  readonly profile?: ProfileName;
  /** The preset that they run under; default those of the profile, or any. */
  readonly system?: SystemName;
}

/**
 * Scenarios as plain trees, each a valid one. They do not shrink in fast-check: `expectNoViolation` reduces what fails by
 * itself, and better.
 *
 * @example
 * fc.assert(fc.property(scenarios({ profile: 'flapping', system: 'riak' }), (tree) => expectNoViolation(tree)));
 */
export function scenarios({ profile = 'uniform', system }: ScenarioChoice = {}): fc.Arbitrary<ScenarioTree> {
  const chosen: Profile = PROFILES[profile];
  const systems = system === undefined ? (chosen.systems ?? SYSTEM_NAMES) : [system];
  return fc.noShrink(scenarioTree(chosen, systems));
}
