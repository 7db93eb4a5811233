/**
 * Canaries: three things that must go red. A pipeline in which they are green sees nothing (properties §3.1).
 */
import { bundle } from './bundle.ts';
import { patched } from './patch.ts';
import type { SourcePatch } from './patch.ts';
import type { ClusterVerdict } from './cluster/judge-cluster.ts';
import { judgeTree } from './cluster/judge-cluster.ts';
import { isAsRecorded, replay, treeOfText } from '../../sim/explore/index.ts';
import type { ScenarioTree } from '../../sim/explore/index.ts';

/** One canary: red is what it is here for. */
export interface Canary {
  readonly name: string;
  readonly isRed: () => Promise<boolean>;
}

const SMALL = `
hintlab: 1
seed: 1
duration: 40s
nodes: [a, b, c]
detector: { fixed: { down: 0s, up: 0s } }
hints: { ttl: 1s }
network: { latency: { local: 100us, near: { exponential: 5ms } } }
workload: { rate: 20/s, payload: 100B, keys: 1000, coordinators: [a], until: 11s }
faults: [{ crash: b, at: 2s, for: 10s }]
`;

/** Randomness that no seed decides, where every message gets its latency. */
const LEAK: SourcePatch = {
  file: 'sim/cluster/links.ts',
  before: 'const soonest = later(kernel.now, this.#latencies.of(',
  after: 'const soonest = later(kernel.now + Math.floor(1000 * Math.random()), this.#latencies.of(',
};

/** Every canary. */
export const CANARIES: readonly Canary[] = [
  {
    name: 'A property that must fail: hints that live for a second do not outlive an outage of ten (I2).',
    isRed: () => Promise.resolve(judgeTree(small(), false).violations.some(({ property }) => property === 'I2')),
  },
  {
    name: 'A determinism check that must trip: latencies come from Math.random.',
    isRed: async () => {
      const url = await bundle('test/teeth/cluster/judge-cluster.ts', (file, text) => patched(file, text, [LEAK]));
      const copy: { readonly judgeTree: (tree: ScenarioTree, checksTwice: boolean) => ClusterVerdict } = await import(
        url
      );
      return copy.judgeTree(small(), true).violations.some(({ property }) => property === 'T');
    },
  },
  {
    name: 'A corpus file that must be rejected: what it says was found is not there.',
    isRed: () => Promise.resolve(isRejected(`find: { property: C1, cause: end }${SMALL}`)),
  },
];

function small(text = SMALL): ScenarioTree {
  const tree = treeOfText(text);
  if (tree === undefined) throw new Error('the scenario of the canaries cannot be read');
  return tree;
}

function isRejected(text: string): boolean {
  const replayed = replay(small(text));
  return replayed.kind === 'judged' && !isAsRecorded(replayed.standing);
}
