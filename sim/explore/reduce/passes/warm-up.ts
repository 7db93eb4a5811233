/**
 * Begins when the cluster is settled: without the requests that were sent before every node had heard of every other,
 * or, where it takes those, with everything so much later. A failure that is one of the cold start stays one.
 */
import { writeDuration } from '../../../scenario/index.ts';
import { beginningOf, microsOf } from '../../event-times.ts';
import { isMap } from '../../scenario-tree.ts';
import type { ScenarioTree, Tree } from '../../scenario-tree.ts';
import { listAt } from '../../tree-paths.ts';
import { firstFailing } from '../trial.ts';
import type { Pass } from '../trial.ts';
import { isWarm, warmFrom } from '../warmth.ts';

const SECOND = 1_000_000;

/** No request before the cluster is settled. */
export const warmUp: Pass = {
  name: 'begin warm',
  *try({ tree, judged: { trace } }) {
    const from = warmFrom(trace);
    if (isWarm(trace) || from > trace.endedAt) return tree;
    return yield* firstFailing(tree, [sentFrom(tree, from), later(tree, from)]);
  },
};

function sentFrom(tree: ScenarioTree, from: number): ScenarioTree {
  if (tree.requests === undefined) return withClasses(tree, (each) => ({ ...each, from: writeDuration(from) }));
  return { ...tree, requests: listAt(tree, 'requests').filter((request) => beginningOf(request) >= from) };
}

function withClasses(tree: ScenarioTree, change: (each: Record<string, Tree>) => Tree): ScenarioTree {
  const changed = listAt(tree, 'workload').map((each) => (isMap(each) ? change(each) : each));
  return { ...tree, workload: changed.length === 0 ? change({}) : changed };
}

/** All that happens, and the end of the run, later by whole seconds. */
function later(tree: ScenarioTree, from: number): ScenarioTree {
  const delay = Math.ceil(from / SECOND) * SECOND;
  const delayed = (event: Tree): Tree => {
    if (!isMap(event)) return event;
    const moved = { ...event, at: writeDuration(beginningOf(event) + delay) };
    return event.until === undefined ? moved : { ...moved, until: writeDuration(microsOf(event.until) + delay) };
  };
  const lists = ['requests', 'faults'].filter((key) => key in tree);
  const moved = Object.fromEntries(lists.map((key) => [key, listAt(tree, key).map(delayed)]));
  return { ...tree, duration: writeDuration(microsOf(tree.duration) + delay), ...moved };
}
