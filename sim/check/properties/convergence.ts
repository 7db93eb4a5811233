/**
 * I2: replicas converge. Whatever came in between, in the end a replica that is there and is owed nothing has the newest
 * value that a client was told is kept.
 */
import { formatInstant, HINT_FATES, NONE, WRITE_OUTCOMES } from '../../trace/index.ts';
import type { Trace } from '../../trace/index.ts';
import { isDown } from '../../trace/queries/intervals.ts';
import { nodeName, writeName } from '../../trace/queries/names.ts';
import { Cases } from '../cases.ts';
import type { CheckContext } from '../context.ts';
import { isUnderWay, MISSING_CAUSE_NAMES } from '../missing-causes.ts';
import type { Finding } from '../finding.ts';
import type { Property } from '../property.ts';
import type { LedgerRow } from '../standing.ts';

const ACKED = WRITE_OUTCOMES.indexOf('acked');
const PENDING = HINT_FATES.indexOf('pending');

/**
 * At the end of the run, of each key the newest acknowledged write, at each of its replicas that is up and for which no
 * hint is waiting or under way: held, or superseded by one whose client was not told. It is violated in the event in
 * which the replica lost the write, or was passed over.
 */
export const I2: Property = {
  id: 'I2',
  kind: 'eventually',
  sentence: 'In the end every replica that is up and owed nothing holds the newest acknowledged write of each key.',
  source: 'handoff-systems §9, I2 (H1–H5, H16, H24)',
  level: 'full',
  check: converges,
};

function converges(context: CheckContext): Finding {
  const { trace, judge } = context;
  const cases = new Cases();
  const isSettled = settledReplicas(trace);
  for (const write of newestAcked(trace)) {
    for (let copy = trace.writes.firstCopy[write] ?? 0; trace.copies.write[copy] === write; copy++) {
      if (isSettled[trace.copies.replica[copy] ?? 0] !== true) continue;
      const row = judge.judge(copy);
      if (row === undefined || (row.cause !== undefined && isUnderWay(row.cause))) continue;
      cases.came();
      if (row.standing === 'missing') missed(context, cases, row);
    }
  }
  return cases.finding(
    'newest acknowledged values at replicas that are up and owed nothing',
    'no replica that is up and owed nothing should have an acknowledged write',
  );
}

function missed({ trace, losses }: CheckContext, cases: Cases, row: LedgerRow): void {
  const { at, event } = losses.of(row);
  const { copy, write, replica, cause } = row;
  const why = cause === undefined ? '' : `: ${MISSING_CAUSE_NAMES[cause]} at ${formatInstant(at)}`;
  const key = trace.writes.key[write] ?? 0;
  cases.failed(at, () => ({
    event,
    write,
    copy,
    detail: `in the end ${nodeName(trace, replica)} does not have ${writeName(write)}, the newest acknowledged write of key ${key}${why}`,
  }));
}

/** Of each key, in the order of the keys' first acknowledged writes. */
function newestAcked({ writes }: Trace): Iterable<number> {
  const newest = new Map<number, number>();
  for (let write = 0; write < writes.key.length; write++) {
    if (writes.outcome[write] === ACKED) newest.set(writes.key[write] ?? 0, write);
  }
  return newest.values();
}

/** Per node: up at the end, with no hint for it anywhere. */
function settledReplicas(trace: Trace): readonly boolean[] {
  const { hints, scenario, endedAt } = trace;
  const settled = scenario.nodes.map((_, node) => !isDown(trace, node, endedAt));
  hints.fate.forEach((fate, hint) => {
    if (fate === PENDING) settled[hints.peer[hint] ?? NONE] = false;
  });
  return settled;
}
