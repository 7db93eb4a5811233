/**
 * C2: no loss without an explanation. The ledger names a cause for each missing copy; here the log has to bear it out.
 */
import { formatInstant, NONE } from '../../trace/index.ts';
import { nodeName, writeName } from '../../trace/queries/names.ts';
import { Cases } from '../cases.ts';
import type { CheckContext } from '../context.ts';
import { isUnderWay, MISSING_CAUSE_NAMES } from '../missing-causes.ts';
import type { Finding } from '../finding.ts';
import type { Property } from '../property.ts';

/**
 * Exercised by each missing pair of the ledger. One that is under way is explained by that; every other one by an event
 * of the log that says so, and violated if there is none.
 */
export const C2: Property = {
  id: 'C2',
  kind: 'always',
  sentence: 'Each acknowledged write is at each replica, or superseded, or missing for one cause that the log shows.',
  source: 'properties §2.3, C2',
  level: 'full',
  check: isExplained,
};

function isExplained({ trace, ledger, losses }: CheckContext): Finding {
  const cases = new Cases();
  for (const row of ledger.missing) {
    cases.came();
    if (row.cause === undefined || isUnderWay(row.cause)) continue;
    const { at, event } = losses.of(row);
    if (event !== NONE) continue;
    const cause = MISSING_CAUSE_NAMES[row.cause];
    const [replica, write] = [nodeName(trace, row.replica), writeName(row.write)];
    cases.failed(at, () => ({
      event: NONE,
      write: row.write,
      copy: row.copy,
      detail: `${replica} lacks ${write}, and no event says why; by the tables it should be at ${formatInstant(at)}: ${cause}`,
    }));
  }
  return cases.finding('missing copies of acknowledged writes', 'no copy of an acknowledged write is missing');
}
