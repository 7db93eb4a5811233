/**
 * Carries a talk with a subject over the pipes of a process: starts a new one where the talk asks for it, tells how far it
 * is, and hears Ctrl-C between two batches.
 */
import { formatCount } from '../index.ts';
import type { Talk } from '../conform/index.ts';
import type { Io } from './io.ts';
import { type SubjectCommand, SubjectProcess } from './subject-process.ts';

/** Real seconds between two notes on stderr. */
const NOTE_EVERY_SECONDS = 5;

/** The result of the talk, or `interrupted` if somebody stopped it. */
export async function carry<Result>(
  talk: Talk<Result>,
  command: SubjectCommand,
  io: Io,
): Promise<Result | 'interrupted'> {
  const interrupt = io.watchInterrupt();
  const started = io.seconds();
  let subject: SubjectProcess | undefined;
  let nextNote = started + NOTE_EVERY_SECONDS;
  let replies = 0;
  try {
    let step = talk.next();
    while (step.done !== true) {
      if (interrupt.interrupted()) return 'interrupted';
      const { fresh, lines } = step.value;
      if (fresh) subject?.end();
      if (fresh || subject === undefined) subject = new SubjectProcess(command);
      const received = await subject.exchange(lines);
      replies += received.lines.length;
      if (io.seconds() >= nextNote) {
        nextNote += NOTE_EVERY_SECONDS;
        io.err(`${formatCount(replies)} replies in ${Math.round(io.seconds() - started)} s\n`);
      }
      step = talk.next(received);
    }
    return step.value;
  } finally {
    subject?.end();
    interrupt.stop();
  }
}
