/**
 * One line on stderr that says how far something is: overwritten where a person watches, a plain line every few seconds
 * where a log does. What is over soon says nothing.
 */
import type { Io } from './io.ts';

const CLEAR_LINE = '\r\u001B[K';

/** When a line is shown; real seconds. */
export interface StatusPace {
  /** What is over by then says nothing. */
  readonly silent: number;
  /** From one line of a log to the next. */
  readonly logEvery: number;
}

/** The line of one piece of work; create it when that begins. */
export class StatusLine {
  readonly #io: Io;
  readonly #logEvery: number;
  #nextAt: number;
  #isShown = false;

  constructor(io: Io, { silent, logEvery }: StatusPace) {
    this.#io = io;
    this.#logEvery = logEvery;
    this.#nextAt = io.seconds() + silent;
  }

  /** Shows what `text` says, if it is time to. */
  say(text: () => string): void {
    const now = this.#io.seconds();
    if (now < this.#nextAt) return;
    this.#isShown = true;
    if (this.#io.errIsTerminal) {
      this.#io.err(CLEAR_LINE + text());
    } else {
      this.#nextAt = now + this.#logEvery;
      this.#io.err(`${text()}\n`);
    }
  }

  /** Takes the overwritten line away, so that what follows starts on a clean one. */
  end(): void {
    if (this.#isShown && this.#io.errIsTerminal) this.#io.err(CLEAR_LINE);
  }
}
