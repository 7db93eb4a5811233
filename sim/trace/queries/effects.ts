/**
 * What follows from an event: the other way through what leads to what ({@link ./cause-rules.ts}). A row follows from it
 * if one of the rows that it follows from directly does, so the log is walked on from the event, once.
 *
 * An effect has more than one cause: of what follows from a crash, most would be there without it, but not the same.
 */
import type { Trace } from '../trace.ts';
import { causesOf } from './cause-rules.ts';

/** The rows that follow from one row of the log; found as far as they are asked for. */
export class Effects {
  readonly #trace: Trace;
  readonly #entry: number;
  /** By row: 1 for the event itself and what follows from it. */
  readonly #reached: Uint8Array;
  #walked: number;

  /** Of a row that the log does not have, nothing follows. */
  constructor(trace: Trace, entry: number) {
    this.#trace = trace;
    this.#entry = entry;
    this.#reached = new Uint8Array(trace.log.at.length);
    this.#walked = Math.max(0, entry + 1);
    if (entry >= 0) this.#reached[entry] = 1;
  }

  /** Whether a row follows from the event, directly or not. Mostly O(log n) for each row not asked for yet. */
  has(row: number): boolean {
    const end = Math.min(row, this.#reached.length - 1);
    for (; this.#walked <= end; this.#walked++) {
      if (this.#follows(this.#walked)) this.#reached[this.#walked] = 1;
    }
    return row > this.#entry && this.#reached[row] === 1;
  }

  #follows(row: number): boolean {
    return causesOf(this.#trace, row).some((cause) => this.#reached[cause] === 1);
  }
}
