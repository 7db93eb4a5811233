/**
 * A table from keys to numbers: which write a replica holds for a key, or which was acknowledged last.
 *
 * Keys are ranks counted from 0. A small key space is a column indexed by key. A large one is an open-addressing table
 * that grows with the keys written; there keys are spread by a hash, because ranks come in dense ranges and would pile
 * up in front of each other.
 */
import { avalanche } from './hash.ts';

/** The largest key space that is a column: cheap enough for a thousand nodes. */
const MAX_COLUMN_KEYS = 16_384;
const FIRST_SLOTS = 1_024;
const NONE = -1;

/** Integers 0 … 2^31 − 2 by key. */
export class KeyTable {
  /** By key: the number + 1, or 0 for a key without one. Empty until a key has one, and where keys are too many. */
  #column = new Int32Array(0);
  /** Slot s is cells 2s (key + 1, or 0 for an empty slot) and 2s + 1 (the number). */
  #cells = new Int32Array(0);
  #size = 0;
  readonly #keys: number;

  /** @param keys how many keys there can be, ≥ 1 */
  constructor(keys: number) {
    this.#keys = keys;
  }

  /** Bytes of the tables. */
  get weight(): number {
    return this.#column.length * 4 + this.#cells.length * 4;
  }

  /** Keys that have a number. */
  get size(): number {
    return this.#size;
  }

  /** Gives the key a number; whatever it had is gone. Amortised O(1). */
  set(key: number, number: number): void {
    const column = this.#column;
    if (key >= column.length) return this.#setElsewhere(key, number);
    if (column[key] === 0) this.#size++;
    column[key] = number + 1;
  }

  /** Gives the key a number unless it has a larger one. Amortised O(1). */
  raise(key: number, number: number): void {
    if (number > this.get(key)) this.set(key, number);
  }

  /** The number of the key, or −1. O(1). */
  get(key: number): number {
    const column = this.#column;
    if (key < column.length) return (column[key] ?? 0) - 1;
    if (this.#cells.length === 0) return NONE;
    const cell = this.#cellOf(key);
    return this.#cells[cell] === 0 ? NONE : (this.#cells[cell + 1] ?? NONE);
  }

  /**
   * Writes every key that has a number, ascending, and beside it the number, from row `first` on; answers with the row
   * behind them. Both columns have {@link size} rows from there. O(keys) for a column, else O(size log size).
   */
  list(keys: Uint32Array, numbers: Int32Array, first: number): number {
    if (this.#cells.length > 0) return this.#listSparse(keys, numbers, first);
    const column = this.#column;
    let row = first;
    for (let key = 0; key < column.length; key++) {
      const stored = column[key] ?? 0;
      if (stored === 0) continue;
      keys[row] = key;
      numbers[row] = stored - 1;
      row++;
    }
    return row;
  }

  #listSparse(keys: Uint32Array, numbers: Int32Array, first: number): number {
    const cells = this.#cells;
    let end = first;
    for (let cell = 0; cell < cells.length; cell += 2) {
      const stored = cells[cell] ?? 0;
      if (stored !== 0) keys[end++] = stored - 1;
    }
    keys.subarray(first, end).sort();
    for (let row = first; row < end; row++) numbers[row] = this.get(keys[row] ?? 0);
    return end;
  }

  /** The first key of a column, or any of a key space that is none. */
  #setElsewhere(key: number, number: number): void {
    if (this.#keys <= MAX_COLUMN_KEYS) {
      this.#column = new Int32Array(this.#keys);
      this.set(key, number);
    } else this.#setSparse(key, number);
  }

  #setSparse(key: number, number: number): void {
    if (this.#size * 4 >= this.#cells.length) this.#widen();
    const cell = this.#cellOf(key);
    if (this.#cells[cell] === 0) {
      this.#cells[cell] = key + 1;
      this.#size++;
    }
    this.#cells[cell + 1] = number;
  }

  /** The first cell of the key's slot, or of the empty slot where it belongs. */
  #cellOf(key: number): number {
    const mask = this.#cells.length / 2 - 1;
    let slot = avalanche(key) & mask;
    for (;;) {
      const stored = this.#cells[slot * 2];
      if (stored === key + 1 || stored === 0) return slot * 2;
      slot = (slot + 1) & mask;
    }
  }

  /** Doubles the table, which is at most half full. */
  #widen(): void {
    const old = this.#cells;
    this.#cells = new Int32Array(Math.max(old.length * 2, FIRST_SLOTS * 2));
    for (let cell = 0; cell < old.length; cell += 2) {
      const stored = old[cell] ?? 0;
      if (stored === 0) continue;
      const moved = this.#cellOf(stored - 1);
      this.#cells[moved] = stored;
      this.#cells[moved + 1] = old[cell + 1] ?? NONE;
    }
  }
}
