/**
 * The section `find` of a scenario file: what makes it a file of the corpus. It says which property the run violates
 * and why, and is no part of the scenario: the page, `run` and `explain` open such a file like any other.
 */
import { movesSince, SCENARIO_SCHEMA } from '../scenario/index.ts';
import type { Move } from '../scenario/index.ts';
import { isList, isMap } from './scenario-tree.ts';
import type { ScenarioTree, Tree, TreeMap } from './scenario-tree.ts';
import { valueAt, withoutKeys, withoutPath, withValue } from './tree-paths.ts';

/** The `profile` of what was pinned on the page. */
export const PAGE_FINDER = 'page';

/** How a failure was found; what is not known is left out. */
export interface FoundBy {
  /** The seed of the hunt, not that of the scenario. */
  readonly seed?: number;
  /** The profile of the hunt, or {@link PAGE_FINDER}, or who found it. */
  readonly profile?: string;
  /** Which run of the hunt, from 0. */
  readonly run?: number;
  /** The version of hintlab. */
  readonly version?: string;
}

/** How far one value may move while the scenario still fails in the same way. */
export interface FieldRange {
  /** As in `faults.0.for`. */
  readonly path: string;
  /** Both ends still fail; written as in the file. */
  readonly from: string;
  readonly to: string;
}

/** What a file of the corpus says of its run. */
export interface Find {
  readonly property: string;
  readonly cause: string;
  /** See `outcomeDigest`; a run with another one still shows the find, but something about it has changed. */
  readonly outcome?: string;
  readonly foundBy?: FoundBy;
  /** Every request, fault, node and key was tried alone, and none can go. */
  readonly minimal?: boolean;
  /** The seeded bug that the file finds, where the run as it is violates nothing. */
  readonly bug?: string;
  readonly note?: string;
  readonly fields?: readonly FieldRange[];
}

/** The tree of a file of the corpus: the scenario, and the find as its second section. */
export function withFind(tree: ScenarioTree, find: Find): ScenarioTree {
  const { hintlab = SCENARIO_SCHEMA } = tree;
  return { hintlab, find: treeOfFind(find), ...withoutKeys(tree, 'hintlab', 'find') };
}

/** The tree without its find: the scenario alone. */
export function withoutFind(tree: ScenarioTree): ScenarioTree {
  return withoutKeys(tree, 'find');
}

/** What a tree says of its run; undefined if it says nothing, or not what the schema asks for. */
export function findOf(tree: ScenarioTree): Find | undefined {
  const { find } = lifted(tree);
  if (!isMap(find) || typeof find.property !== 'string' || typeof find.cause !== 'string') return undefined;
  const { property, cause, outcome, foundBy, minimal, bug, note, fields } = find;
  return {
    property,
    cause,
    ...(typeof outcome === 'string' ? { outcome } : {}),
    ...(isMap(foundBy) ? { foundBy: foundByOf(foundBy) } : {}),
    ...(typeof minimal === 'boolean' ? { minimal } : {}),
    ...(typeof bug === 'string' ? { bug } : {}),
    ...(typeof note === 'string' ? { note } : {}),
    ...(isList(fields) ? { fields: fields.flatMap(fieldOf) } : {}),
  };
}

/** A tree of an older version of the file format as one of this version. */
export function lifted(tree: ScenarioTree): ScenarioTree {
  const moves = movesSince(tree.hintlab);
  return moves === undefined ? tree : moves.reduce(moved, { ...tree, hintlab: SCENARIO_SCHEMA });
}

function moved(tree: ScenarioTree, { from, to }: Move): ScenarioTree {
  const value = valueAt(tree, from);
  if (value === undefined) return tree;
  const taken = withoutPath(tree, from);
  const parent = to.slice(0, -1);
  const withParent = isMap(valueAt(taken, parent)) ? taken : withValue(taken, parent, {});
  return withValue(withParent, to, value);
}

/** In the order in which people read it. */
function treeOfFind({ property, cause, outcome, foundBy, minimal, bug, note, fields }: Find): TreeMap {
  const entries: readonly (readonly [string, Tree | undefined])[] = [
    ['property', property],
    ['cause', cause],
    ['outcome', outcome],
    ['foundBy', foundBy === undefined ? undefined : { ...foundBy }],
    ['minimal', minimal],
    ['bug', bug],
    ['note', note],
    ['fields', fields?.map((field) => ({ ...field }))],
  ];
  return Object.fromEntries(
    entries.flatMap(([key, value]): [string, Tree][] => (value === undefined ? [] : [[key, value]])),
  );
}

function foundByOf({ seed, profile, run, version }: TreeMap): FoundBy {
  return {
    ...(typeof seed === 'number' ? { seed } : {}),
    ...(typeof profile === 'string' ? { profile } : {}),
    ...(typeof run === 'number' ? { run } : {}),
    ...(typeof version === 'string' ? { version } : {}),
  };
}

function fieldOf(field: Tree): readonly FieldRange[] {
  if (!isMap(field)) return [];
  const { path, from, to } = field;
  return typeof path === 'string' && typeof from === 'string' && typeof to === 'string' ? [{ path, from, to }] : [];
}
