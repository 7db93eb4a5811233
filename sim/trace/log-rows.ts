/**
 * Collects the event log of level `full`: the table that every event adds to, so the one whose cost is felt. A row is
 * five plain stores.
 */
import { blankLog } from './blank-tables.ts';
import { GrowingTable } from './growing-table.ts';
import type { EventLog } from './trace.ts';

/** The event log while it grows. */
export class LogRows {
  readonly #rows: GrowingTable<EventLog>;

  /** @param runMicros how long the run goes on, in microseconds */
  constructor(runMicros: number) {
    this.#rows = new GrowingTable(blankLog, runMicros);
  }

  /** Bytes of the table so far. */
  get weight(): number {
    return this.#rows.weight;
  }

  /** Adds a row. Times never go back. */
  add(at: number, kind: number, node: number, peer: number, subject: number): void {
    const row = this.#rows.add(at);
    const { columns } = this.#rows;
    columns.at[row] = at;
    columns.kind[row] = kind;
    columns.node[row] = node;
    columns.peer[row] = peer;
    columns.subject[row] = subject;
  }

  /** The finished table. */
  table(): EventLog {
    return this.#rows.table();
  }
}
