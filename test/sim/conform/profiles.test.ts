/**
 * The profiles of random scenarios: that they are long enough, meet what they are there for, and are the same every time.
 */
import { describe, expect, it } from 'vitest';
import { PROFILE_NAMES } from '../../../sim/cli/add-conform.ts';
import { StoreModel } from '../../../sim/conform/model.ts';
import { REFERENCE_POLICIES } from '../../../sim/conform/policies.ts';
import { CONFORM_PROFILES, drawScenarios } from '../../../sim/conform/profiles.ts';
import { scriptOf } from '../../../sim/conform/scenario.ts';
import { Reach } from '../../support/reach.ts';

const SUBJECT = { name: 'any', policies: REFERENCE_POLICIES, without: [], maxPayloadBytes: 0xffff_ffff };
const RUNS = 200;
/** One run in a hundred meets a rule, at least. */
const FLOOR = RUNS / 100;

describe.each(CONFORM_PROFILES)('profile $name', (profile) => {
  const scenarios = drawScenarios(profile, RUNS, 7, 0);

  it('is at least twenty operations long, always', () => {
    expect(Math.min(...scenarios.map(({ operations }) => operations.length))).toBeGreaterThanOrEqual(20);
  });

  it('meets what it is there for in one run of a hundred or more', () => {
    const reach = new Reach<string>();
    for (const scenario of scenarios) {
      const { maxBytes, asks } = scriptOf(scenario, SUBJECT);
      const model = new StoreModel(maxBytes, REFERENCE_POLICIES);
      for (const rule of new Set(asks.map((ask) => model.answer(ask).rule))) reach.note(rule);
    }
    expect(reach.rarerThan(FLOOR, profile.reaches)).toEqual([]);
  });

  it('keeps to the payloads that it speaks of', () => {
    const sizes = scenarios.flatMap(({ operations }) => operations.map((step) => ('bytes' in step ? step.bytes : 0)));
    expect(Math.max(...sizes)).toBe(profile.maxPayloadBytes);
  });

  it('is the same for the same seed and round, and another for others', () => {
    const [a, b, c] = [
      drawScenarios(profile, 3, 7, 0),
      drawScenarios(profile, 3, 7, 1),
      drawScenarios(profile, 3, 8, 0),
    ];
    expect(a).toEqual(drawScenarios(profile, 3, 7, 0));
    expect(a).not.toEqual(b);
    expect(a).not.toEqual(c);
  });
});

it('the help page names every profile', () => {
  expect(PROFILE_NAMES.toSorted()).toEqual(CONFORM_PROFILES.map(({ name }) => name).toSorted());
});

it('operations that a subject does without are never asked', () => {
  const scenarios = CONFORM_PROFILES.flatMap((profile) => drawScenarios(profile, 20, 1, 0));
  const asked = (without: readonly string[]): Set<string> =>
    new Set(scenarios.flatMap((scenario) => scriptOf(scenario, { ...SUBJECT, without }).asks.map(({ op }) => op)));
  expect(asked([]).size).toBe(7);
  expect([...asked(['lengthFor', 'totalLength', 'peersWithHints'])].toSorted()).toEqual([
    'enqueue',
    'expireNow',
    'stats',
    'takeFor',
  ]);
});
