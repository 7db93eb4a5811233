/**
 * What a replica's backend holds: for each key the write that was applied last. The receiver knows no version, so
 * the last arrival wins (handoff-systems §1.2). The backend survives a crash of its node's process.
 *
 * An open-addressing table of (key + 1, write) pairs side by side in one column. Where the table can hold every key
 * that there is, a key's slot is the key itself; above that size keys are spread by a hash, because ranks come in dense
 * ranges and would pile up in front of each other.
 */
import { NONE } from '../trace/trace.ts';

/** Slots of a new table: enough for small key counts, cheap enough for a thousand nodes. */
const MAX_FIRST_SLOTS = 32_768;

export class ReplicaStore {
  /** Slot s is cells 2s (key + 1, or 0 for an empty slot) and 2s + 1 (the write). Grows with the keys written. */
  #cells = new Int32Array(0);
  #mask = -1;
  #size = 0;
  readonly #firstSlots: number;
  readonly #holdsAll: boolean;

  /** @param keys how many keys the workloads can name, ≥ 1 */
  constructor(keys: number) {
    this.#firstSlots = slotsFor(keys);
    this.#holdsAll = this.#firstSlots > keys * 2;
  }

  /** Applies a write; whatever was there is gone. Amortised O(1). */
  apply(key: number, write: number): void {
    if (this.#size * 2 > this.#mask) this.#widen();
    const cell = this.#cellOf(key);
    if (this.#cells[cell] === 0) {
      this.#cells[cell] = key + 1;
      this.#size++;
    }
    this.#cells[cell + 1] = write;
  }

  /** The write whose value the key has, or NONE. */
  read(key: number): number {
    if (this.#size === 0) return NONE;
    const cell = this.#cellOf(key);
    return this.#cells[cell] === 0 ? NONE : (this.#cells[cell + 1] ?? NONE);
  }

  /** Bytes of the table. */
  get weight(): number {
    return this.#cells.byteLength;
  }

  /** Keys that were ever written. */
  get size(): number {
    return this.#size;
  }

  /** Every key ever written, ascending. O(size log size). */
  keys(): Uint32Array {
    const keys = new Uint32Array(this.#size);
    let row = 0;
    for (let cell = 0; cell < this.#cells.length; cell += 2) {
      const stored = this.#cells[cell] ?? 0;
      if (stored !== 0) keys[row++] = stored - 1;
    }
    return keys.sort();
  }

  /** The first cell of the key's slot, or of the empty slot where it belongs. */
  #cellOf(key: number): number {
    let slot = (this.#holdsAll ? key : spread(key)) & this.#mask;
    for (;;) {
      const stored = this.#cells[slot * 2];
      if (stored === key + 1 || stored === 0) return slot * 2;
      slot = (slot + 1) & this.#mask;
    }
  }

  #widen(): void {
    const old = this.#cells;
    const slots = old.length === 0 ? this.#firstSlots : old.length;
    this.#cells = new Int32Array(slots * 2);
    this.#mask = slots - 1;
    for (let cell = 0; cell < old.length; cell += 2) {
      const stored = old[cell] ?? 0;
      if (stored === 0) continue;
      const moved = this.#cellOf(stored - 1);
      this.#cells[moved] = stored;
      this.#cells[moved + 1] = old[cell + 1] ?? NONE;
    }
  }
}

/** The finaliser of MurmurHash3: every bit of the key moves every bit of the hash. */
function spread(key: number): number {
  let hash = Math.imul(key ^ (key >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

/** The least power of two that is more than twice `keys`, or the largest first table if that is not enough. */
function slotsFor(keys: number): number {
  let slots = 4;
  while (slots <= keys * 2 && slots < MAX_FIRST_SLOTS) slots *= 2;
  return slots;
}
