/**
 * Collects the table of hints that were not stored, from level `hints` on. Rows are in the order of refusal.
 */
import { blankRefusals } from './blank-tables.ts';
import { GrowingTable } from './growing-table.ts';
import type { RefusalTable } from './trace.ts';

/** The refusal table while it grows. */
export class RefusalRows {
  readonly #rows: GrowingTable<RefusalTable>;

  /** @param runMicros how long the run goes on, in microseconds */
  constructor(runMicros: number) {
    this.#rows = new GrowingTable(blankRefusals, runMicros);
  }

  /** Bytes of the table so far. */
  get weight(): number {
    return this.#rows.weight;
  }

  /** Adds a row. @param reason index into `REFUSAL_REASONS` */
  refused(reason: number, at: number, holder: number, peer: number, bytes: number, write: number): void {
    const row = this.#rows.add(at);
    const { columns } = this.#rows;
    columns.reason[row] = reason;
    columns.at[row] = at;
    columns.holder[row] = holder;
    columns.peer[row] = peer;
    columns.bytes[row] = bytes;
    columns.write[row] = write;
  }

  /** The finished table. */
  table(): RefusalTable {
    return this.#rows.table();
  }
}
