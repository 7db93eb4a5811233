/**
 * Draining without acknowledgements, after dynomite-rs (handoff-systems §1.2): a sweep expires what is due, then walks
 * the peers in index order; for each that the node takes for `Normal` it takes the whole queue, whose segment is deleted
 * with that (H8), and offers hint after hint to the peer's channel. A refused hint goes back to the tail with the life it
 * has left, and the sweep goes on with the next one.
 *
 * A sweep is one event, and what it puts back is in its hands for as long as the policy says, a microsecond at least,
 * the least time there is: a write that is hinted just then is ahead of all that goes back (H5), and may take the place
 * of the last of it (H6). What falls due in its hands has a second more, and what is due when it is back is gone (H9);
 * what it has in its hands when the process dies is on no disk (H8). In the books it waits in its queue all along.
 */
import { ACCEPTED, assert, duration, HintBatch, later, seconds } from '../../core/index.ts';
import type { Duration, HintColumns, Instant, PeerIndex } from '../../core/index.ts';
import { NONE } from '../trace/trace.ts';
import type { HintShelf } from './hint-shelf.ts';
import { HINT } from './messages.ts';
import type { World } from './world.ts';

/** How long a sweep holds what it puts back, at least. Microseconds. */
const LEAST_HOLD = 1;
/** The life of a hint whose own ran out in the hands of a sweep, after server.rs 2750-2753 (H9). */
const SECOND_MORE = seconds(1);

export class Sweep {
  readonly #world: World;
  readonly #shelf: HintShelf;
  /** Per link: when a sweep put hints back that it may still hold; before all time if there are none. */
  readonly #putBackAt: Float64Array;
  /** Per link: the first hint that was stored since, all of which are ahead of what it holds. */
  readonly #firstAhead: Int32Array;
  readonly #hold: Duration;
  readonly #held = new HintBatch();
  readonly #taken = new HintBatch();
  readonly #gone = new HintBatch();

  constructor(world: World, shelf: HintShelf, hold: Duration) {
    const links = world.topology.count * world.topology.count;
    this.#world = world;
    this.#shelf = shelf;
    this.#hold = hold;
    this.#putBackAt = new Float64Array(links).fill(-Infinity);
    this.#firstAhead = new Int32Array(links);
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
    const since = this.#putBackAt[topology.link(holder, peer)] ?? -Infinity;
    if (kernel.now - since > Math.max(this.#hold, LEAST_HOLD)) return false;
    this.#takeHeld(holder, peer);
    return true;
  }

  /** What was taken out goes to the tail, with the life it has left and as the cap allows; the rest is lost (H6). */
  putBack(holder: number, peer: PeerIndex): void {
    for (let i = 0; i < this.#held.length; i++) {
      const row = this.#held.referenceAt(i);
      const isBack = this.#enqueue(holder, peer, row, this.#held.byteLengthAt(i), this.#held.deadlineAt(i));
      if (!isBack) this.#shelf.fates.left(row, 'requeueRefused');
    }
  }

  /** The process of a node ends: what its sweeps have in their hands is gone, wherever its hints are kept. */
  ended(node: number): void {
    const { kernel, topology } = this.#world;
    for (const peer of topology.peers) {
      if (kernel.now - (this.#putBackAt[topology.link(node, peer)] ?? -Infinity) >= this.#hold) continue;
      this.#takeHeld(node, peer);
      for (let place = 0; place < this.#held.length; place++) {
        this.#shelf.fates.left(this.#held.referenceAt(place), 'holderCrashed');
      }
    }
  }

  /** Takes a queue and puts back what was stored since its sweep: what is left is held. */
  #takeHeld(holder: number, peer: PeerIndex): void {
    const { id } = this.#shelf.fates.registry;
    const firstAhead = this.#firstAhead[this.#world.topology.link(holder, peer)] ?? 0;
    this.#taken.clear();
    this.#held.clear();
    this.#gone.clear();
    this.#shelf.store(holder).takeInto(peer, this.#taken, this.#gone);
    this.#shelf.bury(holder, this.#gone);
    for (let i = 0; i < this.#taken.length; i++) {
      const row = this.#taken.referenceAt(i);
      const byteLength = this.#taken.byteLengthAt(i);
      const deadline = this.#taken.deadlineAt(i);
      if ((id[row] ?? 0) < firstAhead) this.#held.append(row, byteLength, deadline);
      else this.#restore(holder, peer, row, byteLength, deadline);
    }
  }

  /** A hint that was taken out for a moment goes back: there is room for it, as no other came meanwhile. */
  #restore(holder: number, peer: PeerIndex, row: number, byteLength: number, deadline: Instant): void {
    const isBack = this.#enqueue(holder, peer, row, byteLength, deadline);
    assert(isBack, 'what was taken out of a store has room in it', row);
  }

  /** A hint goes to the tail of its queue, with the life it has left. False if the cap is in the way. */
  #enqueue(holder: number, peer: PeerIndex, row: number, byteLength: number, deadline: Instant): boolean {
    const { registry } = this.#shelf.fates;
    const store = this.#shelf.store(holder);
    const left = duration(deadline - this.#world.kernel.now);
    const isBack = store.enqueue(peer, byteLength, row, left) === ACCEPTED;
    if (isBack) registry.slot[row] = store.newestSlotFor(peer);
    return isBack;
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
    const { id } = this.#shelf.fates.registry;
    const link = topology.link(node, peer);
    this.#putBackAt[link] = kernel.now;
    this.#firstAhead[link] = recorder.counters.hints.stored;
    const oldest = store.referenceIn(store.firstSlotFor(peer));
    recorder.queueRequeued(kernel.now, node, peer, store.lengthFor(peer), id[oldest] ?? 0);
    if (this.#hold > 0) this.#age(node, peer, store);
  }

  /**
   * What is in hand is back a hold from now. A hint that is due before then has a second more from then on; one that is
   * due just then is refused, as one without a life, and counted nowhere (H9). O(queue).
   */
  #age(node: number, peer: PeerIndex, store: HintColumns): void {
    const { kernel, recorder } = this.#world;
    const { fates } = this.#shelf;
    const backAt = later(kernel.now, this.#hold);
    const lastDeadline = later(backAt, SECOND_MORE);
    this.#taken.clear();
    this.#gone.clear();
    store.takeInto(peer, this.#taken, this.#gone);
    for (let i = 0; i < this.#taken.length; i++) {
      const row = this.#taken.referenceAt(i);
      const deadline = this.#taken.deadlineAt(i);
      if (deadline === backAt) {
        fates.left(row, 'requeueRefused');
        continue;
      }
      const isCutShort = deadline < backAt;
      const byteLength = this.#taken.byteLengthAt(i);
      this.#restore(node, peer, row, byteLength, isCutShort ? lastDeadline : deadline);
      if (isCutShort) recorder.hintExtended(kernel.now, node, peer, fates.registry.id[row] ?? 0, lastDeadline);
    }
  }
}
