/**
 * I1: what a client was told is kept stays kept, at each replica or as a hint for it. The first promise of hinted
 * handoff; most hazards break it.
 */
import { formatInstant } from '../../trace/index.ts';
import { nodeName, writeName } from '../../trace/queries/names.ts';
import { Cases } from '../cases.ts';
import type { CheckContext } from '../context.ts';
import { isUnderWay, MISSING_CAUSE_NAMES } from '../missing-causes.ts';
import type { Finding } from '../finding.ts';
import type { Property } from '../property.ts';

/**
 * Violated by each pair of the ledger that is missing and not under way, at the instant of its loss: a hint that
 * expired, too, is an acknowledged write that its replica will never see. A copy lost but superseded later is none.
 */
export const I1: Property = {
  id: 'I1',
  kind: 'always',
  sentence: 'An acknowledged write survives at each of its replicas, or as a hint for it.',
  source: 'handoff-systems §9, I1 (H2, H6–H8, H10, H11, H13, H16, H21)',
  level: 'full',
  check: survives,
};

function survives(context: CheckContext): Finding {
  const { trace, ledger, losses } = context;
  const cases = new Cases();
  cases.came(ledger.totals.present + ledger.totals.superseded + ledger.missing.length);
  for (const row of ledger.missing) {
    const { cause, write, replica, copy } = row;
    if (cause === undefined || isUnderWay(cause)) continue;
    const { at, event } = losses.of(row);
    cases.failed(at, () => ({
      event,
      write,
      copy,
      ...hintOf(trace.copies.hint[copy] ?? -1),
      detail: `${nodeName(trace, replica)} lost ${writeName(write)} at ${formatInstant(at)}: ${MISSING_CAUSE_NAMES[cause]}`,
    }));
  }
  return cases.finding('copies of acknowledged writes', 'no write was acknowledged');
}

function hintOf(hint: number): { readonly hint?: number } {
  return hint < 0 ? {} : { hint };
}
