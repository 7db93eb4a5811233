/**
 * Places in a tree: reading, replacing and taking away what stands at a path. Every edit gives a new tree and shares
 * what it did not touch, so that a candidate of the reducer costs no more than its edit.
 */
import { isList, isMap } from './scenario-tree.ts';
import type { ScenarioTree, Tree, TreeMap } from './scenario-tree.ts';

/** Keys and positions from the root on, such as `['faults', 0, 'at']`. */
export type TreePath = readonly (string | number)[];

/** A path as people write it: `faults.0.at`. */
export function pathText(path: TreePath): string {
  return path.join('.');
}

/** What stands at a path; undefined if nothing does. O(path). */
export function valueAt(tree: Tree, path: TreePath): Tree | undefined {
  let value: Tree | undefined = tree;
  for (const step of path) value = child(value, step);
  return value;
}

/** The tree with another value at a path; the path must lead somewhere but for its last step. */
export function withValue(tree: ScenarioTree, path: TreePath, value: Tree): ScenarioTree {
  const edited = edit(tree, path, value);
  return isMap(edited) ? edited : tree;
}

/** The tree without what stands at a path. A map that is left empty goes too, unless it is an element of a list. */
export function withoutPath(tree: ScenarioTree, path: TreePath): ScenarioTree {
  const edited = edit(tree, path, undefined);
  const result = isMap(edited) ? edited : tree;
  const parent = path.slice(0, -1);
  const left = valueAt(result, parent);
  const isEmptied = parent.length > 0 && isMap(left) && Object.keys(left).length === 0;
  return isEmptied && typeof parent.at(-1) === 'string' ? withoutPath(result, parent) : result;
}

/** A map without some of its keys. */
export function withoutKeys(map: TreeMap, ...keys: readonly string[]): TreeMap {
  return Object.fromEntries(Object.entries(map).filter(([key]) => !keys.includes(key)));
}

/** A list at the top of a file; none if there is no such key. A single map counts as a list of one, as in `workload`. */
export function listAt(tree: ScenarioTree, key: string): readonly Tree[] {
  const value = tree[key];
  if (isList(value)) return value;
  return isMap(value) ? [value] : [];
}

/** The paths of all leaves, in the order of the tree: what is neither a map nor a list. O(tree). */
export function leafPaths(tree: Tree, path: TreePath = []): readonly TreePath[] {
  if (isList(tree)) return tree.flatMap((element, index) => leafPaths(element, [...path, index]));
  if (isMap(tree)) return Object.entries(tree).flatMap(([key, value]) => leafPaths(value, [...path, key]));
  return [path];
}

/** The paths of all keys of maps, outer ones before inner ones. O(tree · depth). */
export function keyPaths(tree: Tree, path: TreePath = []): readonly TreePath[] {
  if (isList(tree)) return tree.flatMap((element, index) => keyPaths(element, [...path, index]));
  if (!isMap(tree)) return [];
  const own = Object.keys(tree).map((key) => [...path, key]);
  return [...own, ...Object.entries(tree).flatMap(([key, value]) => keyPaths(value, [...path, key]))];
}

function child(tree: Tree | undefined, step: string | number): Tree | undefined {
  if (isList(tree)) return typeof step === 'number' ? tree[step] : undefined;
  return isMap(tree) && Object.hasOwn(tree, step) ? tree[step] : undefined;
}

/** `undefined` takes the place away. */
function edit(tree: Tree | undefined, path: TreePath, value: Tree | undefined): Tree | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  const inner = edit(child(tree, step), rest, value);
  if (isList(tree)) return tree.flatMap((element, index) => (index !== step ? [element] : orNothing(inner)));
  if (!isMap(tree)) return tree;
  const others = Object.entries(tree).flatMap(([key, old]): [string, Tree][] => {
    if (key !== step) return [[key, old]];
    return inner === undefined ? [] : [[key, inner]];
  });
  const isNew = inner !== undefined && !Object.hasOwn(tree, step);
  return Object.fromEntries(isNew ? [...others, [String(step), inner]] : others);
}

function orNothing(value: Tree | undefined): readonly Tree[] {
  return value === undefined ? [] : [value];
}
