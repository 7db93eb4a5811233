/**
 * How often hints will be put back: a sweep takes the whole queue of a peer, and what its channel has no room for goes
 * to the tail again. After a long outage a long queue is so walked at every sweep, without an event of its own for any
 * of it: a run of few events that takes hours. `limits.ts` holds the figure against its bound.
 */
import type { PeerIndex } from '../../core/index.ts';
import { absencesOf, lagOf, meanBytes, shareOfWrites, sum, writesPerMicro } from './load.ts';
import type { Absence } from './load.ts';
import type { Policy } from './model/policy.ts';
import type { Scenario } from './model/scenario.ts';
import type { Workload } from './model/workload.ts';

/** A class of clients, as far as hints go. */
interface Writers {
  readonly perMicro: number;
  readonly workload: Workload;
  readonly coordinators: ReadonlySet<PeerIndex>;
}

/** The requeues of a run, an expected value. Linear in workloads × (absences + nodes). */
export function estimateRequeues(scenario: Scenario): number {
  const { nodes, policy, duration, workloads } = scenario;
  // A session takes what it can send and puts nothing back.
  if (!policy.hints.enabled || !policy.drain.enabled || policy.drain.ack === 'each') return 0;
  const writers = workloads.map((workload): Writers => {
    return { workload, perMicro: writesPerMicro(workload, scenario), coordinators: new Set(workload.coordinators) };
  });
  const everyone = new Set(workloads.flatMap(({ coordinators }) => coordinators));
  const share = shareOfWrites(scenario);
  const most = largestQueue(scenario);
  const lag = lagOf(scenario);
  const absencesAt = nodes.map((): Absence[] => []);
  for (const absence of absencesOf(scenario)) absencesAt[absence.node]?.push(absence);
  return sum(absencesAt, (own, node) => {
    let queue = 0;
    return sum(own, (absence, index) => {
      const time = (own[index + 1]?.from ?? duration) - absence.until - lag;
      queue = Math.min(most, queue + queuedIn(absence, writers, policy, lag) * (share[node] ?? 0));
      const { left, requeues } = drain(queue, Math.max(0, Math.min(time, policy.hints.ttl)), policy);
      queue = left;
      return requeues * othersThan(absence.node, everyone);
    });
  });
}

/** Hints for a node with all data that each coordinator takes in during an outage, and until it is known to be over. */
function queuedIn({ node, from, until }: Absence, writers: readonly Writers[], { hints }: Policy, lag: number): number {
  return sum(writers, ({ workload, perMicro, coordinators }) => {
    const span = Math.min(until + lag, workload.until) - Math.max(from, workload.from);
    return (perMicro * Math.max(0, Math.min(span, hints.ttl))) / Math.max(1, othersThan(node, coordinators));
  });
}

/** A node keeps no hints for itself. */
function othersThan(node: PeerIndex, coordinators: ReadonlySet<PeerIndex>): number {
  return coordinators.size - (coordinators.has(node) ? 1 : 0);
}

/** Hints that a holder's cap has room for. */
function largestQueue(scenario: Scenario): number {
  const { policy, workloads } = scenario;
  const rate = sum(workloads, (workload) => writesPerMicro(workload, scenario));
  if (policy.hints.maxBytes === 0 || rate === 0) return Infinity;
  const share = (workload: Workload): number => writesPerMicro(workload, scenario) / rate;
  const mean = sum(workloads, (workload) => share(workload) * meanBytes(workload.size));
  return policy.hints.maxBytes / mean;
}

/**
 * Sweeps over a time: each sends what the channel takes and puts the rest back. Of m sweeps over q hints that send s
 * each, the k-th puts back q − k·s: together m·q − s·m(m + 1)/2.
 */
function drain(
  queue: number,
  time: number,
  { channel, drain: { interval } }: Policy,
): { readonly left: number; readonly requeues: number } {
  const transmitted = channel.messageTime === 0 ? Infinity : interval / channel.messageTime;
  const sent = Math.max(1, Math.min(channel.slots, transmitted));
  const sweeps = Math.floor(time / interval);
  const refused = Math.min(sweeps, Math.floor(queue / sent));
  const requeues = refused * queue - (sent * refused * (refused + 1)) / 2;
  return { left: Math.max(0, queue - sweeps * sent), requeues };
}
