/**
 * The names of nodes in a tree: wherever a scenario mentions one, it can be renamed or taken away. A fault of a node
 * that goes, goes with it; a request of it goes to the first node instead.
 */
import { FAULT_WORDS } from '../scenario/index.ts';
import { isList, isMap } from './scenario-tree.ts';
import type { ScenarioTree, Tree, TreeMap } from './scenario-tree.ts';

/** The new name of a node; undefined takes it away. */
export type Renaming = (name: string) => string | undefined;

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const DEFAULT_COUNT = 3;
/** The keys of a fault whose value is a node or a list of them, or, in `partition`, two lists. */
const FAULT_OF_NODES: readonly string[] = [...FAULT_WORDS.filter((word) => word !== 'loss'), 'from', 'to', 'order'];

/** The nodes of a tree in peer-table order, without proxies; of a count, the letters that it stands for. */
export function nodeNamesOf({ nodes, datacentres }: ScenarioTree): readonly string[] {
  if (isMap(datacentres))
    return Object.values(datacentres).flatMap((racks) => Object.values(racks ?? {}).flatMap(names));
  if (isList(nodes)) return names(nodes);
  return [...LETTERS].slice(0, typeof nodes === 'number' ? nodes : DEFAULT_COUNT);
}

/** The tree with its nodes written out by name, where a count says them or nothing does. */
export function withNodesNamed(tree: ScenarioTree): ScenarioTree {
  return isList(tree.nodes) || isMap(tree.datacentres) ? tree : { ...tree, nodes: nodeNamesOf(tree) };
}

/** The tree with every mention of a node renamed, or taken away. O(tree). */
export function renamedNodes(tree: ScenarioTree, renaming: Renaming): ScenarioTree {
  const entries = Object.entries(tree).map(([key, value]): [string, Tree] => [
    key,
    sectionRenamed(key, value, renaming),
  ]);
  return Object.fromEntries(entries.filter(([key, value]) => key === 'nodes' || !isEmpty(value)));
}

function sectionRenamed(key: string, value: Tree, renaming: Renaming): Tree {
  switch (key) {
    case 'nodes':
    case 'datacentres':
    case 'proxies':
      return namesRenamed(value, renaming);
    case 'clocks':
      return isMap(value) ? keysRenamed(value, renaming) : value;
    case 'requests':
      return isList(value) ? value.map((request) => requestRenamed(request, renaming)) : value;
    case 'faults':
      return isList(value) ? value.flatMap((fault) => faultRenamed(fault, renaming)) : value;
    case 'workload':
      return isList(value) ? value.map((each) => classRenamed(each, renaming)) : classRenamed(value, renaming);
    default:
      return value;
  }
}

/** Names at any depth of lists and maps; a rack that is left empty goes too. */
function namesRenamed(value: Tree, renaming: Renaming): Tree {
  if (typeof value === 'string') return renaming(value) ?? null;
  if (isList(value)) return value.map((each) => namesRenamed(each, renaming)).filter((each) => each !== null);
  if (!isMap(value)) return value;
  const entries = Object.entries(value).map(([key, each]): [string, Tree] => [key, namesRenamed(each, renaming)]);
  return Object.fromEntries(entries.filter(([, each]) => !isEmpty(each)));
}

function keysRenamed(value: TreeMap, renaming: Renaming): TreeMap {
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, each]): [string, Tree][] => {
      const renamed = renaming(name);
      return renamed === undefined ? [] : [[renamed, each]];
    }),
  );
}

function requestRenamed(request: Tree, renaming: Renaming): Tree {
  if (!isMap(request) || typeof request.on !== 'string') return request;
  const { on, ...others } = request;
  const renamed = renaming(on);
  return renamed === undefined ? others : { ...request, on: renamed };
}

function classRenamed(each: Tree, renaming: Renaming): Tree {
  if (!isMap(each) || !isList(each.coordinators)) return each;
  const { coordinators, ...others } = each;
  const renamed = namesRenamed(coordinators, renaming);
  return isEmpty(renamed) ? others : { ...each, coordinators: renamed };
}

/** The fault in a list of one, or none if a node that it needs is gone. */
function faultRenamed(fault: Tree, renaming: Renaming): readonly Tree[] {
  if (!isMap(fault)) return [fault];
  const entries: [string, Tree][] = [];
  for (const [key, value] of Object.entries(fault)) {
    const renamed = FAULT_OF_NODES.includes(key) ? namesRenamed(value, renaming) : value;
    if (renamed === null || isEmpty(renamed) || (key === 'partition' && isList(renamed) && renamed.some(isEmpty)))
      return [];
    entries.push([key, renamed]);
  }
  return [Object.fromEntries(entries)];
}

function isEmpty(value: Tree): boolean {
  return isList(value) ? value.length === 0 : isMap(value) && Object.keys(value).length === 0;
}

function names(value: Tree): readonly string[] {
  return isList(value) ? value.filter((name) => typeof name === 'string') : [];
}
