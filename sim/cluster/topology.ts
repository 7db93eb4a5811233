/**
 * Who owns what: datacentres, racks, and one replica of every key per rack. A rack's nodes split the token ring
 * evenly in peer-table order; a node alone in its rack owns every key. A proxy is in no rack and owns none.
 */
import { assert, peerIndex } from '../../core/index.ts';
import type { PeerIndex } from '../../core/index.ts';
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
  /** Per link: where it starts, where it ends, and whether both are in one datacentre. */
  readonly from: Uint16Array;
  readonly to: Uint16Array;
  readonly isNear: Uint8Array;
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
    this.#racks.forEach((racks) => {
      assert(racks.length <= MAX_REPLICAS, 'a datacentre has at most 16 racks', racks.length);
      racks.forEach((members, rack) => {
        for (const node of members) this.rackOf[node] = rack;
      });
    });
    const links = { length: nodes.length * nodes.length };
    this.from = Uint16Array.from(links, (_, link) => Math.floor(link / nodes.length));
    this.to = Uint16Array.from(links, (_, link) => link % nodes.length);
    this.isNear = Uint8Array.from(links, (_, link) => {
      const [from, to] = [this.from[link] ?? 0, this.to[link] ?? 0];
      return this.datacentreOf[from] === this.datacentreOf[to] ? 1 : 0;
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

  /** The link from a node to itself: to its own backend. */
  isOwn(link: number): boolean {
    return this.from[link] === this.to[link];
  }

  /** The directed link from one node to another. */
  link(from: number, to: number): number {
    return from * this.count + to;
  }
}

/** The token of a key, uniform over 32 bits: the finaliser of MurmurHash3, which is a bijection. */
function token(key: number): number {
  let hash = key | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
