/**
 * One row of the log as a plain value, as the audit reads it.
 */
import { NOBODY, NONE } from '../../trace/index.ts';
import type { Trace } from '../../trace/index.ts';

/** A row of the event log. */
export interface LogRow {
  /** Its position in the log. */
  readonly index: number;
  /** Microseconds. */
  readonly at: number;
  /** One of `LOG`. */
  readonly kind: number;
  readonly node: number;
  readonly peer: number;
  readonly subject: number;
}

/** The row at a position of the log. */
export function rowAt({ log }: Trace, index: number): LogRow {
  return {
    index,
    at: log.at[index] ?? 0,
    kind: log.kind[index] ?? 0,
    node: log.node[index] ?? NOBODY,
    peer: log.peer[index] ?? NOBODY,
    subject: log.subject[index] ?? NONE,
  };
}
