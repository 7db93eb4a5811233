/**
 * Which of many intervals cover an instant: outages, beliefs, flights at the playhead, asked at every frame.
 *
 * The intervals are ordered by their begin, so those begun by an instant are a prefix. A tree of greatest ends over that
 * prefix leaves out whole stretches that are over: a search goes only where an interval that still lasts is.
 */
import { countUpTo } from '../cell.ts';

/** An index over half-open intervals [from, until). */
export class Covering {
  readonly #from: Float64Array;
  readonly #leaves: number;
  /** The greatest end below each inner place, the ends themselves from `#leaves` on; the root is at 1. */
  readonly #latest: Float64Array;

  /**
   * O(n).
   *
   * @param from ascending
   * @param until of the interval at the same row; NEVER for one without an end
   */
  constructor(from: Float64Array, until: Float64Array) {
    this.#from = from;
    let leaves = 1;
    while (leaves < from.length) leaves *= 2;
    this.#leaves = leaves;
    this.#latest = new Float64Array(2 * leaves).fill(-Infinity);
    this.#latest.set(until, leaves);
    for (let place = leaves - 1; place >= 1; place--) {
      this.#latest[place] = Math.max(this.#latest[2 * place] ?? 0, this.#latest[2 * place + 1] ?? 0);
    }
  }

  /** The rows whose interval covers an instant, ascending. O(log n) for each of them, and O(log n) for none. */
  at(instant: number): number[] {
    const found: number[] = [];
    this.#search(1, 0, this.#leaves, countUpTo(this.#from, instant), instant, found);
    return found;
  }

  /** Looks below a place that stands for `width` rows from `first` on, of which those before `begun` have begun. */
  #search(place: number, first: number, width: number, begun: number, instant: number, found: number[]): void {
    if (first >= begun || (this.#latest[place] ?? 0) <= instant) return;
    if (width === 1) {
      found.push(first);
      return;
    }
    const half = width / 2;
    this.#search(2 * place, first, half, begun, instant, found);
    this.#search(2 * place + 1, first + half, half, begun, instant, found);
  }
}
