/**
 * Collects the copy table of level `full`: one row per (write, replica), the copies of a write next to each other.
 */
import { blankCopies } from './blank-tables.ts';
import { CHUNK_ROWS, chunkOf, joined, placeOf } from './chunks.ts';
import { COPY_ROUTES, NEVER, NONE } from './trace.ts';
import type { CopyTable } from './trace.ts';

const HINTED = COPY_ROUTES.indexOf('hinted');
const ROW_BYTES = 31;
/** The most repeats that the table can tell. */
const MAX_REPEATS = 65_535;
const NO_COPIES = blankCopies(0);

/** The copy table while it grows. */
export class CopyRows {
  readonly #chunks: CopyTable[] = [];
  #length = 0;

  /** Rows so far: the position of the next copy. */
  get length(): number {
    return this.#length;
  }

  /** Bytes of the table so far. */
  get weight(): number {
    return this.#length * ROW_BYTES;
  }

  /** Adds a row: how a coordinator treats one replica of a write. @param route index into `COPY_ROUTES` */
  planned(write: number, replica: number, route: number, hint: number): void {
    const place = placeOf(this.#length);
    if (place === 0) this.#chunks.push(blankCopies(CHUNK_ROWS));
    const chunk = this.#chunk(this.#length++);
    chunk.write[place] = write;
    chunk.replica[place] = replica;
    chunk.route[place] = route;
    chunk.appliedAt[place] = NEVER;
    chunk.droppedAt[place] = NEVER;
    chunk.hint[place] = hint;
  }

  /** The row of the copy of `write` for `replica`, or NONE. The write's copies begin at `firstCopy`. O(copies of it). */
  find(write: number, firstCopy: number, replica: number): number {
    for (let row = firstCopy; row < this.#length; row++) {
      const chunk = this.#chunk(row);
      const place = placeOf(row);
      if (chunk.write[place] !== write) return NONE;
      if (chunk.replica[place] === replica) return row;
    }
    return NONE;
  }

  /** The replica has applied it, for the first time or again. */
  applied(row: number, at: number): void {
    const { appliedAt, repeats } = this.#chunk(row);
    const place = placeOf(row);
    if (appliedAt[place] === NEVER) appliedAt[place] = at;
    else repeats[place] = Math.min(MAX_REPEATS, (repeats[place] ?? 0) + 1);
  }

  /** It has reached the replica, which ignored it for what it has. That counts only if it is the first to arrive. */
  ignored(row: number, at: number): void {
    const { appliedAt, ignored } = this.#chunk(row);
    const place = placeOf(row);
    if (appliedAt[place] !== NEVER) return;
    appliedAt[place] = at;
    ignored[place] = 1;
  }

  /** The direct copy was lost. @param cause index into `DROP_CAUSES` */
  dropped(row: number, at: number, cause: number): void {
    const { droppedAt, dropCause } = this.#chunk(row);
    droppedAt[placeOf(row)] = at;
    dropCause[placeOf(row)] = cause;
  }

  /** A hint that another node was to keep was refused there: that is its route. A copy that was sent directly stays so. */
  refused(row: number, route: number): void {
    const chunk = this.#chunk(row);
    if (chunk.route[placeOf(row)] === HINTED) chunk.route[placeOf(row)] = route;
  }

  /** A hint carries it from now on. */
  hinted(row: number, hint: number): void {
    this.#chunk(row).hint[placeOf(row)] = hint;
  }

  /** The finished table. O(rows). */
  table(): CopyTable {
    return joined(this.#chunks, blankCopies(this.#length));
  }

  #chunk(row: number): CopyTable {
    return this.#chunks[chunkOf(row)] ?? NO_COPIES;
  }
}
