/**
 * Static vectors: short lives of a store with the answers written by hand from hints.rs, one JSON file for each part of
 * its surface. They need no kit to be of use: a test in any language can read them.
 *
 *   { "about": "…", "cases": [ { "name": "exactly full is accepted", "rule": "exactlyFull", "maxBytes": 8, "steps": [
 *       { "op": "enqueue", "now": 0, "peer": 0, "bytes": 8, "fill": 1, "ttl": 60, "expect": "accepted" } ] } ] }
 *
 * A case without `when` is required of every store. One with `when` is for stores that have decided those policies so.
 */
import * as v from 'valibot';
import type { Expected } from './model.ts';
import { type Policies, POLICY_VALUES, REFERENCE_POLICIES } from './policies.ts';
import type { Ask } from './protocol.ts';
import { type Rule, RULES } from './rules.ts';

/** One operation and its answer. */
export interface VectorStep {
  readonly ask: Ask;
  readonly expected: Expected;
}

/** One life of a store, and the rule that it pins. */
export interface VectorCase {
  readonly name: string;
  readonly rule: Rule;
  /** The policies it is for, beside each other; none of them: it is required of everybody. */
  readonly when: Partial<Policies>;
  readonly maxBytes: bigint;
  readonly steps: readonly VectorStep[];
}

const whole = v.pipe(
  v.union([v.pipe(v.number(), v.safeInteger()), v.pipe(v.string(), v.digits())]),
  v.transform((value) => BigInt(value)),
);
const peer = v.pipe(v.number(), v.safeInteger());
const now = whole;

const expectation: v.GenericSchema<unknown, Expected> = v.lazy(() =>
  v.union([whole, v.string(), v.array(expectation), v.record(v.string(), expectation)]),
);
const expect = expectation;

const step = v.variant('op', [
  v.strictObject({ op: v.literal('enqueue'), now, peer, bytes: whole, fill: v.number(), ttl: whole, expect }),
  v.strictObject({ op: v.literal('takeFor'), now, peer, expect }),
  v.strictObject({ op: v.literal('expireNow'), now, at: whole, expect }),
  v.strictObject({ op: v.literal('lengthFor'), now, peer, expect }),
  v.strictObject({ op: v.literal('totalLength'), now, expect }),
  v.strictObject({ op: v.literal('stats'), now, expect }),
  v.strictObject({ op: v.literal('peersWithHints'), now, expect }),
]);

const vectorFile = v.strictObject({
  about: v.string(),
  cases: v.array(
    v.strictObject({
      name: v.string(),
      rule: v.custom<Rule>((value) => typeof value === 'string' && Object.hasOwn(RULES, value)),
      when: v.optional(
        v.strictObject({
          expired: v.exactOptional(v.picklist(POLICY_VALUES.expired)),
          capScope: v.exactOptional(v.picklist(POLICY_VALUES.capScope)),
          sweepBeforeCap: v.exactOptional(v.boolean()),
          sweepTime: v.exactOptional(v.picklist(POLICY_VALUES.sweepTime)),
        }),
        {},
      ),
      maxBytes: whole,
      steps: v.array(step),
    }),
  ),
});

/** Reads the JSON of one file of vectors. Throws where it is none: the files are ours. */
export function readVectors(json: unknown): VectorCase[] {
  return v.parse(vectorFile, json).cases.map(({ steps, ...about }) => ({
    ...about,
    steps: steps.map(({ expect: expected, ...ask }) => ({ ask, expected })),
  }));
}

/** Whether the case is for a store of these policies. */
export function appliesTo({ when }: VectorCase, policies: Policies): boolean {
  return (
    (when.expired ?? policies.expired) === policies.expired &&
    (when.capScope ?? policies.capScope) === policies.capScope &&
    (when.sweepBeforeCap ?? policies.sweepBeforeCap) === policies.sweepBeforeCap &&
    (when.sweepTime ?? policies.sweepTime) === policies.sweepTime
  );
}

/** Whether the case is for a store that decides as hints.rs does. */
export function isOfReference(vector: VectorCase): boolean {
  return appliesTo(vector, REFERENCE_POLICIES);
}
