/**
 * A scenario's text as a tree whose every key and value knows its letters. It is what lets an edit change those letters
 * and no others, so that comments, order and layout stay as they were typed.
 *
 *   scenario text ─ readTree ─▶ tree ─ text-edits, fault-edits ─▶ scenario text
 *
 * The library that the parser of scenarios is made of reads the text here, too; it comes with the first edit, not with
 * the page.
 */
import { Composer, isMap, isScalar, isSeq, Parser } from 'yaml';
import type { ParsedNode, YAMLMap, YAMLSeq } from 'yaml';
import { sayOfSyntaxError } from '../../sim/scenario/text/syntax-errors.ts';
import { excessOf, FITTING, MAX_SCENARIO_CHARS } from '../../sim/scenario/text/yaml-bounds.ts';

/** A step into a map or a list. */
export type Step = string | number;
/** The way to a value, from the root. */
export type TextPath = readonly Step[];

/** The letters of a value: `[from, until)`, empty where a key has no value. */
interface Letters {
  readonly from: number;
  readonly until: number;
}

/** A single value; `plain` is what it says, without quotes, folded lines put together. */
export interface ScalarText extends Letters {
  readonly kind: 'scalar';
  readonly plain: string;
  readonly style: 'plain' | 'quoted' | 'lines';
}

/** A key and its value. `colon` is the offset behind the colon; of a key without one, its end. */
export interface EntryText {
  readonly key: string;
  readonly keyAt: number;
  readonly keyUntil: number;
  readonly colon: number;
  readonly value: TextNode;
}

/** A map, in braces (`flow`) or one key a line. */
export interface MapText extends Letters {
  readonly kind: 'map';
  readonly flow: boolean;
  readonly entries: readonly EntryText[];
}

/** An item; `hyphen` is the offset of the hyphen before it, -1 in brackets. */
export interface ItemText {
  readonly hyphen: number;
  readonly value: TextNode;
}

/** A list, in brackets (`flow`) or with hyphens. */
export interface ListText extends Letters {
  readonly kind: 'list';
  readonly flow: boolean;
  readonly items: readonly ItemText[];
}

/** An alias, or a map with keys that are no names: to be changed in the text alone. */
export interface OtherText extends Letters {
  readonly kind: 'other';
}

/** Anything that stands at a path. */
export type TextNode = ScalarText | MapText | ListText | OtherText;

/** The tree of a text, or where and why it has none. */
export type TreeReading =
  | { readonly kind: 'tree'; readonly root: MapText }
  | { readonly kind: 'unreadable'; readonly at: number; readonly expected: string; readonly found: string };

/** Texts whose trees are kept: an edit asks for that of the text before it and of the one after it again and again. */
const MOST_KEPT = 3;
const kept = new Map<string, TreeReading>();

/** Reads a text, or remembers it. Never throws; O(length of the text). */
export function readTree(text: string): TreeReading {
  const reading = kept.get(text) ?? readAnew(text);
  kept.delete(text);
  kept.set(text, reading);
  for (const oldest of kept.keys()) if (kept.size > MOST_KEPT) kept.delete(oldest);
  return reading;
}

function readAnew(text: string): TreeReading {
  if (text.length > MAX_SCENARIO_CHARS)
    return unreadable(0, `at most ${MAX_SCENARIO_CHARS} characters`, String(text.length));
  const tokens = [...new Parser().parse(text)];
  const excess = excessOf(tokens);
  if (excess) return unreadable(excess.offset, FITTING[excess.code], 'more');
  const options = { schema: 'core', merge: false, keepSourceTokens: true, uniqueKeys: false } as const;
  const [document, second] = [...new Composer(options).compose(tokens, true, text.length)];
  const error = document?.errors[0];
  if (error) {
    const { expected, found } = sayOfSyntaxError(error.code, error.message);
    return unreadable(error.pos[0], expected, found);
  }
  if (second) return unreadable(second.range[0], 'one document', 'a second one');
  const contents = document?.contents ?? null;
  if (contents === null || (isScalar(contents) && contents.source === ''))
    return { kind: 'tree', root: { kind: 'map', from: text.length, until: text.length, flow: false, entries: [] } };
  const root = nodeOf(text, contents, contents.range[0]);
  return root.kind === 'map' ? { kind: 'tree', root } : unreadable(root.from, 'keys and values', 'something else');
}

/** The node at a path; undefined: there is none. */
export function nodeAt(root: TextNode, path: TextPath): TextNode | undefined {
  let node: TextNode | undefined = root;
  for (const step of path) node = node && childAt(node, step);
  return node;
}

/** The value at a key or position. */
export function childAt(node: TextNode, step: Step): TextNode | undefined {
  if (typeof step === 'string') return entryOf(node, step)?.value;
  return node.kind === 'list' ? node.items[step]?.value : undefined;
}

/** A key of a map with its value; undefined: it has no such key, or is no map. */
export function entryOf(node: TextNode, key: string): EntryText | undefined {
  return node.kind === 'map' ? node.entries.find((entry) => entry.key === key) : undefined;
}

/** The path of the innermost value, or of its key, that an offset stands on; empty where it is on none. */
export function pathAt(root: TextNode, offset: number): TextPath {
  const path: Step[] = [];
  for (let node: TextNode | undefined = root; node;) {
    const next: readonly [Step, TextNode] | undefined = stepAt(node, offset);
    if (next) path.push(next[0]);
    node = next?.[1];
  }
  return path;
}

/** What a node says, keys in the order of the alphabet: equal for trees that say the same. */
export function meaningOf(node: TextNode): unknown {
  switch (node.kind) {
    case 'scalar':
      return node.plain;
    case 'list':
      return node.items.map(({ value }) => meaningOf(value));
    case 'map': {
      const entries = node.entries.map(({ key, value }) => [key, meaningOf(value)] as const);
      return { map: entries.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)) };
    }
    case 'other':
      return { other: node.until - node.from };
  }
}

/** The offset at which the line of `at` begins. */
export function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

/** The offset of the end of the line of `at`, before its newline. */
export function lineEnd(text: string, at: number): number {
  const newline = text.indexOf('\n', at);
  const end = newline < 0 ? text.length : newline;
  return text[end - 1] === '\r' && end > at ? end - 1 : end;
}

function unreadable(at: number, expected: string, found: string): TreeReading {
  return { kind: 'unreadable', at, expected, found };
}

function stepAt(node: TextNode, offset: number): readonly [Step, TextNode] | undefined {
  if (node.kind === 'map') {
    const entry = node.entries.findLast(({ keyAt }) => keyAt <= offset);
    return entry && offset <= Math.max(entry.colon, entry.value.until) ? [entry.key, entry.value] : undefined;
  }
  if (node.kind !== 'list') return undefined;
  const index = node.items.findLastIndex(({ hyphen, value }) => (hyphen < 0 ? value.from : hyphen) <= offset);
  const item = node.items[index];
  return item && offset <= item.value.until ? [index, item.value] : undefined;
}

/** @param at where an absent value would stand */
function nodeOf(text: string, node: ParsedNode | null, at: number): TextNode {
  if (node === null) return { kind: 'scalar', from: at, until: at, plain: '', style: 'plain' };
  const from = node.range[0];
  const until = Math.max(from, trimmed(text, node.range[1]));
  if (isMap(node)) return mapOf(text, node, { from, until });
  if (isSeq(node)) return listOf(text, node, { from, until });
  if (!isScalar(node)) return { kind: 'other', from, until };
  if (node.value === null && node.source === '')
    return { kind: 'scalar', from: at, until: at, plain: '', style: 'plain' };
  const style = node.type === 'PLAIN' ? 'plain' : node.type?.startsWith('QUOTE') ? 'quoted' : 'lines';
  return { kind: 'scalar', from, until, plain: node.source, style };
}

function mapOf(text: string, map: YAMLMap.Parsed, letters: Letters): TextNode {
  const entries: EntryText[] = [];
  for (const { key, value, srcToken } of map.items) {
    if (!isScalar(key)) return { kind: 'other', ...letters };
    const [keyAt, keyUntil] = key.range;
    const mark = srcToken?.sep?.find(({ type }) => type === 'map-value-ind')?.offset;
    const colon = mark === undefined ? keyUntil : mark + 1;
    entries.push({ key: key.source, keyAt, keyUntil, colon, value: nodeOf(text, value, colon) });
  }
  const last = entries.at(-1);
  const end = last && Math.max(last.colon, last.value.until);
  return { kind: 'map', flow: map.flow === true, entries, ...lettersOf(map, letters, end) };
}

function listOf(text: string, list: YAMLSeq.Parsed, letters: Letters): TextNode {
  const items = list.items.map((item, index) => {
    const hyphen = hyphenOf(list, index);
    return { hyphen, value: nodeOf(text, item, hyphen < 0 ? item.range[0] : hyphen + 1) };
  });
  return { kind: 'list', flow: list.flow === true, items, ...lettersOf(list, letters, items.at(-1)?.value.until) };
}

/** A block ends with the last thing in it: the comments that the library counts in, too, may be about what follows. */
function lettersOf({ flow }: YAMLMap | YAMLSeq, letters: Letters, end: number | undefined): Letters {
  return flow === true || end === undefined ? letters : { from: letters.from, until: end };
}

function hyphenOf(list: YAMLSeq.Parsed, index: number): number {
  const token = list.srcToken;
  const start = token?.type === 'block-seq' ? token.items[index]?.start : undefined;
  return start?.find(({ type }) => type === 'seq-item-ind')?.offset ?? -1;
}

/** `end` without the white space before it: a block ends with its last letter. */
function trimmed(text: string, end: number): number {
  let at = end;
  while (at > 0 && /\s/.test(text[at - 1] ?? '')) at--;
  return at;
}
