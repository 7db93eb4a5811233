/**
 * The expiry lane: what has expired up to the playhead, and beyond it the horizon, i.e. what will expire when unless it
 * is drained first. Both are cumulative counts on one axis, so the horizon goes on where the past ends.
 */
import { expirySeries, HINT_FATES, type Trace } from '../../sim/trace/index.ts';
import { lastAsked, once, type ExpiryData, type ExpiryLane, type HorizonSource } from './lane.ts';
import { steps, valueAt, type Steps } from './steps.ts';
import { stakeEnd, WaitingHints } from './waiting-hints.ts';

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
  const { at, count } = expirySeries(trace);
  const expired = steps(at, count);
  const waiting = WaitingHints.atStake(trace);
  const top = mostAtStake(trace);
  const look = (moment: number): ExpiryData => {
    const ids = waiting.at(moment);
    const due = new Float64Array(ids.length).map((_, i) => trace.hints.deadline[ids[i] ?? 0] ?? 0);
    return { moment, expired, horizon: horizonOf(due.sort(), moment, valueAt(expired, moment)), top };
  };
  return { at: lastAsked(look) };
}

/**
 * A step at each distinct deadline, on top of what has expired `already`. A hint whose deadline has passed still waits
 * for the sweep that removes it: it is due now, not in the past.
 */
function horizonOf(deadlines: Float64Array, moment: number, already: number): Steps {
  const at = new Float64Array(deadlines.length + 1).fill(moment);
  const value = new Float64Array(deadlines.length + 1).fill(already);
  let last = 0;
  deadlines.forEach((due, i) => {
    if (i === 0 || due !== deadlines[i - 1]) last++;
    at[last] = Math.max(due, moment);
    value[last] = already + i + 1;
  });
  return steps(at.subarray(0, last + 1), value.subarray(0, last + 1));
}

/** The maximum over time of expired + at stake. A hint counts from its storing on; it stops when it leaves or is applied. */
function mostAtStake(trace: Trace): number {
  const { storedAt, fate } = trace.hints;
  const expired = HINT_FATES.indexOf('expired');
  const left = storedAt
    .map((_, id) => (fate[id] === expired ? Infinity : stakeEnd(trace, id)))
    .filter(Number.isFinite)
    .sort();
  let gone = 0;
  let most = 0;
  storedAt.forEach((at, id) => {
    while (gone < left.length && (left[gone] ?? Infinity) <= at) gone++;
    most = Math.max(most, id + 1 - gone);
  });
  return most;
}
