/**
 * What hintlab says when it is wrong itself: one line, what to report, and the stack only for those who ask.
 */
import { EXIT, type ExitCode } from './exit-codes.ts';
import type { Io } from './io.ts';
import { packageVersion } from './version.ts';

/** Tells of something thrown that nothing should throw. */
export function tellOurBug(problem: unknown, args: readonly string[], io: Io): ExitCode {
  const message = problem instanceof Error ? `${problem.name}: ${problem.message}` : String(problem);
  io.err(`hintlab has a bug; your input is not at fault: ${message.split('\n', 1)[0] ?? ''}\n`);
  io.err(`please report this line with the scenario: hintlab ${packageVersion()} ${args.join(' ')} (${io.runtime})\n`);
  const stack = problem instanceof Error ? problem.stack : undefined;
  if (io.debug || args.includes('--verbose')) io.err(`${stack ?? 'there is no stack'}\n`);
  else io.err('for the place in the code, add --verbose\n');
  return EXIT.ourBug;
}
