/**
 * Assertions: what only a bug of ours can cause. They stay on in every build, because a wrong number on a
 * screen that looks right is worse than a stop. What a caller can cause is a value, never an assertion.
 */

/** An assertion failed: hintlab itself is wrong, not its input. */
export class AssertionFailure extends Error {
  override readonly name = 'AssertionFailure';
}

/** Stops the run if `holds` is false; `rule` is the sentence that should be true and `found` the offending value. */
export function assert(holds: boolean, rule: string, found?: number | string): asserts holds {
  if (!holds) fail(rule, found);
}

/** Closes an exhaustive `switch`: reaching it means a case was forgotten. */
export function unreachable(value: never): never {
  return fail('every case is handled', String(value));
}

function fail(rule: string, found: number | string | undefined): never {
  throw new AssertionFailure(found === undefined ? `broken rule: ${rule}` : `broken rule: ${rule} (found ${found})`);
}
