/**
 * Reading one cell of a column, and finding a place in an ordered one: the two things every query does.
 * A position outside a column is a bug of ours, so it stops the run; hot loops that are bounded by the column's
 * own length read it directly instead.
 */
import { assert } from '../../core/index.ts';

/** A column of instants, or of rows of another table. */
type Column = Float64Array | Int32Array;

/** The value at `row`. Asserts that the column has it. */
export function cell(column: ArrayLike<number>, row: number): number {
  const value = column[row];
  assert(value !== undefined, 'a row is inside its column', row);
  return value;
}

/** How many values of the ascending `column` are ≤ `limit`, so also the position after the last of them. O(log n). */
export function countUpTo(column: Column, limit: number): number {
  let low = 0;
  let high = column.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((column[middle] ?? 0) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many values of the ascending `column` are < `limit`: the position of the first that is not. O(log n). */
export function countBefore(column: Column, limit: number): number {
  let low = 0;
  let high = column.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((column[middle] ?? 0) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
