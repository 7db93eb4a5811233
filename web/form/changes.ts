/**
 * What the controls of a form do, as functions from a place to another text: a value typed, a kind chosen, a row added.
 * Each is a few edits of `state/text-edits.ts`, so that whatever it is not about stays as it was typed.
 */
import { guidesAt, keysOf } from '../editor/guide.ts';
import { ITEM } from '../editor/caret-site.ts';
import {
  addItem,
  removeAt,
  renameKey,
  setAt,
  unwrapItem,
  wrapItem,
  type KeyOrder,
  type TextChange,
} from '../state/text-edits.ts';
import { entryOf, nodeAt, readTree, type TextNode, type TextPath } from '../state/text-tree.ts';
import { choiceOf, choicesOf, type Choice } from './choices.ts';
import type { Place } from './place.ts';
import { seedIn, Starter } from './starters.ts';
import { namesIn, namesSource, shownIn, typedSource } from './typed.ts';

/** What changes need to know beside the text. */
export interface ChangeContext {
  readonly schema: unknown;
  /** Names of the nodes. */
  readonly nodes: readonly string[];
}

/** Sets a single value, or a line of names, as typed. An empty one stays behind as a key without a value. */
export function typeInto(text: string, place: Place, typed: string, { schema }: ChangeContext): TextChange {
  const build = place.chosen?.build;
  const order = orderIn(schema);
  if (build?.kind === 'names') return typeNames(text, place, typed, order);
  if (build?.kind !== 'scalar') return setAt(text, place.path, typed.trim() === '' ? '' : JSON.stringify(typed), order);
  const isPart = typeof place.path.at(-1) === 'number';
  return setAt(text, place.path, isPart && typed.trim() === '' ? '""' : typedSource(typed, build), order);
}

/** Takes a value away, so that the preset or the default holds again. */
export function leaveOut(text: string, { path, row }: Place): TextChange {
  return removeAt(text, path, row);
}

/** Puts another of the things that a place may hold in place of what it holds, and keeps as much of that as fits. */
export function choose(text: string, place: Place, choice: Choice, context: ChangeContext): TextChange {
  const { node, path, name, meaning } = place;
  const order = orderIn(context.schema);
  if (node?.kind === 'map' && choice.build.kind === 'list') return wrapItem(text, path);
  if (node?.kind === 'list' && place.chosen?.build.kind === 'list' && choice.build.kind === 'map')
    return unwrapItem(text, path);
  const isMap = node?.kind === 'map' && node.entries.length > 0;
  if (isMap && place.chosen?.build.kind === 'map' && choice.build.kind === 'map')
    return fitted(renamedHead(text, place, choice), path, choice, context);
  // What holds now is what another kind begins with.
  const starter = starterAt(place, context, seedIn(node) ?? place.otherwise);
  return setAt(text, path, starter.valueOf(widened(choice), name, meaning), order);
}

/** Adds an item to the list of a place; of several kinds that an item may be of, one is chosen. */
export function addTo(text: string, place: Place, kind: Choice, context: ChangeContext): TextChange {
  const item = starterAt(place, context).valueOf(kind, place.name, place.meaning);
  return addItem(text, place.path, item, orderIn(context.schema));
}

/** Adds a row to a map of names. */
export function addNamed(text: string, place: Place, kind: Choice, context: ChangeContext): TextChange {
  const starter = starterAt(place, context);
  const taken = place.node?.kind === 'map' ? place.node.entries.map(({ key }) => key) : [];
  const name = starter.nameFor(place.name, place.meaning, taken);
  const value = starter.valueOf(kind, name, place.meaning);
  return setAt(text, [...place.path, name.replaceAll('"', '')], value, orderIn(context.schema));
}

/** Keys in the order of the schema, for those that are written anew. */
export function orderIn(schema: unknown): KeyOrder {
  return (path) => {
    const steps = path.map((step) => (typeof step === 'number' ? ITEM : step));
    return keysOf(guidesAt(schema, steps), []).map(({ key }) => key);
  };
}

function starterAt({ path, name }: Place, { nodes }: ChangeContext, seed?: string): Starter {
  return new Starter({ topic: String(path[0] ?? name), nodes, seed });
}

/** A map that needs no key begins with its first: an empty one says nothing. */
function widened(choice: Choice): Choice {
  const { build } = choice;
  const first = build.kind === 'map' ? build.keys[0] : undefined;
  if (build.kind !== 'map' || build.required.length > 0 || first === undefined) return choice;
  return { ...choice, build: { ...build, required: [first.key] } };
}

/** Names in a list of lines are changed line by line where that is enough. */
function typeNames(text: string, place: Place, typed: string, order: KeyOrder): TextChange {
  const { path, node } = place;
  const build = place.chosen?.build;
  if (build?.kind !== 'names') return setAt(text, path, typed, order);
  const names = namesIn(typed);
  if (node?.kind !== 'list' || node.flow || node.items.length === 0)
    return setAt(text, path, namesSource(typed, build.item), order);
  const before = node.items.map(({ value }) => shownIn(value));
  const same = names.findIndex((name, i) => name !== before[i]);
  const first = same < 0 ? names.length : same;
  if (
    names.length === before.length &&
    first < names.length &&
    names.slice(first + 1).join() === before.slice(first + 1).join()
  )
    return setAt(text, [...path, first], typedSource(names[first] ?? '', build.item));
  if (names.length === before.length + 1 && first === before.length) {
    const item = namesSource(names[first] ?? '', build.item).slice(1, -1);
    return addItem(text, path, item);
  }
  if (names.length === before.length - 1 && names.slice(first).join() === before.slice(first + 1).join())
    return removeAt(text, [...path, first], path.length);
  return setAt(text, path, namesSource(typed, build.item), order);
}

/** The map of a place with its telling key renamed to that of another choice. */
function renamedHead(text: string, { chosen, node, path }: Place, choice: Choice): string {
  const from = chosen?.build.kind === 'map' ? chosen.build.head : undefined;
  const to = choice.build.kind === 'map' ? choice.build.head : undefined;
  if (from === undefined || to === undefined || !node || !entryOf(node, from) || entryOf(node, to)) return text;
  const renamed = renameKey(text, [...path, from], to);
  return renamed.kind === 'edited' ? renamed.text : text;
}

/** The map at a path without keys that a choice does not know, and with those that it needs. */
function fitted(text: string, path: TextPath, choice: Choice, context: ChangeContext): TextChange {
  const { build } = choice;
  if (build.kind !== 'map') return { kind: 'edited', text };
  const seed = seedIn(at(text, path));
  let change: TextChange = { kind: 'edited', text };
  const then = (step: (text: string) => TextChange) => {
    if (change.kind === 'edited') change = step(change.text);
  };
  for (const { key, options, meaning } of build.keys) {
    if (!build.required.includes(key)) continue;
    const choices = choicesOf(options);
    then((now) => {
      const value = at(now, [...path, key]);
      const fitting = value && choiceOf(choices, value);
      if (value !== undefined && fitting !== undefined) return fitted(now, [...path, key], fitting, context);
      const [first] = choices;
      if (first === undefined) return { kind: 'edited', text: now };
      const starter = new Starter({ topic: String(path[0]), nodes: context.nodes, seed });
      return setAt(now, [...path, key], starter.valueOf(first, key, meaning), orderIn(context.schema));
    });
  }
  const map = at(text, path);
  const strange =
    map?.kind === 'map' ? map.entries.filter(({ key }) => !build.keys.some((known) => known.key === key)) : [];
  for (const { key } of strange) then((now) => removeAt(now, [...path, key], path.length));
  return change;
}

function at(text: string, path: TextPath): TextNode | undefined {
  const reading = readTree(text);
  return reading.kind === 'tree' ? nodeAt(reading.root, path) : undefined;
}
