/**
 * C8: the hint window. For a peer that has been away for longer, no hint is kept, so that its return does not bring a
 * flood that repair has to settle anyway.
 */
import { formatDuration, formatInstant, NEVER, NONE } from '../../trace/index.ts';
import type { Trace } from '../../trace/index.ts';
import { hintName, nodeName } from '../../trace/queries/names.ts';
import { Cases, notExercised } from '../cases.ts';
import type { CheckContext } from '../context.ts';
import { entryOf } from '../entries.ts';
import type { Lane } from '../lanes.ts';
import { mayHaveMoved } from '../moving-queues.ts';
import type { Finding } from '../finding.ts';
import type { Property } from '../property.ts';

/**
 * Away is what the holder believes, from when it took the peer for `Down`; a holder that restarts begins to count anew,
 * unless the window is persistent: then the oldest hint that waits for the peer must not be older than it either, as
 * far as its holder keeps one peer table.
 * Exercised by each hint stored or refused for a peer taken for `Down`.
 */
export const C8: Property = {
  id: 'C8',
  kind: 'always',
  sentence: 'No hint is stored for a peer that its holder has taken for Down for longer than the window.',
  source: 'properties §2.3, C8 (CASSANDRA-14309)',
  level: 'hints',
  check: keepsTheWindow,
};

function keepsTheWindow({ trace, lanes }: CheckContext): Finding {
  const { window, windowPersistent } = trace.scenario.policy.hints;
  if (window === 0) return notExercised('the policy has no window');
  const cases = new Cases();
  const nodes = trace.scenario.nodes.length;
  const beliefs = new Map<number, number[]>();
  trace.beliefs.observer.forEach((observer, row) => {
    const pair = observer * nodes + (trace.beliefs.peer[row] ?? 0);
    const rows = beliefs.get(pair) ?? [];
    beliefs.set(pair, rows);
    rows.push(row);
  });
  for (const lane of lanes) checkLane(trace, lane, beliefs.get(lane.holder * nodes + lane.peer) ?? [], cases);
  for (const lane of lanes) {
    // A moved queue is asked about under the name of another peer than that of the lane.
    if (windowPersistent && !mayHaveMoved(trace.scenario, lane.holder)) checkOldest(trace, lane, cases);
  }
  return cases.finding('hints stored for peers taken for Down', 'no hint was stored for a peer taken for Down');
}

/** @param beliefs rows of the lane's beliefs, ascending */
function checkLane(trace: Trace, lane: Lane, beliefs: readonly number[], cases: Cases): void {
  const { hints, scenario } = trace;
  const { from, until } = trace.beliefs;
  let belief = 0;
  for (const hint of lane.hints) {
    const at = hints.storedAt[hint] ?? 0;
    while (belief < beliefs.length && (until[beliefs[belief] ?? NONE] ?? NEVER) <= at) belief++;
    const since = from[beliefs[belief] ?? NONE] ?? NEVER;
    if (since > at) continue;
    cases.came();
    if (at - since > scenario.policy.hints.window) told(trace, lane, hint, at - since, 'was taken for Down', cases);
  }
}

function checkOldest(trace: Trace, lane: Lane, cases: Cases): void {
  const { hints, scenario } = trace;
  let oldest = 0;
  for (const hint of lane.hints) {
    const at = hints.storedAt[hint] ?? 0;
    while ((hints.leftAt[lane.hints[oldest] ?? NONE] ?? NEVER) <= at) oldest++;
    const age = at - (hints.storedAt[lane.hints[oldest] ?? NONE] ?? at);
    if (age > scenario.policy.hints.window) told(trace, lane, hint, age, 'had hints waiting', cases);
  }
}

function told(trace: Trace, lane: Lane, hint: number, time: number, what: string, cases: Cases): void {
  const at = trace.hints.storedAt[hint] ?? 0;
  const [holder, peer] = [nodeName(trace, lane.holder), nodeName(trace, lane.peer)];
  const window = formatDuration(trace.scenario.policy.hints.window);
  cases.failed(at, () => ({
    event: entryOf(trace, ['hintStored'], at, hint),
    hint,
    write: trace.hints.write[hint] ?? NONE,
    detail: `${holder} stored ${hintName(hint)} for ${peer} at ${formatInstant(at)}, when ${peer} ${what} for ${formatDuration(time)}: the window is ${window}`,
  }));
}
