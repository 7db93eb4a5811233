/**
 * Reduction of store scenarios against conditions whose smallest scenario is known by hand.
 */
import { expect, it } from 'vitest';
import { REFERENCE_POLICIES } from '../../../sim/conform/policies.ts';
import { CONFORM_PROFILES, drawScenarios } from '../../../sim/conform/profiles.ts';
import { StoreModel } from '../../../sim/conform/model.ts';
import { decide } from '../../../sim/conform/reduce.ts';
import { reduceScenario } from '../../../sim/conform/reduce-scenario.ts';
import type { Rule } from '../../../sim/conform/rules.ts';
import { scriptOf, type StoreScenario } from '../../../sim/conform/scenario.ts';

const SUBJECT = { name: 'any', policies: REFERENCE_POLICIES, without: [], maxPayloadBytes: 0xffff_ffff };

/** Whether any answer of the scenario is decided by the rule. */
function meets(scenario: StoreScenario, rule: Rule): boolean {
  const { maxBytes, asks } = scriptOf(scenario, SUBJECT);
  const model = new StoreModel(maxBytes, REFERENCE_POLICIES);
  return asks.some((ask) => model.answer(ask).rule === rule);
}

/** The first scenario of all profiles that meets the rule, reduced. */
function smallest(rule: Rule): StoreScenario {
  const scenarios = CONFORM_PROFILES.flatMap((profile) => drawScenarios(profile, 40, 1, 0));
  const found = scenarios.find((scenario) => meets(scenario, rule));
  expect(found?.operations.length).toBeGreaterThan(15);
  return decide(reduceScenario(found ?? { maxBytes: 0, operations: [] }), (scenario) => meets(scenario, rule));
}

it.each<[Rule, number, readonly object[]]>([
  // A sweep in the future would do as well, but a take has no other time than now.
  [
    'takeAtDeadline',
    0,
    [
      { op: 'enqueue', peer: 0, bytes: 1, ttl: 1 },
      { op: 'advance', by: 1 },
      { op: 'takeFor', peer: 0 },
    ],
  ],
  [
    'takeBeforeDeadline',
    0,
    [
      { op: 'enqueue', peer: 0, bytes: 1, ttl: 1 },
      { op: 'takeFor', peer: 0 },
    ],
  ],
  ['exactlyFull', 1, [{ op: 'enqueue', peer: 0, bytes: 1, ttl: 1 }]],
  ['takeNothing', 0, [{ op: 'takeFor', peer: 0 }]],
])('the smallest scenario for %s is known by hand', (rule, maxBytes, operations) => {
  const { operations: found, maxBytes: cap } = smallest(rule);
  expect(found).toEqual(operations);
  // A cap that no enqueue is near says nothing, and goes.
  expect(cap).toBe(maxBytes);
});

it('bytes that are past their deadline and still count need a cap, one hint, its time, and another', () => {
  const { maxBytes, operations } = smallest('dueCounts');
  expect(operations.map(({ op }) => op)).toEqual(['enqueue', 'advance', 'enqueue']);
  expect(maxBytes).toBeLessThanOrEqual(2);
});
