/**
 * The source tree: a document as maps, lists and scalars, each with its place in the text it came from.
 *
 * It stands between the YAML text (and what `--set` adds to it) and the schema. Keys stay in a list, never in an
 * object, so a key called `__proto__` is a key like any other.
 */
import type { Place } from '../problem.ts';

/** A node of the document. `path` is its address for messages, such as `faults.2.crash`. */
export type SourceNode = MapNode | ListNode | ScalarNode;

/** A map; no key twice. */
export interface MapNode {
  readonly kind: 'map';
  readonly at: Place;
  readonly path: string;
  readonly entries: readonly MapEntry[];
  /** Keys that were there, but whose values did not fit and were left out; see `check-tree.ts`. */
  readonly unusable?: readonly string[];
}

/** A key of a map, and its value. */
export interface MapEntry {
  readonly key: string;
  readonly at: Place;
  readonly value: SourceNode;
}

/** A list. */
export interface ListNode {
  readonly kind: 'list';
  readonly at: Place;
  readonly path: string;
  readonly items: readonly SourceNode[];
}

/** A scalar; `text` is how it was written, and `value` null where nothing was. */
export interface ScalarNode {
  readonly kind: 'scalar';
  readonly at: Place;
  readonly path: string;
  readonly value: string | number | boolean | null;
  readonly text: string;
}

/** The address of a node, from the root. */
export type Path = readonly (string | number)[];

/** Longer texts are cut in messages. */
const MAX_SHOWN_CHARS = 60;

/** The path of a child, for messages. */
export function childPath(parent: string, key: string | number): string {
  const step = typeof key === 'string' ? shownText(key) : key;
  return parent === '' ? String(step) : `${parent}.${step}`;
}

/** The entry of a map, if the node is a map that has it. */
export function entryOf(node: SourceNode | undefined, key: string): MapEntry | undefined {
  return node?.kind === 'map' ? node.entries.find((entry) => entry.key === key) : undefined;
}

/** The node at a path, or the last one on the way to it that exists. */
export function nodeAt(root: SourceNode, path: Path): SourceNode {
  let node = root;
  for (const step of path) {
    const next = typeof step === 'number' ? itemOf(node, step) : entryOf(node, step)?.value;
    if (next === undefined) return node;
    node = next;
  }
  return node;
}

/** The tree as plain data. Own properties only, whatever the keys are called. */
export function plainValue(node: SourceNode): unknown {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map(plainValue);
    case 'map':
      return Object.fromEntries(node.entries.map(({ key, value }) => [key, plainValue(value)]));
  }
}

/** What stands at a node, for the `found` of a problem. */
export function describeNode(node: SourceNode): string {
  if (node.kind === 'map') return node.entries.length === 0 ? 'an empty map' : 'a map';
  if (node.kind === 'list') return node.items.length === 0 ? 'an empty list' : 'a list';
  return node.value === null && node.text === '' ? 'nothing' : shownText(node.text);
}

/** A text on one line, cut if it is long; an empty one in quotes, and what a terminal would obey escaped. */
export function shownText(text: string): string {
  const line = text
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replaceAll(/\p{Cc}/gu, escaped);
  if (line === '') return '""';
  return line.length <= MAX_SHOWN_CHARS ? line : `${line.slice(0, MAX_SHOWN_CHARS)}…`;
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function itemOf(node: SourceNode, index: number): SourceNode | undefined {
  return node.kind === 'list' ? node.items[index] : undefined;
}
