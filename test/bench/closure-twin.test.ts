/** The twin that the simulator is timed against must tell the same story, at every load that it is timed at. */
import { expect, it } from 'vitest';
import { scenarioOf, storyText, traceOf } from '../support/scenarios.ts';
import { runTwin } from './closure-twin.ts';
import type { TwinResult } from './closure-twin.ts';

type Counters = Omit<TwinResult, 'events'>;

function counters({ acked, failed, stored, delivered, requeued }: Counters): Counters {
  return { acked, failed, stored, delivered, requeued };
}

it('the closure twin ends with the counters worked out for single-outage', () => {
  const expected = { acked: 89_000, failed: 0, stored: 4_347, delivered: 4_347, requeued: 34_736 };
  expect(counters(runTwin())).toEqual(expected);
});

it('at 10 writes/s the channel never fills while b is away: only what finds it Down is hinted', () => {
  // Waiting in the channel: the writes of 60.5 … 78.9 s (185), with the heartbeats of 61 … 106 s (46) and the writes of
  // 105.6 … 106.4 s (9), 240 of 256 slots. Hinted: 79.0 … 105.5 s, 266 writes; the sweep of 120 s puts 10 back.
  const expected = { acked: 8_900, failed: 0, stored: 266, delivered: 266, requeued: 10 };
  expect(counters(runTwin(10))).toEqual(expected);
});

it.each([10, 100])('the closure twin ends with the counters of the simulator at %d writes/s', (rate) => {
  const scenario = scenarioOf(storyText('single-outage'), ['record=counters', `workload.rate=${rate}/s`]);
  const { writes, hints } = traceOf(scenario).totals;
  expect(counters(runTwin(rate))).toEqual(counters({ ...writes, ...hints }));
});
