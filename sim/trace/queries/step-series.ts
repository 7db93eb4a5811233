/**
 * Step series: a count and its bytes that change at instants and stay in between. Every series of the page is built
 * here, in two passes: which instants there are, then what changes at each of them.
 */
import { assert } from '../../../core/index.ts';
import { countBefore, countUpTo } from '../cell.ts';
import { NEVER } from '../trace.ts';

/** Row i holds from `at[i]` up to `at[i + 1]`; before `at[0]` everything is 0. `at` is ascending and distinct. */
export interface StepSeries {
  readonly at: Float64Array;
  readonly depth: Float64Array;
  readonly bytes: Float64Array;
}

/** The row of a series that holds at an instant, or NONE before the first. O(log n). */
export function rowAt(series: { readonly at: Float64Array }, at: number): number {
  return countUpTo(series.at, at) - 1;
}

/**
 * The distinct instants in some columns, ascending, without NEVER. O(n log n), and O(n) where each column is in order
 * already, which columns of a trace mostly are.
 */
export function distinctInstants(columns: readonly Float64Array[]): Float64Array {
  return columns.map(happened).reduce(merged, new Float64Array(0));
}

/** Adds changes to the rows of a series, in any order, and sums them up at the end. */
export class Changes {
  readonly #at: Float64Array;
  readonly #depth: Float64Array;
  readonly #bytes: Float64Array;
  /** Where the last change went: the next one is mostly there or one further. */
  #row = 0;

  /** @param at ascending and distinct: the instants at which something changes */
  constructor(at: Float64Array) {
    this.#at = at;
    this.#depth = new Float64Array(at.length);
    this.#bytes = new Float64Array(at.length);
  }

  /** Adds a change at an instant that the series has. O(1) near the previous change, else O(log n). */
  add(at: number, depth: number, bytes: number): void {
    let row = this.#row;
    if (this.#at[row] !== at) row = this.#at[row + 1] === at ? row + 1 : countBefore(this.#at, at);
    assert(this.#at[row] === at, 'a change happens at an instant of its series', at);
    this.#depth[row] = (this.#depth[row] ?? 0) + depth;
    this.#bytes[row] = (this.#bytes[row] ?? 0) + bytes;
    this.#row = row;
  }

  /** What was added at each instant. */
  perInstant(): StepSeries {
    return { at: this.#at, depth: this.#depth, bytes: this.#bytes };
  }

  /** What it adds up to from each instant on. Turns the changes into sums, so it is called once, at the end. */
  summed(): StepSeries {
    for (let row = 1; row < this.#at.length; row++) {
      this.#depth[row] = (this.#depth[row] ?? 0) + (this.#depth[row - 1] ?? 0);
      this.#bytes[row] = (this.#bytes[row] ?? 0) + (this.#bytes[row - 1] ?? 0);
    }
    return { at: this.#at, depth: this.#depth, bytes: this.#bytes };
  }
}

/** A column in order and without NEVER; a copy if it was not. */
function happened(column: Float64Array): Float64Array {
  const ordered = isAscending(column) ? column : column.slice().sort();
  return ordered.subarray(0, countBefore(ordered, NEVER));
}

/** The distinct values of two ascending columns, ascending. */
function merged(left: Float64Array, right: Float64Array): Float64Array {
  const both = new Float64Array(left.length + right.length);
  let distinct = 0;
  let i = 0;
  let j = 0;
  while (i < left.length || j < right.length) {
    const one = left[i] ?? NEVER;
    const other = right[j] ?? NEVER;
    const next = one <= other ? one : other;
    if (one === next) i++;
    if (other === next) j++;
    if (distinct === 0 || both[distinct - 1] !== next) both[distinct++] = next;
  }
  return both.slice(0, distinct);
}

function isAscending(column: Float64Array): boolean {
  for (let row = 1; row < column.length; row++) if ((column[row] ?? 0) < (column[row - 1] ?? 0)) return false;
  return true;
}
