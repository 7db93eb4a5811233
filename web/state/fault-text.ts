/**
 * The faults of a scenario as its text has them: every entry of `faults:` with its fields as they are written.
 *
 *   scenario text ─ readTree ─▶ tree ─ faultsIn ─▶ fields ─ fault-entries ─▶ things on the time axis
 */
import { entryOf, readTree, type EntryText, type TextNode } from './text-tree.ts';

/** A key of an entry with its value. */
export interface FieldText {
  readonly key: string;
  /** The value as it is written. */
  readonly source: string;
  /** The value as text without quotes, where it is a plain one. */
  readonly plain: string | undefined;
  /** The names in it, where it is a list, or a list of lists. */
  readonly names: readonly (readonly string[])[];
}

/** The fields of each entry of `faults:`, none of an entry that is no map; undefined: no faults can be found in it. */
export function faultsIn(text: string): readonly (readonly FieldText[])[] | undefined {
  const reading = readTree(text);
  if (reading.kind === 'unreadable' || reading.root.entries.length === 0) return undefined;
  const value = entryOf(reading.root, 'faults')?.value;
  if (value === undefined || isNothing(text, value)) return [];
  if (value.kind !== 'list') return undefined;
  return value.items.map((item) =>
    item.value.kind === 'map' ? item.value.entries.map((entry) => fieldOf(text, entry)) : [],
  );
}

/** No value, or one that says so. */
function isNothing(text: string, value: TextNode): boolean {
  return value.kind === 'scalar' && /^(?:|~|null|Null|NULL)$/.test(text.slice(value.from, value.until));
}

function fieldOf(text: string, { key, value }: EntryText): FieldText {
  const plain = value.kind === 'scalar' && !isNothing(text, value) ? value.plain : undefined;
  return { key, source: text.slice(value.from, value.until), plain, names: namesIn(value) };
}

/** A flat list is one list of names. */
function namesIn(node: TextNode): readonly (readonly string[])[] {
  if (node.kind !== 'list') return [];
  const nested = node.items.map(({ value }) => value).filter(({ kind }) => kind === 'list');
  return (nested.length > 0 ? nested : [node]).map(singlesIn);
}

function singlesIn(list: TextNode): readonly string[] {
  const items = list.kind === 'list' ? list.items : [];
  return items.flatMap(({ value }) => (value.kind === 'scalar' ? [value.plain] : []));
}
