/**
 * C9: the baseline. Where nothing is broken nobody is suspected, nothing is hinted, and no client tries twice.
 */
import { formatDuration, formatInstant, NONE } from '../../trace/index.ts';
import type { Trace } from '../../trace/index.ts';
import { typicalOf } from '../../scenario/model/moments.ts';
import { hintName, nodeName, writeName } from '../../trace/queries/names.ts';
import { Cases, notExercised } from '../cases.ts';
import type { CheckContext } from '../context.ts';
import { entryAtNode, entryOf } from '../entries.ts';
import type { Finding } from '../finding.ts';
import type { Property } from '../property.ts';

/**
 * For scenarios without faults whose clients wait for longer than a round trip takes. That peers begin as `Down` is no
 * suspicion, but what is hinted for them until their first heartbeat counts (H4). Below level `hints` only suspicions
 * are seen, and that there were hints; retries at level `full`.
 */
export const C9: Property = {
  id: 'C9',
  kind: 'always',
  sentence: 'Without faults there are no suspicions, no hints and no retries.',
  source: 'properties §2.3, C9 (handoff-systems H4)',
  level: 'counters',
  check: isQuiet,
};

function isQuiet({ trace }: CheckContext): Finding {
  const { faults, network } = trace.scenario;
  if (faults.length > 0) return notExercised('the scenario has faults');
  const { local, sameDatacentre, crossDatacentre } = network;
  const longest =
    2 * [local, sameDatacentre, crossDatacentre].reduce((most, spec) => Math.max(most, typicalOf(spec)), 0);
  if (longest >= network.clientTimeout) {
    return notExercised(`a round trip may take ${formatDuration(longest)}, which is more than clients wait`);
  }
  const cases = new Cases();
  cases.came(trace.totals.writes.issued + trace.totals.reads.issued);
  suspicions(trace, cases);
  hinted(trace, cases);
  retries(trace, cases);
  return cases.finding('requests without a suspicion, a hint or a retry', 'no request was sent');
}

function suspicions(trace: Trace, cases: Cases): void {
  const { beliefs } = trace;
  beliefs.from.forEach((at, row) => {
    if (at === 0) return;
    const [observer, peer] = [beliefs.observer[row] ?? NONE, beliefs.peer[row] ?? NONE];
    const detail = `${nodeName(trace, observer)} took ${nodeName(trace, peer)} for Down at ${formatInstant(at)}, though nothing was broken`;
    cases.failed(at, () => ({ event: entryAtNode(trace, 'believedDown', at, observer), detail }));
  });
}

function hinted(trace: Trace, cases: Cases): void {
  const { hints, totals, endedAt } = trace;
  if (totals.hints.stored > 0 && hints.storedAt.length === 0) {
    const detail = `${totals.hints.stored} hints were stored, though nothing was broken`;
    cases.failed(endedAt, () => ({ event: NONE, detail }));
  }
  hints.storedAt.forEach((at, hint) => {
    const [holder, peer] = [nodeName(trace, hints.holder[hint] ?? NONE), nodeName(trace, hints.peer[hint] ?? NONE)];
    cases.failed(at, () => ({
      event: entryOf(trace, ['hintStored'], at, hint),
      hint,
      write: hints.write[hint] ?? NONE,
      detail: `${holder} stored ${hintName(hint)} for ${peer} at ${formatInstant(at)}, though nothing was broken`,
    }));
  });
}

function retries(trace: Trace, cases: Cases): void {
  const { writes } = trace;
  writes.retryOf.forEach((first, write) => {
    if (first === NONE) return;
    const at = writes.issuedAt[write] ?? 0;
    const detail = `a client sent ${writeName(first)} again as ${writeName(write)} at ${formatInstant(at)}, though nothing was broken`;
    cases.failed(at, () => ({ event: entryOf(trace, ['writeIssued'], at, write), write, detail }));
  });
}
