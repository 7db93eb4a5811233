/**
 * What may be taken from a scenario: every request, fault and class of clients, and every key that has a default. The
 * last pass of the reducer tries each of them alone; when none can go, the scenario is 1-minimal.
 */
import { FRAME_KEYS } from '../scenario-tree.ts';
import type { ScenarioTree } from '../scenario-tree.ts';
import { keyPaths, listAt } from '../tree-paths.ts';
import type { TreePath } from '../tree-paths.ts';

/** The lists of a file whose elements are events of the run or bring them about. */
export const ELEMENT_LISTS = ['requests', 'faults', 'workload'] as const;

/** Without these a class of clients sends by a default that is more, not less. */
const KEPT_OF_CLASSES = ['rate', 'gap', 'clients', 'think', 'from', 'until', 'keys', 'payload'];

/** The paths of single elements of lists. */
export function elementPaths(tree: ScenarioTree): readonly TreePath[] {
  return ELEMENT_LISTS.flatMap((list) => listAt(tree, list).map((_, index) => [list, index]));
}

/** The paths of keys that may go, outer ones first. */
export function sparePaths(tree: ScenarioTree): readonly TreePath[] {
  // Without clients and requests, the clients that are there by default would send more, not less.
  const kept = tree.requests === undefined ? [...FRAME_KEYS, 'workload'] : FRAME_KEYS;
  return keyPaths(tree).filter((path) => !isKept(path, kept));
}

function isKept([top, ...inner]: TreePath, kept: readonly string[]): boolean {
  if (top === 'find') return true;
  if (inner.length === 0) return kept.includes(String(top));
  return top === 'workload' && inner.some((step) => KEPT_OF_CLASSES.includes(String(step)));
}
