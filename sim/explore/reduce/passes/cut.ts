/**
 * Pass 1: ends the run soon after the first violation, and takes away what began later. Where the verdict needs time
 * (a heal phase, hints that have to arrive), the duration stays for the pass of numbers to find.
 */
import { writeDuration } from '../../../scenario/index.ts';
import { beginningOf } from '../../event-times.ts';
import type { ScenarioTree, Tree } from '../../scenario-tree.ts';
import { listAt } from '../../tree-paths.ts';
import { firstFailing } from '../trial.ts';
import type { Pass } from '../trial.ts';

const SECOND = 1_000_000;
/** How long after the violation the run may end, in seconds: the sooner the better. */
const GRACE = [0, 1, 10, 60];

/** What comes after the first violation goes. */
export const cut: Pass = {
  name: 'cut after the violation',
  *try({ tree, violation }) {
    const at = violation.result.at;
    if (at === null) return tree;
    return yield* firstFailing(tree, [...GRACE.map((grace) => endingAt(tree, at, grace)), without(tree, at)]);
  },
};

function endingAt(tree: ScenarioTree, at: number, grace: number): ScenarioTree {
  return { ...without(tree, at), duration: writeDuration((Math.ceil(at / SECOND) + grace) * SECOND) };
}

/** Without the requests and faults that begin later. */
function without(tree: ScenarioTree, at: number): ScenarioTree {
  const isEarly = (event: Tree): boolean => beginningOf(event) <= at;
  const lists = ['requests', 'faults'].filter((key) => key in tree);
  return { ...tree, ...Object.fromEntries(lists.map((key) => [key, listAt(tree, key).filter(isEarly)])) };
}
