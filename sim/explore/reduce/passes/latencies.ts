/**
 * Pass 8: chance out of the times. A random latency, gap or service time becomes its mean, then a constant that all of
 * them share; where even that is not needed, the pass of configuration takes it away.
 */
import { isList, isMap } from '../../scenario-tree.ts';
import type { ScenarioTree, Tree } from '../../scenario-tree.ts';
import { keyPaths, valueAt, withValue } from '../../tree-paths.ts';
import type { TreePath } from '../../tree-paths.ts';
import type { Pass } from '../trial.ts';

const LAWS = ['uniform', 'exponential', 'lognormal', 'pareto', 'quantiles', 'mixture', 'constant'];
const SHARED = '1ms';

/** Random times become constants. */
export const latencies: Pass = {
  name: 'make latencies constant',
  *try({ tree }) {
    let reduced = tree;
    for (const path of randomPaths(tree)) {
      for (const constant of constantsFor(valueAt(reduced, path))) {
        const candidate = withValue(reduced, path, constant);
        if (!(yield candidate)) continue;
        reduced = candidate;
        break;
      }
    }
    return reduced;
  },
};

function randomPaths(tree: ScenarioTree): readonly TreePath[] {
  return keyPaths(tree).filter((path) => {
    const value = valueAt(tree, path);
    return isMap(value) && LAWS.some((law) => law in value);
  });
}

/** From the plainest on: what all share, then a value that the law names itself. */
function constantsFor(law: Tree | undefined): readonly Tree[] {
  if (!isMap(law)) return [];
  const { uniform, exponential, lognormal, constant } = law;
  const named = isList(uniform) ? uniform : [exponential, constant, isMap(lognormal) ? lognormal.mean : undefined];
  return [SHARED, ...named.filter((value) => value !== undefined)];
}
