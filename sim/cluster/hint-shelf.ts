/**
 * The hints of all nodes in their stores: one `HintColumns` per node, the registry and fates of what they hold, and the
 * disks under them. The handoff puts hints in; a drainer takes them out; both act through this one owner, so that a
 * store, a segment and the registry never disagree about a hint.
 */
import { ACCEPTED, assert, HintBatch, HintColumns } from '../../core/index.ts';
import type { Instant, PeerIndex } from '../../core/index.ts';
import type { HintPolicy } from '../scenario/model/policy.ts';
import { HintDisk } from './hint-disk.ts';
import { HintFates } from './hint-fates.ts';
import type { HintEnd } from './hint-fates.ts';
import type { World } from './world.ts';

export class HintShelf {
  readonly fates: HintFates;
  readonly disk: HintDisk;
  readonly #world: World;
  readonly #policy: HintPolicy;
  readonly #stores: readonly HintColumns[];
  /** Per node: who stands at each position of its peer table, now and from its next start on (H23). */
  readonly #order: (readonly PeerIndex[])[];
  readonly #nextOrder: (readonly PeerIndex[])[];
  readonly #batch = new HintBatch();

  constructor(world: World, policy: HintPolicy) {
    const { peers } = world.topology;
    this.#world = world;
    this.#policy = policy;
    this.fates = new HintFates(world);
    this.disk = new HintDisk(world, policy, peers.length);
    this.#stores = peers.map(() => new HintColumns(world.kernel.clock, policy));
    this.#order = peers.map(() => peers);
    this.#nextOrder = peers.map(() => peers);
  }

  /** The store of a node. */
  store(node: number): HintColumns {
    const store = this.#stores[node];
    assert(store !== undefined, 'every node has a hint store', node);
    return store;
  }

  /** A node as a position of the peer table of the scenario. */
  peer(node: number): PeerIndex {
    const peer = this.#world.topology.peers[node];
    assert(peer !== undefined, 'every peer is in the peer table', node);
    return peer;
  }

  /** Where `peer` stands in the peer table of `holder`. */
  position(holder: number, peer: number): number {
    const order = this.#order[holder] ?? this.#world.topology.peers;
    return order === this.#world.topology.peers ? peer : order.indexOf(this.peer(peer));
  }

  /** Bytes of live state. */
  get weight(): number {
    return this.fates.registry.weight + this.disk.weight;
  }

  /** Stores a hint and appends it to its segment. Answers with its row, or `undefined` if the cap is in the way. */
  add(holder: number, peer: number, write: number, key: number, bytes: number): number | undefined {
    const { registry } = this.fates;
    const store = this.store(holder);
    const row = registry.take(holder, peer, write, key, bytes);
    if (store.enqueue(this.peer(peer), bytes, row, this.#policy.ttl) !== ACCEPTED) {
      registry.free(row);
      return undefined;
    }
    const position = this.position(holder, peer);
    registry.position[row] = position;
    registry.storedAt[row] = this.#world.kernel.now;
    registry.slot[row] = store.newestSlotFor(this.peer(peer));
    this.disk.append(holder, position, row, bytes);
    return row;
  }

  /** Drops the hints of a node that are due, and writes the segments anew that they were in. */
  expire(node: number): void {
    this.#batch.clear();
    this.store(node).expireNow(this.#world.kernel.now, this.#batch);
    this.bury(node, this.#batch);
  }

  /** Records that hints which a sweep or a take of the store found due have expired. */
  bury(node: number, due: HintBatch): void {
    const { registry } = this.fates;
    for (let i = 0; i < due.length; i++) {
      const row = due.referenceAt(i);
      this.disk.rewritten(node, registry.position[row] ?? 0);
      this.fates.left(row, 'expired');
    }
  }

  /** The process died: what was not safe on disk is gone. @param isPower the machine lost power as well */
  crashed(node: number, isPower: boolean, tornBytes: number): void {
    const { registry } = this.fates;
    this.#refill(node, (row) =>
      this.disk.survives(node, registry.position[row] ?? 0, row, isPower) ? undefined : 'holderCrashed',
    );
    this.disk.crashed(node, tornBytes);
  }

  /** The process ended gracefully: hints in RAM are gone, and those for the disk have all been written to it. */
  stopped(node: number): void {
    this.#refill(node, () => (this.disk.isDurable ? undefined : 'holderCrashed'));
    this.disk.crashed(node, 0);
  }

  /** The process is up, and has read back what its segments hold, up to the first torn record of each. */
  restarted(node: number): void {
    const { registry } = this.fates;
    this.#order[node] = this.#nextOrder[node] ?? this.#world.topology.peers;
    this.#refill(
      node,
      (row) => (this.disk.isReadable(node, registry.position[row] ?? 0, row) ? undefined : 'tornTail'),
      (row, deadline) => this.disk.deadlineAfterRestart(node, registry.position[row] ?? 0, row, deadline),
    );
    this.disk.restarted(node);
  }

  /** From its next start on, the node finds `order[i]` at position i of its peer table. */
  reindexed(node: number, order: readonly PeerIndex[]): void {
    this.#nextOrder[node] = order;
  }

  /** Another machine took the node's name: its hints are gone. */
  replaced(node: number): void {
    this.#refill(node, () => 'holderReplaced');
    this.disk.replaced(node);
  }

  /** Starts a node's store anew, its counters at 0, with those of its hints that do not end. */
  #refill(
    node: number,
    endOf: (row: number) => HintEnd | undefined,
    deadlineOf: (row: number, deadline: Instant) => Instant = (_, deadline) => deadline,
  ): void {
    const { registry } = this.fates;
    const order = this.#order[node] ?? this.#world.topology.peers;
    const store = this.store(node);
    const batch = this.#batch;
    batch.clear();
    store.clear(batch);
    for (let i = 0; i < batch.length; i++) {
      const row = batch.referenceAt(i);
      const end = endOf(row);
      if (end !== undefined) {
        this.fates.left(row, end);
        continue;
      }
      const peer = order[registry.position[row] ?? 0];
      assert(peer !== undefined, 'a peer table has as many positions as ever', node);
      store.restore(peer, batch.byteLengthAt(i), row, deadlineOf(row, batch.deadlineAt(i)));
      registry.slot[row] = store.newestSlotFor(peer);
      this.#world.recorder.hintRestored(registry.id[row] ?? 0, peer);
    }
  }
}
