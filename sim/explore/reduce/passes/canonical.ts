/**
 * Pass 10: the order in which people write. Requests and faults by time, and of each the keys in one order; nodes by
 * name. The first step of a reduction, too: nodes written out by name are what the other passes cut.
 */
import { beginningOf } from '../../event-times.ts';
import { withNodesNamed } from '../../node-names.ts';
import { isMap } from '../../scenario-tree.ts';
import type { ScenarioTree, Tree, TreeMap } from '../../scenario-tree.ts';
import { listAt, withoutKeys } from '../../tree-paths.ts';
import type { Pass } from '../trial.ts';
import { firstFailing } from '../trial.ts';

/** Keys that come first in a request or a fault; the others follow in the order of the tree. */
const FIRST = ['at', 'set', 'delete', 'increment', 'get', 'on'];
const LAST = ['for', 'until', 'every', 'times', 'cause'];

/** One order for all that has no order of its own. */
export const canonical: Pass = {
  name: 'put in order',
  try: ({ tree }) => firstFailing(tree, [inOrder(tree)]),
};

/** The tree with its parts in the order in which people write. */
export function inOrder(tree: ScenarioTree): ScenarioTree {
  const lists = ['requests', 'faults'].filter((key) => key in tree);
  const sorted = Object.fromEntries(lists.map((key) => [key, byTime(listAt(tree, key).map(keysInOrder))]));
  return { ...withoutKeys(withNodesNamed(tree), ...lists), ...sorted };
}

function byTime(events: readonly Tree[]): readonly Tree[] {
  return events.toSorted((a, b) => beginningOf(a) - beginningOf(b));
}

/** A request begins with its time, a fault with what it is. */
function keysInOrder(event: Tree): Tree {
  if (!isMap(event)) return event;
  const isRequest = FIRST.slice(1, -1).some((key) => key in event);
  const rank = (key: string): number => {
    if (LAST.includes(key)) return 100 + LAST.indexOf(key);
    if (isRequest) return FIRST.includes(key) ? FIRST.indexOf(key) : FIRST.length;
    return key === 'at' ? 99 : 0;
  };
  return Object.fromEntries(Object.entries(event).toSorted(([a], [b]) => rank(a) - rank(b))) satisfies TreeMap;
}
