/**
 * What checking a property finds: a verdict, and of a violation the first instant, event and victim.
 */

/** What a run has shown of a property. */
export const VERDICTS = ['holds', 'violated', 'notExercised'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** The first instant at which a property was violated. */
export interface Violation {
  /** The instant, in microseconds. */
  readonly at: number;
  /** The row of the log that did it, or NONE if no event did (something failed to happen), or none is recorded. */
  readonly event: number;
  /** What happened, in one sentence with names and numbers. */
  readonly detail: string;
  /** The write, and the hint, that it happened to; undefined if it was about none. */
  readonly write?: number;
  readonly hint?: number;
  /** The copy of the write that it is about, where that is the copy of one replica. */
  readonly copy?: number;
}

/** What checking a property found. */
export interface Finding {
  readonly verdict: Verdict;
  /** Times that the situation came up. */
  readonly cases: number;
  readonly violations: number;
  readonly first: Violation | undefined;
  /** In one sentence: the first violation, what was looked at, or why nothing was. */
  readonly detail: string;
}
