/**
 * Collects the table of hints that were not stored, from level `hints` on. Rows are in the order of refusal.
 */
import { widen } from '../../core/index.ts';
import { blankRefusals, rowBytes } from './blank-tables.ts';
import { FIRST_CAPACITY } from './capacity.ts';
import type { RefusalTable } from './trace.ts';

const ROW_BYTES = rowBytes(blankRefusals(0));

/** The refusal table while it grows. */
export class RefusalRows {
  #length = 0;
  #capacity = FIRST_CAPACITY;
  #columns = blankRefusals(FIRST_CAPACITY);

  /** Bytes of the table so far. */
  get weight(): number {
    return this.#length * ROW_BYTES;
  }

  /** Adds a row. @param reason index into `REFUSAL_REASONS` */
  refused(reason: number, at: number, holder: number, peer: number, bytes: number, write: number): void {
    if (this.#length === this.#capacity) this.#widen();
    const row = this.#length++;
    const columns = this.#columns;
    columns.reason[row] = reason;
    columns.at[row] = at;
    columns.holder[row] = holder;
    columns.peer[row] = peer;
    columns.bytes[row] = bytes;
    columns.write[row] = write;
  }

  /** The finished table, cut to its length. */
  table(): RefusalTable {
    const { reason, at, holder, peer, bytes, write } = this.#columns;
    const end = this.#length;
    return {
      reason: reason.slice(0, end),
      at: at.slice(0, end),
      holder: holder.slice(0, end),
      peer: peer.slice(0, end),
      bytes: bytes.slice(0, end),
      write: write.slice(0, end),
    };
  }

  #widen(): void {
    this.#capacity *= 2;
    const { reason, at, holder, peer, bytes, write } = this.#columns;
    const wider = blankRefusals(this.#capacity);
    this.#columns = {
      reason: widen(reason, wider.reason),
      at: widen(at, wider.at),
      holder: widen(holder, wider.holder),
      peer: widen(peer, wider.peer),
      bytes: widen(bytes, wider.bytes),
      write: widen(write, wider.write),
    };
  }
}
