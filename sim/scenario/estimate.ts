/**
 * What a run will cost, from its scenario alone: events, writes, hints and bytes of trace. The figures lean to the
 * upper side; they are there to refuse what cannot end well, and to choose how much the trace records.
 *
 * The counts follow what sim/cluster schedules: a request is an arrival, a place in the queue of timeouts, and for
 * each replica a message there and one back; over a link with a rate each message is one event more.
 */
import { lagOf, replicasPerWrite, requestsOf, shareOfWrites, sum, writesOf, writesPerMicro } from './load.ts';
import { estimateRequeues } from './requeues.ts';
import type { Scenario, TraceLevel } from './scenario.ts';

/** The cost of a run. Events and hints are sums of expected values, so no integers. */
export interface RunEstimate {
  readonly events: number;
  readonly writes: number;
  readonly hints: number;
  /** Size of the trace at the level that the scenario records. */
  readonly traceBytes: number;
}

/** The events of a run by what causes them. */
export interface EventEstimate {
  readonly requests: number;
  readonly gossip: number;
  readonly drain: number;
  readonly handoff: number;
}

const EVENTS_PER_CHAIN_VALUE = 256;
/** Bytes of a row of each table of a trace (sim/trace/trace.ts): the widths of its columns added up. */
const ROW = {
  hint: 52,
  write: 35,
  copy: 19,
  value: 10,
  log: 17,
  belief: 20,
  outage: 18,
  outcome: 32,
  chain: 8,
} as const;
const OUTCOME_ROWS = 2_048;
/** Entries of the log for each hint, requeues apart: stored, shipped, applied, and one for a refusal or the loss. */
const LOG_ROWS_PER_HINT = 4;
/** A fault: crash and start; tick, sweep and channel of the new process, a stale tick of the old; each node's belief. */
const EVENTS_PER_FAULT = 6;

/** The cost of a run of `scenario`. Linear in workloads × faults. */
export function estimateRun(scenario: Scenario): RunEstimate {
  const events = estimateEvents(scenario);
  const total = events.requests + events.gossip + events.drain + events.handoff;
  const writes = sum(scenario.workloads, writesOf);
  const hints = estimateHints(scenario);
  return { events: total, writes, hints, traceBytes: traceBytes(scenario, total, writes, hints) };
}

/** The events of a run, by cause. */
export function estimateEvents(scenario: Scenario): EventEstimate {
  const { nodes, policy, duration, workloads } = scenario;
  const count = nodes.length;
  const oneWay = policy.channel.messageTime > 0 ? 2 : 1;
  const asked = replicasPerWrite(scenario) * (oneWay + 1);
  const read = policy.consistency.read === 'DC_ONE' ? oneWay + 1 : asked;
  const requests = sum(workloads, (workload) => {
    const { readShare } = workload;
    return requestsOf(workload) * (2 + (1 - readShare) * asked + readShare * read);
  });
  const { detector } = policy;
  const rounds = detector.kind === 'phi' ? duration / detector.gossip + 1 : 0;
  return {
    requests,
    gossip: rounds * count * (1 + (count - 1) * oneWay),
    drain: (duration / policy.drain.interval + 1) * count * 2,
    handoff: estimateHints(scenario) * oneWay + scenario.faults.length * (EVENTS_PER_FAULT + count),
  };
}

/** Whether less of the trace would fit better: its size at another level. */
export function traceBytesAt(scenario: Scenario, record: TraceLevel): number {
  return estimateRun({ ...scenario, record }).traceBytes;
}

function traceBytes(scenario: Scenario, events: number, writes: number, hints: number): number {
  const { nodes, faults, record, workloads } = scenario;
  const beliefs = nodes.length * (nodes.length + 2 * faults.length) * ROW.belief;
  const counters = OUTCOME_ROWS * ROW.outcome + beliefs + faults.length * 2 * ROW.outage;
  const always = counters + (events / EVENTS_PER_CHAIN_VALUE) * ROW.chain;
  if (record === 'counters') return always;
  const withHints = always + hints * ROW.hint;
  if (record === 'hints') return withHints;
  const replicas = replicasPerWrite(scenario);
  const copies = writes * replicas;
  const { gossip, drain } = estimateEvents(scenario);
  const reads = sum(workloads, (workload) => requestsOf(workload) * workload.readShare);
  const keysWritten = sum(workloads, (workload) => Math.min(writesOf(workload), workload.keys.count));
  const queued = hints * LOG_ROWS_PER_HINT + estimateRequeues(scenario);
  const logged = 2 * (writes + reads + copies) + queued + gossip + drain / 2;
  return withHints + writes * ROW.write + copies * ROW.copy + keysWritten * replicas * ROW.value + logged * ROW.log;
}

/**
 * Hints of a run: writes for a node while it is down and until that is known to be over, at every start those for
 * peers not yet heard of, and what a link with too low a rate cannot take.
 */
function estimateHints(scenario: Scenario): number {
  const { nodes, faults, workloads, policy } = scenario;
  if (!policy.hints.enabled) return 0;
  const replicas = replicasPerWrite(scenario);
  const lag = lagOf(scenario);
  const shares = shareOfWrites(scenario);
  const perOutage = sum(workloads, (workload) => {
    const rate = writesPerMicro(workload);
    return sum(faults, ({ node, from, until }) => {
      const overlap = Math.min(until + lag, workload.until) - Math.max(from, workload.from);
      return Math.max(0, overlap) * rate * (shares[node] ?? 0);
    });
  });
  const returns = nodes.length + faults.length;
  const atStart = sum(workloads, (workload) => (writesPerMicro(workload) * lag * replicas * returns) / nodes.length);
  const writes = sum(workloads, writesOf);
  return Math.min(perOutage + atStart + overflow(scenario), writes * replicas);
}

/** Writes that find a channel full for good: what the clients send above what the links can take. */
function overflow(scenario: Scenario): number {
  const { policy, nodes, workloads } = scenario;
  if (policy.channel.messageTime === 0) return 0;
  const capacity = 1 / policy.channel.messageTime;
  const shares = shareOfWrites(scenario);
  return sum(workloads, (workload) => {
    const offered = writesPerMicro(workload) / workload.coordinators.length;
    const span = workload.until - workload.from;
    const excess = sum(nodes, (_, index) => Math.max(0, offered * (shares[index] ?? 0) - capacity));
    return excess * span * workload.coordinators.length;
  });
}
