/**
 * Which properties are ours to keep: those that hold in every correct design, whatever breaks. A violation of one of them
 * is a find by itself; of any other, only beside a run of the code as it is that does not show it.
 */
import { AUDIT_RULES } from '../../../sim/check/index.ts';
import { AGAIN, ASSERTIONS, IN_PIECES } from './judge-cluster.ts';

/**
 * Of the catalogue. C12 is none of them: where the later wall clock wins, one that is off hides an acknowledged write from
 * any quorum.
 */
const OF_THE_CATALOGUE = ['C1', 'C2', 'C7', 'C8', 'C10', 'C11', 'C15', 'L5'];

/** All of them: of the catalogue, the rules of the audit, our assertions, and the twins of a run. */
export const OURS: readonly string[] = [
  ...OF_THE_CATALOGUE,
  ...AUDIT_RULES.map(({ id }) => id),
  ...[ASSERTIONS, AGAIN, IN_PIECES],
];

/** Whether a property, by its id, holds in every correct design. */
export function isOurs(property: string): boolean {
  return OURS.includes(property);
}
