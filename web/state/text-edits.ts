/**
 * Edits at a path of a scenario, as functions from text to text: a value set, a key or an item taken away, an item added,
 * doubled or moved, a key renamed. An edit changes the letters it is about and leaves every other letter alone.
 *
 * After every edit the text is read again: what stands elsewhere must say what it said, or the edit is refused.
 */
import {
  entryText,
  keySource,
  sourceText,
  splice,
  STEP,
  withKey,
  withLine,
  without,
  type Source,
  type Where,
} from './text-splices.ts';
import { withRowMoved } from './text-rows.ts';
import {
  childAt,
  entryOf,
  lineEnd,
  lineStart,
  meaningOf,
  nodeAt,
  readTree,
  type MapText,
  type TextNode,
  type TextPath,
} from './text-tree.ts';

/** The new text, or why there is none, in one sentence. */
export type TextChange =
  { readonly kind: 'edited'; readonly text: string } | { readonly kind: 'refused'; readonly why: string };

/** How keys follow each other in the map at a path; empty: as they come. */
export type KeyOrder = (path: TextPath) => readonly string[];

const UNREADABLE: TextChange = { kind: 'refused', why: 'The text cannot be read as it stands; mend it first.' };
const UNWRITABLE: TextChange = { kind: 'refused', why: 'That cannot be written here; change it in the text.' };

/** Sets a value. Maps on the way are made, and a new key goes where `order` has it. O(length of the text), as all. */
export function setAt(text: string, path: TextPath, source: Source, order: KeyOrder = () => []): TextChange {
  return editing(text, path, undefined, (root) => {
    const depth = path.findIndex((_, i) => nodeAt(root, path.slice(0, i + 1)) === undefined);
    if (depth < 0) return replaced(text, root, path, source);
    const rest = path.slice(depth);
    const map = nodeAt(root, path.slice(0, depth));
    if (map === undefined || !isNames(rest)) return undefined;
    const before = path.slice(0, depth);
    if (map.kind === 'scalar' && map.plain === '') return made(text, root, before, rest, source);
    return map.kind === 'map' ? withKey(text, map, rest, source, order(before)) : undefined;
  });
}

/**
 * Takes a key or an item away. A map that it leaves empty goes with it, a list stays as `[]`.
 * @param row the length of the path of the row that it is in, which stays, if it must as `{}`; 0: it is in none
 */
export function removeAt(text: string, path: TextPath, row = 0): TextChange {
  const above = path.slice(0, -1);
  const reading = readTree(text);
  const parent = reading.kind === 'tree' ? nodeAt(reading.root, above) : undefined;
  const isLast = sizeOf(parent) === 1 && above.length > 0;
  if (isLast && parent?.kind === 'list') return emptied(text, above);
  if (isLast && above.length === row) return setAt(text, above, '{}');
  if (isLast) return removeAt(text, above, row);
  return editing(text, path, GONE, () => parent && without(text, parent, path.at(-1)));
}

/** Adds an item behind the others of a list, which is made if there is none. */
export function addItem(text: string, path: TextPath, item: string, order: KeyOrder = () => []): TextChange {
  const reading = readTree(text);
  const list = reading.kind === 'tree' ? nodeAt(reading.root, path) : undefined;
  const last = list?.kind === 'list' ? list.items.at(-1) : undefined;
  if (list?.kind !== 'list' || last === undefined) {
    const lines = ({ flow, column }: Where) =>
      flow || path.length > 1 ? `[${item}]` : `\n${' '.repeat(column + STEP)}- ${item}`;
    return setAt(text, path, lines, order);
  }
  return editing(text, [...path, list.items.length], undefined, () => {
    if (list.flow) return splice(text, last.value.until, last.value.until, `, ${item}`);
    return withLine(text, last.value.until, last.hyphen, `- ${item}`);
  });
}

/** Puts a copy of an item behind it. */
export function duplicateItem(text: string, path: TextPath, index: number): TextChange {
  const reading = readTree(text);
  const list = reading.kind === 'tree' ? nodeAt(reading.root, path) : undefined;
  const item = list?.kind === 'list' ? list.items[index] : undefined;
  if (list?.kind !== 'list' || item === undefined) return UNWRITABLE;
  const doubled = list.items.map(({ value }) => meaningOf(value));
  return editing(text, path, doubled.toSpliced(index, 0, meaningOf(item.value)), () => {
    const { from, until } = item.value;
    if (list.flow) return splice(text, until, until, `, ${text.slice(from, until)}`);
    const end = lineEnd(text, until);
    const start = lineStart(text, item.hyphen);
    return splice(text, end, end, `\n${' '.repeat(item.hyphen - start)}${text.slice(item.hyphen, end)}`);
  });
}

/** Takes an item of a list out and puts it in again at another position, with the comments that belong to it. */
export function moveItem(text: string, path: TextPath, from: number, to: number): TextChange {
  const reading = readTree(text);
  const list = reading.kind === 'tree' ? nodeAt(reading.root, path) : undefined;
  const item = list?.kind === 'list' && to >= 0 && to < list.items.length ? list.items[from] : undefined;
  if (list?.kind !== 'list' || item === undefined) return UNWRITABLE;
  const others = list.items.map(({ value }) => meaningOf(value)).toSpliced(from, 1);
  return editing(text, path, others.toSpliced(to, 0, meaningOf(item.value)), () => withRowMoved(text, list, from, to));
}

/** Gives a key another name. */
export function renameKey(text: string, path: TextPath, name: string): TextChange {
  const above = path.slice(0, -1);
  const key = path.at(-1);
  const reading = readTree(text);
  const map = reading.kind === 'tree' ? nodeAt(reading.root, above) : undefined;
  if (map?.kind !== 'map' || typeof key !== 'string' || entryOf(map, name)) return UNWRITABLE;
  const entries = map.entries.map((entry) => (entry.key === key ? { ...entry, key: name } : entry));
  return editing(text, above, meaningOf({ ...map, entries }), () => {
    const entry = entryOf(map, key);
    return entry && splice(text, entry.keyAt, entry.keyUntil, keySource(name));
  });
}

/** Makes the map at a path the only item of a list. */
export function wrapItem(text: string, path: TextPath): TextChange {
  const reading = readTree(text);
  const map = reading.kind === 'tree' ? nodeAt(reading.root, path) : undefined;
  if (map?.kind !== 'map') return UNWRITABLE;
  const { from, until } = map;
  return editing(text, path, [meaningOf(map)], () => {
    if (map.flow) return splice(text, from, until, `[${text.slice(from, until)}]`);
    const lines = text.slice(from, until).replaceAll(/\n(?=[^\r\n])/g, '\n  ');
    return splice(text, from, until, `- ${lines}`);
  });
}

/** Puts the only item of the list at a path in place of the list. */
export function unwrapItem(text: string, path: TextPath): TextChange {
  const reading = readTree(text);
  const list = reading.kind === 'tree' ? nodeAt(reading.root, path) : undefined;
  const [item, ...others] = list?.kind === 'list' ? list.items : [];
  if (list?.kind !== 'list' || item === undefined || others.length > 0) return UNWRITABLE;
  return editing(text, path, meaningOf(item.value), () => {
    if (list.flow) return splice(text, list.from, list.until, text.slice(item.value.from, item.value.until));
    return splice(text, item.hyphen, item.hyphen + 1, ' '); // its lines stay as far in as they are
  });
}

/** What stands at a path that is taken away. */
const GONE = Symbol('gone');

/**
 * Makes an edit and looks at what became of the text.
 * @param meant what has to stand at the path afterwards; undefined: anything
 */
function editing(
  text: string,
  path: TextPath,
  meant: unknown,
  make: (root: MapText) => string | undefined,
): TextChange {
  const before = readTree(text);
  if (before.kind === 'unreadable') return UNREADABLE;
  const edited = make(before.root);
  const after = edited === undefined ? undefined : readTree(edited);
  if (edited === undefined || after?.kind !== 'tree') return UNWRITABLE;
  const there = nodeAt(after.root, path);
  if (meant === undefined && there === undefined) return UNWRITABLE;
  const wanted = meaningWith(before.root, path, meant ?? (there && meaningOf(there)));
  const isMeant = JSON.stringify(meaningOf(after.root)) === JSON.stringify(wanted);
  return isMeant ? { kind: 'edited', text: edited } : UNWRITABLE;
}

/** What a node says with something else at a path. */
function meaningWith(node: TextNode | undefined, path: TextPath, value: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  const below = node && childAt(node, step);
  const child = rest.length === 0 ? value : meaningWith(below, rest, value);
  if (typeof step === 'number') {
    const items = node?.kind === 'list' ? node.items.map((item) => meaningOf(item.value)) : [];
    return child === GONE ? items.toSpliced(step, 1) : items.toSpliced(step, 1, child);
  }
  const entries = node?.kind === 'map' ? node.entries : [];
  const others = entries.filter(({ key }) => key !== step).map((entry) => [entry.key, meaningOf(entry.value)] as const);
  const all = child === GONE ? others : [...others, [step, child] as const];
  return { map: all.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)) };
}

function replaced(text: string, root: MapText, path: TextPath, source: Source): string | undefined {
  const node = nodeAt(root, path);
  const parent = nodeAt(root, path.slice(0, -1));
  const key = path.at(-1);
  if (node === undefined || parent === undefined || key === undefined) return undefined;
  const { from, until } = node;
  const entry = typeof key === 'string' ? entryOf(parent, key) : undefined;
  const at = entry?.keyAt ?? from;
  const written = sourceText(source, { flow: isFlow(parent), column: at - lineStart(text, at) });
  // A value that begins below its key gives way to one beside it.
  const isBelow = entry !== undefined && lineStart(text, from) !== lineStart(text, entry.keyAt);
  const start = entry && (isBelow || written.startsWith('\n')) ? entry.colon : from;
  const touches = start === (entry?.colon ?? until) && written !== '' && !written.startsWith('\n');
  if (!touches) return splice(text, start, until, written);
  // The blank behind a colon that lost its value is there to be used again, unless a comment needs it.
  const isRoom = start === until && text[start] === ' ' && text[start + 1] !== '#';
  return isRoom ? splice(text, start + 1, start + 1, written) : splice(text, start, until, ` ${written}`);
}

/** The value of a key that has none, made a map of one key. */
function made(
  text: string,
  root: MapText,
  path: TextPath,
  rest: readonly string[],
  source: Source,
): string | undefined {
  const parent = nodeAt(root, path.slice(0, -1));
  const isBlock = path.length === 1 && parent?.kind === 'map' && !parent.flow;
  const value = ({ flow, column }: Where) => {
    if (!isBlock) return `{ ${entryText(rest, source, { flow: true, column })} }`;
    const inner = column + STEP;
    return `\n${' '.repeat(inner)}${entryText(rest, source, { flow, column: inner })}`;
  };
  return replaced(text, root, path, value);
}

/** The list at a path without its only item: `[]` behind its key, and the comments in it where they are. */
function emptied(text: string, path: TextPath): TextChange {
  return editing(text, path, [], (root) => {
    const list = nodeAt(root, path);
    const parent = nodeAt(root, path.slice(0, -1));
    const key = path.at(-1);
    const entry = parent && typeof key === 'string' ? entryOf(parent, key) : undefined;
    if (list?.kind !== 'list') return undefined;
    if (list.flow || entry === undefined) return splice(text, list.from, list.until, '[]');
    const gone = without(text, list, 0);
    return gone && splice(gone, entry.colon, entry.colon, ' []');
  });
}

function sizeOf(node: TextNode | undefined): number {
  return node?.kind === 'map' ? node.entries.length : node?.kind === 'list' ? node.items.length : 0;
}

function isFlow(node: TextNode): boolean {
  return (node.kind === 'map' || node.kind === 'list') && node.flow;
}

function isNames(path: TextPath): path is readonly string[] {
  return path.every((step) => typeof step === 'string');
}
