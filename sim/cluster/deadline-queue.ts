/**
 * The deadlines of requests under way. Client timeouts are one constant, so requests time out in the order of issuing:
 * one queue of deadlines and one pending event serve them all.
 */
import { instantAt } from '../../core/index.ts';
import type { Instant } from '../../core/index.ts';
import { NONE } from '../trace/trace.ts';

const INITIAL_ROWS = 256;

/** The deadlines of requests, oldest first: a ring of (deadline, row, generation). */
export class DeadlineQueue {
  #deadline = new Float64Array(INITIAL_ROWS);
  #row = new Int32Array(INITIAL_ROWS);
  #generation = new Int32Array(INITIAL_ROWS);
  #head = 0;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Adds a request whose deadline is not before any other's here. Amortised O(1). */
  push(deadline: Instant, row: number, generation: number): void {
    if (this.#length === this.#row.length) this.#widen();
    const slot = (this.#head + this.#length++) & (this.#row.length - 1);
    this.#deadline[slot] = deadline;
    this.#row[slot] = row;
    this.#generation[slot] = generation;
  }

  /** Removes the oldest. */
  shift(): void {
    this.#head = (this.#head + 1) & (this.#row.length - 1);
    this.#length--;
  }

  get deadline(): Instant {
    return instantAt(this.#deadline, this.#head);
  }

  get row(): number {
    return this.#row[this.#head] ?? NONE;
  }

  get generation(): number {
    return this.#generation[this.#head] ?? NONE;
  }

  /** Doubles the ring and straightens it, so that the head is at 0 again. */
  #widen(): void {
    const { length } = this.#row;
    const front = length - this.#head;
    const deadline = new Float64Array(length * 2);
    deadline.set(this.#deadline.subarray(this.#head));
    deadline.set(this.#deadline.subarray(0, this.#head), front);
    const row = new Int32Array(length * 2);
    row.set(this.#row.subarray(this.#head));
    row.set(this.#row.subarray(0, this.#head), front);
    const generation = new Int32Array(length * 2);
    generation.set(this.#generation.subarray(this.#head));
    generation.set(this.#generation.subarray(0, this.#head), front);
    this.#deadline = deadline;
    this.#row = row;
    this.#generation = generation;
    this.#head = 0;
  }
}
