/**
 * Requests under way at their coordinators: who waits for how many votes, and when its client gives up.
 *
 * A row lives until every replica asked has voted or can no longer vote; the client may have its answer long before.
 * Client timeouts are one constant, so requests time out in the order of issuing: one queue of deadlines and one
 * pending event serve them all.
 *
 * The free list is the pool's own, as in messages.ts and hint-registry.ts: one class for the three of them was measured
 * and made a run 8 % slower, because the calls no longer fit into the hot loop.
 */
import { instantAt, widen } from '../../core/index.ts';
import type { Instant } from '../../core/index.ts';
import { NONE } from '../trace/trace.ts';
import { LimitReached } from './limit-reached.ts';
import { MAX_REPLICAS } from './topology.ts';

/** The most requests under way at once; a run that needs more ends there. */
export const MAX_REQUESTS = 4_194_304;

const INITIAL_ROWS = 256;

export class Requests {
  isWrite = new Uint8Array(INITIAL_ROWS);
  /** Its write id or read id. */
  id = new Int32Array(INITIAL_ROWS);
  coordinator = new Uint16Array(INITIAL_ROWS);
  /** The coordinator's incarnation: its backend's answer means nothing to the next process. */
  incarnation = new Int32Array(INITIAL_ROWS);
  key = new Int32Array(INITIAL_ROWS);
  issuedAt = new Float64Array(INITIAL_ROWS);
  /** The client has its answer, or its error. */
  isResolved = new Uint8Array(INITIAL_ROWS);
  /** Equal votes that make an answer. */
  needed = new Uint8Array(INITIAL_ROWS);
  /** Replicas that count, votes in, and votes that may still come. */
  targets = new Uint8Array(INITIAL_ROWS);
  votes = new Uint8Array(INITIAL_ROWS);
  outstanding = new Uint8Array(INITIAL_ROWS);
  /** Of a read: the value of each vote, MAX_REPLICAS to a row. */
  values = new Int32Array(INITIAL_ROWS * MAX_REPLICAS);
  /** Distinguishes the request from earlier ones in the same row. */
  generation = new Int32Array(INITIAL_ROWS);
  #nextFree = new Int32Array(INITIAL_ROWS);
  #free = NONE;
  #used = 0;

  /** Rows that were ever used; a scan over them finds every live request. */
  get used(): number {
    return this.#used;
  }

  take(isWrite: boolean, id: number, coordinator: number, key: number, at: Instant): number {
    const row = this.#row();
    this.isWrite[row] = isWrite ? 1 : 0;
    this.id[row] = id;
    this.coordinator[row] = coordinator;
    this.key[row] = key;
    this.issuedAt[row] = at;
    this.isResolved[row] = 0;
    this.targets[row] = 0;
    this.votes[row] = 0;
    this.outstanding[row] = 0;
    return row;
  }

  /** Bytes of the pool. */
  get weight(): number {
    return this.id.length * (36 + 4 * MAX_REPLICAS);
  }

  /** Nothing more can come in for this request; replies that name its generation are stale from now on. */
  free(row: number): void {
    this.isResolved[row] = 1;
    this.generation[row] = (this.generation[row] ?? 0) + 1;
    this.#nextFree[row] = this.#free;
    this.#free = row;
  }

  isCurrent(row: number, generation: number): boolean {
    return this.generation[row] === generation;
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
    if (capacity > MAX_REQUESTS) throw new LimitReached('requests', MAX_REQUESTS);
    this.isWrite = widen(this.isWrite, new Uint8Array(capacity));
    this.id = widen(this.id, new Int32Array(capacity));
    this.coordinator = widen(this.coordinator, new Uint16Array(capacity));
    this.incarnation = widen(this.incarnation, new Int32Array(capacity));
    this.key = widen(this.key, new Int32Array(capacity));
    this.issuedAt = widen(this.issuedAt, new Float64Array(capacity));
    this.isResolved = widen(this.isResolved, new Uint8Array(capacity));
    this.needed = widen(this.needed, new Uint8Array(capacity));
    this.targets = widen(this.targets, new Uint8Array(capacity));
    this.votes = widen(this.votes, new Uint8Array(capacity));
    this.outstanding = widen(this.outstanding, new Uint8Array(capacity));
    this.values = widen(this.values, new Int32Array(capacity * MAX_REPLICAS));
    this.generation = widen(this.generation, new Int32Array(capacity));
    this.#nextFree = widen(this.#nextFree, new Int32Array(capacity));
  }
}

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
