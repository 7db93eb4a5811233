/**
 * Limits that only a run can meet: an estimate cannot know how far a heavy tail or a long backlog will go. A part that
 * is full throws a {@link LimitReached}; the simulation catches it and ends the run there, with the numbers.
 */
import { unreachable } from '../../core/index.ts';
import { formatBytes, formatCount } from '../trace/format.ts';

/** Limits of a run, by name; the first two are the scenario's, the others are the simulator's own. */
export const RUN_LIMITS = [
  'events',
  'traceBytes',
  'requeues',
  'messages',
  'requests',
  'hints',
  'hintBytes',
  'memory',
] as const;
/** One of {@link RUN_LIMITS}. */
export type RunLimit = (typeof RUN_LIMITS)[number];

/** A limit in words: `500 events`, `64.0 MiB of trace`. */
export function describeLimit(limit: RunLimit, allowed: number): string {
  switch (limit) {
    case 'events':
      return `${formatCount(allowed)} events`;
    case 'traceBytes':
      return `${formatBytes(allowed)} of trace`;
    case 'requeues':
      return `${formatCount(allowed)} requeues, as many as events`;
    case 'messages':
      return `${formatCount(allowed)} messages under way at once`;
    case 'requests':
      return `${formatCount(allowed)} requests under way at once`;
    case 'hints':
      return `${formatCount(allowed)} hints`;
    case 'hintBytes':
      return `${formatBytes(allowed)} of hints stored`;
    case 'memory':
      return `${formatBytes(allowed)} of live state`;
    default:
      return unreachable(limit);
  }
}

/** A run has met a limit; it ends there. */
export class LimitReached extends Error {
  override readonly name = 'LimitReached';
  readonly limit: RunLimit;
  readonly allowed: number;

  constructor(limit: RunLimit, allowed: number) {
    super(`a run ends at ${allowed} ${limit}`);
    this.limit = limit;
    this.allowed = allowed;
  }
}
