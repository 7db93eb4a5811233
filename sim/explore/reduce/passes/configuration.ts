/**
 * Pass 9: back to the preset. Every key that has a default is taken away, all at once and then outer ones before inner
 * ones; racks and datacentres become nodes in a row, and the seed becomes 1.
 */
import { nodeNamesOf } from '../../node-names.ts';
import type { ScenarioTree } from '../../scenario-tree.ts';
import { listAt, valueAt, withoutKeys, withoutPath } from '../../tree-paths.ts';
import { sparePaths } from '../removable.ts';
import type { Pass, Trial } from '../trial.ts';

/** What the preset says is not said again. */
export const configuration: Pass = {
  name: 'back to the preset',
  *try({ tree }) {
    let reduced = tree;
    for (const simpler of wholesale(tree)) if (yield simpler) reduced = simpler;
    for (const candidate of [{ ...reduced, seed: 1 }, flat(reduced)]) {
      if (candidate !== undefined && (yield candidate)) reduced = candidate;
    }
    return yield* withoutSpareKeys(yield* withoutRepetition(reduced));
  },
};

/** Without any key at the top that may go, at once. */
function wholesale(tree: ScenarioTree): readonly ScenarioTree[] {
  const spare = sparePaths(tree).filter((path) => path.length === 1 && path[0] !== 'datacentres');
  return spare.length < 2 ? [] : [spare.reduce(withoutPath, tree)];
}

/** Each node in a rack of its own, in one datacentre. */
function flat(tree: ScenarioTree): ScenarioTree | undefined {
  if (tree.datacentres === undefined) return undefined;
  return { ...withoutKeys(tree, 'datacentres'), nodes: nodeNamesOf(tree) };
}

function* withoutSpareKeys(tree: ScenarioTree): Trial {
  let reduced = tree;
  for (const path of sparePaths(tree)) {
    if (valueAt(reduced, path) === undefined) continue;
    const candidate = withoutPath(reduced, path);
    if (yield candidate) reduced = candidate;
  }
  return reduced;
}

/** `every` and `times` only go together. */
function* withoutRepetition(tree: ScenarioTree): Trial {
  let reduced = tree;
  for (const index of listAt(tree, 'faults').keys()) {
    if (valueAt(reduced, ['faults', index, 'every']) === undefined) continue;
    const once = withoutPath(withoutPath(reduced, ['faults', index, 'times']), ['faults', index, 'every']);
    if (yield once) reduced = once;
  }
  return reduced;
}
