/**
 * I7 and L3: hints that can be delivered are. Between a holder and a peer with nothing in between, a lane gets on
 * within a bound that follows from the policy, however many other peers there are.
 */
import { formatDuration, formatInstant, NONE } from '../../trace/index.ts';
import type { Trace } from '../../trace/index.ts';
import { LOG } from '../../trace/log-codes.ts';
import { nodeName } from '../../trace/queries/names.ts';
import { progressBound } from '../bounds.ts';
import { Cases, notExercised } from '../cases.ts';
import type { CheckContext } from '../context.ts';
import type { Lane } from '../lanes.ts';
import { progressOf, waitingSpans } from '../lanes.ts';
import type { Finding } from '../finding.ts';
import type { Property } from '../property.ts';
import { common, overlaps } from '../spans.ts';
import type { Span } from '../spans.ts';

/**
 * Looked at are the times in which a lane has hints waiting, both processes are up, the holder takes the peer for
 * `Normal` and no fault is in force at either or between them. The lane gets on when a hint leaves its store or is first
 * applied. Violated when the bound of `bounds.ts` runs out; no event of the log does that.
 */
export const I7: Property = {
  id: 'I7',
  kind: 'always',
  sentence: 'A peer that is up and taken for Normal gets one of the hints waiting for it within a computed bound.',
  source: 'handoff-systems §9, I7 (H13–H15, H19)',
  level: 'hints',
  check: getsOn,
};

/** The same for attempts: every lane is tried, though other lanes of its holder are waiting at the same time. */
export const L3: Property = {
  id: 'L3',
  kind: 'always',
  sentence: 'No peer starves: while several have hints waiting at a holder, each is tried within a computed bound.',
  source: 'properties §2.4, L3',
  level: 'full',
  check: isTried,
};

const IDLE = 'the scenario keeps no hints, or delivers none';

function getsOn(context: CheckContext): Finding {
  const { trace, lanes, live } = context;
  if (!delivers(trace)) return notExercised(IDLE);
  const cases = new Cases();
  const bound = boundOf(trace);
  for (const lane of lanes) {
    const owed = common(waitingSpans(trace, lane), live.between(lane.holder, lane.peer));
    standstills(trace, { lane, owed, progress: progressOf(trace, lane), bound, what: 'got on' }, cases);
  }
  return cases.finding('times that hints waited for a live peer', 'no hint waited for a peer that could have had it');
}

function isTried(context: CheckContext): Finding {
  const { trace, lanes, live } = context;
  if (!delivers(trace)) return notExercised(IDLE);
  const cases = new Cases();
  const bound = boundOf(trace);
  const attempts = attemptsOf(trace);
  const waiting = new Map(lanes.map((lane) => [lane, waitingSpans(trace, lane)]));
  const ofHolder = trace.scenario.nodes.map((): Span[] => []);
  for (const [lane, spans] of waiting) ofHolder[lane.holder]?.push(...spans);
  const crowded = ofHolder.map(overlaps);
  for (const [lane, spans] of waiting) {
    const among = common(spans, crowded[lane.holder] ?? []);
    const owed = common(among, live.between(lane.holder, lane.peer));
    const progress = Float64Array.from(attempts.get(laneId(trace, lane.holder, lane.peer)) ?? []);
    standstills(trace, { lane, owed, progress, bound, what: 'was tried' }, cases);
  }
  return cases.finding('times that several peers had hints waiting', 'never had one holder hints for two live peers');
}

interface Watch {
  readonly lane: Lane;
  /** When the peer is owed a hint. */
  readonly owed: readonly Span[];
  /** When it got one, ascending. */
  readonly progress: Float64Array;
  readonly bound: number;
  readonly what: string;
}

function standstills(trace: Trace, { lane, owed, progress, bound, what }: Watch, cases: Cases): void {
  let next = 0;
  for (const { from, until } of owed) {
    cases.came();
    let since = from;
    while ((progress[next] ?? Infinity) < from) next++;
    for (; (progress[next] ?? Infinity) <= until; next++) {
      const at = progress[next] ?? until;
      if (at - since > bound) stoodStill(trace, lane, since, bound, what, cases);
      since = at;
    }
    if (until - since > bound) stoodStill(trace, lane, since, bound, what, cases);
  }
}

function stoodStill(trace: Trace, lane: Lane, since: number, bound: number, what: string, cases: Cases): void {
  const at = Math.ceil(since + bound);
  const [holder, peer] = [nodeName(trace, lane.holder), nodeName(trace, lane.peer)];
  cases.failed(at, () => ({
    event: NONE,
    detail: `nothing of ${holder} for ${peer} ${what} from ${formatInstant(since)} to ${formatInstant(at)}, though hints waited and ${peer} was there: the bound is ${formatDuration(Math.ceil(bound))}`,
  }));
}

/** When a hint of each lane was put into the channel, by lane. */
function attemptsOf(trace: Trace): ReadonlyMap<number, readonly number[]> {
  const { log } = trace;
  const attempts = new Map<number, number[]>();
  for (let row = 0; row < log.at.length; row++) {
    if (log.kind[row] !== LOG.hintShipped) continue;
    const id = laneId(trace, log.node[row] ?? 0, log.peer[row] ?? 0);
    const times = attempts.get(id);
    if (times === undefined) attempts.set(id, [log.at[row] ?? 0]);
    else times.push(log.at[row] ?? 0);
  }
  return attempts;
}

function laneId({ scenario }: Trace, holder: number, peer: number): number {
  return holder * scenario.nodes.length + peer;
}

function delivers({ scenario: { policy } }: Trace): boolean {
  return policy.hints.enabled && policy.drain.enabled;
}

function boundOf({ scenario, hints }: Trace): number {
  return progressBound(
    scenario,
    hints.bytes.reduce((most, bytes) => Math.max(most, bytes), 0),
  );
}
