/**
 * Pass 0: writes out what clients sent. A class of clients becomes the very requests of the failing run, each with its
 * time, key, coordinator and size, so that later passes can take away one by one. Those of the key that the violation
 * is about come first as a guess, after Shuttle's causal slices: mostly they are all that it takes.
 */
import { OPERATIONS, writeDuration, writeSize } from '../../../scenario/index.ts';
import type { Trace } from '../../../trace/index.ts';
import type { ScenarioTree, Tree, TreeMap } from '../../scenario-tree.ts';
import { isMap } from '../../scenario-tree.ts';
import { listAt, withoutKeys } from '../../tree-paths.ts';
import { firstFailing } from '../trial.ts';
import type { Found, Pass } from '../trial.ts';
import { keyOf } from '../victim.ts';

/** A request of a run. */
interface Sent {
  readonly at: number;
  readonly key: number;
  readonly request: TreeMap;
}

/**
 * A file of more takes longer to write and to read than to run. Its clients stay until other passes have made the run
 * shorter, and the next round tries again.
 */
const MOST_REQUESTS = 50_000;

/** Classes of clients become requests written out. */
export const materialise: Pass = {
  name: 'write out requests',
  *try(found) {
    const { tree, violation } = found;
    const isWrittenOut = tree.workload === undefined && tree.requests !== undefined;
    return isWrittenOut ? tree : yield* firstFailing(tree, candidates(found, violation.result.at ?? Infinity));
  },
};

/** By the level of each class in turn: which class sent a request is not on record. */
function* candidates({ tree, judged: { trace }, violation }: Found, until: number): Generator<ScenarioTree> {
  const sent = requestsOf(trace);
  const key = keyOf(trace, violation.result);
  const slices = [
    key === undefined ? [] : sent.filter((each) => each.key === key && each.at <= until),
    sent.filter(({ at }) => at <= until),
    sent,
  ];
  const others = withoutKeys(tree, 'workload');
  for (const level of levelsOf(tree)) {
    for (const slice of slices) {
      if (slice.length > 0 && slice.length <= MOST_REQUESTS)
        yield { ...others, requests: slice.map(({ request }) => withLevel(request, level)) };
    }
  }
}

/** All requests in the order of sending. */
function requestsOf(trace: Trace): readonly Sent[] {
  const { writes, reads, scenario } = trace;
  const sent: Sent[] = [];
  const add = (issuedAt: number, key: number, coordinator: number, what: TreeMap): void => {
    const on = scenario.nodes[coordinator]?.name;
    if (on !== undefined) sent.push({ at: issuedAt, key, request: { at: writeDuration(issuedAt), ...what, on } });
  };
  writes.issuedAt.forEach((at, write) => {
    const key = writes.key[write] ?? 0;
    const operation = OPERATIONS[writes.operation[write] ?? 0] ?? 'set';
    const what = { [operation]: keyText(trace, key), size: writeSize(writes.bytes[write] ?? 0) };
    add(at, key, writes.coordinator[write] ?? 0, what);
  });
  reads.issuedAt.forEach((at, read) => {
    const key = reads.key[read] ?? 0;
    add(at, key, reads.coordinator[read] ?? 0, { get: keyText(trace, key) });
  });
  return sent.toSorted((a, b) => a.at - b.at);
}

/** The name of a key: its own, or k and its number. */
function keyText({ scenario }: Trace, key: number): string {
  const ranks = Math.max(0, ...scenario.workloads.map(({ keys }) => keys.count));
  return scenario.keyNames[key - ranks] ?? `k${key}`;
}

/** The levels that classes of clients have of their own; none for the class that is there by default. */
function levelsOf(tree: ScenarioTree): readonly (Tree | undefined)[] {
  const own = listAt(tree, 'workload').map((each) => (isMap(each) ? each.level : undefined));
  const seen = new Map(own.map((level) => [JSON.stringify(level ?? null), level]));
  return seen.size === 0 ? [undefined] : [...seen.values()];
}

function withLevel(request: TreeMap, level: Tree | undefined): TreeMap {
  const of = isMap(level) ? level['get' in request ? 'read' : 'write'] : level;
  return of === undefined ? request : { ...request, level: of };
}
