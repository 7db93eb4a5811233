/**
 * When the oldest hint that waits in a queue was stored: what a window that persists goes by. In delivery by sessions it
 * is at the head; a sweep puts what it had in its hands behind what was stored meanwhile (H5).
 */
import { NO_SLOT } from '../../core/index.ts';
import { NONE } from '../trace/trace.ts';
import type { HintShelf } from './hint-shelf.ts';

/** The oldest hint of each queue, looked for when it is asked for, and remembered for as long as it waits there. */
export class OldestHints {
  readonly #shelf: HintShelf;
  readonly #nodes: number;
  readonly #areInOrder: boolean;
  /** Per queue: the row of its oldest hint in the registry, or NONE; and that hint's id, for rows are used again. */
  readonly #row: Int32Array;
  readonly #id: Int32Array;

  /** @param areInOrder queues are always in the order of storing */
  constructor(shelf: HintShelf, nodes: number, areInOrder: boolean) {
    this.#shelf = shelf;
    this.#nodes = nodes;
    this.#areInOrder = areInOrder;
    this.#row = new Int32Array(areInOrder ? 0 : nodes * nodes).fill(NONE);
    this.#id = new Int32Array(this.#row.length);
  }

  /** When it was stored; never in an empty queue. O(1), and O(hints of the queue) out of order once the last one left. */
  storedAt(holder: number, peer: number): number {
    const row = this.#areInOrder ? this.#first(holder, peer) : this.#oldest(holder, peer);
    return row === NONE ? Infinity : (this.#shelf.fates.registry.storedAt[row] ?? 0);
  }

  #first(holder: number, peer: number): number {
    const store = this.#shelf.store(holder);
    const slot = store.firstSlotFor(this.#shelf.peer(peer));
    return slot === NO_SLOT ? NONE : store.referenceIn(slot);
  }

  #oldest(holder: number, peer: number): number {
    const queue = holder * this.#nodes + peer;
    const known = this.#row[queue] ?? NONE;
    if (known !== NONE && this.#waits(known, holder, peer)) return known;
    const found = this.#find(holder, peer);
    this.#row[queue] = found;
    this.#id[queue] = this.#shelf.fates.registry.id[found] ?? NONE;
    return found;
  }

  /** A hint that was the oldest still waits, and in the same queue: a restart may have brought another peer table. */
  #waits(row: number, holder: number, peer: number): boolean {
    const { id, isStored, position } = this.#shelf.fates.registry;
    const isIt = id[row] === this.#id[holder * this.#nodes + peer] && isStored[row] === 1;
    return isIt && position[row] === this.#shelf.position(holder, peer);
  }

  #find(holder: number, peer: number): number {
    const { storedAt } = this.#shelf.fates.registry;
    const store = this.#shelf.store(holder);
    let oldest = NONE;
    for (let slot = store.firstSlotFor(this.#shelf.peer(peer)); slot !== NO_SLOT; slot = store.slotAfter(slot)) {
      const row = store.referenceIn(slot);
      if (oldest === NONE || (storedAt[row] ?? 0) < (storedAt[oldest] ?? 0)) oldest = row;
    }
    return oldest;
  }
}
