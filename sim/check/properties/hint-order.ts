/**
 * I3: the hints of one holder for one peer arrive in the order in which they were stored.
 */
import { formatInstant, HINT_FATES, NEVER, NONE } from '../../trace/index.ts';
import type { Trace } from '../../trace/index.ts';
import { LOG } from '../../trace/log-codes.ts';
import { hintName, nodeName } from '../../trace/queries/names.ts';
import { Cases } from '../cases.ts';
import type { CheckContext } from '../context.ts';
import { entryOf } from '../entries.ts';
import type { Lane } from '../lanes.ts';
import type { Finding } from '../finding.ts';
import type { Property } from '../property.ts';

const DELIVERED = HINT_FATES.indexOf('delivered');

/**
 * Compared are first applications. Violated when a hint is applied while an older one of its lane, which is applied
 * later, is not; one that is never applied overtakes nobody. Below level `full` an instant has no order of its own.
 */
export const I3: Property = {
  id: 'I3',
  kind: 'always',
  sentence: 'Hints of one holder for one peer are first applied in the order in which they were stored.',
  source: 'handoff-systems §9, I3 (H1, H5)',
  level: 'hints',
  check: inOrder,
};

function inOrder({ trace, lanes }: CheckContext): Finding {
  const cases = new Cases();
  const order = orderOfArrival(trace);
  for (const lane of lanes) checkLane(trace, lane, order, cases);
  return cases.finding(
    'hints applied after an older one of their lane was stored',
    'no two hints of one holder for one peer were applied',
  );
}

function checkLane(trace: Trace, { holder, peer, hints }: Lane, order: Float64Array, cases: Cases): void {
  let latest = NONE;
  for (const hint of hints) {
    const arrival = order[hint] ?? NEVER;
    if (trace.hints.fate[hint] !== DELIVERED || arrival === NEVER) continue;
    if (latest !== NONE) cases.came();
    if (latest === NONE || arrival >= (order[latest] ?? 0)) {
      latest = hint;
      continue;
    }
    const older = latest;
    const at = trace.hints.endedAt[hint] ?? NEVER;
    cases.failed(at, () => ({
      event: entryOf(trace, ['hintApplied', 'hintIgnored'], at, hint),
      hint,
      write: trace.hints.write[hint] ?? NONE,
      detail: `${nodeName(trace, peer)} had ${hintName(hint)} of ${nodeName(trace, holder)} at ${formatInstant(at)}, before ${hintName(older)}, which was stored earlier`,
    }));
  }
}

/** Per hint: the log row of its first application, or at level `hints` its instant; NEVER for none. */
function orderOfArrival({ log, hints, level }: Trace): Float64Array {
  if (level !== 'full') return hints.endedAt;
  const order = new Float64Array(hints.endedAt.length).fill(NEVER);
  for (let row = 0; row < log.at.length; row++) {
    if (log.kind[row] !== LOG.hintApplied && log.kind[row] !== LOG.hintIgnored) continue;
    const hint = log.subject[row] ?? NONE;
    if (order[hint] === NEVER) order[hint] = row;
  }
  return order;
}
