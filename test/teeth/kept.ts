/**
 * The corpus of seeded bugs: for some of them the smallest scenario of the matrix, as a file like any other of the corpus,
 * which names its bug. In code that has the bug the scenario shows it; in code that has not, nothing. A file of which
 * that is no longer true is rotten: it guards nothing any more (`rot.test.ts`).
 */
import { treeOfText, withFind } from '../../sim/explore/index.ts';
import { textOfTree } from '../../sim/explore/scenario-tree.ts';
import type { MatrixResult } from './results.ts';

/** Where the files lie. */
export const KEPT_FOLDER = new URL('../corpus/teeth/', import.meta.url);

/** Bugs of which a scenario is kept: of each part of the cluster some, told apart by what is wrong. */
export const KEPT_BUGS: readonly string[] = ['26', '31', '35', '36', '43', '53', '59', '64', 'r8', 'r13'];

/** The files of a matrix, by their names; none for a bug that was not found. */
export function keptFiles(
  matrix: MatrixResult | undefined,
): readonly { readonly name: string; readonly text: string }[] {
  return (matrix?.rows ?? []).flatMap(({ id, sentence, shrunk }) => {
    const tree = shrunk === undefined ? undefined : treeOfText(shrunk.scenario);
    if (tree === undefined || shrunk?.cause === undefined || !KEPT_BUGS.includes(id)) return [];
    const { property, cause } = shrunk;
    return [{ name: `${id}.yaml`, text: textOfTree(withFind(tree, { property, cause, bug: id, note: sentence })) }];
  });
}
