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
  const expected = { acked: 89_000, failed: 0, stored: 29_847, delivered: 29_847, requeued: 1_725_036 };
  expect(counters(runTwin())).toEqual(expected);
});

it('at a tenth of the load nearly all hints are for one that was found Down', () => {
  // Waiting in the channel: the writes of 60.5 … 78.9 s (185) and the heartbeats of 61 … 131 s (71), 256 in all. Hinted:
  // 79.0 … 360.5 s, 2 816 writes, and 360.6 … 361.4 s, 9, as the channel is full. Eleven sweeps of 256, then 9:
  // 11 · 2 825 − 256 · 66 = 14 179 go back.
  const expected = { acked: 8_900, failed: 0, stored: 2_825, delivered: 2_825, requeued: 14_179 };
  expect(counters(runTwin(10))).toEqual(expected);
});

it.each([10, 100])('the closure twin ends with the counters of the simulator at %d writes/s', (rate) => {
  const scenario = scenarioOf(storyText('single-outage'), ['record=counters', `workload.rate=${rate}/s`]);
  const { writes, hints } = traceOf(scenario).totals;
  expect(counters(runTwin(rate))).toEqual(counters({ ...writes, ...hints }));
});
