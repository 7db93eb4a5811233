/**
 * Fills the write table of level `full`. Row = write id, in the order of issuing.
 */
import { blankWrites } from './blank-tables.ts';
import { NEVER, NONE } from './trace.ts';
import type { WriteTable } from './trace.ts';

/** The write table while it is filled. */
export class WriteRows {
  readonly table: WriteTable;

  constructor(rows: number) {
    this.table = blankWrites(rows);
    this.table.resolvedAt.fill(NEVER);
    this.table.retryOf.fill(NONE);
  }

  /** Adds a row for a write whose client knows nothing yet; its copies begin at `firstCopy`. */
  issued(
    write: number,
    at: number,
    coordinator: number,
    key: number,
    bytes: number,
    operation: number,
    timestamp: number,
    retryOf: number,
    firstCopy: number,
  ): void {
    const { table } = this;
    table.operation[write] = operation;
    table.retryOf[write] = retryOf;
    table.timestamp[write] = timestamp;
    table.issuedAt[write] = at;
    table.coordinator[write] = coordinator;
    table.key[write] = key;
    table.bytes[write] = bytes;
    table.firstCopy[write] = firstCopy;
  }

  /** The client knows. @param outcome index into `WRITE_OUTCOMES` */
  resolved(write: number, outcome: number, at: number): void {
    this.table.outcome[write] = outcome;
    this.table.resolvedAt[write] = at;
  }

  /** The row of the write's first copy. */
  firstCopyOf(write: number): number {
    return this.table.firstCopy[write] ?? 0;
  }
}
