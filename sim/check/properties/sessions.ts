/**
 * C7 and L5: delivery in sessions. One at a time for a peer, no faster than the throttle, and after a failure again:
 * neither at once nor never.
 */
import { MICROS_PER_SECOND } from '../../../core/index.ts';
import { formatBytes, formatDuration, formatInstant, NONE } from '../../trace/index.ts';
import type { Trace } from '../../trace/index.ts';
import { LOG } from '../../trace/log-codes.ts';
import { departuresOf } from '../../trace/queries/departures.ts';
import { hintName, nodeName } from '../../trace/queries/names.ts';
import { progressBound } from '../bounds.ts';
import { Cases, notExercised } from '../cases.ts';
import type { CheckContext } from '../context.ts';
import { waitingSpans } from '../lanes.ts';
import type { Lane } from '../lanes.ts';
import type { Finding } from '../finding.ts';
import type { Property } from '../property.ts';
import { common } from '../spans.ts';
import type { Span } from '../spans.ts';

/**
 * Violated by a session that opens while one of the same holder for the same peer is open, and by a hint sent while the
 * throttle has no bytes left: it refills at its rate and holds those of one second, or the largest hint of the run.
 */
export const C7: Property = {
  id: 'C7',
  kind: 'always',
  sentence: 'A holder has one delivery session for a peer at most, and keeps within its throttle.',
  source: 'properties §2.3, C7',
  level: 'full',
  check: isOrderly,
};

/**
 * Exercised by each failed attempt after which the lane had hints waiting for a live peer for as long as the bound of
 * progress. Violated if nothing was sent by then; and by an attempt that is sent, fails and is sent again in one
 * instant, which would go on for ever without time passing.
 */
export const L5: Property = {
  id: 'L5',
  kind: 'always',
  sentence: 'After a failed attempt time passes, and the next one comes within a computed bound.',
  source: 'properties §2.4, L5',
  level: 'full',
  check: triesAgain,
};

const NO_SESSIONS = 'hints are delivered without acknowledgements, so there are no sessions';

function isOrderly({ trace }: CheckContext): Finding {
  const { log, scenario } = trace;
  if (scenario.policy.drain.ack === 'none') return notExercised(NO_SESSIONS);
  const cases = new Cases();
  const nodes = scenario.nodes.length;
  const open = new Set<number>();
  const throttle = new Throttle(trace);
  const departures = departuresOf(trace);
  for (let row = 0; row < log.at.length; row++) {
    const node = log.node[row] ?? NONE;
    const lane = node * nodes + (log.peer[row] ?? 0);
    switch (log.kind[row]) {
      case LOG.sessionOpened:
        cases.came();
        if (open.has(lane)) openedTwice(trace, row, cases);
        open.add(lane);
        break;
      case LOG.sessionClosed:
        open.delete(lane);
        break;
      case LOG.crashed:
      case LOG.stopped:
        for (let peer = 0; peer < nodes; peer++) open.delete(node * nodes + peer);
        break;
      case LOG.hintShipped:
        if (departures.get(log.subject[row] ?? NONE) === row) break;
        if (open.has(lane) && !throttle.allows(lane, log.at[row] ?? 0, log.subject[row] ?? NONE)) {
          tooFast(trace, row, throttle.rate, cases);
        }
        break;
      default:
    }
  }
  return cases.finding('delivery sessions', 'no delivery session was opened');
}

/** A bucket of bytes for each lane. */
class Throttle {
  /** Bytes a second; 0 is no throttle. */
  readonly rate: number;
  readonly #trace: Trace;
  readonly #size: number;
  readonly #buckets = new Map<number, { bytes: number; at: number }>();

  constructor(trace: Trace) {
    const { drain } = trace.scenario.policy;
    this.#trace = trace;
    this.rate = drain.throttleShared ? drain.throttle / Math.max(1, trace.scenario.nodes.length - 1) : drain.throttle;
    this.#size = trace.hints.bytes.reduce((most, bytes) => Math.max(most, bytes), this.rate);
  }

  /** Takes a hint's bytes out of its lane's bucket; false if none were left. */
  allows(lane: number, at: number, hint: number): boolean {
    if (this.rate === 0) return true;
    const bucket = this.#buckets.get(lane) ?? { bytes: this.#size, at };
    this.#buckets.set(lane, bucket);
    const refill = ((at - bucket.at) * this.rate) / MICROS_PER_SECOND;
    const left = Math.min(this.#size, bucket.bytes + refill);
    bucket.bytes = left - (this.#trace.hints.bytes[hint] ?? 0);
    bucket.at = at;
    // Sending at the rate exactly, in whole microseconds, rounds to a byte or so.
    return left >= -1;
  }
}

function openedTwice(trace: Trace, row: number, cases: Cases): void {
  const at = trace.log.at[row] ?? 0;
  const [holder, peer] = [nodeName(trace, trace.log.node[row] ?? NONE), nodeName(trace, trace.log.peer[row] ?? NONE)];
  const detail = `${holder} opened a second session for ${peer} at ${formatInstant(at)}`;
  cases.failed(at, () => ({ event: row, detail }));
}

function tooFast(trace: Trace, row: number, rate: number, cases: Cases): void {
  const { log } = trace;
  const at = log.at[row] ?? 0;
  const hint = log.subject[row] ?? NONE;
  const [holder, peer] = [nodeName(trace, log.node[row] ?? NONE), nodeName(trace, log.peer[row] ?? NONE)];
  const limit = formatBytes(Math.floor(rate));
  const detail = `${holder} sent ${hintName(hint)} to ${peer} at ${formatInstant(at)}, faster than ${limit} a second`;
  cases.failed(at, () => ({ event: row, hint, detail }));
}

function triesAgain(context: CheckContext): Finding {
  const { trace, lanes, live } = context;
  const { drain } = trace.scenario.policy;
  if (drain.ack === 'none') return notExercised(NO_SESSIONS);
  const cases = new Cases();
  const nodes = trace.scenario.nodes.length;
  const largest = trace.hints.bytes.reduce((most, bytes) => Math.max(most, bytes), 0);
  const bound = progressBound(trace.scenario, largest);
  const attempts = attemptsOf(trace);
  for (const lane of lanes) {
    const own = attempts.get(lane.holder * nodes + lane.peer);
    if (own === undefined || own.failures.length === 0) continue;
    const owed = common(waitingSpans(trace, lane), live.between(lane.holder, lane.peer));
    checkFailures(trace, { lane, owed, bound, ...own }, cases);
  }
  return cases.finding(
    'failed attempts with a live peer for as long as the bound',
    'no attempt failed with a live peer',
  );
}

/** Rows of the log at which attempts of one lane were sent, and at which they failed. */
interface Attempts {
  readonly shipped: number[];
  readonly failures: number[];
}

interface Retries extends Attempts {
  readonly lane: Lane;
  readonly owed: readonly Span[];
  readonly bound: number;
}

function attemptsOf(trace: Trace): ReadonlyMap<number, Attempts> {
  const { log, scenario } = trace;
  const attempts = new Map<number, Attempts>();
  const departures = departuresOf(trace);
  for (let row = 0; row < log.at.length; row++) {
    const kind = log.kind[row];
    if (kind !== LOG.hintFailed && kind !== LOG.hintShipped) continue;
    if (departures.get(log.subject[row] ?? NONE) === row) continue;
    const id = (log.node[row] ?? 0) * scenario.nodes.length + (log.peer[row] ?? 0);
    const lane = attempts.get(id) ?? { failures: [], shipped: [] };
    attempts.set(id, lane);
    (kind === LOG.hintFailed ? lane.failures : lane.shipped).push(row);
  }
  return attempts;
}

function checkFailures(trace: Trace, { lane, owed, bound, failures, shipped }: Retries, cases: Cases): void {
  const { at: times } = trace.log;
  let [next, span] = [0, 0];
  for (const failure of failures) {
    const at = times[failure] ?? 0;
    while (next < shipped.length && (shipped[next] ?? 0) <= failure) next++;
    while (span < owed.length && (owed[span]?.until ?? 0) < at + bound) span++;
    const isWatched = (owed[span]?.from ?? Infinity) <= at;
    if (isWatched) cases.came();
    const again = shipped[next] ?? NONE;
    const nextAt = times[again] ?? Infinity;
    const isLoop = nextAt === at && times[shipped[next - 1] ?? NONE] === at;
    if (!isLoop && !(isWatched && nextAt > at + bound)) continue;
    const what = isLoop ? 'in the same instant' : `not within ${formatDuration(Math.ceil(bound))}`;
    const [holder, peer] = [nodeName(trace, lane.holder), nodeName(trace, lane.peer)];
    const detail = `${holder} failed to deliver to ${peer} at ${formatInstant(at)}, and tried again ${what}`;
    cases.failed(isLoop ? at : Math.ceil(at + bound), () => ({ event: isLoop ? again : NONE, detail }));
  }
}
