/**
 * A scenario as a plain tree: what a scenario file says, before it is checked. Generators make trees, the reducer cuts
 * them, the corpus keeps them. A tree has no ids and no positions, so any part of it can be taken away and what is left
 * is a tree again; whether it is a scenario is for the parser to say.
 */
import { parseDocument, stringify } from 'yaml';

/** A value of a tree: what YAML and JSON have in common. */
export type Tree = null | boolean | number | string | readonly Tree[] | TreeMap;
/** A map of a tree. */
export interface TreeMap {
  readonly [key: string]: Tree;
}
/** A whole scenario file. */
export type ScenarioTree = TreeMap;

/** Maps and lists with fewer characters than this stand on one line. */
const LINE_WIDTH = 100;

/** Texts that are never anything else in YAML: names, and amounts with their unit, such as `1m 30s` or `50/s`. */
const PLAIN_TEXT = /^(?:[A-Za-z][A-Za-z0-9_.-]*|\d+(?:\.\d+)?(?:[A-Za-z]{1,3}|%|\/[smhd])(?: \d+[a-z]{1,2})*)$/;
/** Words that are no texts. */
const NO_TEXT = /^(?:true|false|null)$/i;

/** The keys of a file in the order in which people write them; others follow in the order of the tree. */
const ORDER: readonly string[] = ['hintlab', 'find', 'name', 'about', 'seed', 'system', 'duration', 'record', 'nodes'];
/** What a file says of the run and of what happens in it; every other key is a policy, or a client. */
export const FRAME_KEYS: readonly string[] = [...ORDER, 'requests', 'faults'];

/** Whether a value of a tree is a map. */
export function isMap(tree: Tree | undefined): tree is TreeMap {
  return typeof tree === 'object' && tree !== null && !isList(tree);
}

/** Whether a value of a tree is a list. */
export function isList(tree: Tree | undefined): tree is readonly Tree[] {
  return Array.isArray(tree);
}

/** The text of a scenario file that says what the tree says; the same tree has one text. */
export function textOfTree(tree: ScenarioTree): string {
  const known = ORDER.filter((key) => key in tree);
  const others = Object.keys(tree).filter((key) => !ORDER.includes(key));
  return [...known, ...others].map((key) => entryText(key, tree[key] ?? null)).join('');
}

/** The tree of a text, or undefined if it is not a map in YAML. Anchors and comments are gone. */
export function treeOfText(text: string): ScenarioTree | undefined {
  const document = parseDocument(text, { version: '1.2' });
  if (document.errors.length > 0) return undefined;
  return treeOfValue(document.toJS());
}

/** One key of the file: on one line where it fits, with a line per element where not. */
function entryText(key: string, value: Tree): string {
  const line = `${key}: ${flowText(value)}`;
  if (line.length <= LINE_WIDTH && !(isList(value) && value.some(isMap))) return `${line}\n`;
  if (isList(value)) return `${key}:\n${value.map((element) => `  - ${flowText(element)}\n`).join('')}`;
  if (isMap(value)) return stringify({ [key]: value }, { lineWidth: LINE_WIDTH, flowCollectionPadding: true });
  return stringify({ [key]: value }, { lineWidth: LINE_WIDTH });
}

/** A value on one line, as people write it: `{ at: 1s, for: 2s }`, `[a, b]`. */
export function flowText(value: Tree): string {
  if (isList(value)) return `[${value.map(flowText).join(', ')}]`;
  if (!isMap(value)) return scalarText(value);
  const entries = Object.entries(value).map(([key, member]) => `${scalarText(key)}: ${flowText(member)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

/** A single value, in quotes where it would not be one between brackets. */
function scalarText(value: Tree): string {
  // Nearly all of them are plain, and asking the library is a hundred times as dear.
  if (typeof value !== 'string') return JSON.stringify(value);
  if (PLAIN_TEXT.test(value) && !NO_TEXT.test(value)) return value;
  return stringify([value], { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: false })
    .trimEnd()
    .slice(1, -1);
}

/** `value` as a tree; undefined if it is no map, or holds what a tree cannot. */
export function treeOfValue(value: unknown): ScenarioTree | undefined {
  const tree = plainTree(value);
  return isMap(tree) ? tree : undefined;
}

function plainTree(value: unknown): Tree | undefined {
  if (value === null || typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string')
    return value;
  if (Array.isArray(value)) {
    const members = value.map(plainTree);
    return members.every((member) => member !== undefined) ? members : undefined;
  }
  if (typeof value !== 'object') return undefined;
  const entries: [string, Tree][] = [];
  for (const [key, member] of Object.entries(value)) {
    const tree = plainTree(member);
    if (tree === undefined) return undefined;
    entries.push([key, tree]);
  }
  return Object.fromEntries(entries);
}
