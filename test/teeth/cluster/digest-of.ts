/**
 * The digest of a drawn scenario: the whole run in sixteen hex digits.
 */
import { judge } from '../../../sim/explore/index.ts';
import type { ScenarioTree } from '../../../sim/explore/index.ts';

/** Of a scenario that is valid and reaches its end; otherwise why there is none. */
export function digestOf(tree: ScenarioTree): string {
  const judged = judge(tree);
  return judged.kind === 'judged' ? judged.trace.digest : judged.kind;
}
