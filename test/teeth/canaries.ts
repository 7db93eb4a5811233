/**
 * Canaries: three things that must go red. A pipeline in which they are green sees nothing (properties §3.1).
 */
import { bundle } from './bundle.ts';
import { patched } from './patch.ts';
import type { SourcePatch } from './patch.ts';
import type { ClusterVerdict } from './cluster/judge-cluster.ts';
import { AGAIN, IN_PIECES, judgeTree } from './cluster/judge-cluster.ts';
import { replay, treeOfText } from '../../sim/explore/index.ts';
import type { ScenarioTree, ViolationKind } from '../../sim/explore/index.ts';

/** What a canary showed: red is what it is here for, and what was seen says why it was or was not. */
export interface Sight {
  readonly red: boolean;
  readonly saw: string;
}

/** One canary. */
export interface Canary {
  readonly name: string;
  readonly look: () => Promise<Sight>;
}

const SMALL = `
hintlab: 1
seed: 1
duration: 40s
nodes: [a, b, c]
detector: { fixed: { down: 0s, up: 0s } }
hints: { ttl: TTL }
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

const TWINS = [AGAIN, IN_PIECES];

/** Every canary. Each goes red for its reason alone: what stops a run, or fails beside it, is no red of it. */
export const CANARIES: readonly Canary[] = [
  {
    name: 'A property that must fail: hints that live for a second do not outlive an outage of ten, those of an hour do (I1).',
    look: () => {
      const [short, long] = [judgeTree(small('1s'), false), judgeTree(small('1h'), false)];
      const isLost = ({ property, cause }: ViolationKind): boolean => property === 'I1' && cause === 'expired';
      const isJudged = short.isJudged && long.isJudged;
      const red = isJudged && short.violations.some(isLost) && !long.violations.some(isLost);
      return Promise.resolve({ red, saw: `${told(short)}; with an hour ${told(long)}` });
    },
  },
  {
    name: 'A determinism check that must trip: latencies come from Math.random.',
    look: async () => {
      const url = await bundle('test/teeth/cluster/judge-cluster.ts', (file, text) => patched(file, text, [LEAK]));
      const copy: { readonly judgeTree: (tree: ScenarioTree, checksTwins: boolean) => ClusterVerdict } = await import(
        url
      );
      const [leaking, sound] = [copy.judgeTree(small('1s'), true), judgeTree(small('1s'), true)];
      const red = TWINS.every((twin) => has(leaking, twin) && !has(sound, twin));
      return { red, saw: `${told(leaking)}; without the leak ${told(sound)}` };
    },
  },
  {
    name: 'A corpus file that must be rejected: what it says was found is not there; with what is there, it stands.',
    look: () => {
      const [wrong, right] = ['{ property: C1, cause: end }', '{ property: I1, cause: expired }'].map(standing);
      return Promise.resolve({ red: wrong === 'gone' && right === 'shown', saw: `${wrong} and ${right}` });
    },
  },
];

function small(ttl: string, head = ''): ScenarioTree {
  const tree = treeOfText(`${head}${SMALL.replace('TTL', ttl)}`);
  if (tree === undefined) throw new Error('the scenario of the canaries cannot be read');
  return tree;
}

function has({ violations }: ClusterVerdict, wanted: string): boolean {
  return violations.some(({ property }) => property === wanted);
}

function standing(find: string): string {
  const replayed = replay(small('1s', `find: ${find}`));
  return replayed.kind === 'judged' ? replayed.standing.kind : replayed.kind;
}

function told({ violations, isJudged }: ClusterVerdict): string {
  if (!isJudged) return 'a run that was not judged';
  return violations.map(({ property, cause }) => `${property} ${cause}`).join(', ') || 'nothing';
}
