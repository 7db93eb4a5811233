/**
 * The verdict of a run: whether it violated a property, and whether that was expected. A design that is known to break
 * some promises is still tested by a script: it must break exactly those.
 */
import { isFailure, type PropertyResult } from '../index.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';

/** How a checked run ends. */
export interface RunVerdict {
  readonly code: ExitCode;
  /** What did not go as expected, where something was expected. */
  readonly complaint?: string;
}

/** The verdict on a run that was expected to violate the properties `expected` and no other; undefined: nothing was said. */
export function verdictOf(results: readonly PropertyResult[], expected: readonly string[] | undefined): RunVerdict {
  const violated = results.filter(isFailure).map(({ id }) => id);
  if (expected === undefined) return { code: violated.length === 0 ? EXIT.ok : EXIT.violated };
  const surprises = violated.filter((id) => !expected.includes(id)).map((id) => `${id} was not expected`);
  const absent = expected.filter((id) => !violated.includes(id)).map((id) => `${id} ${standing(results, id)}`);
  const wrong = [...surprises, ...absent];
  if (wrong.length === 0) return { code: EXIT.ok };
  const found = violated.length === 0 ? 'none' : violated.join(', ');
  return {
    code: EXIT.violated,
    complaint: `expected violations of ${expected.join(', ')}, found ${found}: ${wrong.join('; ')}`,
  };
}

function standing(results: readonly PropertyResult[], id: string): string {
  return results.find((result) => result.id === id)?.verdict === 'notExercised' ? 'was not exercised' : 'holds';
}
