/**
 * What a command may know and do of the outside, beside files: two streams, a stopwatch and a way to be interrupted.
 *
 * Commands are functions of (arguments, io) that return an exit code, so a test runs them like any other function; only
 * main.ts makes an Io of the real process.
 */

export interface Io {
  /** Results, and nothing else: what a pipe or a script reads. */
  readonly out: (text: string) => void;
  /** Progress, notes and complaints. */
  readonly err: (text: string) => void;
  /** Whether a person looks at `err` while it is written: progress then overwrites its own line. */
  readonly errIsTerminal: boolean;
  /** Whether `out` may be coloured: it is a terminal, and NO_COLOR is unset. */
  readonly colour: boolean;
  /** Whether our own bugs should come with their stack. */
  readonly debug: boolean;
  /** Where the page is, for links that open it (HINTLAB_PAGE); undefined for the preview that `npm start` serves. */
  readonly page?: string | undefined;
  /** What runs hintlab, for bug reports: `node v20.11.0, linux x64`. */
  readonly runtime: string;
  /** A stopwatch: real seconds since some fixed moment. Never part of a result but `wallSeconds`. */
  readonly seconds: () => number;
  /** From now until `stop`, an interrupt (Ctrl-C) is noted instead of ending the process. */
  readonly watchInterrupt: () => InterruptWatch;
}

/** Whether the person at the terminal has asked to stop. */
export interface InterruptWatch {
  readonly interrupted: () => boolean;
  readonly stop: () => void;
}
