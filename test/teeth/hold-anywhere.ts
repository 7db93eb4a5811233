/**
 * What no correct design breaks, whatever fails in it: of these a violation in our own code is a bug of the model or of the
 * check (§9 names a design for each of the other properties).
 */
import { parseScenario } from '../../sim/scenario/index.ts';
import type { Scenario } from '../../sim/scenario/index.ts';
import { textOfTree } from '../../sim/explore/index.ts';
import type { ScenarioTree, ViolationKind } from '../../sim/explore/index.ts';

/** Properties that hold in every design; `A` are our assertions and `T` the twins. */
export const HOLD_ANYWHERE: readonly string[] = ['C1', 'C2', 'C7', 'C8', 'C10', 'C11', 'C15', 'L5', 'A', 'T'];

/**
 * And those that hold wherever something can be relied on. C12 says that a read returns nothing older than what was
 * acknowledged before it was sent, and older means earlier acknowledged, not a smaller timestamp. So where the newest
 * timestamp wins, a wall clock that is off hides an acknowledged write for good, and C12 is right to say so (n02 of the
 * corpus): no false positive, but no property of every correct design either.
 */
export const HOLD_WHERE: ReadonlyMap<string, (scenario: Scenario) => boolean> = new Map([['C12', areClocksTrue]]);

/** Whether a violation in that scenario is one that no correct design shows. */
export function isFalsePositive({ property }: ViolationKind, tree: ScenarioTree): boolean {
  if (HOLD_ANYWHERE.includes(property)) return true;
  const isReliable = HOLD_WHERE.get(property);
  if (isReliable === undefined) return false;
  const parsed = parseScenario(textOfTree(tree), { file: 'scenario' });
  return parsed.kind !== 'invalid' && isReliable(parsed.scenario);
}

/** No wall clock is ever off. */
function areClocksTrue({ nodes, faults }: Scenario): boolean {
  return (
    nodes.every(({ clockOffset, clockDrift }) => clockOffset === 0 && clockDrift === 0) &&
    faults.every(({ kind }) => kind !== 'clock')
  );
}
