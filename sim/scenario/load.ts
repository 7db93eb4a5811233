/**
 * What a scenario asks of its cluster, as expected values: requests, replicas, absences, and how long things take. The
 * estimates of a run are made of these.
 */
import { MICROS_PER_SECOND } from '../../core/index.ts';
import type { Instant, PeerIndex } from '../../core/index.ts';
import { levelRule, votesNeeded } from './model/levels.ts';
import { meanOf, typicalOf } from './model/moments.ts';
import type { Fault } from './model/fault.ts';
import type { Scenario } from './model/scenario.ts';
import type { RequestSize, Workload } from './model/workload.ts';

/** The commands and lengths around key and value in a Redis SET. */
const SET_FRAME_BYTES = 30;

/** A stretch of time in which a node misses what is written for it. */
export interface Absence {
  readonly node: PeerIndex;
  readonly from: Instant;
  readonly until: Instant;
}

/** Who is away when: down, cut off on either side, or with a backend that does nothing. In the order of the faults. */
export function absencesOf({ faults }: Scenario): readonly Absence[] {
  return faults.flatMap((fault) => absentIn(fault).map((node) => ({ node, from: fault.from, until: fault.until })));
}

function absentIn(fault: Fault): readonly PeerIndex[] {
  switch (fault.kind) {
    case 'crash':
    case 'stop':
    case 'replace':
    case 'loading':
    case 'stall':
    // Away the whole time rather than in turns: estimates lean to the upper side.
    case 'flap':
      return [fault.node];
    case 'partition':
      return fault.isTwoWay ? [...fault.sources, ...fault.targets] : fault.targets;
    default:
      return [];
  }
}

/** Time from a return, or a start, until a write for that node is sent to it again. */
export function lagOf({ policy, network }: Scenario): number {
  const { detector, channel } = policy;
  const heard = detector.kind === 'fixed' ? detector.upAfter : detector.gossip + typicalOf(network.sameDatacentre);
  return heard + channel.reconnect;
}

/** Per node: the share of all writes that it holds a copy of, with keys spread evenly over the nodes of a rack. */
export function shareOfWrites({ nodes }: Scenario): readonly number[] {
  const racks = new Map<string, number>();
  const name = (index: number): string => `${nodes[index]?.datacentre ?? ''}/${nodes[index]?.rack ?? ''}`;
  nodes.forEach((_, index) => racks.set(name(index), (racks.get(name(index)) ?? 0) + 1));
  return nodes.map(({ rack }, index) => (rack === '' ? 0 : 1 / (racks.get(name(index)) ?? 1)));
}

/** Replicas that a write of a class is sent to: one per rack of the largest datacentre, or of all of them. */
export function replicasPerWrite(scenario: Scenario, workload?: Workload): number {
  const level = workload?.consistency.write ?? scenario.policy.consistency.write;
  const { local, all } = replicasOf(scenario);
  return levelRule(level).fanout === 'local' ? local : all;
}

/** Replicas that a read of a class asks. */
export function replicasPerRead(scenario: Scenario, workload: Workload): number {
  const rule = levelRule(workload.consistency.read ?? scenario.policy.consistency.read);
  const { local, all } = replicasOf(scenario);
  const counted = rule.counts === 'local' ? local : all;
  const isWhole = scenario.policy.reads.fanout === 'all' || rule.agreement !== 'none' || rule.counts === 'each';
  return isWhole ? counted : Math.min(counted, votesNeeded(rule, counted));
}

function replicasOf({ nodes }: Scenario): { readonly local: number; readonly all: number } {
  const racks = new Map<string, Set<string>>();
  for (const { datacentre, rack } of nodes)
    if (rack !== '') racks.set(datacentre, (racks.get(datacentre) ?? new Set<string>()).add(rack));
  const sizes = [...racks.values()].map(({ size }) => size);
  return { local: Math.max(0, ...sizes), all: sizes.reduce((total, size) => total + size, 0) };
}

/** Requests a second of a class while it sends, each sent as often as its retries allow. */
export function requestRate(workload: Workload, { network, policy }: Scenario): number {
  const { arrivals, retries } = workload;
  if (arrivals.kind !== 'closed') return arrivals.rate * (1 + retries);
  const turn = meanOf(arrivals.think) + 2 * meanOf(network.local) + meanOf(policy.service.time);
  return (arrivals.clients * (1 + retries) * MICROS_PER_SECOND) / Math.max(1, turn);
}

/** Requests of a class over the run, and of its probes' reads. */
export function requestsOf(
  workload: Workload,
  scenario: Scenario,
): { readonly writes: number; readonly reads: number } {
  const requests = (requestRate(workload, scenario) * (workload.until - workload.from)) / MICROS_PER_SECOND;
  const writes = requests * (1 - workload.readShare);
  return { writes, reads: requests * workload.readShare + writes * workload.probes.length };
}

/** Writes of a class in a microsecond of its span. */
export function writesPerMicro(workload: Workload, scenario: Scenario): number {
  return (requestRate(workload, scenario) * (1 - workload.readShare)) / MICROS_PER_SECOND;
}

/** The sum of a value of each item. */
export function sum<Item>(items: readonly Item[], value: (item: Item, index: number) => number): number {
  return items.reduce((total, item, index) => total + value(item, index), 0);
}

/** Mean bytes of a request. */
export function meanBytes(size: RequestSize): number {
  if (size.kind === 'payload') return meanOf(size.payload);
  return SET_FRAME_BYTES + meanOf(size.key) + meanOf(size.value);
}
