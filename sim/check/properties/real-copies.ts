/**
 * I6: an acknowledgement means what its level says: that many replicas really have the write, none of them only as a
 * hint somewhere else.
 */
import { formatCount, formatInstant, NEVER, WRITE_OUTCOMES } from '../../trace/index.ts';
import { nodeName, writeName } from '../../trace/queries/names.ts';
import { Cases } from '../cases.ts';
import type { CheckContext } from '../context.ts';
import { entryOf } from '../entries.ts';
import type { Finding } from '../finding.ts';
import type { Property } from '../property.ts';
import { backingOf, WriteLevels } from '../wanted-votes.ts';

const ACKED = WRITE_OUTCOMES.indexOf('acked');

/**
 * In the instant of each acknowledgement, the replicas that had applied the write are counted as its level counts them;
 * a level for which a hint is enough names none and is left out. A write that a replica ignored for a newer one has
 * reached it. Where a scenario uses several levels, the least demanding counts (see `wanted-votes.ts`).
 */
export const I6: Property = {
  id: 'I6',
  kind: 'always',
  sentence: 'When a write is acknowledged, as many replicas have applied it as its consistency level names.',
  source: 'handoff-systems §9, I6 (H10, H12)',
  level: 'full',
  check: isBacked,
};

function isBacked({ trace }: CheckContext): Finding {
  const { writes, scenario } = trace;
  const levels = new WriteLevels(scenario);
  const cases = new Cases();
  for (let write = 0; write < writes.outcome.length; write++) {
    if (writes.outcome[write] !== ACKED) continue;
    const at = writes.resolvedAt[write] ?? NEVER;
    const backings = levels.of(trace, write).map((level) => ({ level, ...backingOf(trace, write, level, at) }));
    const [least] = backings.toSorted((one, other) => one.wanted - one.real - (other.wanted - other.real));
    if (least === undefined || least.wanted === 0) continue;
    cases.came();
    if (least.real >= least.wanted) continue;
    const { level, real, wanted, where } = least;
    const [here, there] = where === '' ? ['', ''] : [` in ${where}`, ' there'];
    const coordinator = nodeName(trace, writes.coordinator[write] ?? 0);
    cases.failed(at, () => ({
      event: entryOf(trace, ['writeAcked'], at, write),
      write,
      detail: `${coordinator} acknowledged ${writeName(write)} at ${formatInstant(at)} with ${real === 1 ? '1 real copy' : `${formatCount(real)} real copies`}${here}, where level ${level} names ${formatCount(wanted)}${there}`,
    }));
  }
  return cases.finding('acknowledged writes', 'no write was acknowledged at a level that names real copies');
}
