/**
 * Collects the write table of level `full`. Row = write id, in the order of issuing.
 */
import { blankWrites } from './blank-tables.ts';
import { GrowingTable } from './growing-table.ts';
import { NEVER } from './trace.ts';
import type { WriteTable } from './trace.ts';

/** The write table while it grows. */
export class WriteRows {
  readonly #rows: GrowingTable<WriteTable>;

  /** @param runMicros how long the run goes on, in microseconds */
  constructor(runMicros: number) {
    this.#rows = new GrowingTable(blankWrites, runMicros);
  }

  /** Bytes of the table so far. */
  get weight(): number {
    return this.#rows.weight;
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
    const row = this.#rows.add(at);
    const { columns } = this.#rows;
    columns.operation[row] = operation;
    columns.retryOf[row] = retryOf;
    columns.timestamp[row] = timestamp;
    columns.issuedAt[row] = at;
    columns.coordinator[row] = coordinator;
    columns.key[row] = key;
    columns.bytes[row] = bytes;
    columns.resolvedAt[row] = NEVER;
    columns.firstCopy[row] = firstCopy;
  }

  /** The client knows. @param outcome index into `WRITE_OUTCOMES` */
  resolved(write: number, outcome: number, at: number): void {
    this.#rows.columns.outcome[write] = outcome;
    this.#rows.columns.resolvedAt[write] = at;
  }

  /** The row of the write's first copy. */
  firstCopyOf(write: number): number {
    return this.#rows.columns.firstCopy[write] ?? 0;
  }

  /** The finished table. */
  table(): WriteTable {
    return this.#rows.table();
  }
}
