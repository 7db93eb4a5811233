/**
 * The memory of a hint store: one pool of blocks of 128 hint slots, shared by the queues of all peers
 * (`peer-queues.ts` chains them). A hint is a slot in three columns, 16 bytes, and no object.
 *
 *   slot    deadline · byteLength · reference. A byteLength of 0 marks a hole: an empty payload is never stored.
 *   block   slots used · slots live · earliest deadline · the next block, of its queue or of the free list.
 *
 * The earliest deadline of each block is what lets a sweep pass over blocks in which nothing is due. The pool also
 * keeps the totals of hints and bytes, here where slots are filled and emptied, so that they cannot drift.
 */
import { assert } from './assert.ts';
import type { HintBatch } from './hint-batch.ts';
import type { Instant } from './units.ts';
import { widen } from './widen.ts';

/** Hints to a block. Small enough to rescan when one hint in it is due, large enough to make a million hints 7813 blocks. */
export const SLOTS_PER_BLOCK = 128;

/** Most blocks in a pool, 2^30 slots: slot numbers stay small integers in every engine. */
const MAX_BLOCKS = 1 << 23;

/**
 * "No block": block 0, which is never handed out. It counts as full, so that a queue without blocks and a queue
 * whose last block is full are one case, and fresh tables of zeros already say "empty".
 */
export const NO_BLOCK = 0;

/** "No slot": one of block 0, which holds none. */
export const NO_SLOT = 0;

const INITIAL_BLOCKS = 4;

export class BlockPool {
  #deadlines = new Float64Array(INITIAL_BLOCKS * SLOTS_PER_BLOCK);
  #byteLengths = new Uint32Array(INITIAL_BLOCKS * SLOTS_PER_BLOCK);
  #references = new Int32Array(INITIAL_BLOCKS * SLOTS_PER_BLOCK);

  #used = new Int32Array(INITIAL_BLOCKS);
  #live = new Int32Array(INITIAL_BLOCKS);
  #earliest = new Float64Array(INITIAL_BLOCKS);
  #next = new Int32Array(INITIAL_BLOCKS);

  /** Blocks made so far; those after it have never been used. */
  #made = 1;
  #free = NO_BLOCK;

  #hintCount = 0;
  #bytes = 0;

  constructor() {
    this.#used[NO_BLOCK] = SLOTS_PER_BLOCK;
  }

  /** Hints in all blocks. */
  get hintCount(): number {
    return this.#hintCount;
  }

  /** Payload bytes in all blocks. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Blocks in the pool, in use or free: its memory is 2 KiB for each. */
  get blockCount(): number {
    return this.#made - 1;
  }

  /** An empty block with nothing after it. Amortised O(1). */
  acquire(): number {
    let block = this.#free;
    if (block === NO_BLOCK) {
      block = this.#made;
      if (block === this.#used.length) this.#grow();
      this.#made = block + 1;
    } else {
      this.#free = this.next(block);
    }
    this.#used[block] = 0;
    this.#earliest[block] = Infinity;
    this.#next[block] = NO_BLOCK;
    return block;
  }

  /** Returns a block without live hints to the pool. */
  release(block: number): void {
    assert(this.isDead(block), 'a released block holds no hint', block);
    this.#next[block] = this.#free;
    this.#free = block;
  }

  isFull(block: number): boolean {
    return this.#used[block] === SLOTS_PER_BLOCK;
  }

  /** No live hint is left in the block. */
  isDead(block: number): boolean {
    return this.#live[block] === 0;
  }

  /** The earliest deadline in the block, in microseconds; infinite when it is dead. */
  earliestIn(block: number): number {
    return this.#earliest[block] ?? Infinity;
  }

  next(block: number): number {
    return this.#next[block] ?? NO_BLOCK;
  }

  link(block: number, next: number): void {
    this.#next[block] = next;
  }

  /** Fills the next slot of a block that is not full. */
  push(block: number, byteLength: number, reference: number, deadline: Instant): void {
    const used = this.#used[block] ?? SLOTS_PER_BLOCK;
    const slot = block * SLOTS_PER_BLOCK + used;
    this.#deadlines[slot] = deadline;
    this.#byteLengths[slot] = byteLength;
    this.#references[slot] = reference;
    this.#used[block] = used + 1;
    this.#live[block] = (this.#live[block] ?? 0) + 1;
    if (deadline < this.earliestIn(block)) this.#earliest[block] = deadline;
    this.#hintCount += 1;
    this.#bytes += byteLength;
  }

  /** The deadline of the slot filled last, in microseconds. The block must not be fresh. */
  newestDeadline(block: number): number {
    return this.#deadlines[block * SLOTS_PER_BLOCK + (this.#used[block] ?? 0) - 1] ?? 0;
  }

  /** The slot filled last. The block must not be fresh. */
  newestSlot(block: number): number {
    return block * SLOTS_PER_BLOCK + (this.#used[block] ?? 0) - 1;
  }

  /** The first slot of the block that holds a hint, or {@link NO_SLOT}. */
  firstSlot(block: number): number {
    return this.slotAfter(block, block * SLOTS_PER_BLOCK - 1);
  }

  /** The next slot of the block after `slot` that holds a hint, or {@link NO_SLOT}. Passes over holes. */
  slotAfter(block: number, slot: number): number {
    const end = block * SLOTS_PER_BLOCK + (this.#used[block] ?? 0);
    for (let next = slot + 1; next < end; next += 1) if ((this.#byteLengths[next] ?? 0) > 0) return next;
    return NO_SLOT;
  }

  referenceIn(slot: number): number {
    return this.#references[slot] ?? 0;
  }

  byteLengthIn(slot: number): number {
    return this.#byteLengths[slot] ?? 0;
  }

  /** In microseconds. */
  deadlineIn(slot: number): number {
    return this.#deadlines[slot] ?? 0;
  }

  /** Leaves a hole for the hint in `slot`. The earliest deadline of its block stays as it was, which may be too early. */
  remove(block: number, slot: number): void {
    const byteLength = this.byteLengthIn(slot);
    assert(byteLength > 0, 'a hint is removed once, from the slot it is in', slot);
    this.#byteLengths[slot] = 0;
    this.#live[block] = (this.#live[block] ?? 0) - 1;
    this.#hintCount -= 1;
    this.#bytes -= byteLength;
  }

  /**
   * Moves every hint of the block out, oldest first: into `expired` if its deadline is `now` or earlier, into
   * `live` otherwise. A batch that is not given is not filled.
   * @returns the number of live hints moved.
   */
  empty(block: number, now: Instant, live: HintBatch | undefined, expired: HintBatch | undefined): number {
    const first = block * SLOTS_PER_BLOCK;
    const end = first + (this.#used[block] ?? 0);
    let liveCount = 0;
    let bytes = 0;
    for (let slot = first; slot < end; slot += 1) {
      const byteLength = this.#byteLengths[slot] ?? 0;
      if (byteLength === 0) continue;
      const deadline = this.#deadlines[slot] ?? 0;
      if (deadline <= now) {
        expired?.append(this.#references[slot] ?? 0, byteLength, deadline);
      } else {
        live?.append(this.#references[slot] ?? 0, byteLength, deadline);
        liveCount += 1;
      }
      bytes += byteLength;
    }
    this.#hintCount -= this.#live[block] ?? 0;
    this.#bytes -= bytes;
    this.#live[block] = 0;
    return liveCount;
  }

  /**
   * Moves hints out as {@link empty} does, but stops after `atMost` live ones and leaves holes for what it moved. The
   * earliest deadline of the block stays as it was, which may now be too early.
   * @returns the number of live hints moved.
   */
  takeSome(block: number, now: Instant, atMost: number, live: HintBatch, expired: HintBatch | undefined): number {
    const first = block * SLOTS_PER_BLOCK;
    const end = first + (this.#used[block] ?? 0);
    let liveCount = 0;
    let removed = 0;
    for (let slot = first; slot < end && liveCount < atMost; slot += 1) {
      const byteLength = this.#byteLengths[slot] ?? 0;
      if (byteLength === 0) continue;
      const deadline = this.#deadlines[slot] ?? 0;
      if (deadline <= now) {
        expired?.append(this.#references[slot] ?? 0, byteLength, deadline);
      } else {
        live.append(this.#references[slot] ?? 0, byteLength, deadline);
        liveCount += 1;
      }
      this.#byteLengths[slot] = 0;
      this.#bytes -= byteLength;
      removed += 1;
    }
    this.#live[block] = (this.#live[block] ?? 0) - removed;
    this.#hintCount -= removed;
    return liveCount;
  }

  /** Copies the hints of the block, oldest first; nothing moves. */
  copyInto(block: number, waiting: HintBatch): void {
    const first = block * SLOTS_PER_BLOCK;
    const end = first + (this.#used[block] ?? 0);
    for (let slot = first; slot < end; slot += 1) {
      const byteLength = this.#byteLengths[slot] ?? 0;
      if (byteLength > 0) waiting.append(this.#references[slot] ?? 0, byteLength, this.#deadlines[slot] ?? 0);
    }
  }

  /**
   * Moves the hints whose deadline is `now` or earlier into `expired`, oldest first, and leaves holes for them.
   * @returns the number of hints dropped.
   */
  expire(block: number, now: Instant, expired: HintBatch | undefined): number {
    const first = block * SLOTS_PER_BLOCK;
    const end = first + (this.#used[block] ?? 0);
    let dropped = 0;
    let bytes = 0;
    let earliest = Infinity;
    for (let slot = first; slot < end; slot += 1) {
      const byteLength = this.#byteLengths[slot] ?? 0;
      if (byteLength === 0) continue;
      const deadline = this.#deadlines[slot] ?? 0;
      if (deadline <= now) {
        expired?.append(this.#references[slot] ?? 0, byteLength, deadline);
        this.#byteLengths[slot] = 0;
        dropped += 1;
        bytes += byteLength;
      } else if (deadline < earliest) {
        earliest = deadline;
      }
    }
    this.#earliest[block] = earliest;
    this.#live[block] = (this.#live[block] ?? 0) - dropped;
    this.#hintCount -= dropped;
    this.#bytes -= bytes;
    return dropped;
  }

  #grow(): void {
    const blocks = this.#used.length * 2;
    assert(blocks <= MAX_BLOCKS, 'a hint store holds at most 2^30 slots', blocks);
    const slots = blocks * SLOTS_PER_BLOCK;
    this.#deadlines = widen(this.#deadlines, new Float64Array(slots));
    this.#byteLengths = widen(this.#byteLengths, new Uint32Array(slots));
    this.#references = widen(this.#references, new Int32Array(slots));
    this.#used = widen(this.#used, new Int32Array(blocks));
    this.#live = widen(this.#live, new Int32Array(blocks));
    this.#earliest = widen(this.#earliest, new Float64Array(blocks));
    this.#next = widen(this.#next, new Int32Array(blocks));
  }
}
