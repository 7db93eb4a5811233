import { expect, test } from 'vitest';
import { ageShare, queueData, queueLanes } from '../../../web/lanes/queue-lane.ts';
import { storeData } from '../../../web/lanes/store-lane.ts';
import { valueAt } from '../../../web/lanes/steps.ts';
import { buildTrace } from '../../support/trace-builder.ts';

/** a holds three hints for b: stored at 100, 200, 300; the second is shipped first, at 400, the others at 500. */
const trace = buildTrace({
  ttl: 1_000,
  hints: [
    { holder: 'a', peer: 'b', storedAt: 100, leftAt: 500, fate: 'delivered' },
    { holder: 'a', peer: 'b', storedAt: 200, leftAt: 400, fate: 'delivered' },
    { holder: 'a', peer: 'c', storedAt: 250 },
    { holder: 'a', peer: 'b', storedAt: 300, leftAt: 500, fate: 'delivered' },
  ],
  refusals: [
    { at: 350, holder: 'a', peer: 'b', bytes: 9, write: 0 },
    { at: 360, holder: 'a', peer: 'c', bytes: 9, write: 0 },
  ],
});

test('there is a lane for every pair that ever held a hint, and it says how many', () => {
  expect(queueLanes(trace).map(({ label, hints }) => [label, hints])).toEqual([
    ['a → b', 3],
    ['a → c', 1],
  ]);
});

test('depth rises with each hint stored and falls with each that leaves', () => {
  const { depth } = queueData(trace, 0, 1);
  expect([99, 100, 200, 300, 400, 500].map((at) => valueAt(depth, at))).toEqual([0, 1, 2, 3, 2, 0]);
});

test('age is that of the oldest hint that waits, as a share of the TTL', () => {
  const data = queueData(trace, 0, 1);
  expect(ageShare(data, 50)).toBe(0);
  expect(ageShare(data, 300)).toBe(0.2);
  expect(ageShare(data, 450)).toBe(0.35);
  expect(ageShare(data, 500)).toBe(0);
});

test('only refusals of this very queue are marked on it', () => {
  expect([...queueData(trace, 0, 1).refusedAt]).toEqual([350]);
});

test('a hint that is applied stays in its queue until its acknowledgement is in, and so does its age', () => {
  const acked = buildTrace({
    ttl: 1_000,
    hints: [
      { holder: 'a', peer: 'b', storedAt: 100, endedAt: 300, leftAt: 500, fate: 'delivered' },
      { holder: 'a', peer: 'b', storedAt: 200, endedAt: 250, leftAt: 260, fate: 'delivered' },
    ],
  });
  const data = queueData(acked, 0, 1);
  expect([250, 260, 300, 499, 500].map((at) => valueAt(data.depth, at))).toEqual([2, 1, 1, 1, 0]);
  expect([ageShare(data, 400), ageShare(data, 500)]).toEqual([0.3, 0]);
});

test('a queue is marked wherever it was refused a hint; a store only where its cap or its disk did it', () => {
  const refused = buildTrace({
    refusals: (['cap', 'window', 'disk', 'overload'] as const).map((reason, i) => ({
      ...{ reason, at: 100 + i, holder: 'a', peer: 'b', bytes: 9, write: 0 },
    })),
  });
  expect([...queueData(refused, 0, 1).refusedAt]).toEqual([100, 101, 102, 103]);
  expect([...storeData(refused, 0).refusedAt]).toEqual([100, 102, 103]);
});
