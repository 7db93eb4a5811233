/**
 * What commands say on stderr: why they did not do what was asked, and what importers left out.
 */
import { formatNote, type Note } from '../index.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';

/** Writes complaint lines and returns the code to end with, bad input unless said otherwise. */
export function tell(io: Io, lines: readonly string[], code: ExitCode = EXIT.badInput): ExitCode {
  io.err(`${lines.join('\n')}\n`);
  return code;
}

/** Writes the notes of the importers, one a line. */
export function tellNotes(io: Io, notes: readonly Note[]): void {
  for (const note of notes) io.err(`${formatNote(note)}\n`);
}
