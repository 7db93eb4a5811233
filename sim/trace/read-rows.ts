/**
 * Fills the read table of level `full`. Row = read id, in the order of issuing.
 */
import { blankReads } from './blank-tables.ts';
import { NEVER, NONE } from './trace.ts';
import type { ReadTable } from './trace.ts';

/** The read table while it is filled. */
export class ReadRows {
  readonly table: ReadTable;

  constructor(rows: number) {
    this.table = blankReads(rows);
    this.table.resolvedAt.fill(NEVER);
    this.table.value.fill(NONE);
  }

  /** Adds a row for a read that has no answer yet. */
  issued(read: number, at: number, coordinator: number, key: number, newest: number, probeOf: number): void {
    const { table } = this;
    table.issuedAt[read] = at;
    table.coordinator[read] = coordinator;
    table.key[read] = key;
    table.newest[read] = newest;
    table.probeOf[read] = probeOf;
  }

  /** The read was answered with `value`, or it failed and `value` is NONE. */
  resolved(read: number, outcome: number, at: number, value: number): void {
    const { table } = this;
    table.outcome[read] = outcome;
    table.resolvedAt[read] = at;
    table.value[read] = value;
  }
}
