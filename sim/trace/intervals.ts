/**
 * Collects half-open intervals [from, until) while a run goes on: a node being down, a node being behind, an
 * observer taking a peer for `Down`. An interval that is open at the end keeps `until` = NEVER.
 */
import { widen } from '../../core/index.ts';
import { FIRST_CAPACITY } from './capacity.ts';
import { NEVER } from './trace.ts';
import type { BeliefIntervals, NodeIntervals } from './trace.ts';

/** Intervals of `count` subjects (a node, or an observer–peer pair), each open at most once at a time. */
export class IntervalRows {
  #length = 0;
  #subject = new Int32Array(FIRST_CAPACITY);
  #from = new Float64Array(FIRST_CAPACITY);
  #until = new Float64Array(FIRST_CAPACITY);
  /** By subject: its open row + 1, or 0. Pairs are many, and zeros are the only column that costs nothing to make. */
  readonly #open: Int32Array;

  constructor(count: number) {
    this.#open = new Int32Array(count);
  }

  /** Bytes of the rows so far. */
  get weight(): number {
    return this.#length * 20;
  }

  /** Opens an interval for `subject` at `at`; does nothing if one is open. */
  open(subject: number, at: number): void {
    if (this.#open[subject] !== 0) return;
    if (this.#length === this.#subject.length) this.#widen();
    const row = this.#length++;
    this.#open[subject] = row + 1;
    this.#subject[row] = subject;
    this.#from[row] = at;
    this.#until[row] = NEVER;
  }

  /** Closes the open interval of `subject` at `at`; does nothing if none is open. */
  close(subject: number, at: number): void {
    const row = (this.#open[subject] ?? 0) - 1;
    if (row < 0) return;
    this.#until[row] = at;
    this.#open[subject] = 0;
  }

  /** The table where the subject is a node. */
  byNode(): NodeIntervals {
    return { node: Uint16Array.from(this.#subject.subarray(0, this.#length)), ...this.#spans() };
  }

  /** The table where the subject is the pair `observer · nodes + peer`. */
  byPair(nodes: number): BeliefIntervals {
    const observer = new Uint16Array(this.#length);
    const peer = new Uint16Array(this.#length);
    for (let row = 0; row < this.#length; row++) {
      const pair = this.#subject[row] ?? 0;
      observer[row] = Math.floor(pair / nodes);
      peer[row] = pair % nodes;
    }
    return { observer, peer, ...this.#spans() };
  }

  #spans(): Pick<NodeIntervals, 'from' | 'until'> {
    return { from: this.#from.slice(0, this.#length), until: this.#until.slice(0, this.#length) };
  }

  #widen(): void {
    const capacity = this.#length * 2;
    this.#subject = widen(this.#subject, new Int32Array(capacity));
    this.#from = widen(this.#from, new Float64Array(capacity));
    this.#until = widen(this.#until, new Float64Array(capacity));
  }
}
