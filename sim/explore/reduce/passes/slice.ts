/**
 * Pass 2: the causal slice. Of the requests only those of the key that the violation is about; of the faults only those
 * that a node with part in it had, first by who was involved and then by all but one node.
 */
import { NONE } from '../../../trace/index.ts';
import type { Trace } from '../../../trace/index.ts';
import { renamedNodes, nodeNamesOf } from '../../node-names.ts';
import { isMap } from '../../scenario-tree.ts';
import type { ScenarioTree, Tree } from '../../scenario-tree.ts';
import { listAt } from '../../tree-paths.ts';
import type { Found, Pass } from '../trial.ts';
import { keyOf } from '../victim.ts';

/** Requests of other keys, and faults of nodes without part in the violation, go. */
export const slice: Pass = {
  name: 'slice by cause',
  *try(found) {
    const ofKey = requestsOfKey(found);
    const tree = ofKey !== undefined && (yield ofKey) ? ofKey : found.tree;
    const ofNodes = faultsOfNodes(tree, found);
    return ofNodes !== undefined && (yield ofNodes) ? ofNodes : tree;
  },
};

function requestsOfKey({ tree, judged: { trace }, violation }: Found): ScenarioTree | undefined {
  const key = keyOf(trace, violation.result);
  const ranks = Math.max(0, ...trace.scenario.workloads.map(({ keys }) => keys.count));
  const name = key === undefined ? undefined : trace.scenario.keyNames[key - ranks];
  if (name === undefined) return undefined;
  return { ...tree, requests: listAt(tree, 'requests').filter((request) => isOf(request, name)) };
}

function isOf(request: Tree, key: string): boolean {
  return isMap(request) && [request.set, request.delete, request.increment, request.get].includes(key);
}

/** The faults that are still faults when only the nodes involved have names. */
function faultsOfNodes(tree: ScenarioTree, { judged: { trace }, violation }: Found): ScenarioTree | undefined {
  const { write, hint } = violation.result;
  const victim = write ?? (hint === null ? NONE : (trace.hints.write[hint] ?? NONE));
  if (victim === NONE) return undefined;
  const involved = nodesOf(trace, victim);
  if (nodeNamesOf(tree).every((name) => involved.has(name))) return undefined;
  const { faults = [] } = renamedNodes(tree, (name) => (involved.has(name) ? name : undefined));
  return { ...tree, faults };
}

/** The coordinator of a write, and those of its replicas that have a hint of it or miss it. */
function nodesOf({ writes, copies, hints, scenario }: Trace, write: number): ReadonlySet<string> {
  const nodes = [writes.coordinator[write] ?? 0];
  for (let copy = writes.firstCopy[write] ?? 0; copies.write[copy] === write; copy++) {
    const hint = copies.hint[copy] ?? NONE;
    nodes.push(copies.replica[copy] ?? 0);
    if (hint !== NONE) nodes.push(hints.holder[hint] ?? 0);
  }
  return new Set(nodes.flatMap((node) => scenario.nodes[node]?.name ?? []));
}
