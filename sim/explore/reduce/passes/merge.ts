/**
 * Pass 6: fewer and plainer faults. Repeated ones and flapping nodes are written out, so that the few outages that
 * matter can stay alone; two outages of one node become one that spans both.
 */
import { microsOf } from '../../event-times.ts';
import type { JudgedRun } from '../../judge.ts';
import { writeDuration } from '../../../scenario/index.ts';
import { isMap } from '../../scenario-tree.ts';
import type { ScenarioTree, Tree, TreeMap } from '../../scenario-tree.ts';
import { listAt, withoutKeys } from '../../tree-paths.ts';
import { ddmin } from '../ddmin.ts';
import type { Pass, Trial } from '../trial.ts';

/** Outages that one fault may be written out as. */
const MAX_WRITTEN_OUT = 64;
/** Writing out is worth it if no more than so many are left. */
const MAX_LEFT = 2;

/** Repetition is written out, neighbours are joined. */
export const merge: Pass = {
  name: 'merge faults',
  *try({ tree, judged }) {
    let reduced = tree;
    for (const fault of listAt(tree, 'faults')) reduced = yield* writtenOut(reduced, fault, judged);
    return yield* joined(reduced);
  },
};

/** The tree with the outages that matter instead of a fault that stands for many. */
function* writtenOut(tree: ScenarioTree, fault: Tree, judged: JudgedRun): Trial {
  const outages = isMap(fault) ? outagesOf(fault, judged) : [];
  if (outages.length === 0 || outages.length > MAX_WRITTEN_OUT) return tree;
  const faults = listAt(tree, 'faults');
  const position = faults.indexOf(fault);
  const treeOf = (some: readonly Tree[]): ScenarioTree => ({ ...tree, faults: faults.toSpliced(position, 1, ...some) });
  if (!(yield treeOf(outages))) return tree;
  const kept = yield* ddmin(outages, treeOf);
  return kept.length <= MAX_LEFT ? treeOf(kept) : tree;
}

/** The outages that a fault stands for, each as a fault; none for a plain one. */
function outagesOf(fault: TreeMap, { trace: { outages }, scenario }: JudgedRun): readonly TreeMap[] {
  const { flap } = fault;
  if (typeof flap === 'string' && fault.what !== 'stall') {
    const node = scenario.nodes.findIndex(({ name }) => name === flap);
    const crashes: TreeMap[] = [];
    outages.from.forEach((from, row) => {
      if (outages.node[row] === node) crashes.push(crash(flap, from, outages.until[row] ?? from));
    });
    return crashes;
  }
  const once = withoutKeys(fault, 'every', 'times');
  const [at, step] = [microsOf(fault.at), microsOf(fault.every)];
  if (step === 0 || fault.until !== undefined) return [];
  const count = Math.min(
    typeof fault.times === 'number' ? fault.times : Infinity,
    Math.ceil((scenario.duration - at) / step),
  );
  if (count > MAX_WRITTEN_OUT) return [];
  return Array.from({ length: Math.max(0, count) }, (_each, index) => ({
    ...once,
    at: writeDuration(at + index * step),
  }));
}

/** Any two faults that differ in their times alone, as one from the beginning of the first to the end of the second. */
function* joined(tree: ScenarioTree): Trial {
  let reduced = tree;
  let next: ScenarioTree | undefined = tree;
  while (next !== undefined) {
    reduced = next;
    next = undefined;
    for (const candidate of withTwoJoined(reduced)) {
      if (!(yield candidate)) continue;
      next = candidate;
      break;
    }
  }
  return reduced;
}

function* withTwoJoined(tree: ScenarioTree): Generator<ScenarioTree> {
  const faults = listAt(tree, 'faults');
  for (const [second, later] of faults.entries()) {
    for (const [first, earlier] of faults.slice(0, second).entries()) {
      const one = isMap(earlier) && isMap(later) ? spanning(earlier, later) : undefined;
      if (one !== undefined) yield { ...tree, faults: faults.toSpliced(second, 1).toSpliced(first, 1, one) };
    }
  }
}

function spanning(a: TreeMap, b: TreeMap): TreeMap | undefined {
  if (whatOf(a) !== whatOf(b) || a.for === undefined || b.for === undefined) return undefined;
  const from = Math.min(microsOf(a.at), microsOf(b.at));
  const until = Math.max(microsOf(a.at) + microsOf(a.for), microsOf(b.at) + microsOf(b.for));
  return { ...a, at: writeDuration(from), for: writeDuration(until - from) };
}

/** All of a fault but when it is. */
function whatOf(fault: TreeMap): string {
  return JSON.stringify(withoutKeys(fault, 'at', 'for'));
}

function crash(node: string, from: number, until: number): TreeMap {
  const fault = { crash: node, at: writeDuration(from) };
  return until >= Number.MAX_SAFE_INTEGER ? fault : { ...fault, for: writeDuration(until - from) };
}
