/**
 * Pass 3: delta debugging over requests, faults, classes of clients and nodes, and pass 4: whatever can only go in
 * pairs, such as a crash and the write that it made a hint.
 */
import { nodeNamesOf, renamedNodes, withNodesNamed } from '../../node-names.ts';
import { isMap } from '../../scenario-tree.ts';
import type { ScenarioTree, Tree } from '../../scenario-tree.ts';
import { listAt, withoutPath } from '../../tree-paths.ts';
import { ddmin } from '../ddmin.ts';
import { ELEMENT_LISTS, elementPaths } from '../removable.ts';
import type { Pass, Trial } from '../trial.ts';

/** With more elements than this, pairs are not tried: their number grows with the square. */
const MAX_PAIRED = 24;

/** Requests, faults, classes and nodes that can be spared go. */
export const elements: Pass = {
  name: 'delete elements',
  *try({ tree }) {
    let reduced = tree;
    for (const list of ELEMENT_LISTS) {
      const from = reduced;
      if (listAt(from, list).length === 0) continue;
      const kept = yield* ddmin(listAt(from, list), (some) => ({ ...from, [list]: some }));
      if (kept.length < listAt(from, list).length) reduced = { ...from, [list]: kept };
    }
    return yield* withoutNodes(reduced);
  },
};

/** Any two elements at once. */
export const pairs: Pass = {
  name: 'delete pairs',
  *try({ tree }) {
    let reduced = tree;
    for (let next = yield* withoutPair(reduced); next !== undefined; next = yield* withoutPair(reduced)) reduced = next;
    return reduced;
  },
};

/** The first tree without two of its elements that still fails. */
function* withoutPair(tree: ScenarioTree): Generator<ScenarioTree, ScenarioTree | undefined, boolean> {
  const paths = elementPaths(tree);
  if (paths.length > MAX_PAIRED) return undefined;
  for (const [index, later] of paths.entries()) {
    for (const earlier of paths.slice(0, index)) {
      const candidate = withoutPath(withoutPath(tree, later), earlier);
      if (yield candidate) return candidate;
    }
  }
  return undefined;
}

/** Each node alone, from the last: with the requests that it coordinates, or those going to the first one instead. */
function* withoutNodes(tree: ScenarioTree): Trial {
  let reduced = tree;
  for (const gone of nodeNamesOf(tree).toReversed()) {
    for (const candidate of candidatesWithout(reduced, gone)) {
      if (!(yield candidate)) continue;
      reduced = candidate;
      break;
    }
  }
  return reduced;
}

/** The trees without a node; none for the last one. */
export function candidatesWithout(tree: ScenarioTree, gone: string): readonly ScenarioTree[] {
  if (nodeNamesOf(tree).length <= 1) return [];
  const named = withNodesNamed(tree);
  const elsewhere = renamedNodes(named, (name) => (name === gone ? undefined : name));
  const requests = listAt(named, 'requests').filter((request) => !isOn(request, gone));
  const isAnyOn = requests.length < listAt(named, 'requests').length;
  return isAnyOn ? [{ ...elsewhere, requests }, elsewhere] : [elsewhere];
}

function isOn(request: Tree, node: string): boolean {
  return isMap(request) && request.on === node;
}
