/**
 * Wakes: clients that will do something later, as rows of a pool. A client of a closed loop thinks before its next
 * request; one whose request failed backs off before it repeats it; a probe waits to read what was just acknowledged.
 */
import { assert, widen } from '../../core/index.ts';
import { NONE } from '../trace/trace.ts';
import { LimitReached } from './limit-reached.ts';
import { MAX_REQUESTS } from './requests.ts';

/** What a client does when it wakes. */
export const THINK = 0; /* sends its next request */
export const RETRY = 1; /* sends a request again */
export const PROBE = 2; /* reads the key of an acknowledged write */

const INITIAL_ROWS = 64;
const BYTES_PER_ROW = 39;

/** The pool of all wakes. */
export class Wakes {
  /** THINK, RETRY or PROBE. */
  action = new Uint8Array(INITIAL_ROWS);
  workload = new Int16Array(INITIAL_ROWS);
  /** Which client of a closed loop, or NONE. */
  client = new Int32Array(INITIAL_ROWS);
  /** Of a retry: times it will have been sent before. */
  attempt = new Uint8Array(INITIAL_ROWS);
  /** Of a retry: index into `OPERATIONS`. */
  operation = new Uint8Array(INITIAL_ROWS);
  /** The coordinator that failed, or that acknowledged. */
  coordinator = new Uint16Array(INITIAL_ROWS);
  key = new Int32Array(INITIAL_ROWS);
  bytes = new Float64Array(INITIAL_ROWS);
  /** The write that failed, or that is probed; or NONE. */
  write = new Int32Array(INITIAL_ROWS);
  /** Of a probe: position of its delay among the probe delays of the scenario. */
  probeDelay = new Int16Array(INITIAL_ROWS);
  /** Distinguishes the wake from earlier ones in the same row. */
  generation = new Int32Array(INITIAL_ROWS);
  #nextFree = new Int32Array(INITIAL_ROWS);
  #free = NONE;
  #used = 0;

  /** A row for a wake; the fields beyond these are the caller's. */
  take(action: number, workload: number, client: number): number {
    const row = this.#row();
    this.action[row] = action;
    this.workload[row] = workload;
    this.client[row] = client;
    return row;
  }

  /** The wake has come. Its columns hold until the next {@link take}. */
  free(row: number, generation: number): void {
    assert(this.generation[row] === generation, 'a client wakes once', row);
    this.generation[row] = generation + 1;
    this.#nextFree[row] = this.#free;
    this.#free = row;
  }

  /** Bytes of the pool. */
  get weight(): number {
    return this.action.length * BYTES_PER_ROW;
  }

  #row(): number {
    const row = this.#free;
    if (row !== NONE) {
      this.#free = this.#nextFree[row] ?? NONE;
      return row;
    }
    if (this.#used === this.action.length) this.#widen();
    return this.#used++;
  }

  #widen(): void {
    const capacity = this.action.length * 2;
    if (capacity > MAX_REQUESTS) throw new LimitReached('requests', MAX_REQUESTS);
    this.action = widen(this.action, new Uint8Array(capacity));
    this.workload = widen(this.workload, new Int16Array(capacity));
    this.client = widen(this.client, new Int32Array(capacity));
    this.attempt = widen(this.attempt, new Uint8Array(capacity));
    this.operation = widen(this.operation, new Uint8Array(capacity));
    this.coordinator = widen(this.coordinator, new Uint16Array(capacity));
    this.key = widen(this.key, new Int32Array(capacity));
    this.bytes = widen(this.bytes, new Float64Array(capacity));
    this.write = widen(this.write, new Int32Array(capacity));
    this.probeDelay = widen(this.probeDelay, new Int16Array(capacity));
    this.generation = widen(this.generation, new Int32Array(capacity));
    this.#nextFree = widen(this.#nextFree, new Int32Array(capacity));
  }
}
