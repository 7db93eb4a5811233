/**
 * Collects half-open intervals [from, until) while a run goes on: a node being down, a node being behind, an
 * observer taking a peer for `Down`. An interval that is open at the end keeps `until` = NEVER.
 */
import { NEVER, NONE } from './trace.ts';
import type { BeliefIntervals, NodeIntervals } from './trace.ts';

/** Intervals of `count` subjects (a node, or an observer–peer pair), each open at most once at a time. */
export class IntervalRows {
  readonly #subject: number[] = [];
  readonly #from: number[] = [];
  readonly #until: number[] = [];
  readonly #openRow: Int32Array;

  constructor(count: number) {
    this.#openRow = new Int32Array(count).fill(NONE);
  }

  /** Bytes of the rows so far. */
  get weight(): number {
    return this.#subject.length * 24;
  }

  /** Opens an interval for `subject` at `at`; does nothing if one is open. */
  open(subject: number, at: number): void {
    if (this.#openRow[subject] !== NONE) return;
    this.#openRow[subject] = this.#subject.length;
    this.#subject.push(subject);
    this.#from.push(at);
    this.#until.push(NEVER);
  }

  /** Closes the open interval of `subject` at `at`; does nothing if none is open. */
  close(subject: number, at: number): void {
    const row = this.#openRow[subject] ?? NONE;
    if (row === NONE) return;
    this.#until[row] = at;
    this.#openRow[subject] = NONE;
  }

  /** The table where the subject is a node. */
  byNode(): NodeIntervals {
    return {
      node: Uint16Array.from(this.#subject),
      from: Float64Array.from(this.#from),
      until: Float64Array.from(this.#until),
    };
  }

  /** The table where the subject is the pair `observer · nodes + peer`. */
  byPair(nodes: number): BeliefIntervals {
    return {
      observer: Uint16Array.from(this.#subject, (pair) => Math.floor(pair / nodes)),
      peer: Uint16Array.from(this.#subject, (pair) => pair % nodes),
      from: Float64Array.from(this.#from),
      until: Float64Array.from(this.#until),
    };
  }
}
