/**
 * The static vectors and the model were written apart, the ones by hand and the other as code: they must agree. So must
 * the store of core/, which is what ships.
 */
import { describe, expect, it } from 'vitest';
import { conformVectors } from '../../../sim/cli/conform-vectors.ts';
import { StoreModel } from '../../../sim/conform/model.ts';
import { POLICY_VALUES, type Policies, REFERENCE_POLICIES } from '../../../sim/conform/policies.ts';
import { onWire } from '../../../sim/conform/protocol.ts';
import { RULES } from '../../../sim/conform/rules.ts';
import { appliesTo, isOfReference, readVectors } from '../../../sim/conform/vectors.ts';
import { coreStore } from '../../conformance/core-subject.ts';

const VECTORS = conformVectors();

/** Every combination of policies. */
const ALL_POLICIES: readonly Policies[] = POLICY_VALUES.expired.flatMap((expired) =>
  POLICY_VALUES.capScope.flatMap((capScope) =>
    POLICY_VALUES.sweepBeforeCap.flatMap((sweepBeforeCap) =>
      POLICY_VALUES.sweepTime.map((sweepTime) => ({ expired, capScope, sweepBeforeCap, sweepTime })),
    ),
  ),
);

/** A value as the protocol writes it. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? onWire(part) : part)));
}

describe('the vectors', () => {
  it('are many, have names of their own, and most are required of every store', () => {
    expect(VECTORS.length).toBeGreaterThanOrEqual(50);
    expect(new Set(VECTORS.map(({ name }) => name)).size).toBe(VECTORS.length);
    expect(VECTORS.filter(({ when }) => Object.keys(when).length === 0).length).toBeGreaterThan(40);
  });

  it('pin every rule, and both sides of every policy', () => {
    const pinned = new Set<string>(VECTORS.map(({ rule }) => rule));
    // A wrong deadline shows in what a take hands out.
    expect(Object.keys(RULES).filter((rule) => !pinned.has(rule) && rule !== 'deadline')).toEqual([]);
    for (const [name, values] of Object.entries(POLICY_VALUES))
      for (const value of values)
        expect(
          VECTORS.some(({ when }) => new Map(Object.entries(when)).get(name) === value),
          `${name} ${value}`,
        ).toBe(true);
  });

  it.each(ALL_POLICIES)(
    'are what the model answers under $expired, $capScope, $sweepBeforeCap, $sweepTime',
    (policies) => {
      const applicable = VECTORS.filter((vector) => appliesTo(vector, policies));
      expect(applicable.length).toBeGreaterThan(40);
      for (const { name, maxBytes, steps } of applicable) {
        const model = new StoreModel(maxBytes, policies);
        for (const { ask, expected } of steps)
          expect(plain(model.answer(ask).expected), `${name}: ${ask.op}`).toEqual(loosely(plain(expected)));
      }
    },
  );

  it('are what the store of core/ answers', () => {
    const applicable = VECTORS.filter(isOfReference);
    expect(applicable.length).toBeGreaterThan(50);
    for (const { name, maxBytes, steps } of applicable) {
      const store = coreStore(maxBytes);
      for (const { ask, expected } of steps) expect(store(ask), `${name}: ${ask.op}`).toEqual(loosely(plain(expected)));
    }
  });

  it('are refused where a file is not of their form', () => {
    const good = { name: 'n', rule: 'fits', maxBytes: 1, steps: [] };
    expect(readVectors({ about: 'a', cases: [good] })).toHaveLength(1);
    expect(() => readVectors({ about: 'a', cases: [{ ...good, rule: 'toString' }] })).toThrow();
    expect(() =>
      readVectors({ about: 'a', cases: [{ ...good, steps: [{ op: 'takeFor', now: 0, peer: 1 }] }] }),
    ).toThrow();
    expect(() => readVectors({ about: 'a', cases: [{ ...good, when: { capScope: 'rack' } }] })).toThrow();
  });
});

it('the reference is one of the combinations of policies', () => {
  expect(ALL_POLICIES).toContainEqual(REFERENCE_POLICIES);
});

/** What is expected and may have more to it: a vector need not name every field. */
function loosely(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(loosely);
  return typeof value === 'object' && value !== null ? expect.objectContaining(value) : value;
}
