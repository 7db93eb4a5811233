/**
 * Tables of level `full` grow in chunks: each a blank table of so many rows, next to the last. A chunk is never copied
 * while the run goes on; when it is over, the columns of all are put together, at the speed of copying memory.
 */

const ROW_BITS = 13;
/** Rows in a chunk. */
export const CHUNK_ROWS = 1 << ROW_BITS;

/** Any column. */
interface Column extends ArrayLike<number> {
  set(from: ArrayLike<number>, offset: number): void;
  subarray(begin: number, end: number): Column;
}

/** The chunk that has a row. */
export function chunkOf(row: number): number {
  return row >>> ROW_BITS;
}

/** Where a row is in its chunk; 0 for the first row of a chunk. */
export function placeOf(row: number): number {
  return row & (CHUNK_ROWS - 1);
}

/**
 * Fills `table` with the rows of `chunks`, as many as it has; answers with it. The columns of a table and of its chunks come
 * in one order, for all are blanks of the same making. O(rows).
 */
export function joined<Table extends { readonly [Name in keyof Table]: Column }>(
  chunks: readonly Table[],
  table: Table,
): Table {
  const columns = Object.values<Column>(table);
  chunks.forEach((chunk, index) => {
    const offset = index * CHUNK_ROWS;
    Object.values<Column>(chunk).forEach((part, position) => {
      const column = columns[position];
      column?.set(part.subarray(0, column.length - offset), offset);
    });
  });
  return table;
}
