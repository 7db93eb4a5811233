/**
 * The door: from the text of a scenario file to a Scenario, or to everything that is wrong with it.
 *
 *   text ─ parse-yaml ─▶ source tree ─ migrations, overrides ─▶ source tree ─ check-tree ─▶ document ─ resolve ─▶ Scenario
 *
 * Each step reports what it finds and hands on what is sound, so that all problems of a text come out at once.
 */
import * as v from 'valibot';
import { assert } from '../../core/index.ts';
import { Findings, nearestName } from './problem.ts';
import type { Note, Problem } from './problem.ts';
import { Resolution } from './resolve/resolution.ts';
import type { ReadImport } from './resolve/resolution.ts';
import { resolveScenario } from './resolve/scenario.ts';
import { SCENARIO_SCHEMA } from './model/scenario.ts';
import type { Scenario } from './model/scenario.ts';
import { documentSchema } from './schema.ts';
import { checkTree } from './text/check-tree.ts';
import { migrated } from './text/migrations.ts';
import { applyOption, applySet } from './text/overrides.ts';
import { parseYaml } from './text/parse-yaml.ts';
import { sourceOfValue } from './text/source-of-value.ts';
import { describeNode, entryOf, plainValue } from './text/source-tree.ts';
import type { MapNode } from './text/source-tree.ts';

const VERSION_KEY = 'hintlab';

/** How to read a scenario. */
export interface ParseOptions {
  /** The file's name: for messages, and the scenario's name unless it has one. */
  readonly file: string;
  /** `path=value` each, put into the document in order before it is checked. */
  readonly sets?: readonly string[];
  /** In place of the document's. */
  readonly seed?: number;
  /** In place of the document's. */
  readonly system?: string;
  /** The text of a file that the scenario names; undefined if there is none. Default: there are none. */
  readonly readImport?: ReadImport;
}

/** A scenario with what is worth knowing about it, or all the reasons why there is none. */
export type ParseResult =
  | { readonly kind: 'scenario'; readonly scenario: Scenario; readonly notes: readonly Note[] }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

/**
 * Reads a scenario. Never throws, whatever the text is; problems are in the order of the text.
 *
 * @example
 * parseScenario('hintlab: 1\nduration: 10m\nfaults: [{ crash: b, at: 1m, for: 5m }]', { file: 'outage.yaml' });
 */
export function parseScenario(text: string, options: ParseOptions): ParseResult {
  const findings = new Findings();
  const scenario = readScenario(text, options, findings);
  if (scenario === undefined || !findings.isClean) return { kind: 'invalid', problems: findings.problems() };
  return { kind: 'scenario', scenario, notes: findings.notes() };
}

/**
 * The scenario that plain data says, as its text would, at a half of the price; undefined if there is anything to say of
 * it, which {@link parseScenario} tells of its text. For hunts, which make scenarios by the thousand.
 * @param file what the text would be called
 */
export function scenarioOfValue(value: unknown, file: string): Scenario | undefined {
  const document = sourceOfValue(value);
  if (document?.kind !== 'map') return undefined;
  const findings = new Findings();
  const root = ofThisVersion(migrated(document), findings);
  // What fits as a whole needs no check part by part, which is there to say what does not fit.
  const parsed = v.safeParse(documentSchema, plainValue(root), { abortEarly: true });
  if (!parsed.success || !findings.isClean) return undefined;
  const scenario = resolveScenario(parsed.output, baseName(file), new Resolution(root, findings, noImport));
  return findings.isClean ? scenario : undefined;
}

/** The document of a text with `sets` in it, as plain keys and values; or what is wrong with its YAML or with a set. */
export type EditedDocument =
  | { readonly kind: 'document'; readonly value: unknown }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

/** The document that says without `sets` what `text` says with them. Whether it is a scenario is not asked here. */
export function editedDocument(text: string, options: Pick<ParseOptions, 'file' | 'sets'>): EditedDocument {
  const findings = new Findings();
  const root = readDocument(text, options, findings);
  if (root === undefined || !findings.isClean) return { kind: 'invalid', problems: findings.problems() };
  return { kind: 'document', value: plainValue(root) };
}

function readDocument(
  text: string,
  { file, sets = [] }: Pick<ParseOptions, 'file' | 'sets'>,
  findings: Findings,
): MapNode | undefined {
  const document = parseYaml({ file, text }, findings);
  if (document === undefined) return undefined;
  if (document.kind !== 'map') {
    const expected = 'a scenario: keys and values such as hintlab: 1, duration: 10m, workload: …, faults: …';
    findings.problem(document.at, '', { code: 'type', expected, found: describeNode(document) });
    return undefined;
  }
  let root: MapNode = migrated(document);
  for (const [index, set] of sets.entries()) root = applySet(root, set, index + 1, findings);
  return root;
}

function readScenario(text: string, options: ParseOptions, findings: Findings): Scenario | undefined {
  const { file, seed, system, readImport = noImport } = options;
  let root = readDocument(text, options, findings);
  if (root === undefined) return undefined;
  if (seed !== undefined) root = applyOption(root, 'seed', seed);
  if (system !== undefined) root = applyOption(root, 'system', system);
  const checked = checkTree(documentSchema, ofThisVersion(root, findings), findings);
  if (checked === undefined) return undefined;
  // What the check has kept fits; parsing it again is what turns it into values with types.
  const parsed = v.safeParse(documentSchema, plainValue(checked));
  assert(parsed.success || !findings.isClean, 'what the check has kept fits the schema');
  if (!parsed.success) return undefined;
  return resolveScenario(parsed.output, baseName(file), new Resolution(checked, findings, readImport));
}

const noImport: ReadImport = () => undefined;

/** The document with the right version in place of a wrong one or none, so that the other keys get checked too. */
function ofThisVersion(root: MapNode, findings: Findings): MapNode {
  const entry = entryOf(root, VERSION_KEY);
  if (entry?.value.kind === 'scalar' && entry.value.value === SCENARIO_SCHEMA) return root;
  const isMisspelt = root.entries.some(({ key }) => nearestName(key, [VERSION_KEY]) === VERSION_KEY);
  if (entry === undefined && isMisspelt) return root;
  const expected = `${VERSION_KEY}: ${SCENARIO_SCHEMA}, the version of the file format`;
  const found = entry === undefined ? 'nothing' : describeNode(entry.value);
  const at = entry?.value.at ?? root.at;
  findings.problem(at, VERSION_KEY, { code: entry === undefined ? 'missingKey' : 'version', expected, found });
  const value = { kind: 'scalar', at, path: VERSION_KEY, value: SCENARIO_SCHEMA, text: '' } as const;
  const others = root.entries.filter(({ key }) => key !== VERSION_KEY);
  return { ...root, entries: [{ key: VERSION_KEY, at, value }, ...others] };
}

/** `stories/lanl-23.yaml` is called lanl-23. */
function baseName(file: string): string {
  const base = file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1).replace(/\.ya?ml$/i, '');
  return base === '' ? 'scenario' : base;
}
