/**
 * The rows of the log that pass a filter, found piece by piece: a million sentences take longer than a frame. Rows found
 * so far can be shown while the search goes on.
 */
import { countUpTo, LOG_KINDS, NONE, type LogKind, type Trace } from '../../sim/trace/index.ts';
import { isEverything, matcherOf, type EventFilter } from './event-filter.ts';

/** One search through one log. */
export class EventSearch {
  readonly #length: number;
  readonly #matches: (row: number) => boolean;
  readonly #kinds: Uint8Array;
  /** Rows found so far, by the code of their kind. */
  readonly #tally = new Uint32Array(LOG_KINDS.length);
  /** Undefined: every row passes, and none needs to be kept. */
  #rows: Int32Array | undefined;
  #count = 0;
  #scanned = 0;

  constructor(trace: Trace, filter: EventFilter) {
    this.#length = trace.log.at.length;
    this.#kinds = trace.log.kind;
    this.#matches = matcherOf(trace, filter);
    if (isEverything(filter)) this.#scanned = this.#length;
    else this.#rows = new Int32Array(1_024);
  }

  /** Rows found so far. */
  get count(): number {
    return this.#rows ? this.#count : this.#length;
  }

  /** The part of the log that is searched, 0 … 1. */
  get share(): number {
    return this.#length === 0 ? 1 : this.#scanned / this.#length;
  }

  /** Rows of a kind found so far; of a search that lets everything through, none is counted. */
  countOf(kind: LogKind): number {
    return this.#tally[LOG_KINDS.indexOf(kind)] ?? 0;
  }

  get isDone(): boolean {
    return this.#scanned >= this.#length;
  }

  /** Searches on through so many rows. */
  advance(rows: number): void {
    const end = Math.min(this.#length, this.#scanned + rows);
    for (let row = this.#scanned; row < end; row++) if (this.#matches(row)) this.#add(row);
    this.#scanned = end;
  }

  /** The log row of a match by its place, or NONE. */
  rowAt(index: number): number {
    if (!this.#rows) return index < this.#length ? index : NONE;
    return index < this.#count ? (this.#rows[index] ?? NONE) : NONE;
  }

  /** The place of the last match at or before a log row, or NONE. O(log n). */
  placeOf(entry: number): number {
    if (!this.#rows) return Math.min(entry, this.#length - 1);
    return countUpTo(this.#rows.subarray(0, this.#count), entry) - 1;
  }

  #add(row: number): void {
    if (!this.#rows) return;
    if (this.#count === this.#rows.length) {
      const larger = new Int32Array(2 * this.#rows.length);
      larger.set(this.#rows);
      this.#rows = larger;
    }
    this.#rows[this.#count++] = row;
    const kind = this.#kinds[row] ?? 0;
    this.#tally[kind] = (this.#tally[kind] ?? 0) + 1;
  }
}
