/**
 * Reading a find of the conformance kit: the text goes through the reader of scenarios, which measures it, resolves its
 * aliases and knows the place of everything in it, and then through the shape of the file.
 */
import * as v from 'valibot';
import { type KeptFind, type Rule, RULES, STORE_FILE_KEY, STORE_FILE_VERSION } from '../conform/index.ts';
import type { StoreOperation } from '../conform/index.ts';
import { Findings, formatProblem } from '../scenario/problem.ts';
import { parseYaml } from '../scenario/text/parse-yaml.ts';
import { nodeAt, plainValue } from '../scenario/text/source-tree.ts';

/** A file that was read, or what is wrong with it: `3:5: expected …`. */
export type ReadKept =
  { readonly kind: 'kept'; readonly kept: KeptFind } | { readonly kind: 'invalid'; readonly why: string };

const natural = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const whole = v.pipe(v.number(), v.safeInteger());

const operation: v.GenericSchema<unknown, StoreOperation> = v.variant('op', [
  v.strictObject({ op: v.literal('enqueue'), peer: natural, bytes: natural, ttl: natural }),
  v.strictObject({ op: v.literal('takeFor'), peer: natural }),
  v.strictObject({ op: v.literal('advance'), by: natural }),
  v.strictObject({ op: v.literal('expireNow'), offset: whole }),
  v.strictObject({ op: v.literal('lengthFor'), peer: natural }),
  v.strictObject({ op: v.literal('totalLength') }),
  v.strictObject({ op: v.literal('peersWithHints') }),
]);

const storeFile = v.strictObject({
  [STORE_FILE_KEY]: v.literal(STORE_FILE_VERSION),
  find: v.strictObject({
    rule: v.custom<Rule>(
      (value) => typeof value === 'string' && Object.hasOwn(RULES, value),
      `expected one of ${Object.keys(RULES).join(', ')}`,
    ),
    cause: v.string(),
    foundBy: v.optional(v.strictObject({ seed: natural, profile: v.string(), version: v.optional(v.string()) })),
    minimal: v.optional(v.boolean()),
    bug: v.optional(v.string()),
  }),
  maxBytes: natural,
  operations: v.array(operation),
});

/** Reads a file. What is wrong with it comes with its line and column. */
export function readKept(text: string): ReadKept {
  const findings = new Findings();
  const root = parseYaml({ file: '', text }, findings);
  const [problem] = findings.problems();
  if (problem !== undefined) return { kind: 'invalid', why: formatProblem(problem).slice(1) };
  if (root === undefined) throw new Error('a text that is no document has a problem');
  const parsed = v.safeParse(storeFile, plainValue(root), { abortEarly: true });
  if (parsed.success) {
    const { find, maxBytes, operations } = parsed.output;
    return { kind: 'kept', kept: { ...find, scenario: { maxBytes, operations } } };
  }
  const [{ path = [], message }] = parsed.issues;
  const keys = path.flatMap(({ key }) => (typeof key === 'string' || typeof key === 'number' ? [key] : []));
  const { line, column } = nodeAt(root, keys).at;
  return { kind: 'invalid', why: `${line}:${column}: ${keys.length === 0 ? '' : `${keys.join('.')}: `}${message}` };
}
