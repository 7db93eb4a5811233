/**
 * Pass 5b: times that move together. All of them become whole seconds; and between two moments at which something
 * begins, all that comes later moves earlier by whole seconds, with the end of the run. No single time can do that
 * alone, since order is what mostly matters.
 */
import { writeDuration } from '../../../scenario/index.ts';
import { beginningOf, endOf, microsOf } from '../../event-times.ts';
import { isMap } from '../../scenario-tree.ts';
import type { ScenarioTree, Tree, TreeMap } from '../../scenario-tree.ts';
import { listAt } from '../../tree-paths.ts';
import { firstFailing } from '../trial.ts';
import type { Pass, Trial } from '../trial.ts';

const SECOND = 1_000_000;

/** Waiting times that nothing needs go. */
export const gaps: Pass = {
  name: 'close gaps',
  *try({ tree }) {
    let reduced = yield* firstFailing(tree, [inWholeSeconds(tree)]);
    for (let index = 0; index <= momentsOf(reduced).length; index++) reduced = yield* withoutGap(reduced, index);
    return reduced;
  },
};

/** Every moment at a whole second, in the same order and no two at the same one that were apart. */
function inWholeSeconds(tree: ScenarioTree): ScenarioTree {
  const whole = new Map<number, number>();
  let last = -SECOND;
  for (const moment of momentsOf(tree)) {
    last = Math.max(Math.ceil(moment / SECOND) * SECOND, last + SECOND);
    whole.set(moment, last);
  }
  const to = (moment: number): number => whole.get(moment) ?? moment;
  const moved = (event: Tree): Tree => {
    if (!isMap(event)) return event;
    const [from, end] = [to(beginningOf(event)), to(endOf(event))];
    const length = event.for === undefined ? {} : { for: writeDuration(end - from) };
    const until = event.until === undefined ? {} : { until: writeDuration(end) };
    return { ...event, at: writeDuration(from), ...length, ...until };
  };
  const lists = ['requests', 'faults'].filter((key) => key in tree);
  const duration = Math.max(last, Math.ceil(microsOf(tree.duration) / SECOND) * SECOND);
  return {
    ...tree,
    duration: writeDuration(duration),
    ...Object.fromEntries(lists.map((key) => [key, listAt(tree, key).map(moved)])),
  };
}

/** The largest number of whole seconds by which everything from moment `index` on can come earlier, by bisection. */
function* withoutGap(tree: ScenarioTree, index: number): Trial {
  const moments = [...momentsOf(tree), microsOf(tree.duration)];
  const from = moments[index] ?? 0;
  const before = moments[index - 1] ?? 0;
  let reduced = tree;
  let low = 0;
  let high = Math.floor((from - before) / SECOND) + 1;
  for (let shift = high - 1; shift > low; shift = Math.floor((low + high) / 2)) {
    const candidate = earlier(tree, from, shift * SECOND);
    if (yield candidate) {
      reduced = candidate;
      low = shift;
    } else high = shift;
    if (high - low <= 1) break;
  }
  return reduced;
}

/** The instants at which requests and faults begin, and faults end, each once, in order. */
function momentsOf(tree: ScenarioTree): readonly number[] {
  const requests = listAt(tree, 'requests').flatMap((request) => (isMap(request) ? [microsOf(request.at)] : []));
  const faults = listAt(tree, 'faults').flatMap((fault) => (isMap(fault) ? [microsOf(fault.at), endOf(fault)] : []));
  return [...new Set([...requests, ...faults])].toSorted((a, b) => a - b);
}

/** The tree with everything from `from` on earlier by `shift`, and what lasts from before until then shorter by it. */
function earlier(tree: ScenarioTree, from: number, shift: number): ScenarioTree {
  const shifted = (event: Tree): Tree => (isMap(event) ? eventEarlier(event, from, shift) : event);
  const lists = ['requests', 'faults'].filter((key) => key in tree);
  const moved = Object.fromEntries(lists.map((key) => [key, listAt(tree, key).map(shifted)]));
  return { ...tree, duration: writeDuration(Math.max(0, microsOf(tree.duration) - shift)), ...moved };
}

function eventEarlier(event: TreeMap, from: number, shift: number): TreeMap {
  const at = microsOf(event.at);
  if (at >= from) {
    const moved = { ...event, at: writeDuration(Math.max(0, at - shift)) };
    return event.until === undefined ? moved : { ...moved, until: writeDuration(microsOf(event.until) - shift) };
  }
  if (endOf(event) < from) return event;
  if (event.for !== undefined) return { ...event, for: writeDuration(Math.max(0, microsOf(event.for) - shift)) };
  return event.until === undefined ? event : { ...event, until: writeDuration(microsOf(event.until) - shift) };
}
