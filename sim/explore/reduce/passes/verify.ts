/**
 * The last pass: shows that a scenario is 1-minimal. Every request, fault, class of clients, node and key is taken away
 * alone; when each time the violation is gone, or is another one, nothing in the file is there for nothing.
 */
import { nodeNamesOf } from '../../node-names.ts';
import { withoutPath } from '../../tree-paths.ts';
import { elementPaths, sparePaths } from '../removable.ts';
import { firstFailing } from '../trial.ts';
import type { Pass } from '../trial.ts';
import { candidatesWithout } from './elements.ts';

/** Each single part alone. */
export const verify: Pass = {
  name: 'verify that it is minimal',
  try: ({ tree }) =>
    firstFailing(tree, [
      ...[...elementPaths(tree), ...sparePaths(tree)].map((path) => withoutPath(tree, path)),
      ...nodeNamesOf(tree).flatMap((node) => candidatesWithout(tree, node)),
    ]),
};
