/**
 * Fills the copy table of level `full`: one row per (write, replica), the copies of a write next to each other.
 */
import { blankCopies } from './blank-tables.ts';
import { COPY_ROUTES, NEVER, NONE } from './trace.ts';
import type { CopyTable } from './trace.ts';

const HINTED = COPY_ROUTES.indexOf('hinted');
/** The most repeats that the table can tell. */
const MAX_REPEATS = 65_535;

/** The copy table while it is filled. */
export class CopyRows {
  readonly table: CopyTable;
  #length = 0;

  constructor(rows: number) {
    this.table = blankCopies(rows);
    this.table.appliedAt.fill(NEVER);
    this.table.droppedAt.fill(NEVER);
    this.table.hint.fill(NONE);
  }

  /** Rows so far: the position of the next copy. */
  get length(): number {
    return this.#length;
  }

  /**
   * Adds a row: how a coordinator treats one replica of a write. Answers with its position.
   *
   * @param route index into `COPY_ROUTES`
   */
  planned(write: number, replica: number, route: number): number {
    const row = this.#length++;
    const { table } = this;
    table.write[row] = write;
    table.replica[row] = replica;
    table.route[row] = route;
    return row;
  }

  /** The row of the copy of `write` for `replica`, or NONE. The write's copies begin at `firstCopy`. O(copies of it). */
  find(write: number, firstCopy: number, replica: number): number {
    const { table } = this;
    for (let row = firstCopy; row < this.#length && table.write[row] === write; row++) {
      if (table.replica[row] === replica) return row;
    }
    return NONE;
  }

  /** The replica has applied it, for the first time or again. */
  applied(row: number, at: number): void {
    const { appliedAt, repeats } = this.table;
    if (appliedAt[row] === NEVER) appliedAt[row] = at;
    else repeats[row] = Math.min(MAX_REPEATS, (repeats[row] ?? 0) + 1);
  }

  /** It has reached the replica, which ignored it for what it has. That counts only if it is the first to arrive. */
  ignored(row: number, at: number): void {
    const { appliedAt, ignored } = this.table;
    if (appliedAt[row] !== NEVER) return;
    appliedAt[row] = at;
    ignored[row] = 1;
  }

  /** The direct copy was lost. @param cause index into `DROP_CAUSES` */
  dropped(row: number, at: number, cause: number): void {
    const { droppedAt, dropCause } = this.table;
    droppedAt[row] = at;
    dropCause[row] = cause;
  }

  /** A hint that another node was to keep was refused there: that is its route. A copy that was sent directly stays so. */
  refused(row: number, route: number): void {
    const { table } = this;
    if (table.route[row] === HINTED) table.route[row] = route;
  }

  /** A hint carries it from now on. */
  hinted(row: number, hint: number): void {
    this.table.hint[row] = hint;
  }
}
