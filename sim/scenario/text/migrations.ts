/**
 * Older forms of the file, lifted to the one that this code reads: a kept failure outlives the format it was kept in.
 * Each version is a list of moves from one key to another, so that the same table lifts a document with its places,
 * for messages, and a plain tree.
 */
import { SCENARIO_SCHEMA } from '../model/scenario.ts';
import { childPath, entryOf } from './source-tree.ts';
import type { MapNode, SourceNode } from './source-tree.ts';

/** A value that stands at another place in the next version. */
export interface Move {
  readonly from: readonly string[];
  readonly to: readonly string[];
}

/** By the version that a file says: what has moved since. */
export const MIGRATIONS: ReadonlyMap<number, readonly Move[]> = new Map([
  [
    0, // The section `find` was flat, and called the outcome a digest.
    [
      { from: ['find', 'digest'], to: ['find', 'outcome'] },
      { from: ['find', 'seed'], to: ['find', 'foundBy', 'seed'] },
      { from: ['find', 'profile'], to: ['find', 'foundBy', 'profile'] },
      { from: ['find', 'run'], to: ['find', 'foundBy', 'run'] },
    ],
  ],
]);

/** The moves from a version to this one, oldest first; undefined for a version that never was. */
export function movesSince(version: unknown): readonly Move[] | undefined {
  if (typeof version !== 'number' || !MIGRATIONS.has(version)) return undefined;
  const versions = Array.from({ length: SCENARIO_SCHEMA - version }, (_, index) => version + index);
  return versions.flatMap((each) => MIGRATIONS.get(each) ?? []);
}

/** A document of an older version as one of this version; its places in the text stay. O(moves · document). */
export function migrated(root: MapNode): MapNode {
  const entry = entryOf(root, 'hintlab');
  const version = entry?.value.kind === 'scalar' ? entry.value.value : undefined;
  const moves = movesSince(version);
  if (entry === undefined || moves === undefined) return root;
  const value: SourceNode = { ...entry.value, kind: 'scalar', value: SCENARIO_SCHEMA, text: `${SCENARIO_SCHEMA}` };
  return moves.reduce(moved, put(root, ['hintlab'], value));
}

function moved(root: MapNode, { from, to }: Move): MapNode {
  const value = from.reduce<SourceNode | undefined>((node, key) => entryOf(node, key)?.value, root);
  return value === undefined ? root : put(taken(root, from), to, value);
}

function taken(map: MapNode, [key = '', ...rest]: readonly string[]): MapNode {
  if (rest.length === 0) return { ...map, entries: map.entries.filter((entry) => entry.key !== key) };
  const inner = entryOf(map, key)?.value;
  return inner?.kind === 'map' ? put(map, [key], taken(inner, rest)) : map;
}

function put(map: MapNode, [key = '', ...rest]: readonly string[], value: SourceNode): MapNode {
  const before = entryOf(map, key);
  const path = childPath(map.path, key);
  const inner =
    before?.value.kind === 'map' ? before.value : ({ kind: 'map', at: value.at, path, entries: [] } as const);
  const entry = { key, at: value.at, value: rest.length === 0 ? { ...value, path } : put(inner, rest, value) };
  const others = map.entries.filter((each) => each.key !== key);
  return { ...map, entries: [...others, entry] };
}
