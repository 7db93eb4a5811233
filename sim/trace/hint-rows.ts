/**
 * Collects the hint and refusal tables of a trace, from level `hints` on. Row = hint id, in the order of storing.
 */
import { widen } from '../../core/index.ts';
import { FIRST_CAPACITY } from './capacity.ts';
import { NEVER } from './trace.ts';
import type { HintTable, RefusalTable } from './trace.ts';

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
  #requeues = new Uint16Array(FIRST_CAPACITY);

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
  }

  /** The hint left its store for good. */
  left(hint: number, at: number): void {
    this.#leftAt[hint] = at;
  }

  /** The channel refused it and it went back to the tail; it counts as never having left. */
  requeued(hint: number): void {
    const count = this.#requeues[hint] ?? 0;
    if (count < 65_535) this.#requeues[hint] = count + 1;
  }

  /** The hint's fate is sealed; it has left the store at the same instant unless it was shipped before. */
  ended(hint: number, fate: number, at: number): void {
    this.#fate[hint] = fate;
    this.#endedAt[hint] = at;
    if (this.#leftAt[hint] === NEVER) this.#leftAt[hint] = at;
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
      requeues: this.#requeues.slice(0, end),
    };
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
    this.#requeues = widen(this.#requeues, new Uint16Array(this.#capacity));
  }
}

/** The table of hints refused at the cap, while it grows. */
export class RefusalRows {
  #length = 0;
  #capacity = FIRST_CAPACITY;
  #at = new Float64Array(FIRST_CAPACITY);
  #holder = new Uint16Array(FIRST_CAPACITY);
  #peer = new Uint16Array(FIRST_CAPACITY);
  #bytes = new Float64Array(FIRST_CAPACITY);
  #write = new Int32Array(FIRST_CAPACITY);

  get weight(): number {
    return this.#length * 24;
  }

  refused(at: number, holder: number, peer: number, bytes: number, write: number): void {
    if (this.#length === this.#capacity) this.#widen();
    const row = this.#length++;
    this.#at[row] = at;
    this.#holder[row] = holder;
    this.#peer[row] = peer;
    this.#bytes[row] = bytes;
    this.#write[row] = write;
  }

  table(): RefusalTable {
    const end = this.#length;
    return {
      at: this.#at.slice(0, end),
      holder: this.#holder.slice(0, end),
      peer: this.#peer.slice(0, end),
      bytes: this.#bytes.slice(0, end),
      write: this.#write.slice(0, end),
    };
  }

  #widen(): void {
    this.#capacity *= 2;
    this.#at = widen(this.#at, new Float64Array(this.#capacity));
    this.#holder = widen(this.#holder, new Uint16Array(this.#capacity));
    this.#peer = widen(this.#peer, new Uint16Array(this.#capacity));
    this.#bytes = widen(this.#bytes, new Float64Array(this.#capacity));
    this.#write = widen(this.#write, new Int32Array(this.#capacity));
  }
}
