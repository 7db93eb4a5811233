/**
 * Hinted handoff at every node: the hint stores, the drainer's sweep, and what becomes of each hint.
 *
 * After dynomite-rs (handoff-systems §1.2): a sweep expires what is due, then walks the peers in index order; for
 * each that the node takes for `Normal` it takes the whole queue and offers hint after hint to the peer's channel.
 * A refused hint goes back to the tail with the life it has left, and the sweep goes on with the next one.
 */
import { ACCEPTED, assert, HintBatch, HintColumns, MAX_PAYLOAD_BYTES } from '../../core/index.ts';
import type { HintStoreStats, PeerIndex } from '../../core/index.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { HintReason, LossCause } from '../trace/trace.ts';
import { HintRegistry } from './hint-registry.ts';
import { DRAIN_SWEEP, DRAIN_TICK } from './kernel.ts';
import { HINT } from './messages.ts';
import type { World } from './world.ts';

/** The hint stores of all nodes, and their drainers. */
export class Handoff {
  readonly #world: World;
  readonly #policy: Scenario['policy'];
  readonly #stores: readonly HintColumns[];
  readonly #registry = new HintRegistry();
  readonly #taken = new HintBatch();
  readonly #gone = new HintBatch();

  constructor(world: World, policy: Scenario['policy']) {
    this.#world = world;
    this.#policy = policy;
    this.#stores = world.topology.peers.map(() => new HintColumns(world.kernel.clock, policy.hints));
  }

  get isEnabled(): boolean {
    return this.#policy.hints.enabled;
  }

  /** Bytes of all live hints, in stores and on their way. */
  get weight(): number {
    return this.#registry.weight;
  }

  /** The accounting of a node's store. */
  stats(node: number): HintStoreStats {
    return this.#store(node).stats();
  }

  /** The node's process has started: the first sweep is due at once. */
  started(node: number): void {
    const { kernel, nodes } = this.#world;
    kernel.at(kernel.now, DRAIN_TICK, node, nodes.incarnation(node));
  }

  /** RAM is gone, and with it every hint that the node held. */
  crashed(node: number): void {
    this.#gone.clear();
    this.#store(node).clear(this.#gone);
    for (let i = 0; i < this.#gone.length; i++) this.lost(this.#gone.referenceAt(i), 'holderCrashed');
  }

  /**
   * Keeps a hint at `holder` for a write that could not be sent to `peer`. False if the store refused it at the cap.
   */
  keep(holder: number, peer: number, write: number, key: number, bytes: number, reason: HintReason): boolean {
    const { kernel, recorder } = this.#world;
    assert(bytes > 0 && bytes <= MAX_PAYLOAD_BYTES, 'a request has 1 … 2^32−1 bytes', bytes);
    const hint = this.#registry.take(holder, peer, write, key, bytes);
    const store = this.#store(holder);
    const code = store.enqueue(this.#peer(peer), bytes, hint, this.#policy.hints.ttl);
    if (code !== ACCEPTED) {
      this.#registry.free(hint);
      recorder.hintRefused(kernel.now, holder, peer, bytes, write);
      return false;
    }
    const deadline = store.newestDeadlineFor(this.#peer(peer));
    this.#registry.id[hint] = recorder.hintStored(kernel.now, holder, peer, { write, bytes, deadline, reason });
    return true;
  }

  /**
   * The drainer's timer. The sweep itself runs at the end of the instant: requests that arrive at the same instant
   * come first (validation §3), and the timer was set long before them.
   */
  ticked(node: number): void {
    const { kernel, nodes } = this.#world;
    kernel.at(kernel.now, DRAIN_SWEEP, node, nodes.incarnation(node));
    kernel.after(this.#policy.drain.interval, DRAIN_TICK, node, nodes.incarnation(node));
  }

  /** One sweep of a node's drainer. */
  sweep(node: number): void {
    const { kernel, recorder, beliefs, topology } = this.#world;
    const store = this.#store(node);
    recorder.swept(kernel.now, node);
    this.#gone.clear();
    store.expireNow(kernel.now, this.#gone);
    this.#bury();
    for (const peer of topology.peers) {
      if (peer === node || beliefs.isDown(node, peer) || store.lengthFor(peer) === 0) continue;
      this.#drain(node, peer, store);
    }
  }

  /** A hint has been applied by the replica it was meant for. */
  applied(hint: number): void {
    const { kernel, recorder } = this.#world;
    const { holder, peer, id, bytes, write } = this.#registry;
    recorder.hintApplied(
      kernel.now,
      peer[hint] ?? 0,
      holder[hint] ?? 0,
      id[hint] ?? 0,
      bytes[hint] ?? 0,
      write[hint] ?? 0,
    );
    this.#registry.free(hint);
  }

  /** A hint is gone for good. */
  lost(hint: number, cause: LossCause): void {
    const { kernel, recorder } = this.#world;
    const { holder, peer, id, bytes } = this.#registry;
    recorder.hintLost(kernel.now, holder[hint] ?? 0, peer[hint] ?? 0, id[hint] ?? 0, bytes[hint] ?? 0, cause);
    this.#registry.free(hint);
  }

  /**
   * Offers the queue of a peer to the channel, oldest first. The reference takes the whole queue and enqueues again, at
   * the tail, each hint that the channel refuses. A sweep is one event here: nothing else can empty the channel or fill
   * the store meanwhile, so the refused ones end up where they were, and are left there.
   */
  #drain(node: number, peer: PeerIndex, store: HintColumns): void {
    const { links, topology } = this.#world;
    const link = topology.link(node, peer);
    this.#taken.clear();
    this.#gone.clear();
    store.takeSomeInto(peer, links.room(link), this.#taken, this.#gone);
    this.#bury();
    for (let i = 0; i < this.#taken.length; i++) this.#ship(this.#taken.referenceAt(i), link);
    if (store.lengthFor(peer) > 0) this.#requeueRest(node, peer, store);
  }

  /** Into the channel, without asking for an acknowledgement (H7). */
  #ship(hint: number, link: number): void {
    const { kernel, links, messages, recorder } = this.#world;
    const { holder, peer, id, write, key } = this.#registry;
    const message = messages.take(HINT, link, hint, write[hint] ?? 0);
    messages.key[message] = key[hint] ?? 0;
    links.send(message);
    recorder.hintShipped(kernel.now, holder[hint] ?? 0, peer[hint] ?? 0, id[hint] ?? 0);
  }

  /** What the channel refused goes back to the tail (H5), all of it and in order. */
  #requeueRest(node: number, peer: PeerIndex, store: HintColumns): void {
    const { kernel, recorder } = this.#world;
    if (!recorder.keepsHints) {
      recorder.counters.requeued += store.lengthFor(peer);
      return;
    }
    this.#taken.clear();
    store.copyInto(peer, this.#taken);
    for (let i = 0; i < this.#taken.length; i++) {
      const hint = this.#taken.referenceAt(i);
      recorder.hintRequeued(kernel.now, node, peer, this.#registry.id[hint] ?? 0);
    }
  }

  /** Records the fate of the hints that a sweep or a take found expired. */
  #bury(): void {
    const { kernel, recorder } = this.#world;
    const { holder, peer, id, bytes } = this.#registry;
    for (let i = 0; i < this.#gone.length; i++) {
      const hint = this.#gone.referenceAt(i);
      recorder.hintExpired(kernel.now, holder[hint] ?? 0, peer[hint] ?? 0, id[hint] ?? 0, bytes[hint] ?? 0);
      this.#registry.free(hint);
    }
  }

  #store(node: number): HintColumns {
    const store = this.#stores[node];
    assert(store !== undefined, 'every node has a hint store', node);
    return store;
  }

  #peer(node: number): PeerIndex {
    const peer = this.#world.topology.peers[node];
    assert(peer !== undefined, 'every peer is in the peer table', node);
    return peer;
  }
}
