/**
 * Which elements a virtual table shows its rows in. While it scrolls, a row keeps its elements, so that nothing of it is
 * made again and the focus stays on it; a jump to other rows altogether writes them into the elements that are there, which
 * costs a fraction of making as many anew.
 */

/** A row, and the key of the elements that show it. */
export interface KeyedRow {
  readonly index: number;
  readonly key: number;
}

export class RowKeys {
  #first = 0;
  #last = 0;
  /** Key of the row with index 0. */
  #shift = 0;

  /** The rows from `first` up to `last`, exclusive. Asked again for the same rows it gives the same keys. */
  of(first: number, last: number): KeyedRow[] {
    if (first >= this.#last || last <= this.#first) this.#shift += this.#first - first;
    this.#first = first;
    this.#last = last;
    return Array.from({ length: Math.max(0, last - first) }, (_, i) => ({
      index: first + i,
      key: first + i + this.#shift,
    }));
  }
}
