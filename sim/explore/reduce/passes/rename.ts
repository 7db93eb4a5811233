/**
 * Pass 7: plain names. One key instead of several, called k; nodes called a, b, c in the order of the peer table.
 */
import { nodeNamesOf, renamedNodes } from '../../node-names.ts';
import { isMap } from '../../scenario-tree.ts';
import type { ScenarioTree, Tree } from '../../scenario-tree.ts';
import { listAt } from '../../tree-paths.ts';
import type { Pass } from '../trial.ts';

const OPERATIONS = ['set', 'delete', 'increment', 'get'];
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** Keys and nodes get plain names. */
export const rename: Pass = {
  name: 'rename keys and nodes',
  *try({ tree }) {
    let reduced = tree;
    const keys = keysOf(tree);
    const numbered = (key: string): string => (keys.indexOf(key) === 0 ? 'k' : `k${keys.indexOf(key) + 1}`);
    for (const name of [(): string => 'k', numbered]) {
      const candidate = keysRenamed(reduced, name);
      if (!(yield candidate)) continue;
      reduced = candidate;
      break;
    }
    const lettered = nodesLettered(reduced);
    return lettered !== undefined && (yield lettered) ? lettered : reduced;
  },
};

function keysOf(tree: ScenarioTree): readonly string[] {
  const named = listAt(tree, 'requests').flatMap((request) =>
    isMap(request) ? OPERATIONS.flatMap((operation) => request[operation] ?? []) : [],
  );
  return [...new Set(named.filter((name) => typeof name === 'string'))];
}

function keysRenamed(tree: ScenarioTree, name: (key: string) => string): ScenarioTree {
  if (tree.requests === undefined) return tree;
  const renamed = (request: Tree): Tree => {
    if (!isMap(request)) return request;
    const entries = Object.entries(request).map(([key, value]): [string, Tree] =>
      OPERATIONS.includes(key) && typeof value === 'string' ? [key, name(value)] : [key, value],
    );
    return Object.fromEntries(entries);
  };
  return { ...tree, requests: listAt(tree, 'requests').map(renamed) };
}

/** Only where every node gets a letter; proxies keep their names. */
function nodesLettered(tree: ScenarioTree): ScenarioTree | undefined {
  const names = nodeNamesOf(tree);
  if (names.length > LETTERS.length || tree.proxies !== undefined) return undefined;
  return renamedNodes(tree, (name) => LETTERS[names.indexOf(name)] ?? name);
}
