/**
 * Progress of a run on stderr, for runs that take longer than a second.
 */
import { formatCount, formatInstant } from '../trace/index.ts';
import type { Io } from './io.ts';
import { StatusLine } from './status-line.ts';

const PACE = { silent: 1, logEvery: 5 };

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
  readonly #line: StatusLine;

  constructor(io: Io) {
    this.#io = io;
    this.#started = io.seconds();
    this.#line = new StatusLine(io, PACE);
  }

  /** Real seconds since the run began. */
  elapsed(): number {
    return this.#io.seconds() - this.#started;
  }

  /** Shows `position` if it is time to. */
  update(position: Position): void {
    this.#line.say(() => describe(position, this.elapsed()));
  }

  /** Takes the overwritten line away. */
  end(): void {
    this.#line.end();
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
