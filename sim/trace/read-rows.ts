/**
 * Collects the read table of level `full`. Row = read id, in the order of issuing.
 */
import { blankReads } from './blank-tables.ts';
import { GrowingTable } from './growing-table.ts';
import { NEVER, NONE } from './trace.ts';
import type { ReadTable } from './trace.ts';

/** The read table while it grows. */
export class ReadRows {
  readonly #rows: GrowingTable<ReadTable>;

  /** @param runMicros how long the run goes on, in microseconds */
  constructor(runMicros: number) {
    this.#rows = new GrowingTable(blankReads, runMicros);
  }

  /** Bytes of the table so far. */
  get weight(): number {
    return this.#rows.weight;
  }

  /** Adds a row for a read that has no answer yet. */
  issued(at: number, coordinator: number, key: number, newest: number, probeOf: number): void {
    const row = this.#rows.add(at);
    const { columns } = this.#rows;
    columns.issuedAt[row] = at;
    columns.coordinator[row] = coordinator;
    columns.key[row] = key;
    columns.resolvedAt[row] = NEVER;
    columns.value[row] = NONE;
    columns.newest[row] = newest;
    columns.probeOf[row] = probeOf;
  }

  /** The read was answered with `value`, or it failed and `value` is NONE. */
  resolved(read: number, outcome: number, at: number, value: number): void {
    const { columns } = this.#rows;
    columns.outcome[read] = outcome;
    columns.resolvedAt[read] = at;
    columns.value[read] = value;
  }

  /** The finished table. */
  table(): ReadTable {
    return this.#rows.table();
  }
}
