/**
 * Collects the read table of level `full`. Row = read id, in the order of issuing.
 */
import { widen } from '../../core/index.ts';
import { FIRST_CAPACITY } from './capacity.ts';
import { NEVER, NONE } from './trace.ts';
import type { ReadTable } from './trace.ts';

const ROW_BYTES = 35;

/** The read table while it grows. */
export class ReadRows {
  #length = 0;
  #capacity = FIRST_CAPACITY;
  #issuedAt = new Float64Array(FIRST_CAPACITY);
  #coordinator = new Uint16Array(FIRST_CAPACITY);
  #key = new Uint32Array(FIRST_CAPACITY);
  #outcome = new Uint8Array(FIRST_CAPACITY);
  #resolvedAt = new Float64Array(FIRST_CAPACITY);
  #value = new Int32Array(FIRST_CAPACITY);
  #newest = new Int32Array(FIRST_CAPACITY);
  #probeOf = new Int32Array(FIRST_CAPACITY);

  /** Bytes of the table so far. */
  get weight(): number {
    return this.#length * ROW_BYTES;
  }

  /** Adds a row for a read that has no answer yet. */
  issued(at: number, coordinator: number, key: number, newest: number, probeOf: number): void {
    if (this.#length === this.#capacity) this.#widen();
    const row = this.#length++;
    this.#issuedAt[row] = at;
    this.#coordinator[row] = coordinator;
    this.#key[row] = key;
    this.#resolvedAt[row] = NEVER;
    this.#value[row] = NONE;
    this.#newest[row] = newest;
    this.#probeOf[row] = probeOf;
  }

  /** The read was answered with `value`, or it failed and `value` is NONE. */
  resolved(read: number, outcome: number, at: number, value: number): void {
    this.#outcome[read] = outcome;
    this.#resolvedAt[read] = at;
    this.#value[read] = value;
  }

  /** The finished table, cut to its length. */
  table(): ReadTable {
    const end = this.#length;
    return {
      issuedAt: this.#issuedAt.slice(0, end),
      coordinator: this.#coordinator.slice(0, end),
      key: this.#key.slice(0, end),
      outcome: this.#outcome.slice(0, end),
      resolvedAt: this.#resolvedAt.slice(0, end),
      value: this.#value.slice(0, end),
      newest: this.#newest.slice(0, end),
      probeOf: this.#probeOf.slice(0, end),
    };
  }

  #widen(): void {
    this.#capacity *= 2;
    this.#issuedAt = widen(this.#issuedAt, new Float64Array(this.#capacity));
    this.#coordinator = widen(this.#coordinator, new Uint16Array(this.#capacity));
    this.#key = widen(this.#key, new Uint32Array(this.#capacity));
    this.#outcome = widen(this.#outcome, new Uint8Array(this.#capacity));
    this.#resolvedAt = widen(this.#resolvedAt, new Float64Array(this.#capacity));
    this.#value = widen(this.#value, new Int32Array(this.#capacity));
    this.#newest = widen(this.#newest, new Int32Array(this.#capacity));
    this.#probeOf = widen(this.#probeOf, new Int32Array(this.#capacity));
  }
}
