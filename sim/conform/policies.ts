/**
 * The decisions a hint store has to take and on which good stores differ. The reference has taken each of them; a subject
 * that has decided otherwise says so in its reply to `hello`, and is then held to its own word.
 *
 * What is not named here is no policy: order within a peer, exact accounting and one cause for every hint that leaves
 * are asked of every store.
 */
import { fieldsOf, OPTIONAL_OPERATIONS, PROTOCOL } from './protocol.ts';

/** The values of each policy, that of the reference first. */
export const POLICY_VALUES = {
  /** When a hint is expired. */
  expired: ['deadline<=now', 'deadline<now'],
  /** What the cap is over: all hints of the store, or those of one peer. */
  capScope: ['store', 'peer'],
  /** Whether an enqueue that is about to be judged by the cap drops what is due first, in the whole store. */
  sweepBeforeCap: [false, true],
  /** What the sweep judges deadlines by: the time it is handed, or the store's own clock. */
  sweepTime: ['argument', 'clock'],
} as const satisfies Record<string, readonly [string | boolean, ...(string | boolean)[]]>;

/** One decision for every policy. */
export type Policies = { readonly [Name in keyof typeof POLICY_VALUES]: (typeof POLICY_VALUES)[Name][number] };

/** The decisions of hints.rs. */
export const REFERENCE_POLICIES: Policies = {
  expired: 'deadline<=now',
  capScope: 'store',
  sweepBeforeCap: false,
  sweepTime: 'argument',
};

/** What a subject says of itself. */
export interface Subject {
  readonly name: string;
  readonly policies: Policies;
  /** The operations it is never asked for. */
  readonly without: readonly string[];
  /** The largest payload it takes: one that keeps real bytes cannot be handed gigabytes. */
  readonly maxPayloadBytes: number;
}

/** Payloads up to this size are expected of everybody. */
export const LEAST_MAX_PAYLOAD_BYTES = 4_096;

/** Reads the result of `hello`; a text says what is wrong with it. */
export function readHello(result: unknown): Subject | string {
  const said = fieldsOf(result);
  if (said === undefined) return 'expected an object as the result of hello';
  if (said.protocol !== PROTOCOL) return `expected protocol ${PROTOCOL}, found ${JSON.stringify(said.protocol)}`;
  const { without = [], maxPayloadBytes = LEAST_MAX_PAYLOAD_BYTES } = said;
  if (!isListOfOptional(without))
    return `expected in without only ${OPTIONAL_OPERATIONS.join(', ')}, found ${JSON.stringify(without)}`;
  if (typeof maxPayloadBytes !== 'number' || !(maxPayloadBytes >= LEAST_MAX_PAYLOAD_BYTES))
    return `expected maxPayloadBytes of at least ${LEAST_MAX_PAYLOAD_BYTES}, found ${JSON.stringify(maxPayloadBytes)}`;
  const policies = readPolicies(said.policies ?? {});
  if (typeof policies === 'string') return policies;
  const name = typeof said.name === 'string' ? said.name : 'the subject';
  return { name, policies, without, maxPayloadBytes };
}

/** Reads the policies that somebody names; the reference decides the rest. A text says what is wrong. */
export function readPolicies(value: unknown): Policies | string {
  const said = fieldsOf(value);
  if (said === undefined) return `expected an object of policies, found ${JSON.stringify(value)}`;
  for (const name of Object.keys(said))
    if (!Object.hasOwn(POLICY_VALUES, name))
      return `expected policies among ${Object.keys(POLICY_VALUES).join(', ')}, found ${name}`;
  const problems: string[] = [];
  const choose = <Value>(name: string, values: readonly [Value, ...Value[]]): Value => {
    const found = Object.hasOwn(said, name) ? values.find((known) => known === said[name]) : values[0];
    if (found === undefined)
      problems.push(`expected ${name} to be ${values.join(' or ')}, found ${String(said[name])}`);
    return found ?? values[0];
  };
  const policies: Policies = {
    expired: choose('expired', POLICY_VALUES.expired),
    capScope: choose('capScope', POLICY_VALUES.capScope),
    sweepBeforeCap: choose('sweepBeforeCap', POLICY_VALUES.sweepBeforeCap),
    sweepTime: choose('sweepTime', POLICY_VALUES.sweepTime),
  };
  return problems[0] ?? policies;
}

function isListOfOptional(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((name) => OPTIONAL_OPERATIONS.some((optional) => optional === name));
}
