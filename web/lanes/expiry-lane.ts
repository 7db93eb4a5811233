/**
 * The expiry lane: what has expired up to the playhead, and beyond it the horizon, i.e. what will expire when unless it
 * is drained first. Both are cumulative counts on one axis, so the horizon goes on where the past ends.
 */
import { expiryHorizon, expirySeries, HINT_FATES, type Trace } from '../../sim/trace/index.ts';
import { once, type ExpiryLane, type HorizonSource } from './lane.ts';
import { steps, valueAt, type Steps } from './steps.ts';

/** The expiry lane at one moment. */
export interface ExpiryData {
  readonly moment: number;
  readonly expired: Steps;
  /** Expired by then, unless drained: starts at the moment with what has expired already. */
  readonly horizon: Steps;
  readonly top: number;
}

export function expiryLane(trace: Trace): ExpiryLane {
  return {
    kind: 'expiry',
    id: 'expiry',
    label: 'expired',
    about: 'Hints expired so far, and from the playhead on what will expire when unless it is drained',
    height: 72,
    data: once(() => horizonSource(trace)),
  };
}

/** What the lane needs of the trace, whatever the moment. O(n log n) in the hints. */
export function horizonSource(trace: Trace): HorizonSource {
  const series = expirySeries(trace);
  return { trace, expired: steps(series.at, series.count), top: mostAtStake(trace) };
}

/** Expiries as they look from a moment: what has expired by then, and the horizon from then on. */
export function expiryAt(source: HorizonSource, moment: number): ExpiryData {
  const { deadline, count } = expiryHorizon(source.trace, moment);
  const already = valueAt(source.expired, moment);
  const at = new Float64Array(deadline.length + 1);
  const value = new Float64Array(deadline.length + 1);
  at[0] = moment;
  value[0] = already;
  // A hint whose deadline has passed still waits for the sweep that removes it: it is due now, not in the past.
  deadline.forEach((due, i) => {
    at[i + 1] = Math.max(due, moment);
    value[i + 1] = (value[i] ?? 0) + (count[i] ?? 0);
  });
  return { moment, expired: source.expired, horizon: steps(at, value), top: source.top };
}

/** The maximum over time of expired + waiting. A hint counts from its storing on; it stops counting when it leaves alive. */
function mostAtStake(trace: Trace): number {
  const { storedAt, leftAt, fate } = trace.hints;
  const expired = HINT_FATES.indexOf('expired');
  const left = leftAt.filter((at, id) => Number.isFinite(at) && fate[id] !== expired).sort();
  let gone = 0;
  let most = 0;
  storedAt.forEach((at, id) => {
    while (gone < left.length && (left[gone] ?? Infinity) <= at) gone++;
    most = Math.max(most, id + 1 - gone);
  });
  return most;
}
