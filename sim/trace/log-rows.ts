/**
 * Collects the event log of level `full`: the table that every event adds to, so the one whose cost is felt. A row is
 * five plain stores into the chunk at hand.
 */
import { blankLog } from './blank-tables.ts';
import { CHUNK_ROWS, joined } from './chunks.ts';
import type { EventLog } from './trace.ts';

const ROW_BYTES = 17;

/** The event log while it grows. */
export class LogRows {
  readonly #chunks: EventLog[] = [];
  #chunk = blankLog(0);
  /** Rows in the chunk at hand. */
  #rows = CHUNK_ROWS;

  /** Bytes of the table so far. */
  get weight(): number {
    return this.#length() * ROW_BYTES;
  }

  /** Adds a row. Times never go back. */
  add(at: number, kind: number, node: number, peer: number, subject: number): void {
    if (this.#rows === CHUNK_ROWS) this.#grow();
    const chunk = this.#chunk;
    const row = this.#rows++;
    chunk.at[row] = at;
    chunk.kind[row] = kind;
    chunk.node[row] = node;
    chunk.peer[row] = peer;
    chunk.subject[row] = subject;
  }

  /** The finished table. O(rows). */
  table(): EventLog {
    return joined(this.#chunks, blankLog(this.#length()));
  }

  #length(): number {
    return (this.#chunks.length - 1) * CHUNK_ROWS + this.#rows;
  }

  #grow(): void {
    this.#chunk = blankLog(CHUNK_ROWS);
    this.#chunks.push(this.#chunk);
    this.#rows = 0;
  }
}
