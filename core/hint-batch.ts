/**
 * A batch of hints on their way out of a store, in columns: what a take delivers, what a sweep expired, what a
 * crash dropped. The caller owns it and reuses it (`clear()` keeps the memory), so that in steady state moving
 * hints out of a store allocates nothing.
 */
import { assert } from './assert.ts';
import { instant } from './units.ts';
import type { Instant } from './units.ts';
import { widen } from './widen.ts';

const INITIAL_CAPACITY = 128;

export class HintBatch {
  #references = new Int32Array(INITIAL_CAPACITY);
  #byteLengths = new Uint32Array(INITIAL_CAPACITY);
  #deadlines = new Float64Array(INITIAL_CAPACITY);
  #length = 0;

  /** Hints in the batch. */
  get length(): number {
    return this.#length;
  }

  /** Empties the batch and keeps its memory. */
  clear(): void {
    this.#length = 0;
  }

  /** Adds one hint at the end; `deadline` in microseconds, as stored. Amortised O(1). */
  append(reference: number, byteLength: number, deadline: number): void {
    const index = this.#length;
    if (index === this.#references.length) this.#grow();
    this.#references[index] = reference;
    this.#byteLengths[index] = byteLength;
    this.#deadlines[index] = deadline;
    this.#length = index + 1;
  }

  /** The reference the caller gave at enqueue. */
  referenceAt(index: number): number {
    this.#assertHolds(index);
    return this.#references[index] ?? 0;
  }

  /** The size of the payload in bytes. */
  byteLengthAt(index: number): number {
    this.#assertHolds(index);
    return this.#byteLengths[index] ?? 0;
  }

  deadlineAt(index: number): Instant {
    this.#assertHolds(index);
    return instant(this.#deadlines[index] ?? 0);
  }

  #assertHolds(index: number): void {
    assert(index >= 0 && index < this.#length, 'a batch is read inside its length', index);
  }

  #grow(): void {
    const capacity = this.#length * 2;
    this.#references = widen(this.#references, new Int32Array(capacity));
    this.#byteLengths = widen(this.#byteLengths, new Uint32Array(capacity));
    this.#deadlines = widen(this.#deadlines, new Float64Array(capacity));
  }
}
