/**
 * Collects the hint table of a trace, from level `hints` on. Row = hint id, in the order of storing.
 *
 * A sweep puts a queue back as a whole, and queues are long, so that is counted once per queue: a hint's requeues are
 * what its queue counted while the hint was in it.
 */
import { widen } from '../../core/index.ts';
import { FIRST_CAPACITY } from './capacity.ts';
import { NEVER, NOBODY } from './trace.ts';
import type { HintTable } from './trace.ts';

/** The most requeues that the table can tell. */
const MAX_REQUEUES = 65_535;

/** The hint table while it grows. */
export class HintRows {
  #length = 0;
  #capacity = FIRST_CAPACITY;
  #write = new Int32Array(FIRST_CAPACITY);
  #holder = new Uint16Array(FIRST_CAPACITY);
  #peer = new Uint16Array(FIRST_CAPACITY);
  #bytes = new Float64Array(FIRST_CAPACITY);
  #reason = new Uint8Array(FIRST_CAPACITY);
  #storedAt = new Float64Array(FIRST_CAPACITY);
  #deadline = new Float64Array(FIRST_CAPACITY);
  #leftAt = new Float64Array(FIRST_CAPACITY);
  #endedAt = new Float64Array(FIRST_CAPACITY);
  #fate = new Uint8Array(FIRST_CAPACITY);
  /** The queue it is in, or was in last: holder × nodes + peer. */
  #queue = new Int32Array(FIRST_CAPACITY);
  /** Its requeues; of a hint in a queue, less what that queue has counted. */
  #requeues = new Int32Array(FIRST_CAPACITY);
  readonly #nodes: number;
  /** By queue: how often it went back. */
  readonly #turns: Int32Array;

  /** @param nodes how many nodes there are */
  constructor(nodes: number) {
    this.#nodes = nodes;
    this.#turns = new Int32Array(nodes * nodes);
  }

  /** Rows times the bytes of a row: what the table weighs. */
  get weight(): number {
    return this.#length * 54;
  }

  /** Adds a row for a hint that was stored at `at`; it is pending until {@link left} and {@link ended} say more. */
  stored(
    write: number,
    holder: number,
    peer: number,
    bytes: number,
    reason: number,
    at: number,
    deadline: number,
  ): void {
    if (this.#length === this.#capacity) this.#widen();
    const row = this.#length++;
    this.#write[row] = write;
    this.#holder[row] = holder;
    this.#peer[row] = peer;
    this.#bytes[row] = bytes;
    this.#reason[row] = reason;
    this.#storedAt[row] = at;
    this.#deadline[row] = deadline;
    this.#leftAt[row] = NEVER;
    this.#endedAt[row] = NEVER;
    this.#enter(row, holder * this.#nodes + peer);
  }

  /** The node that the hint is meant for. */
  peerOf(hint: number): number {
    return this.#peer[hint] ?? NOBODY;
  }

  /** The hint left its store for good; only the first time counts. */
  left(hint: number, at: number): void {
    if (this.#leftAt[hint] !== NEVER) return;
    this.#leftAt[hint] = at;
    this.#requeues[hint] = this.#requeuesOf(hint);
  }

  /** The hint is in the queue of another peer of its holder from now on. */
  moved(hint: number, peer: number): void {
    const queue = (this.#holder[hint] ?? 0) * this.#nodes + peer;
    if (queue === this.#queue[hint]) return;
    this.#requeues[hint] = this.#requeuesOf(hint);
    this.#enter(hint, queue);
  }

  /** The channel refused a queue, and all of it went back to the tail; its hints count as never having left. O(1). */
  requeued(holder: number, peer: number): void {
    const queue = holder * this.#nodes + peer;
    this.#turns[queue] = (this.#turns[queue] ?? 0) + 1;
  }

  /** The hint has another deadline from now on. */
  extended(hint: number, deadline: number): void {
    this.#deadline[hint] = deadline;
  }

  /** The hint's fate is sealed, whether or not it has left the store. */
  ended(hint: number, fate: number, at: number): void {
    this.#fate[hint] = fate;
    this.#endedAt[hint] = at;
  }

  /** The finished table, cut to its length. */
  table(): HintTable {
    const end = this.#length;
    return {
      write: this.#write.slice(0, end),
      holder: this.#holder.slice(0, end),
      peer: this.#peer.slice(0, end),
      bytes: this.#bytes.slice(0, end),
      reason: this.#reason.slice(0, end),
      storedAt: this.#storedAt.slice(0, end),
      deadline: this.#deadline.slice(0, end),
      leftAt: this.#leftAt.slice(0, end),
      endedAt: this.#endedAt.slice(0, end),
      fate: this.#fate.slice(0, end),
      requeues: this.#requeuesOfAll(),
    };
  }

  #requeuesOfAll(): Uint16Array {
    const requeues = new Uint16Array(this.#length);
    for (let hint = 0; hint < requeues.length; hint++) {
      const isQueued = this.#leftAt[hint] === NEVER;
      const times = isQueued ? this.#requeuesOf(hint) : (this.#requeues[hint] ?? 0);
      requeues[hint] = Math.min(MAX_REQUEUES, times);
    }
    return requeues;
  }

  #enter(hint: number, queue: number): void {
    this.#queue[hint] = queue;
    this.#requeues[hint] = (this.#requeues[hint] ?? 0) - (this.#turns[queue] ?? 0);
  }

  /** The requeues so far of a hint in a queue. */
  #requeuesOf(hint: number): number {
    return (this.#requeues[hint] ?? 0) + (this.#turns[this.#queue[hint] ?? 0] ?? 0);
  }

  #widen(): void {
    this.#capacity *= 2;
    this.#write = widen(this.#write, new Int32Array(this.#capacity));
    this.#holder = widen(this.#holder, new Uint16Array(this.#capacity));
    this.#peer = widen(this.#peer, new Uint16Array(this.#capacity));
    this.#bytes = widen(this.#bytes, new Float64Array(this.#capacity));
    this.#reason = widen(this.#reason, new Uint8Array(this.#capacity));
    this.#storedAt = widen(this.#storedAt, new Float64Array(this.#capacity));
    this.#deadline = widen(this.#deadline, new Float64Array(this.#capacity));
    this.#leftAt = widen(this.#leftAt, new Float64Array(this.#capacity));
    this.#endedAt = widen(this.#endedAt, new Float64Array(this.#capacity));
    this.#fate = widen(this.#fate, new Uint8Array(this.#capacity));
    this.#queue = widen(this.#queue, new Int32Array(this.#capacity));
    this.#requeues = widen(this.#requeues, new Int32Array(this.#capacity));
  }
}
