/**
 * What the simulator knows of each live hint beyond its length and deadline: rows of a pool, whose positions are the
 * references that the hint stores carry. A store, a channel, a backend's queue and the wire all name a hint by the same
 * number, so a row lives until the hint has left its store, its fate is sealed, **and** no message carries it any more.
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
  /** The node it is meant for. */
  peer = new Uint16Array(INITIAL_ROWS);
  /** The place in its holder's peer table under which it waits: another node may stand there after a restart (H23). */
  position = new Uint16Array(INITIAL_ROWS);
  storedAt = new Float64Array(INITIAL_ROWS);
  /** Where it stands in its queue; see `HintColumns.newestSlotFor`. */
  slot = new Int32Array(INITIAL_ROWS);
  /** Messages that carry it, or the reply to it, at this moment. */
  underWay = new Int32Array(INITIAL_ROWS);
  isStored = new Uint8Array(INITIAL_ROWS);
  /** It has been applied where it was meant to be. */
  isDelivered = new Uint8Array(INITIAL_ROWS);
  /** How it ends unless a message that still carries it is applied: see hint-fates.ts. */
  verdict = new Int8Array(INITIAL_ROWS);
  #nextFree = new Int32Array(INITIAL_ROWS);
  #free = NONE;
  #used = 0;

  /** A row for a hint that is about to be stored. */
  take(holder: number, peer: number, write: number, key: number, bytes: number): number {
    const row = this.#row();
    this.holder[row] = holder;
    this.peer[row] = peer;
    this.write[row] = write;
    this.key[row] = key;
    this.bytes[row] = bytes;
    this.underWay[row] = 0;
    this.isStored[row] = 1;
    this.isDelivered[row] = 0;
    this.verdict[row] = NONE;
    return row;
  }

  /** Bytes of the pool, and of the stores' columns for as many hints. */
  get weight(): number {
    return this.id.length * (49 + 16);
  }

  free(row: number): void {
    this.isStored[row] = 0;
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
    this.position = widen(this.position, new Uint16Array(capacity));
    this.storedAt = widen(this.storedAt, new Float64Array(capacity));
    this.slot = widen(this.slot, new Int32Array(capacity));
    this.underWay = widen(this.underWay, new Int32Array(capacity));
    this.isStored = widen(this.isStored, new Uint8Array(capacity));
    this.isDelivered = widen(this.isDelivered, new Uint8Array(capacity));
    this.verdict = widen(this.verdict, new Int8Array(capacity));
    this.#nextFree = widen(this.#nextFree, new Int32Array(capacity));
  }
}
