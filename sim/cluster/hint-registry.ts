/**
 * What the simulator knows of each live hint beyond its length and deadline: rows of a pool, whose positions are the
 * references that the hint stores carry. A row lives from storing to the hint's fate, so a store, a channel and the
 * wire all name a hint by the same number.
 */
import { widen } from '../../core/index.ts';
import { NONE } from '../trace/trace.ts';
import { LimitReached } from './limit-reached.ts';

const INITIAL_ROWS = 1_024;

/** The most hints alive at once; a run that needs more ends there. */
export const MAX_LIVE_HINTS = 33_554_432;

export class HintRegistry {
  /** The hint's id: its ordinal among all stored hints. */
  id = new Int32Array(INITIAL_ROWS);
  write = new Int32Array(INITIAL_ROWS);
  key = new Int32Array(INITIAL_ROWS);
  bytes = new Float64Array(INITIAL_ROWS);
  holder = new Uint16Array(INITIAL_ROWS);
  peer = new Uint16Array(INITIAL_ROWS);
  #nextFree = new Int32Array(INITIAL_ROWS);
  #free = NONE;
  #used = 0;

  take(holder: number, peer: number, write: number, key: number, bytes: number): number {
    const row = this.#row();
    this.holder[row] = holder;
    this.peer[row] = peer;
    this.write[row] = write;
    this.key[row] = key;
    this.bytes[row] = bytes;
    return row;
  }

  /** Bytes of the pool, and of the stores' columns for as many hints. */
  get weight(): number {
    return this.id.length * (28 + 16);
  }

  free(row: number): void {
    this.#nextFree[row] = this.#free;
    this.#free = row;
  }

  #row(): number {
    const row = this.#free;
    if (row !== NONE) {
      this.#free = this.#nextFree[row] ?? NONE;
      return row;
    }
    if (this.#used === this.id.length) this.#widen();
    return this.#used++;
  }

  #widen(): void {
    const capacity = this.id.length * 2;
    if (capacity > MAX_LIVE_HINTS) throw new LimitReached('hints', MAX_LIVE_HINTS);
    this.id = widen(this.id, new Int32Array(capacity));
    this.write = widen(this.write, new Int32Array(capacity));
    this.key = widen(this.key, new Int32Array(capacity));
    this.bytes = widen(this.bytes, new Float64Array(capacity));
    this.holder = widen(this.holder, new Uint16Array(capacity));
    this.peer = widen(this.peer, new Uint16Array(capacity));
    this.#nextFree = widen(this.#nextFree, new Int32Array(capacity));
  }
}
