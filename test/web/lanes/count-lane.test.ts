/** Counts over time: what is on the way on a link, and percentiles of latency; by hand. */
import { expect, test } from 'vitest';
import { inProgress, linkLanes, staleLanes } from '../../../web/lanes/count-lane.ts';
import { percentiles, ranked } from '../../../web/lanes/percentile-lane.ts';
import { buildTrace, type TraceRows } from '../../support/trace-builder.ts';

const ROWS: TraceRows = {
  level: 'full',
  endedAt: 1_000,
  writes: [
    {
      at: 10,
      coordinator: 'a',
      outcome: 'acked',
      resolvedAt: 40,
      copies: [{ replica: 'b', route: 'direct', appliedAt: 30 }],
    },
    {
      at: 20,
      coordinator: 'a',
      outcome: 'acked',
      resolvedAt: 120,
      copies: [{ replica: 'b', route: 'direct', appliedAt: 90 }],
    },
  ],
  log: [
    { at: 10, kind: 'copySent', node: 'a', peer: 'b', subject: 0 },
    { at: 20, kind: 'copySent', node: 'a', peer: 'b', subject: 1 },
    { at: 30, kind: 'copyApplied', node: 'b', peer: 'a', subject: 0 },
    { at: 40, kind: 'writeAcked', node: 'a', subject: 0 },
    { at: 90, kind: 'copyApplied', node: 'b', peer: 'a', subject: 1 },
    { at: 120, kind: 'writeAcked', node: 'a', subject: 1 },
  ],
};

test('a link carries what was sent and is not applied yet', () => {
  const [lane, ...others] = linkLanes(buildTrace(ROWS));
  expect(others).toEqual([]);
  expect(lane?.label).toBe('a ⇢ b');
  const { count } = lane?.data() ?? { count: undefined };
  expect([...(count?.at ?? [])]).toEqual([10, 20, 30, 90]);
  expect([...(count?.value ?? [])]).toEqual([1, 2, 1, 0]);
});

test('without a log there are no such lanes', () => {
  const trace = buildTrace({ ...ROWS, level: 'hints' });
  expect([linkLanes(trace), staleLanes(trace)]).toEqual([[], []]);
});

test('what begins and ends at one instant is counted together', () => {
  const { at, value } = inProgress(Float64Array.of(1, 5, 5), Float64Array.of(5, 9));
  expect([[...at], [...value]]).toEqual([
    [1, 5, 9],
    [1, 2, 1],
  ]);
});

test('a percentile is the least value that so many do not exceed', () => {
  const hundred = Array.from({ length: 100 }, (_, i) => i + 1);
  expect([0.5, 0.99, 1].map((share) => ranked(hundred, share))).toEqual([50, 99, 100]);
  expect(ranked([7], 0.5)).toBe(7);
  expect(ranked([], 0.5)).toBe(0);
});

test('few requests make one stretch: latencies of 30 and 100 have the median 30 and the 99th percentile 100', () => {
  const { median, high } = percentiles(buildTrace(ROWS));
  expect([[...median.value], [...high.value]]).toEqual([[30], [100]]);
});
