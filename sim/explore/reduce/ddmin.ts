/**
 * Delta debugging (Zeller, Hildebrandt: Simplifying and isolating failure-inducing input, TSE 2002): halves first, then
 * ever smaller parts, until no single item can be spared. 1-minimal in the items that it is given.
 */
import type { ScenarioTree } from '../scenario-tree.ts';
import type { Search } from './trial.ts';

/**
 * The items that are left. `treeOf` makes the scenario with the given ones, in their order; the one with all of them
 * must fail. At most O(items²) candidates, O(log items) where one item does it.
 */
export function* ddmin<Item>(
  items: readonly Item[],
  treeOf: (kept: readonly Item[]) => ScenarioTree,
): Search<readonly Item[]> {
  let kept = items;
  let size = kept.length;
  while (size >= 1) {
    let from = 0;
    let hasShrunk = false;
    while (from < kept.length) {
      const rest = [...kept.slice(0, from), ...kept.slice(from + size)];
      if (yield treeOf(rest)) {
        kept = rest;
        hasShrunk = true;
      } else from += size;
    }
    // Singles are tried again while any of them went: what was needed for it may now be spared.
    if (size > 1) size = Math.min(Math.ceil(size / 2), Math.max(1, kept.length));
    else if (!hasShrunk || kept.length === 0) break;
  }
  return kept;
}
