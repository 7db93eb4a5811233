/**
 * What the schema says about a place of a scenario: it is walked as JSON Schema, key by key, through everything that a
 * union allows. Where several maps may stand, the keys that are there already tell which is meant.
 */
import { ITEM, type Step } from './caret-site.ts';

/** A part of a JSON Schema; anything else about it is asked by {@link partOf}. */
export type Guide = Readonly<Record<string, unknown>>;

/** A key that a map may have. */
export interface KeyGuide {
  readonly key: string;
  /** What it means, in the words of the schema; may be empty. */
  readonly meaning: string;
  /** What its value may be. */
  readonly options: readonly Guide[];
  readonly required: boolean;
}

/** A leaf or container that may stand at a path, with the meaning of the nearest key above it. */
export interface Placed {
  readonly guide: Guide;
  readonly meaning: string;
}

/** Everything that may stand at a path, unions taken apart. */
export function guidesAt(schema: unknown, path: readonly Step[]): readonly Placed[] {
  let here = alternatives({ guide: asGuide(schema), meaning: '' });
  for (const step of path) here = here.flatMap((placed) => childrenOf(placed, step)).flatMap(alternatives);
  return here;
}

/** The keys that a map with these siblings may have, each once. */
export function keysOf(guides: readonly Placed[], siblings: Iterable<string>): readonly KeyGuide[] {
  const maps = guides.filter(({ guide }) => isRecord(guide['properties']));
  const present = [...siblings];
  const shared = ({ guide }: Placed) => present.filter((key) => key in asGuide(guide['properties'])).length;
  const most = Math.max(0, ...maps.map(shared));
  const found = new Map<string, KeyGuide>();
  for (const map of maps.filter((each) => shared(each) === most)) {
    for (const [key, value] of Object.entries(asGuide(map.guide['properties']))) {
      if (found.has(key)) continue;
      const guide = asGuide(value);
      const options = optionsOf(guide);
      found.set(key, { key, meaning: textOf(guide['description']), options, required: headOf(map.guide) === key });
    }
  }
  return [...found.values()];
}

/** The key that tells a map of a union from the others, if it must have one: the first, but for a part's weight. */
export function headOf(guide: Guide): string | undefined {
  return listOf(guide['required'])
    .map(textOf)
    .find((key) => key !== 'weight');
}

/** What may stand in the place of a part of a schema, unions taken apart. */
export function optionsOf(part: unknown): readonly Guide[] {
  return alternatives({ guide: asGuide(part), meaning: '' }).map(({ guide }) => guide);
}

/** A list in a schema; empty where there is none. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function childrenOf({ guide, meaning }: Placed, step: Step): readonly Placed[] {
  if (step === ITEM) {
    const { items } = guide;
    const each: readonly unknown[] = Array.isArray(items) ? items : items === undefined ? [] : [items];
    return each.map((item) => ({ guide: asGuide(item), meaning }));
  }
  const named = asGuide(guide['properties'])[step] ?? guide['additionalProperties'];
  if (!isRecord(named)) return [];
  return [{ guide: named, meaning: textOf(named['description']) || meaning }];
}

/** A union as its options, unions within unions included; a leaf that takes texts and numbers stays one. */
function alternatives(placed: Placed): readonly Placed[] {
  const { anyOf } = placed.guide;
  if (!Array.isArray(anyOf) || placed.guide['examples'] !== undefined) return [placed];
  const meaning = textOf(placed.guide['description']) || placed.meaning;
  return listOf(anyOf).flatMap((option) => alternatives({ guide: asGuide(option), meaning }));
}

/** A part of a schema as it is; empty where there is none. */
export function asGuide(value: unknown): Guide {
  return isRecord(value) ? value : {};
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function isRecord(value: unknown): value is Guide {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
