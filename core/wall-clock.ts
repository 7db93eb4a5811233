/**
 * Wall-clock time, where it meets the time of a store. A running store counts on its monotonic `Clock`; a record on disk
 * must mean something to the next process, so it holds a wall-clock deadline, in whole milliseconds since 1970. These
 * two functions cross over, one at each write and one at each start, after hints.rs `deadline_to_wall` and `replay`.
 *
 * The wall clock may be set. A step between the two crossings moves every deadline by as much: back and hints live
 * longer, forward and they are gone at the start (hazard H25).
 */
import { assert } from './assert.ts';
import { duration, END_OF_TIME, instant } from './units.ts';
import type { Duration, Instant } from './units.ts';

/** A clock that people and daemons set. Unlike a `Clock` it may go back. */
export interface WallClock {
  /** Integer microseconds since 1970, exact to ±2^53; negative before. */
  nowMicros(): number;
}

/** One moment on both clocks. */
export interface ClockPair {
  readonly wallNowMicros: number;
  readonly now: Instant;
}

/** A wall-clock deadline, seen from the store that reads it. */
export type AnchoredDeadline =
  /** Earlier than the wall clock: the hint is not replayed, and not counted as expired. */
  | { readonly kind: 'passed'; readonly overdueBy: Duration }
  /** To be kept until `deadline`, which is now if the deadline is this very moment. */
  | { readonly kind: 'pending'; readonly deadline: Instant }
  /** Later than an `Instant` can say: kept until `END_OF_TIME`, and the record alone knows the true deadline. */
  | { readonly kind: 'beyond'; readonly deadline: Instant };

/**
 * The deadline that a record holds for a hint with `remaining` time to live, in whole milliseconds since 1970: up to one
 * millisecond early, never late. A moment before 1970 is written as 0.
 */
export function wallDeadlineMillis(wallNowMicros: number, remaining: Duration): bigint {
  assertWall(wallNowMicros);
  const deadlineMicros = BigInt(wallNowMicros) + BigInt(remaining);
  return deadlineMicros <= 0n ? 0n : deadlineMicros / 1_000n;
}

/** The deadline of a record on the clock of the store that is being opened, if it has not passed. O(1). */
export function anchorDeadline(deadlineMillis: bigint, at: ClockPair): AnchoredDeadline {
  assertWall(at.wallNowMicros);
  const remaining = deadlineMillis * 1_000n - BigInt(at.wallNowMicros);
  if (remaining < 0n) return { kind: 'passed', overdueBy: duration(Number(-remaining)) };
  const deadline = BigInt(at.now) + remaining;
  if (deadline > BigInt(END_OF_TIME)) return { kind: 'beyond', deadline: END_OF_TIME };
  return { kind: 'pending', deadline: instant(Number(deadline)) };
}

function assertWall(wallNowMicros: number): void {
  assert(Number.isSafeInteger(wallNowMicros), 'a wall clock counts integer microseconds', wallNowMicros);
}
