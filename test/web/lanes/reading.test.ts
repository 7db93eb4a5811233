/** What a lane says beside its picture, of a run small enough to be worked out by hand. */
import { expect, test } from 'vitest';
import { clientLanes } from '../../../web/lanes/outcome-lane.ts';
import { percentileLanes } from '../../../web/lanes/percentile-lane.ts';
import { readingOf } from '../../../web/lanes/reading.ts';
import { runOf } from '../../support/small-runs.ts';

/** A restarted coordinator takes both peers for Down: two hints are two votes, and the write is acknowledged at once. */
const trace = runOf(`
nodes: [a, b, c]
duration: 60s
consistency: DC_QUORUM
requests: [{ at: 10.7s, set: k, size: 100B, on: a }]
faults: [{ restart: a, at: 9.5s, for: 1s }]
`);
const [, latency] = clientLanes(trace);
const [percentile] = percentileLanes(trace);

test('a write that is answered at once took no time, which is not to say that it was not answered', () => {
  expect(trace.writes.resolvedAt[0]).toBe(10_700_000);
  expect(readingOf(latency, trace, 10_700_000).now).toBe('0s · max 0s');
  expect(percentile && readingOf(percentile, trace, 10_700_000).now).toBe('p50 0s · p99 0s');
});

test('where nothing is answered there is no latency to tell', () => {
  expect(readingOf(latency, trace, 30_000_000).now).toBe('none answered');
});
