/**
 * What a run will cost, from its scenario alone: events, writes, hints and bytes of trace. The figures lean to the
 * upper side; they are there to refuse what cannot end well, and to choose how much the trace records.
 *
 * The counts follow what sim/cluster schedules: a request is an arrival, a place in the queue of timeouts, and for
 * each replica a message there and one back; over a link with a rate each message is one event more, and so is each
 * request at a backend that takes its time.
 */
import {
  absencesOf,
  lagOf,
  replicasPerRead,
  replicasPerWrite,
  requestsOf,
  shareOfWrites,
  sum,
  writesPerMicro,
} from './load.ts';
import { meanOf } from './model/moments.ts';
import type { Fault } from './model/fault.ts';
import type { Scenario, TraceLevel } from './model/scenario.ts';
import type { Workload } from './model/workload.ts';

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
  write: 48,
  read: 35,
  copy: 31,
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
/** A fault that takes the process: crash and start; tick, sweep and channel of the new process, a stale tick of the old; each node's belief. */
const EVENTS_PER_START = 6;
/** Any other fault: its beginning and its end. */
const EVENTS_PER_FAULT = 2;

/** The cost of a run of `scenario`. Linear in workloads × faults. */
export function estimateRun(scenario: Scenario): RunEstimate {
  const events = estimateEvents(scenario);
  const total = events.requests + events.gossip + events.drain + events.handoff;
  const writes = writesOf(scenario);
  const hints = estimateHints(scenario);
  return { events: total, writes, hints, traceBytes: traceBytes(scenario, total, writes, hints) };
}

/** The events of a run, by cause. */
export function estimateEvents(scenario: Scenario): EventEstimate {
  const { nodes, policy, duration, faults } = scenario;
  const count = nodes.length;
  const { detector, drain } = policy;
  const hop = eventsPerHop(scenario);
  const rounds = detector.kind === 'fixed' ? 0 : duration / detector.gossip + 1;
  const peers = detector.kind !== 'fixed' && detector.gossipTo === 'one' ? Math.min(1, count - 1) : count - 1;
  // A hint travels there, and in a session its acknowledgement travels back and its timeout waits.
  const perHint = drain.ack === 'each' ? hop + 2 : hop;
  return {
    requests: eventsOfRequests(scenario),
    gossip: rounds * count * (1 + peers * hop),
    drain: drain.enabled ? (duration / drain.interval + 1) * count * 2 : 0,
    handoff:
      estimateHints(scenario) * perHint +
      sum(faults, (fault) => turnsOf(fault, duration) * (eventsPerFault(fault) + count)),
  };
}

function eventsOfRequests(scenario: Scenario): number {
  const { workloads, requests, policy } = scenario;
  const perReplica = eventsPerHop(scenario) + 1 + (meanOf(policy.service.time) > 0 ? 1 : 0);
  const scripted = requests.length * (2 + replicasPerWrite(scenario) * perReplica);
  const ofClass = (workload: Workload): number => {
    const { writes, reads } = requestsOf(workload, scenario);
    const asked = writes * replicasPerWrite(scenario, workload) + reads * replicasPerRead(scenario, workload);
    return 2 * (writes + reads) + asked * perReplica;
  };
  return scripted + sum(workloads, ofClass);
}

/** A message over a link with a rate takes its turn before it travels. */
function eventsPerHop({ policy: { channel } }: Scenario): number {
  return channel.messageTime > 0 || channel.bandwidth > 0 ? 2 : 1;
}

/** How often a fault begins: once, or as often as a flapping node is up and down within the run. */
function turnsOf(fault: Fault, duration: number): number {
  if (fault.kind !== 'flap') return 1;
  const turn = Math.max(1, meanOf(fault.up) + meanOf(fault.down));
  return 1 + Math.max(0, Math.min(fault.until, duration) - fault.from) / turn;
}

function eventsPerFault({ kind }: Fault): number {
  return kind === 'crash' || kind === 'stop' || kind === 'replace' || kind === 'flap'
    ? EVENTS_PER_START
    : EVENTS_PER_FAULT;
}

function writesOf(scenario: Scenario): number {
  const scripted = scenario.requests.filter(({ operation }) => operation !== 'get').length;
  return scripted + sum(scenario.workloads, (workload) => requestsOf(workload, scenario).writes);
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
  const replicas = mostReplicas(scenario);
  const copies = writes * replicas;
  const { gossip, drain } = estimateEvents(scenario);
  const reads = sum(workloads, (workload) => requestsOf(workload, scenario).reads);
  const classKeys = (workload: Workload): number =>
    Math.min(requestsOf(workload, scenario).writes, workload.keys.count);
  const keysWritten = scenario.keyNames.length + sum(workloads, classKeys);
  const queued = hints * LOG_ROWS_PER_HINT;
  const logged = 2 * (writes + reads + copies) + queued + gossip + drain / 2;
  return (
    withHints +
    writes * ROW.write +
    reads * ROW.read +
    copies * ROW.copy +
    keysWritten * replicas * ROW.value +
    logged * ROW.log
  );
}

/** Replicas that a write of any class is sent to. */
function mostReplicas(scenario: Scenario): number {
  const { workloads } = scenario;
  return workloads.reduce((most, each) => Math.max(most, replicasPerWrite(scenario, each)), replicasPerWrite(scenario));
}

/**
 * Hints of a run: writes for a node while it is away and until that is known to be over, at every start those for
 * peers not yet heard of, and what a link with too low a rate cannot take.
 */
function estimateHints(scenario: Scenario): number {
  const { nodes, workloads, policy } = scenario;
  if (!policy.hints.enabled) return 0;
  const replicas = mostReplicas(scenario);
  const lag = lagOf(scenario);
  const shares = shareOfWrites(scenario);
  const absences = absencesOf(scenario);
  const perOutage = sum(workloads, (workload) => {
    const rate = writesPerMicro(workload, scenario);
    return sum(absences, ({ node, from, until }) => {
      const overlap = Math.min(until + lag, workload.until) - Math.max(from, workload.from);
      return Math.max(0, overlap) * rate * (shares[node] ?? 0);
    });
  });
  const returns = nodes.length + absences.length;
  const rate = sum(workloads, (workload) => writesPerMicro(workload, scenario));
  const atStart = (rate * lag * replicas * returns) / nodes.length;
  return Math.min(perOutage + atStart + scenario.requests.length + overflow(scenario), writesOf(scenario) * replicas);
}

/** Writes that find a channel full for good: what the clients send above what the links can take. */
function overflow(scenario: Scenario): number {
  const { policy, nodes, workloads } = scenario;
  if (policy.channel.messageTime === 0) return 0;
  const capacity = 1 / policy.channel.messageTime;
  const shares = shareOfWrites(scenario);
  return sum(workloads, (workload) => {
    const offered = writesPerMicro(workload, scenario) / workload.coordinators.length;
    const span = workload.until - workload.from;
    const excess = sum(nodes, (_, index) => Math.max(0, offered * (shares[index] ?? 0) - capacity));
    return excess * span * workload.coordinators.length;
  });
}
