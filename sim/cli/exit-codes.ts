/**
 * How hintlab ends, for scripts and CI: the number says whose move it is next.
 */
export const EXIT = {
  ok: 0,
  /** A property of the run was violated: the design, not the input, is at fault. */
  violated: 1,
  /** Bad input: an unknown flag, a bad value, a missing file, an invalid scenario. */
  badInput: 2,
  /** Our bug: an assertion failed, or something threw that nothing should. */
  ourBug: 3,
  /** Stopped by the person at the terminal (128 + SIGINT). */
  interrupted: 130,
} as const;

/** One of the numbers of {@link EXIT}. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
