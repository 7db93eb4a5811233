/**
 * Times to draw: a share of the run, or a time at which something is due, give or take a hair. What goes wrong goes wrong
 * at a deadline, at a sweep, or just after a node is back, and evenly spread times hardly ever meet one (properties §0, F5).
 */
import fc from 'fast-check';
import { oneOf, pick, whole } from './draws.ts';
import type { Landmarks } from './policy.ts';

/** What a time is counted in: a percent of the run, a landmark, or the beginning or end of a fault. */
type Unit = 'share' | keyof Landmarks | 'began' | 'ended';

/** A time, not yet known in microseconds. */
export interface Moment {
  readonly unit: Unit;
  /** Percent of the run. */
  readonly share: number;
  /** So many landmarks; or which fault. */
  readonly times: number;
  /** Microseconds beside a landmark. */
  readonly hair: number;
  /** Microseconds after a fault began or ended. */
  readonly lag: number;
}

/** A stretch of a drawn fault, in microseconds; Infinity if it never ends. */
export interface Stretch {
  readonly from: number;
  readonly until: number;
}

/** What times are read against. */
export interface Timeline {
  readonly landmarks: Landmarks;
  /** Length of the run, microseconds. */
  readonly horizon: number;
  /** The faults before: what `began` and `ended` speak of. */
  readonly faults: readonly Stretch[];
}

const MILLISECOND = 1_000;
const SECOND = 1_000_000;
/** Runs longer than this have times of whole seconds, others of tenths. */
const LONG = 200 * SECOND;

/** @param boundary percent of times that are at a landmark or at a fault. */
export function moment(boundary: number): fc.Arbitrary<Moment> {
  const even = 100 - boundary;
  return fc.record({
    unit: oneOf<Unit>(
      [even * 36, 'share'],
      [boundary * 8, 'interval'],
      [boundary * 4, 'ttl'],
      [boundary * 4, 'window'],
      [boundary * 2, 'timeout'],
      [boundary * 2, 'grace'],
      [boundary, 'retry'],
      [boundary, 'flush'],
      [boundary * 4, 'began'],
      [boundary * 10, 'ended'],
    ),
    share: whole(1, 95),
    times: whole(1, 4),
    hair: oneOf([4, 0], [1, -1], [3, 1], [2, -MILLISECOND], [2, MILLISECOND], [2, 100 * MILLISECOND]),
    lag: oneOf([1, 0], [1, MILLISECOND], [2, 200 * MILLISECOND], [2, SECOND], [2, 2 * SECOND], [2, 6 * SECOND]),
  });
}

/** The instant of a moment, within the run. */
export function instantOf(moment: Moment, { landmarks, horizon, faults }: Timeline): number {
  const { unit, share, times, hair, lag } = moment;
  const even = tidy((horizon * share) / 100, horizon);
  if (unit === 'share') return even;
  if (unit === 'began' || unit === 'ended') {
    const fault = pick(faults, times, { from: even, until: even });
    const at = (unit === 'began' ? fault.from : fault.until) + lag;
    return at < horizon ? at : even;
  }
  const at = landmarks[unit] * times + hair;
  return landmarks[unit] > 0 && at < horizon ? at : even;
}

/** The length that a moment means, as that of a fault: at least a millisecond, and at most a good half of the run. */
export function lengthOf(moment: Moment, { landmarks, horizon }: Timeline): number {
  const { unit, share, times, hair } = moment;
  const even = Math.max(tidy((horizon * share * share) / 16_000, horizon), 300 * MILLISECOND);
  if (unit === 'share' || unit === 'began' || unit === 'ended') return even;
  const length = landmarks[unit] * Math.ceil(times / 2) + hair;
  return landmarks[unit] > 0 && length < horizon * 0.6 ? Math.max(length, MILLISECOND) : even;
}

/** The next whole tenth of a second, or second, below. */
function tidy(micros: number, horizon: number): number {
  const grain = horizon > LONG ? SECOND : SECOND / 10;
  return Math.floor(micros / grain) * grain;
}
