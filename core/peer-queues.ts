/**
 * The queues of a hint store: for each peer a chain of blocks, oldest first, appended at the tail and emptied from
 * the head. Order within a peer holds by construction: a hint never moves, an expired one leaves a hole.
 *
 * A peer is known only while it has hints: its queue appears with the first and vanishes with the last. Every
 * block of a chain holds at least one hint, and every block but the last is full, holes included.
 */
import { BlockPool, NO_BLOCK, NO_SLOT, SLOTS_PER_BLOCK } from './block-pool.ts';
import type { HintBatch } from './hint-batch.ts';
import { PeerSet } from './peer-set.ts';
import { instant } from './units.ts';
import type { Instant, PeerIndex } from './units.ts';
import { widen } from './widen.ts';

const INITIAL_PEERS = 16;

export class PeerQueues {
  readonly #blocks = new BlockPool();
  readonly #peers = new PeerSet();

  // By peer index. All zeros for a peer without hints, but for the earliest deadline, which is then stale.
  #heads = new Int32Array(INITIAL_PEERS);
  #tails = new Int32Array(INITIAL_PEERS);
  #lengths = new Int32Array(INITIAL_PEERS);
  #bytes = new Float64Array(INITIAL_PEERS);
  #earliest = new Float64Array(INITIAL_PEERS);

  /** Hints over all peers. */
  get hintCount(): number {
    return this.#blocks.hintCount;
  }

  /** Payload bytes over all peers. */
  get bytes(): number {
    return this.#blocks.bytes;
  }

  /** Blocks of 128 hints allotted so far, in use or free. */
  get blockCount(): number {
    return this.#blocks.blockCount;
  }

  /** Hints of one peer; 0 for a peer never seen. */
  lengthFor(peer: PeerIndex): number {
    return this.#lengths[peer] ?? 0;
  }

  /** Payload bytes of one peer's hints; 0 for a peer never seen. Right only if all were added by {@link appendCounted}. */
  bytesFor(peer: PeerIndex): number {
    return this.#bytes[peer] ?? 0;
  }

  /** The lowest peer that has hints, if there is one. */
  firstPeer(): PeerIndex | undefined {
    return this.#peers.first();
  }

  /** The next higher peer that has hints. A walk may empty the queue it stands on. */
  peerAfter(peer: PeerIndex): PeerIndex | undefined {
    return this.#peers.after(peer);
  }

  /** No hint of a peer that has hints is due before this, in microseconds. Exact but after a partial take or a removal. */
  earliestFor(peer: PeerIndex): number {
    return this.#earliest[peer] ?? Infinity;
  }

  /** The deadline of the hint appended last to a peer that has hints. */
  newestDeadlineFor(peer: PeerIndex): Instant {
    return instant(this.#blocks.newestDeadline(this.#tails[peer] ?? NO_BLOCK));
  }

  /** Where the hint appended last to a peer that has hints is: it stays there until it leaves. */
  newestSlotFor(peer: PeerIndex): number {
    return this.#blocks.newestSlot(this.#tails[peer] ?? NO_BLOCK);
  }

  /** Where the oldest hint of `peer` is, or {@link NO_SLOT}. Passes over the holes of one block at most. */
  firstSlotFor(peer: PeerIndex): number {
    const head = this.#heads[peer] ?? NO_BLOCK;
    return head === NO_BLOCK ? NO_SLOT : this.#blocks.firstSlot(head);
  }

  /** Where the hint behind the one in `slot` is, in the same queue, or {@link NO_SLOT}. */
  slotAfter(slot: number): number {
    const block = Math.floor(slot / SLOTS_PER_BLOCK);
    const inSameBlock = this.#blocks.slotAfter(block, slot);
    if (inSameBlock !== NO_SLOT) return inSameBlock;
    const next = this.#blocks.next(block);
    return next === NO_BLOCK ? NO_SLOT : this.#blocks.firstSlot(next);
  }

  referenceIn(slot: number): number {
    return this.#blocks.referenceIn(slot);
  }

  /** In microseconds. */
  deadlineIn(slot: number): number {
    return this.#blocks.deadlineIn(slot);
  }

  /**
   * Removes the hint in `slot` from the queue of `peer`, wherever it stands. O(1), and a walk over the peer's blocks
   * when the block becomes empty.
   */
  removeAt(peer: PeerIndex, slot: number): void {
    const blocks = this.#blocks;
    const block = Math.floor(slot / SLOTS_PER_BLOCK);
    this.#bytes[peer] = this.bytesFor(peer) - blocks.byteLengthIn(slot);
    this.#lengths[peer] = this.lengthFor(peer) - 1;
    blocks.remove(block, slot);
    if (blocks.isDead(block)) this.#unlink(peer, block);
  }

  /** Takes a block without hints out of the chain of `peer`. */
  #unlink(peer: PeerIndex, dead: number): void {
    const blocks = this.#blocks;
    const next = blocks.next(dead);
    let before = NO_BLOCK;
    for (let block = this.#heads[peer] ?? NO_BLOCK; block !== dead; block = blocks.next(block)) before = block;
    blocks.release(dead);
    if (before === NO_BLOCK) this.#heads[peer] = next;
    else blocks.link(before, next);
    if (next === NO_BLOCK) this.#tails[peer] = before;
    if (this.lengthFor(peer) === 0) this.#vanish(peer);
  }

  /** Adds a hint at the tail of its peer's queue. Amortised O(1). */
  append(peer: PeerIndex, byteLength: number, reference: number, deadline: Instant): void {
    if (peer >= this.#lengths.length) this.#growTo(peer + 1);
    let tail = this.#tails[peer] ?? NO_BLOCK;
    if (this.#blocks.isFull(tail)) tail = this.#extend(peer, tail);
    this.#blocks.push(tail, byteLength, reference, deadline);
    this.#lengths[peer] = (this.#lengths[peer] ?? 0) + 1;
    if (deadline < this.earliestFor(peer)) this.#earliest[peer] = deadline;
  }

  /** {@link append} that counts the bytes of the peer as well; apart, because most stores have no use for them. */
  appendCounted(peer: PeerIndex, byteLength: number, reference: number, deadline: Instant): void {
    this.append(peer, byteLength, reference, deadline);
    this.#bytes[peer] = this.bytesFor(peer) + byteLength;
  }

  /** Puts an empty block after `tail`, the last one of `peer`; a first block makes the queue appear. */
  #extend(peer: PeerIndex, tail: number): number {
    const block = this.#blocks.acquire();
    if (tail === NO_BLOCK) {
      this.#heads[peer] = block;
      this.#earliest[peer] = Infinity;
      this.#peers.add(peer);
    } else {
      this.#blocks.link(tail, block);
    }
    this.#tails[peer] = block;
    return block;
  }

  /**
   * Removes the whole queue of `peer`, oldest hint first: those due at `now` into `expired`, the others into `live`.
   * O(hints of the peer).
   * @returns the number of live hints.
   */
  take(peer: PeerIndex, now: Instant, live: HintBatch | undefined, expired: HintBatch | undefined): number {
    const blocks = this.#blocks;
    let liveCount = 0;
    let block = this.#heads[peer] ?? NO_BLOCK;
    while (block !== NO_BLOCK) {
      const next = blocks.next(block);
      liveCount += blocks.empty(block, now, live, expired);
      blocks.release(block);
      block = next;
    }
    if (this.lengthFor(peer) > 0) this.#vanish(peer);
    return liveCount;
  }

  /**
   * Removes hints of `peer` from the front of its queue, oldest first, until `atMost` live ones are in `live`; those
   * due at `now` on the way go into `expired`. The others stay as they are. O(hints removed).
   * @returns the number of live hints.
   */
  takeSome(peer: PeerIndex, now: Instant, atMost: number, live: HintBatch, expired: HintBatch | undefined): number {
    const blocks = this.#blocks;
    const before = blocks.hintCount;
    const bytesBefore = blocks.bytes;
    let liveCount = 0;
    let block = this.#heads[peer] ?? NO_BLOCK;
    while (block !== NO_BLOCK && liveCount < atMost) {
      liveCount += blocks.takeSome(block, now, atMost - liveCount, live, expired);
      if (!blocks.isDead(block)) break;
      const next = blocks.next(block);
      blocks.release(block);
      block = next;
    }
    this.#heads[peer] = block;
    this.#lengths[peer] = this.lengthFor(peer) - (before - blocks.hintCount);
    this.#bytes[peer] = this.bytesFor(peer) - (bytesBefore - blocks.bytes);
    if (block === NO_BLOCK) this.#vanish(peer);
    return liveCount;
  }

  /** Copies the hints of `peer`, oldest first; nothing moves. O(hints of the peer). */
  copyInto(peer: PeerIndex, waiting: HintBatch): void {
    for (let block = this.#heads[peer] ?? NO_BLOCK; block !== NO_BLOCK; block = this.#blocks.next(block)) {
      this.#blocks.copyInto(block, waiting);
    }
  }

  /**
   * Drops the hints of `peer` that are due at `now`, oldest first, into `expired`. Walks the chain of blocks, looks
   * at hints only in blocks where something is due, and gives blocks that died back to the pool.
   * @returns the number of hints dropped.
   */
  expire(peer: PeerIndex, now: Instant, expired: HintBatch | undefined): number {
    const blocks = this.#blocks;
    const bytesBefore = blocks.bytes;
    let dropped = 0;
    let earliest = Infinity;
    let kept = NO_BLOCK; // the last block that stays, so far
    let block = this.#heads[peer] ?? NO_BLOCK;
    while (block !== NO_BLOCK) {
      const next = blocks.next(block);
      if (blocks.earliestIn(block) <= now) dropped += blocks.expire(block, now, expired);
      if (blocks.isDead(block)) {
        blocks.release(block);
      } else {
        if (kept === NO_BLOCK) this.#heads[peer] = block;
        else blocks.link(kept, block);
        earliest = Math.min(earliest, blocks.earliestIn(block));
        kept = block;
      }
      block = next;
    }
    if (kept === NO_BLOCK) {
      this.#vanish(peer);
    } else {
      blocks.link(kept, NO_BLOCK);
      this.#tails[peer] = kept;
      this.#lengths[peer] = this.lengthFor(peer) - dropped;
      this.#bytes[peer] = this.bytesFor(peer) - (bytesBefore - blocks.bytes);
      this.#earliest[peer] = earliest;
    }
    return dropped;
  }

  /** Forgets a peer whose last hint is gone. */
  #vanish(peer: PeerIndex): void {
    this.#heads[peer] = NO_BLOCK;
    this.#tails[peer] = NO_BLOCK;
    this.#lengths[peer] = 0;
    this.#bytes[peer] = 0;
    this.#peers.delete(peer);
  }

  #growTo(peers: number): void {
    const capacity = Math.max(peers, this.#lengths.length * 2);
    this.#heads = widen(this.#heads, new Int32Array(capacity));
    this.#tails = widen(this.#tails, new Int32Array(capacity));
    this.#lengths = widen(this.#lengths, new Int32Array(capacity));
    this.#bytes = widen(this.#bytes, new Float64Array(capacity));
    this.#earliest = widen(this.#earliest, new Float64Array(capacity));
  }
}
