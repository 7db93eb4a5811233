/**
 * Clusters to draw from: small ones, with one replica of each key per rack. Written out, as there are few that differ.
 */
import type { TreeMap } from '../scenario-tree.ts';
import { oneOf } from './draws.ts';
import type { Weighted } from './draws.ts';

/** A cluster: its sections of a scenario file, and the names of its nodes. */
export interface Topology {
  readonly sections: TreeMap;
  /** Nodes that own keys, in peer-table order. */
  readonly owners: readonly string[];
  /** Owners and proxies, in peer-table order. */
  readonly all: readonly string[];
}

/** Three replicas, the usual case, far more often than the rest. */
const TOPOLOGIES: readonly Weighted<Topology>[] = [
  [3, lettered(['a', 'b'])],
  [10, lettered(['a', 'b', 'c'])],
  [2, lettered(['a', 'b', 'c', 'd'])],
  [1, lettered(['a', 'b', 'c', 'd', 'e', 'f'])],
  [3, lettered(['b', 'c'], ['a'])],
  [2, lettered(['a', 'b', 'c'], ['p'])],
  [2, grouped({ dc1: { r1: ['a', 'b'], r2: ['c', 'd'], r3: ['e', 'f'] } })],
  [2, grouped({ dc1: { r1: ['a'], r2: ['b'] }, dc2: { r1: ['c'], r2: ['d'] } })],
];

/** Any of them. */
export const topology = oneOf(...TOPOLOGIES);

/** Nodes each in a rack of its own, and proxies. */
function lettered(owners: readonly string[], proxies: readonly string[] = []): Topology {
  const sections: TreeMap = proxies.length === 0 ? { nodes: owners } : { nodes: owners, proxies };
  return { sections, owners, all: [...owners, ...proxies] };
}

function grouped(datacentres: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>): Topology {
  const owners = Object.values(datacentres).flatMap((racks) => Object.values(racks).flat());
  return { sections: { datacentres }, owners, all: owners };
}
