/**
 * Where the faults of a scenario stand in its text: every entry of `faults:` with its fields, as offsets into the text.
 * It is what lets an edit change those letters and no others, so that comments and layout stay as they were typed.
 *
 *   scenario text ─ faultsIn ─▶ site ─ fault-edits ─▶ scenario text
 *
 * The library that the parser of scenarios is made of reads the text here, too; it comes with the first edit, not with
 * the page.
 */
import { Composer, isMap, isScalar, isSeq, Parser } from 'yaml';
import type { CST, ParsedNode, YAMLMap, YAMLSeq } from 'yaml';

/** A text nested deeper than this is not read; a scenario needs seven. */
const MAX_DEPTH = 32;
/** A longer text is not read, as the parser of scenarios would not. In characters. */
const MAX_CHARS = 1_048_576;

/** A key of an entry with its value. Offsets: `[keyAt` key … `from` value `until)`. */
export interface FieldText {
  readonly key: string;
  /** The value as it is written. */
  readonly source: string;
  /** The value as text without quotes, where it is a plain one. */
  readonly plain: string | undefined;
  /** The names in it, where it is a list, or a list of lists. */
  readonly names: readonly (readonly string[])[];
  readonly keyAt: number;
  readonly from: number;
  readonly until: number;
}

/** An entry of `faults:`. In a block entry every field has a line of its own. */
export interface EntryText {
  readonly style: 'flow' | 'block';
  readonly from: number;
  /** After its last letter; what comes on the same line is a comment. */
  readonly until: number;
  /** The hyphen before it, where the list is one of lines. */
  readonly hyphen: number;
  /** Empty: it is no map (an alias, or unfinished). */
  readonly fields: readonly FieldText[];
}

/** The place of `faults:` in a text. */
export type FaultsSite =
  /** The text is no YAML, or no map. */
  | { readonly kind: 'unreadable' }
  /** There is no such key; a new one goes to `at`. */
  | { readonly kind: 'absent'; readonly style: 'flow' | 'block'; readonly at: number; readonly column: number }
  /** The key has no entries; its value, if it has one, is [from, until). */
  | { readonly kind: 'empty'; readonly style: 'flow' | 'block'; readonly from: number; readonly until: number }
  | {
      readonly kind: 'list';
      readonly style: 'flow' | 'block';
      /** After the colon. */
      readonly from: number;
      readonly entries: readonly EntryText[];
    };

/** Finds the faults of a scenario. Never throws; O(length of the text). */
export function faultsIn(text: string): FaultsSite {
  const root = rootOf(text);
  if (root === undefined) return { kind: 'unreadable' };
  const style = root.flow === true ? 'flow' : 'block';
  const pair = root.items.find(({ key }) => isScalar(key) && key.value === 'faults');
  if (pair === undefined) return absentFrom(text, root, style);
  const value = pair.value;
  const from = colonOf(pair.srcToken) + 1;
  const isNothing = value === null || (isScalar(value) && value.value === null);
  if (isNothing) return { kind: 'empty', style, from, until: Math.max(from, value?.range[1] ?? from) };
  if (!isSeq(value)) return { kind: 'unreadable' };
  if (value.items.length === 0) return { kind: 'empty', style, from, until: value.range[1] };
  const entries = value.items.map((item, index) => entryOf(text, item, hyphenOf(value, index)));
  return { kind: 'list', style: value.flow === true ? 'flow' : 'block', from, entries };
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

type Root = YAMLMap.Parsed;

function rootOf(text: string): Root | undefined {
  if (text.length > MAX_CHARS) return undefined;
  const tokens = [...new Parser().parse(text)];
  if (isDeep(tokens)) return undefined;
  const options = { schema: 'core', merge: false, keepSourceTokens: true, uniqueKeys: false } as const;
  const [document, second] = [...new Composer(options).compose(tokens, true, text.length)];
  if (document === undefined || second !== undefined || document.errors.length > 0) return undefined;
  return isMap(document.contents) && document.contents.items.length > 0 ? document.contents : undefined;
}

/** Whether composing, which recurses, would go too deep. Without recursion itself. */
function isDeep(tokens: readonly CST.Token[]): boolean {
  const pending = tokens.map((token) => ({ token, depth: 0 }));
  for (let item = pending.pop(); item !== undefined; item = pending.pop()) {
    const { token, depth } = item;
    if (depth > MAX_DEPTH) return true;
    const below = depth + 1;
    if (token.type === 'document' && token.value) pending.push({ token: token.value, depth: below });
    if (!('items' in token)) continue;
    for (const { key, value } of token.items) {
      if (key) pending.push({ token: key, depth: below });
      if (value) pending.push({ token: value, depth: below });
    }
  }
  return false;
}

function absentFrom(text: string, root: Root, style: 'flow' | 'block'): FaultsSite {
  const last = root.items.at(-1);
  const end = trimmed(text, last?.value?.range[1] ?? last?.key.range[1] ?? root.range[1]);
  const first = root.items[0]?.key.range[0] ?? 0;
  const at = style === 'flow' ? end : lineEnd(text, end);
  return { kind: 'absent', style, at, column: first - lineStart(text, first) };
}

function entryOf(text: string, item: ParsedNode, hyphen: number): EntryText {
  const [from, end] = [item.range[0], item.range[1]];
  const fields = isMap(item) ? item.items.flatMap((pair) => fieldOf(text, pair)) : [];
  const style = isMap(item) && item.flow !== true ? 'block' : 'flow';
  return { style, from, until: trimmed(text, end), hyphen, fields };
}

function fieldOf(text: string, { key, value, srcToken }: Root['items'][number]): FieldText[] {
  if (!isScalar(key)) return [];
  const colon = colonOf(srcToken) + 1;
  const from = value?.range[0] ?? colon;
  const until = Math.max(from, trimmed(text, value?.range[1] ?? from));
  const plain = isScalar(value) ? plainText(value.value) : undefined;
  const names = isSeq(value) ? namesIn(value) : [];
  return [
    {
      key: plainText(key.value) ?? '',
      source: text.slice(from, until),
      plain,
      names,
      keyAt: key.range[0],
      from,
      until,
    },
  ];
}

/** A scalar without its quotes; undefined for no value. */
function plainText(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}

/** A flat list is one list of names. */
function namesIn(list: YAMLSeq.Parsed): readonly (readonly string[])[] {
  const nested = list.items.filter((item) => isSeq(item));
  const lists = nested.length > 0 ? nested : [list];
  return lists.map(({ items }) => items.flatMap((item) => (isScalar(item) ? [plainText(item.value) ?? ''] : [])));
}

function hyphenOf(list: YAMLSeq.Parsed, index: number): number {
  const token = list.srcToken;
  const start = token?.type === 'block-seq' ? token.items.filter(({ value }) => value)[index]?.start : undefined;
  return start?.find(({ type }) => type === 'seq-item-ind')?.offset ?? -1;
}

function colonOf(item: CST.CollectionItem | undefined): number {
  return item?.sep?.find(({ type }) => type === 'map-value-ind')?.offset ?? -1;
}

/** `end` without the white space before it: a block ends with its last letter. */
function trimmed(text: string, end: number): number {
  let at = end;
  while (at > 0 && /\s/.test(text[at - 1] ?? '')) at--;
  return at;
}
