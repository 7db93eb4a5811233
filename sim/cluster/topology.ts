/**
 * Who owns what: datacentres, racks, and one replica of every key per rack. A rack's nodes split the token ring
 * evenly in peer-table order; a node alone in its rack owns every key. A proxy is in no rack and owns none.
 */
import { assert, peerIndex } from '../../core/index.ts';
import type { PeerIndex } from '../../core/index.ts';
import { avalanche } from '../engine/index.ts';
import type { NodeSpec } from '../scenario/model/scenario.ts';

/** Racks of a datacentre at most: the fan-out of a request, and the votes that it may collect. */
export const MAX_REPLICAS = 16;

export class Topology {
  /** Nodes in the peer table. */
  readonly count: number;
  /** The peer table's positions, branded once. */
  readonly peers: readonly PeerIndex[];
  /** Per node: the ordinal of its datacentre. */
  readonly datacentreOf: Uint16Array;
  /** Per node: the ordinal of its rack within its datacentre. */
  readonly rackOf: Uint16Array;
  /** Racks, and so replicas of a key, over all datacentres. */
  readonly allReplicas: number;
  readonly #racks: readonly (readonly Uint16Array[])[];

  constructor(nodes: readonly NodeSpec[]) {
    this.count = nodes.length;
    this.peers = nodes.map((_, index) => peerIndex(index));
    this.datacentreOf = new Uint16Array(nodes.length);
    this.rackOf = new Uint16Array(nodes.length);
    const datacentres = new Map<string, Map<string, number[]>>();
    nodes.forEach((node, index) => {
      const racks = datacentres.get(node.datacentre) ?? new Map<string, number[]>();
      datacentres.set(node.datacentre, racks);
      this.datacentreOf[index] = [...datacentres.keys()].indexOf(node.datacentre);
      if (node.rack === '') return;
      const members = racks.get(node.rack) ?? [];
      racks.set(node.rack, members);
      members.push(index);
    });
    this.#racks = [...datacentres.values()].map((racks) =>
      [...racks.values()].map((members) => Uint16Array.from(members)),
    );
    this.allReplicas = this.#racks.reduce((sum, racks) => sum + racks.length, 0);
    this.#racks.forEach((racks) => {
      assert(racks.length <= MAX_REPLICAS, 'a datacentre has at most 16 racks', racks.length);
      racks.forEach((members, rack) => {
        for (const node of members) this.rackOf[node] = rack;
      });
    });
  }

  /** Datacentres, in the order in which the peer table names them. */
  get datacentres(): number {
    return this.#racks.length;
  }

  /** Racks, and so replicas of a key, in a datacentre. */
  replicas(datacentre: number): number {
    return this.#racks[datacentre]?.length ?? 0;
  }

  /** The node that owns `key` in a rack. */
  owner(datacentre: number, rack: number, key: number): number {
    const members = this.#racks[datacentre]?.[rack];
    assert(members !== undefined, 'every rack of a datacentre has nodes', rack);
    if (members.length === 1) return members[0] ?? 0;
    return members[Math.floor((token(key) * members.length) / 4_294_967_296)] ?? 0;
  }

  /** The directed link from one node to another; from a node to itself, the way to its own backend. */
  link(from: number, to: number): number {
    return from * this.count + to;
  }

  /** Where a link starts. */
  from(link: number): number {
    return Math.floor(link / this.count);
  }

  /** Where a link ends. */
  to(link: number): number {
    return link % this.count;
  }

  /** Both nodes are in one datacentre. */
  areNear(one: number, other: number): boolean {
    return this.datacentreOf[one] === this.datacentreOf[other];
  }
}

/** The token of a key, uniform over 32 unsigned bits. */
function token(key: number): number {
  return avalanche(key) >>> 0;
}
