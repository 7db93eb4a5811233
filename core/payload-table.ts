/**
 * Where a hint store keeps the payloads themselves: a table of slots, whose numbers are the references that go into
 * the columns. Freed slots are used again, so the table grows only to the largest number of payloads ever held.
 */
import { assert } from './assert.ts';
import type { Payload } from './hint.ts';
import { widen } from './widen.ts';

const INITIAL_FREE = 16;

export class PayloadTable<P extends Payload> {
  readonly #slots: (P | undefined)[] = [];
  /** A stack of the slots that were given up, the last one on top. */
  #free = new Int32Array(INITIAL_FREE);
  #freeCount = 0;

  /** The slot that the next payload will be put in: known before it is certain that there will be one. */
  get vacantSlot(): number {
    return this.#freeCount === 0 ? this.#slots.length : (this.#free[this.#freeCount - 1] ?? 0);
  }

  /** Keeps `payload` in the vacant slot. */
  put(payload: P): void {
    if (this.#freeCount === 0) {
      this.#slots.push(payload);
    } else {
      this.#slots[this.vacantSlot] = payload;
      this.#freeCount -= 1;
    }
  }

  /** The payload in `slot`, which stays there. Asserts that there is one. */
  at(slot: number): P {
    const payload = this.#slots[slot];
    assert(payload !== undefined, 'a payload is read from the slot it is in', slot);
    return payload;
  }

  /** Gives up the payload in `slot` and frees the slot. Asserts that there is one. */
  remove(slot: number): P {
    const payload = this.#slots[slot];
    assert(payload !== undefined, 'a payload is removed once, from the slot it is in', slot);
    this.#slots[slot] = undefined;
    if (this.#freeCount === this.#free.length) this.#free = widen(this.#free, new Int32Array(this.#freeCount * 2));
    this.#free[this.#freeCount] = slot;
    this.#freeCount += 1;
    return payload;
  }
}
