/**
 * Progress of a run on stderr, for runs that take longer than a second: one line that is overwritten where a person
 * watches, a plain line every few seconds where a log does.
 */
import { formatCount, formatInstant } from '../trace/index.ts';
import type { Io } from './io.ts';

/** Shorter runs say nothing. */
const SILENT_SECONDS = 1;
const LOG_EVERY_SECONDS = 5;
const CLEAR_LINE = '\r\u001B[K';

/** How far a run is. */
export interface Position {
  readonly nowMicros: number;
  readonly endMicros: number;
  readonly events: number;
}

/** The line of one run; create it when the run begins. */
export class ProgressLine {
  readonly #io: Io;
  readonly #started: number;
  #nextAt: number;
  #shown = false;

  constructor(io: Io) {
    this.#io = io;
    this.#started = io.seconds();
    this.#nextAt = this.#started + SILENT_SECONDS;
  }

  /** Real seconds since the run began. */
  elapsed(): number {
    return this.#io.seconds() - this.#started;
  }

  /** Shows `position` if it is time to. */
  update(position: Position): void {
    const now = this.#io.seconds();
    if (now < this.#nextAt) return;
    this.#shown = true;
    if (this.#io.errIsTerminal) {
      this.#io.err(CLEAR_LINE + describe(position, this.elapsed()));
    } else {
      this.#nextAt = now + LOG_EVERY_SECONDS;
      this.#io.err(`${describe(position, this.elapsed())}\n`);
    }
  }

  /** Takes the overwritten line away, so that what follows starts on a clean one. */
  end(): void {
    if (this.#shown && this.#io.errIsTerminal) this.#io.err(CLEAR_LINE);
  }
}

function describe({ nowMicros, endMicros, events }: Position, elapsed: number): string {
  const percent = endMicros === 0 ? 100 : Math.floor((nowMicros / endMicros) * 100);
  const seconds = Math.floor(elapsed);
  return `${String(percent).padStart(3)}%  ${formatInstant(wholeSeconds(nowMicros))} of ${formatInstant(endMicros)}, ${formatCount(events)} events, ${seconds} s`;
}

/** Microseconds without the fraction of a second, which nobody can read while it flies by. */
function wholeSeconds(micros: number): number {
  return Math.floor(micros / 1_000_000) * 1_000_000;
}
