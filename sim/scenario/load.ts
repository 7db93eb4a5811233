/**
 * What a scenario asks of its cluster, as expected values: requests, replicas, and the times and sizes that most samples
 * of a distribution have. The estimates of a run are made of these.
 */
import type { DistributionSpec, RequestSize, Scenario, Workload } from './scenario.ts';

const MICROS_PER_SECOND = 1_000_000;
/** The commands and lengths around key and value in a Redis SET. */
const SET_FRAME_BYTES = 30;

/** Time from a return, or a start, until a write for that node is sent to it again. */
export function lagOf({ policy, network }: Scenario): number {
  const { detector, channel } = policy;
  const heard = detector.kind === 'phi' ? detector.gossip + typicalMicros(network.sameDatacentre) : detector.upAfter;
  return heard + channel.reconnect;
}

/** Per node: the share of all writes that it holds a copy of, with keys spread evenly over the nodes of a rack. */
export function shareOfWrites({ nodes }: Scenario): readonly number[] {
  const racks = new Map<string, number>();
  const name = (index: number): string => `${nodes[index]?.datacentre ?? ''}/${nodes[index]?.rack ?? ''}`;
  nodes.forEach((_, index) => racks.set(name(index), (racks.get(name(index)) ?? 0) + 1));
  return nodes.map((_, index) => 1 / (racks.get(name(index)) ?? 1));
}

/** Replicas that a write is sent to: one per rack of the coordinator's datacentre; of the largest, if they differ. */
export function replicasPerWrite({ nodes }: Scenario): number {
  const racks = new Map<string, Set<string>>();
  for (const { datacentre, rack } of nodes)
    racks.set(datacentre, (racks.get(datacentre) ?? new Set<string>()).add(rack));
  return [...racks.values()].reduce((most, names) => Math.max(most, names.size), 0);
}

/** Requests of a class of clients over the run. */
export function requestsOf({ rate, from, until }: Workload): number {
  return (rate * (until - from)) / MICROS_PER_SECOND;
}

/** Writes of a class of clients over the run. */
export function writesOf(workload: Workload): number {
  return requestsOf(workload) * (1 - workload.readShare);
}

/** Writes of a class of clients in a microsecond of its span. */
export function writesPerMicro({ rate, readShare }: Workload): number {
  return (rate * (1 - readShare)) / MICROS_PER_SECOND;
}

/** The sum of a value of each item. */
export function sum<Item>(items: readonly Item[], value: (item: Item, index: number) => number): number {
  return items.reduce((total, item, index) => total + value(item, index), 0);
}

/** The time in which most samples of a latency lie; for bounds, not for statistics. */
export function typicalMicros(spec: DistributionSpec): number {
  switch (spec.kind) {
    case 'constant':
      return spec.value;
    case 'uniform':
      return spec.high;
    case 'exponential':
    case 'lognormal':
      return spec.mean * 2;
    case 'pareto':
      return spec.scale * 4;
    case 'empirical':
      return spec.quantiles.at(-1)?.value ?? 0;
    case 'mixture':
      return spec.parts.reduce((most, part) => Math.max(most, typicalMicros(part.of)), 0);
  }
}

/** Mean bytes of a request. Of a heavy tail the least value: a mean that few samples reach says little about a sum. */
export function meanBytes(size: RequestSize): number {
  if (size.kind === 'payload') return meanOf(size.payload);
  return SET_FRAME_BYTES + meanOf(size.key) + meanOf(size.value);
}

function meanOf(spec: DistributionSpec): number {
  switch (spec.kind) {
    case 'constant':
      return spec.value;
    case 'uniform':
      return (spec.low + spec.high) / 2;
    case 'exponential':
    case 'lognormal':
      return spec.mean;
    case 'pareto':
      return spec.scale;
    case 'empirical':
      return sum(spec.quantiles, ({ value }) => value) / spec.quantiles.length;
    case 'mixture': {
      const weights = sum(spec.parts, ({ weight }) => weight);
      return sum(spec.parts, ({ weight, of }) => (weight / weights) * meanOf(of));
    }
  }
}
