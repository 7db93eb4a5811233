import { expect, test } from 'vitest';
import { horizonSource } from '../../../web/lanes/expiry-lane.ts';
import { valueAt } from '../../../web/lanes/steps.ts';
import { dueBeyond } from '../../../web/draw/expiry.ts';
import { buildTrace } from '../../support/trace-builder.ts';

/** Of four hints one expires at its sweep (1 150), one is delivered at 600, two stay with deadlines 1 300 and 1 400. */
const source = horizonSource(
  buildTrace({
    ttl: 1_000,
    endedAt: 2_000,
    hints: [
      { holder: 'a', peer: 'b', storedAt: 100, leftAt: 1_150, fate: 'expired' },
      { holder: 'a', peer: 'b', storedAt: 200, leftAt: 600, fate: 'delivered' },
      { holder: 'a', peer: 'c', storedAt: 300 },
      { holder: 'a', peer: 'c', storedAt: 400 },
    ],
  }),
);

test('the horizon begins with what has expired and adds every waiting hint at its deadline', () => {
  const { horizon } = source.at(500);
  expect([...horizon.at]).toEqual([500, 1_100, 1_200, 1_300, 1_400]);
  expect([...horizon.value]).toEqual([0, 1, 2, 3, 4]);
});

test('what is drained before its deadline leaves the horizon', () => {
  expect([...source.at(600).horizon.at]).toEqual([600, 1_100, 1_300, 1_400]);
});

test('a hint past its deadline that no sweep has found yet is due now', () => {
  const { horizon } = source.at(1_120);
  expect([...horizon.at]).toEqual([1_120, 1_120, 1_300, 1_400]);
  expect(valueAt(horizon, 1_120)).toBe(1);
});

test('after its sweep it counts as expired, and the two counts meet at the playhead', () => {
  const data = source.at(1_150);
  expect(valueAt(data.expired, 1_150)).toBe(1);
  expect(data.horizon.value[0]).toBe(1);
});

test('the axis ends at the most that was at stake at once, whatever the moment', () => {
  expect(source.at(0).top).toBe(4);
  expect(source.at(1_500).top).toBe(4);
});

test('deadlines beyond the right edge are counted, and the first of them is named', () => {
  expect(dueBeyond(source.at(700), 1_250)).toEqual({ hints: 2, firstAt: 1_300 });
  expect(dueBeyond(source.at(700), 1_400)).toEqual({ hints: 0, firstAt: Infinity });
  expect(dueBeyond(source.at(700), 500)).toEqual({ hints: 3, firstAt: 1_100 });
});

test('a hint that is applied is no longer at stake, although it waits for its acknowledgement', () => {
  const acked = horizonSource(
    buildTrace({
      ttl: 1_000,
      endedAt: 2_000,
      hints: [
        { holder: 'a', peer: 'b', storedAt: 100, endedAt: 500, leftAt: 900, fate: 'delivered' },
        { holder: 'a', peer: 'b', storedAt: 600 },
      ],
    }),
  );
  expect([...acked.at(499).horizon.at]).toEqual([499, 1_100]);
  expect([...acked.at(500).horizon.at]).toEqual([500]);
  expect([...acked.at(700).horizon.at]).toEqual([700, 1_600]);
  // The first is settled before the second is stored.
  expect(acked.at(0).top).toBe(1);
});
