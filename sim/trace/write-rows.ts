/**
 * Collects the write table of level `full`. Row = write id, in the order of issuing.
 */
import { blankWrites } from './blank-tables.ts';
import { CHUNK_ROWS, chunkOf, joined, placeOf } from './chunks.ts';
import { NEVER } from './trace.ts';
import type { WriteTable } from './trace.ts';

const ROW_BYTES = 48;
const NO_WRITES = blankWrites(0);

/** The write table while it grows. */
export class WriteRows {
  readonly #chunks: WriteTable[] = [];
  #length = 0;

  /** Bytes of the table so far. */
  get weight(): number {
    return this.#length * ROW_BYTES;
  }

  /** Adds a row for a write whose client knows nothing yet; its copies begin at `firstCopy`. */
  issued(
    at: number,
    coordinator: number,
    key: number,
    bytes: number,
    operation: number,
    timestamp: number,
    retryOf: number,
    firstCopy: number,
  ): void {
    const place = placeOf(this.#length);
    if (place === 0) this.#chunks.push(blankWrites(CHUNK_ROWS));
    const chunk = this.#chunk(this.#length++);
    chunk.operation[place] = operation;
    chunk.retryOf[place] = retryOf;
    chunk.timestamp[place] = timestamp;
    chunk.issuedAt[place] = at;
    chunk.coordinator[place] = coordinator;
    chunk.key[place] = key;
    chunk.bytes[place] = bytes;
    chunk.resolvedAt[place] = NEVER;
    chunk.firstCopy[place] = firstCopy;
  }

  /** The client knows. @param outcome index into `WRITE_OUTCOMES` */
  resolved(write: number, outcome: number, at: number): void {
    const chunk = this.#chunk(write);
    chunk.outcome[placeOf(write)] = outcome;
    chunk.resolvedAt[placeOf(write)] = at;
  }

  /** The row of the write's first copy. */
  firstCopyOf(write: number): number {
    return this.#chunk(write).firstCopy[placeOf(write)] ?? 0;
  }

  /** The finished table. O(rows). */
  table(): WriteTable {
    return joined(this.#chunks, blankWrites(this.#length));
  }

  #chunk(write: number): WriteTable {
    return this.#chunks[chunkOf(write)] ?? NO_WRITES;
  }
}
