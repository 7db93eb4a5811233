/**
 * Collects the copy table of level `full`: one row per (write, replica), the copies of a write next to each other.
 */
import { blankCopies } from './blank-tables.ts';
import { GrowingTable } from './growing-table.ts';
import { COPY_ROUTES, NEVER, NONE } from './trace.ts';
import type { CopyTable } from './trace.ts';

const HINTED = COPY_ROUTES.indexOf('hinted');
/** The most repeats that the table can tell. */
const MAX_REPEATS = 65_535;

/** The copy table while it grows. */
export class CopyRows {
  readonly #rows: GrowingTable<CopyTable>;

  /** @param runMicros how long the run goes on, in microseconds */
  constructor(runMicros: number) {
    this.#rows = new GrowingTable(blankCopies, runMicros);
  }

  /** Rows so far: the position of the next copy. */
  get length(): number {
    return this.#rows.length;
  }

  /** Bytes of the table so far. */
  get weight(): number {
    return this.#rows.weight;
  }

  /** Adds a row: how a coordinator treats one replica of a write. @param route index into `COPY_ROUTES` */
  planned(at: number, write: number, replica: number, route: number, hint: number): void {
    const row = this.#rows.add(at);
    const { columns } = this.#rows;
    columns.write[row] = write;
    columns.replica[row] = replica;
    columns.route[row] = route;
    columns.appliedAt[row] = NEVER;
    columns.droppedAt[row] = NEVER;
    columns.hint[row] = hint;
  }

  /** The row of the copy of `write` for `replica`, or NONE. The write's copies begin at `firstCopy`. O(copies of it). */
  find(write: number, firstCopy: number, replica: number): number {
    const { columns, length } = this.#rows;
    for (let row = firstCopy; row < length && columns.write[row] === write; row++) {
      if (columns.replica[row] === replica) return row;
    }
    return NONE;
  }

  /** The replica has applied it, for the first time or again. */
  applied(row: number, at: number): void {
    const { appliedAt, repeats } = this.#rows.columns;
    if (appliedAt[row] === NEVER) appliedAt[row] = at;
    else repeats[row] = Math.min(MAX_REPEATS, (repeats[row] ?? 0) + 1);
  }

  /** It has reached the replica, which ignored it for what it has. That counts only if it is the first to arrive. */
  ignored(row: number, at: number): void {
    const { appliedAt, ignored } = this.#rows.columns;
    if (appliedAt[row] !== NEVER) return;
    appliedAt[row] = at;
    ignored[row] = 1;
  }

  /** The direct copy was lost. @param cause index into `DROP_CAUSES` */
  dropped(row: number, at: number, cause: number): void {
    const { droppedAt, dropCause } = this.#rows.columns;
    droppedAt[row] = at;
    dropCause[row] = cause;
  }

  /** A hint that another node was to keep was refused there: that is its route. A copy that was sent directly stays so. */
  refused(row: number, route: number): void {
    const { columns } = this.#rows;
    if (columns.route[row] === HINTED) columns.route[row] = route;
  }

  /** A hint carries it from now on. */
  hinted(row: number, hint: number): void {
    this.#rows.columns.hint[row] = hint;
  }

  /** The finished table. */
  table(): CopyTable {
    return this.#rows.table();
  }
}
