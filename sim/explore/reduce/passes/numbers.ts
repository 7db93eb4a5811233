/**
 * Pass 5: every quantity as small and as round as it can be. Within the round numbers of its kind (whole seconds,
 * hundreds of bytes) the smallest that still fails is found by bisection; only where no round one fails, finer ones
 * are tried.
 */
import type { ScenarioTree } from '../../scenario-tree.ts';
import { leafOf, multipleOf, quantityOf, roundSteps } from '../../quantity.ts';
import type { Quantity } from '../../quantity.ts';
import { leafPaths, valueAt, withValue } from '../../tree-paths.ts';
import type { TreePath } from '../../tree-paths.ts';
import type { Pass, Trial } from '../trial.ts';

/** Keys whose value is no quantity to simplify, at whatever depth. */
const NO_QUANTITIES = ['hintlab', 'find', 'name', 'about', 'seed', 'record', 'limits', 'nodes', 'level', 'consistency'];

/** Quantities become small and round. */
export const numbers: Pass = {
  name: 'round numbers',
  *try({ tree }) {
    let reduced = tree;
    for (const path of quantityPaths(tree)) reduced = yield* simplest(reduced, path);
    return reduced;
  },
};

/** The leaves of a tree that are quantities which may be changed. */
export function quantityPaths(tree: ScenarioTree): readonly TreePath[] {
  return leafPaths(tree).filter(
    (path) =>
      !path.some((step) => NO_QUANTITIES.includes(String(step))) && quantityOf(valueAt(tree, path)) !== undefined,
  );
}

function* simplest(tree: ScenarioTree, path: TreePath): Trial {
  const quantity = quantityOf(valueAt(tree, path));
  if (quantity === undefined || quantity.value === 0) return tree;
  const to = (value: number): ScenarioTree => withValue(tree, path, leafOf({ ...quantity, value }));
  if (quantity.kind === 'share') return quantity.value < 1 && (yield to(1)) ? to(1) : tree;
  for (const step of roundSteps(quantity.kind)) {
    const found = yield* smallestMultiple(quantity, step, to);
    if (found !== undefined) return found === quantity.value ? tree : to(found);
  }
  return tree;
}

/** The smallest multiple of `step` that still fails, as far as bisection sees; undefined if the value has none near. */
function* smallestMultiple(
  { value }: Quantity,
  step: number,
  to: (value: number) => ScenarioTree,
): Generator<ScenarioTree, number | undefined, boolean> {
  const sign = Math.sign(value);
  const times = Math.abs(value) / step;
  const at = (count: number): number => sign * multipleOf(step, count);
  let high: number | undefined;
  for (const near of [Math.floor(times), Math.ceil(times)]) {
    if (high === undefined && near > 0 && (at(near) === value || (yield to(at(near))))) high = near;
  }
  if (high === undefined) return undefined;
  let low = -1;
  // Nothing at all, and the least there is, are worth a look of their own: they are the plainest.
  for (const least of [0, 1]) {
    if (least >= high) continue;
    if (yield to(at(least))) return at(least);
    low = least;
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (yield to(at(middle))) high = middle;
    else low = middle;
  }
  return at(high);
}
