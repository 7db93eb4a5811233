/**
 * Draining without acknowledgements, after dynomite-rs (handoff-systems §1.2): a sweep expires what is due, then walks
 * the peers in index order; for each that the node takes for `Normal` it takes the whole queue, whose segment is deleted
 * with that (H8), and offers hint after hint to the peer's channel. A refused hint goes back to the tail with the life it
 * has left, and the sweep goes on with the next one.
 *
 * A sweep is one event, and what it puts back is in its hands for a microsecond more, the least time there is: a write
 * that is hinted just then is ahead of all that goes back (H5), and may take the place of the last of it (H6).
 */
import { ACCEPTED, duration, HintBatch, microseconds } from '../../core/index.ts';
import type { HintColumns, PeerIndex } from '../../core/index.ts';
import { NONE } from '../trace/trace.ts';
import type { HintShelf } from './hint-shelf.ts';
import { HINT } from './messages.ts';
import type { World } from './world.ts';

/** How long a sweep holds what it puts back. */
const IN_HAND = microseconds(1);

export class Sweep {
  readonly #world: World;
  readonly #shelf: HintShelf;
  /** Per link: when a sweep put hints back that it may still hold; before all time if there are none. */
  readonly #putBackAt: Float64Array;
  readonly #held = new HintBatch();
  readonly #taken = new HintBatch();
  readonly #gone = new HintBatch();

  constructor(world: World, shelf: HintShelf) {
    this.#world = world;
    this.#shelf = shelf;
    this.#putBackAt = new Float64Array(world.topology.count * world.topology.count).fill(-Infinity);
  }

  /** One sweep of a node's drainer. */
  look(node: number): void {
    const { beliefs, topology } = this.#world;
    const store = this.#shelf.store(node);
    this.#shelf.expire(node);
    for (const peer of topology.peers) {
      if (peer === node || store.lengthFor(peer) === 0 || beliefs.isDown(node, peer)) continue;
      this.#drain(node, peer, store);
    }
  }

  /**
   * A hint for `peer` is about to be offered to the store of `holder`. What a sweep holds of that queue is not back in
   * the store yet, so it is taken out; {@link putBack} has to follow. False, at the cost of one look, if nothing is held.
   */
  takeOut(holder: number, peer: PeerIndex): boolean {
    const { kernel, topology } = this.#world;
    const link = topology.link(holder, peer);
    if (kernel.now - (this.#putBackAt[link] ?? -Infinity) > IN_HAND) return false;
    this.#putBackAt[link] = -Infinity;
    this.#held.clear();
    this.#gone.clear();
    this.#shelf.store(holder).takeInto(peer, this.#held, this.#gone);
    this.#shelf.bury(holder, this.#gone);
    return true;
  }

  /** What was taken out goes to the tail, with the life it has left and as the cap allows; the rest is lost (H6). */
  putBack(holder: number, peer: PeerIndex): void {
    const { registry } = this.#shelf.fates;
    const store = this.#shelf.store(holder);
    for (let i = 0; i < this.#held.length; i++) {
      const row = this.#held.referenceAt(i);
      const left = duration(this.#held.deadlineAt(i) - this.#world.kernel.now);
      const isBack = store.enqueue(peer, this.#held.byteLengthAt(i), row, left) === ACCEPTED;
      if (isBack) registry.slot[row] = store.newestSlotFor(peer);
      else this.#shelf.fates.left(row, 'requeueRefused');
    }
  }

  /**
   * Offers the queue of a peer to the channel, oldest first. The reference takes the whole queue and enqueues again, at
   * the tail, each hint that the channel refuses. Unless a write is hinted meanwhile, those end up where they were, so
   * they are left there.
   */
  #drain(node: number, peer: PeerIndex, store: HintColumns): void {
    const { links, topology } = this.#world;
    const link = topology.link(node, peer);
    this.#taken.clear();
    this.#gone.clear();
    store.takeSomeInto(peer, links.room(link), this.#taken, this.#gone);
    this.#shelf.bury(node, this.#gone);
    for (let i = 0; i < this.#taken.length; i++) this.#ship(this.#taken.referenceAt(i), node, peer);
    this.#shelf.disk.rewritten(node, this.#shelf.position(node, peer));
    if (store.lengthFor(peer) > 0) this.#requeueRest(node, peer, store);
  }

  /** Into the channel, without asking for an acknowledgement (H7). */
  #ship(row: number, node: number, peer: PeerIndex): void {
    const { links, messages, topology } = this.#world;
    const { write, key, bytes } = this.#shelf.fates.registry;
    const message = messages.take(HINT, node, peer, row, write[row] ?? 0);
    messages.key[message] = key[row] ?? 0;
    messages.bytes[message] = bytes[row] ?? 0;
    messages.generation[message] = 0;
    messages.receiver[message] = NONE; // set when it leaves the channel
    links.send(message);
    this.#shelf.fates.shipped(row, topology.link(node, peer), true);
  }

  /** What the channel refused goes back to the tail (H5), all of it and in order. */
  #requeueRest(node: number, peer: PeerIndex, store: HintColumns): void {
    const { kernel, recorder, topology } = this.#world;
    this.#putBackAt[topology.link(node, peer)] = kernel.now;
    const oldest = store.referenceIn(store.firstSlotFor(peer));
    const { id } = this.#shelf.fates.registry;
    recorder.queueRequeued(kernel.now, node, peer, store.lengthFor(peer), id[oldest] ?? 0);
  }
}
