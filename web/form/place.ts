/**
 * A place of a form: a key or an item of a scenario with what may stand there, what the text says, and what holds if it
 * says nothing. Places are made as far as they are looked at, from the root down.
 *
 *   text-tree, JSON Schema, preset ─ rootPlace ─▶ place ─ childrenOf ─▶ places …
 */
import { optionsOf, type Guide, type KeyGuide } from '../editor/guide.ts';
import { childAt, entryOf, type MapText, type Step, type TextNode, type TextPath } from '../state/text-tree.ts';
import { choiceOf, choicesOf, type Choice } from './choices.ts';

/** What all places of a form are read from. */
export interface FormSource {
  readonly schema: unknown;
  readonly root: MapText;
  /** The name of the system that the scenario runs as. */
  readonly system: string;
  /** What that system gives, by path; see preset-values.ts. */
  readonly preset: ReadonlyMap<string, string>;
}

/** A place of a form. */
export interface Place {
  readonly path: TextPath;
  /** Its key; of an item its number, from 1. */
  readonly name: string;
  /** What it means, in the words of the schema. */
  readonly meaning: string;
  /** What may stand there; empty: the schema does not know this key. */
  readonly choices: readonly Choice[];
  /** The one that the text has, or else the preset, or else the first; undefined: none fits what is there. */
  readonly chosen: Choice | undefined;
  /** What stands there; undefined: nothing does. */
  readonly node: TextNode | undefined;
  /** What holds if the text says nothing, such as `dynomite: 10d`; empty where it is not known, or has to be said. */
  readonly inherited: string;
  /** The inherited value alone. */
  readonly otherwise: string;
  readonly required: boolean;
  /** The length of the path of the row that it is in; 0: it is in none. */
  readonly row: number;
}

/** What a key of the schema says about what holds without it: `default 10000`, `default: the system's`. */
const DEFAULT = /\bdefault(?::| is)? (.+)$/;

/** The whole scenario. */
export function rootPlace({ schema, root }: FormSource): Place {
  const choices = choicesOf(optionsOf(schema));
  const nothing = { meaning: '', inherited: '', otherwise: '', required: true, row: 0 };
  return { path: [], name: '', choices, chosen: choices[0], node: root, ...nothing };
}

/** The places within a place: keys, named rows, parts of fixed length. The items of a list are {@link itemAt}. */
export function childrenOf(place: Place, source: FormSource): readonly Place[] {
  const build = place.chosen?.build;
  switch (build?.kind) {
    case 'map':
      return mapChildren(place, build.keys, build.required, source);
    case 'named':
      return namedChildren(place, build.value, source);
    case 'tuple':
      return build.items.map((item, index) => partAt(place, index, item, place.row, source));
    default:
      return [];
  }
}

/** An item of a list. */
export function itemAt(place: Place, index: number, source: FormSource): Place {
  const build = place.chosen?.build;
  const item = build?.kind === 'list' ? build.item : {};
  return partAt(place, index, item, place.path.length + 1, source);
}

/** The place of a path as {@link pathText} writes it; undefined: there is none. */
export function findPlace(path: string, source: FormSource): Place | undefined {
  let place: Place | undefined = path === '' ? undefined : rootPlace(source);
  while (place && pathText(place.path) !== path) {
    const above: Place = place;
    const below: readonly Place[] =
      above.chosen?.build.kind === 'list' ? [itemAt(above, indexIn(path, above), source)] : childrenOf(above, source);
    place = below.find((child) => isWithin(path, child.path));
  }
  return place;
}

/** Whether a path, as it is written, leads to a place or into it. */
export function isWithin(path: string, above: TextPath): boolean {
  const own = pathText(above);
  return path === own || path.startsWith(`${own}.`);
}

/** Whether a place is the map under the key that tells the kind of another: `phi` of `detector: { phi: { … } }`. */
export function isInner({ chosen }: Place, child: Place): boolean {
  const head = chosen?.build.kind === 'map' ? chosen.build.head : undefined;
  return head !== undefined && child.name === head && child.chosen?.build.kind === 'map';
}

/** The last steps of the paths of the rows that a list or a map of names has. */
export function rowNames({ node }: Pick<Place, 'node'>): readonly string[] {
  if (node?.kind === 'list') return node.items.map((_, index) => String(index));
  return node?.kind === 'map' ? node.entries.map(({ key }) => key) : [];
}

/** Items of the list at a place. */
export function sizeOf({ node }: Place): number {
  return node?.kind === 'list' ? node.items.length : 0;
}

/** The path as problems have it: `faults.2.crash`. */
export function pathText(path: TextPath): string {
  return path.join('.');
}

/** What a row says, in one line: `crash b · at 60.5s · for 5m`. */
export function lineOf(node: TextNode): string {
  if (node.kind === 'scalar') return node.plain;
  if (node.kind === 'list') return node.items.map(({ value }) => lineOf(value)).join(', ');
  if (node.kind === 'other') return '…';
  return node.entries
    .map(({ key, value }) => `${key} ${value.kind === 'map' ? `(${lineOf(value)})` : lineOf(value)}`)
    .join(' · ');
}

/** The position of the item of a list that a path leads into. */
function indexIn(path: string, { path: list }: Place): number {
  return Number.parseInt(path.slice(pathText(list).length + 1), 10);
}

function mapChildren(
  place: Place,
  keys: readonly KeyGuide[],
  required: readonly string[],
  source: FormSource,
): readonly Place[] {
  const known = keys.map((guide) =>
    placeAt(place, guide.key, { ...guide, required: required.includes(guide.key) }, source),
  );
  const entries = place.node?.kind === 'map' ? place.node.entries : [];
  const strange = entries.filter(({ key }) => !keys.some((guide) => guide.key === key));
  const unknown = strange.map(({ key }) =>
    placeAt(place, key, { meaning: 'not a key that is known here', options: [], required: false }, source),
  );
  return [...known, ...unknown];
}

function namedChildren(place: Place, value: Guide, source: FormSource): readonly Place[] {
  const entries = place.node?.kind === 'map' ? place.node.entries : [];
  const guide = { meaning: '', options: optionsOf(value), required: false };
  return entries.map(({ key }) => {
    const child = placeAt(place, key, guide, source);
    return { ...child, row: child.path.length };
  });
}

/** An item of a list or a part of a tuple. */
function partAt(place: Place, index: number, item: Guide, row: number, source: FormSource): Place {
  const { description } = item;
  const meaning = typeof description === 'string' ? description : place.meaning;
  const part = placeAt(place, index, { meaning, options: optionsOf(item), required: true }, source);
  return { ...part, row, name: String(index + 1) };
}

function placeAt(
  { path: above, node: parent, row }: Place,
  step: Step,
  { meaning, options, required }: Pick<KeyGuide, 'meaning' | 'options' | 'required'>,
  { preset, system }: FormSource,
): Place {
  const path = [...above, step];
  const node = parent && childAt(parent, step);
  const choices = choicesOf(options);
  const given = preset.get(pathText(path));
  const otherwise = required ? '' : (given ?? DEFAULT.exec(meaning)?.[1] ?? '');
  const inherited = required ? '' : given === undefined ? otherwise : `${system}: ${given}`;
  const chosen =
    node === undefined || isBlank(node)
      ? (choices.find(({ id }) => id === `map ${given}`) ?? choices[0])
      : choiceOf(choices, node);
  return { path, name: String(step), meaning, choices, chosen, node, inherited, otherwise, required, row };
}

/** A key without a value may become anything. */
function isBlank(node: TextNode): boolean {
  return node.kind === 'scalar' && node.plain === '' && node.style === 'plain';
}

/** Where the key of a place begins, or the value of an item; undefined: it is not in the text. */
export function letterOf({ path, node }: Place, { root }: FormSource): number | undefined {
  const parent = path.slice(0, -1).reduce<TextNode | undefined>((at, step) => at && childAt(at, step), root);
  const key = path.at(-1);
  return (parent && typeof key === 'string' ? entryOf(parent, key)?.keyAt : undefined) ?? node?.from;
}
