/**
 * Whom a violation happened to, and by what: the key of the write, the hint or the event that it names, and the kind of
 * the event.
 */
import type { PropertyResult } from '../../check/index.ts';
import { LOG_KINDS, NONE } from '../../trace/index.ts';
import type { LogKind, Trace } from '../../trace/index.ts';

/** The key that the first violation is about, as its number in the trace; undefined if it is about none. */
export function keyOf(trace: Trace, { write, hint, event }: PropertyResult): number | undefined {
  const victim = write ?? (hint === null ? NONE : (trace.hints.write[hint] ?? NONE));
  if (victim !== NONE) return trace.writes.key[victim];
  return event === null ? undefined : keyOfRead(trace, event);
}

/**
 * The kind of the event that did it; undefined if none did. A copy can be overwritten by a late hint or by a write that
 * raced it: one cause, two stories.
 */
export function deedOf(trace: Trace, { event }: PropertyResult): LogKind | undefined {
  return event === null ? undefined : LOG_KINDS[trace.log.kind[event] ?? 0];
}

/** Rows of the log that tell of a read name it as their subject. */
function keyOfRead({ log, reads }: Trace, event: number): number | undefined {
  const kind = LOG_KINDS[log.kind[event] ?? 0];
  return kind === 'readAnswered' || kind === 'readFailed' ? reads.key[log.subject[event] ?? NONE] : undefined;
}
