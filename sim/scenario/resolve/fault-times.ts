/**
 * When a fault is: from `at` for a while, or until a time, once or again and again.
 */
import { END_OF_TIME, duration as span, instant, later } from '../../../core/index.ts';
import type { Duration, Instant } from '../../../core/index.ts';
import type { FaultDocument } from '../schema/faults.ts';
import { writeDuration } from '../text/quantities.ts';
import type { Path } from '../text/source-tree.ts';
import type { Resolution } from './resolution.ts';

const RESTART_TIME: Duration = span(2_000_000);

/** An entry that breaks something itself, rather than naming a file of outages. */
export type WrittenFault = Exclude<FaultDocument, { readonly lanl: unknown }>;
/** One that lasts, and so may be repeated. */
type LastingFault = Exclude<WrittenFault, { readonly reindex: unknown } | { readonly collect: unknown }>;
type RepeatedFault = Exclude<LastingFault, { readonly flap: unknown }>;

/** A stretch of time, half-open. */
export interface Stretch {
  readonly from: Instant;
  readonly until: Instant;
}

/**
 * The times of an entry: one, or as many as `every` and `times` make, but only one more than there is `room` for, which
 * shows that there are too many.
 */
export function faultTimes(
  document: WrittenFault,
  path: Path,
  duration: Duration,
  room: number,
  resolution: Resolution,
): readonly Stretch[] {
  const at = instant(document.at ?? 0);
  // A table stays as it was put, and tombstones are collected at once: neither lasts, neither repeats.
  if ('reindex' in document) return [{ from: at, until: END_OF_TIME }];
  if ('collect' in document) return [{ from: at, until: at }];
  const length = lengthOf(document, path, resolution);
  if ('flap' in document) return [{ from: at, until: length === undefined ? END_OF_TIME : later(at, length) }];
  refuseRepetition(document, length, path, resolution);
  const { every, times } = document;
  const last = every === undefined ? 1 : (times ?? Infinity);
  const stretches: Stretch[] = [];
  let from: Instant = at;
  for (let count = 0; count < last && stretches.length <= room; count++) {
    stretches.push({ from, until: length === undefined ? END_OF_TIME : later(from, length) });
    from = later(from, every === undefined ? duration : span(every));
    // Endless repetition ends with the run; a counted one goes on, for its note.
    if (times === undefined && from > duration) break;
  }
  return stretches;
}

/** How long a fault lasts; undefined if it never ends. */
function lengthOf(document: LastingFault, path: Path, resolution: Resolution): Duration | undefined {
  const { at = 0, until, for: length } = document;
  if (until === undefined) {
    if (length !== undefined) return span(length);
    if ('replace' in document) {
      const expected = 'the key for, or until: when an empty node takes the place of the dead one';
      resolution.problem(path, { code: 'missingKey', expected, found: 'nothing' });
    }
    return 'restart' in document ? RESTART_TIME : undefined;
  }
  if (length !== undefined) {
    resolution.problem([...path, 'until'], { code: 'conflict', expected: 'for or until, not both', found: 'both' });
  } else if (until <= at) {
    resolution.problem([...path, 'until'], { code: 'order', expected: `a time after at, ${writeDuration(at)}` });
  }
  return span(Math.max(1, until - at));
}

function refuseRepetition(
  { every, times }: RepeatedFault,
  length: Duration | undefined,
  path: Path,
  resolution: Resolution,
): void {
  if (every === undefined && times !== undefined) {
    resolution.problem([...path, 'times'], { code: 'conflict', expected: 'every beside times', found: 'times alone' });
  }
  if (every === undefined || length !== undefined) return;
  const complaint = {
    code: 'conflict',
    expected: 'for or until beside every',
    found: 'a fault without an end',
  } as const;
  resolution.problem([...path, 'every'], complaint);
}
