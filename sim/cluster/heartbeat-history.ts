/**
 * Heartbeat histories: per pair of nodes a window over the last intervals between heartbeats, with their mean and
 * variance kept up to date. What an interval is worth, and what a window starts with, is for the detectors to say.
 */

/** The windows of all pairs. */
export class HeartbeatHistory {
  readonly #size: number;
  /** Per pair: the last `size` intervals, allocated at the first. */
  readonly #windows: (Float64Array | undefined)[];
  /** Per pair: intervals added since it was forgotten; sum and sum of squares over those in the window. */
  readonly #added: Float64Array;
  readonly #sum: Float64Array;
  readonly #squares: Float64Array;

  /** @param size intervals that a window holds, ≥ 1 */
  constructor(pairs: number, size: number) {
    this.#size = size;
    this.#windows = new Array<Float64Array | undefined>(pairs);
    this.#added = new Float64Array(pairs);
    this.#sum = new Float64Array(pairs);
    this.#squares = new Float64Array(pairs);
  }

  /** Empties the windows of `count` pairs from `first` on. */
  forget(first: number, count: number): void {
    this.#added.fill(0, first, first + count);
    this.#sum.fill(0, first, first + count);
    this.#squares.fill(0, first, first + count);
  }

  /** Adds an interval; the oldest leaves a full window. O(1), and O(size) once every `size` times. */
  add(pair: number, interval: number): void {
    const added = this.#added[pair] ?? 0;
    const window = (this.#windows[pair] ??= new Float64Array(this.#size));
    const slot = added % this.#size;
    const leaving = added >= this.#size ? (window[slot] ?? 0) : 0;
    window[slot] = interval;
    this.#added[pair] = added + 1;
    this.#sum[pair] = (this.#sum[pair] ?? 0) - leaving + interval;
    this.#squares[pair] = (this.#squares[pair] ?? 0) - leaving * leaving + interval * interval;
    if (slot === this.#size - 1) this.#sumAnew(pair, window);
  }

  /** Intervals in the window. */
  count(pair: number): number {
    return Math.min(this.#added[pair] ?? 0, this.#size);
  }

  /** Their mean; the window must not be empty. */
  mean(pair: number): number {
    return (this.#sum[pair] ?? 0) / this.count(pair);
  }

  /** Their population variance, as Akka takes it: mean of squares minus square of mean, never below 0. */
  variance(pair: number): number {
    const mean = this.mean(pair);
    return Math.max(0, (this.#squares[pair] ?? 0) / this.count(pair) - mean * mean);
  }

  /** Sums of long silences are not exact: what rounding left behind goes with the last interval of a full window. */
  #sumAnew(pair: number, window: Float64Array): void {
    let sum = 0;
    let squares = 0;
    for (const interval of window) {
      sum += interval;
      squares += interval * interval;
    }
    this.#sum[pair] = sum;
    this.#squares[pair] = squares;
  }
}
