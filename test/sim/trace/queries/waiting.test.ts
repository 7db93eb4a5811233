import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { queueLanes, queueSeries } from '../../../../sim/trace/queries/queues.ts';
import { rowAt } from '../../../../sim/trace/queries/step-series.ts';
import { expiryHorizon, hintsWaiting } from '../../../../sim/trace/queries/waiting.ts';
import type { ExpiryHorizon } from '../../../../sim/trace/queries/waiting.ts';
import { Reach } from '../../../support/reach.ts';
import { hintRows, LAST_INSTANT } from '../../../support/trace-arbitrary.ts';
import { buildTrace } from '../../../support/trace-builder.ts';

const trace = buildTrace({
  ttl: 100,
  hints: [
    { holder: 'a', peer: 'b', storedAt: 5, bytes: 10, leftAt: 9, fate: 'delivered', endedAt: 10 },
    { holder: 'a', peer: 'b', storedAt: 5, bytes: 20 },
    { holder: 'a', peer: 'c', storedAt: 5, bytes: 1 },
    { holder: 'a', peer: 'b', storedAt: 9, bytes: 30, leftAt: 12, fate: 'expired' },
  ],
});

function plain({ deadline, count, bytes }: ExpiryHorizon): number[][] {
  return [...deadline].map((at, row) => [at, count[row] ?? NaN, bytes[row] ?? NaN]);
}

describe('hintsWaiting', () => {
  it('holds a hint from its storing on and up to its leaving', () => {
    expect([...hintsWaiting(trace, 0, 1, 4)]).toEqual([]);
    expect([...hintsWaiting(trace, 0, 1, 5)]).toEqual([0, 1]);
    expect([...hintsWaiting(trace, 0, 1, 8)]).toEqual([0, 1]);
    expect([...hintsWaiting(trace, 0, 1, 9)]).toEqual([1, 3]);
    expect([...hintsWaiting(trace, 0, 1, 12)]).toEqual([1]);
    expect([...hintsWaiting(trace, 1, 0, 8)]).toEqual([]);
  });
});

describe('expiryHorizon', () => {
  it('sums what waits in all queues by deadline', () => {
    expect(plain(expiryHorizon(trace, 5))).toEqual([[105, 3, 31]]);
    expect(plain(expiryHorizon(trace, 9))).toEqual([
      [105, 2, 21],
      [109, 1, 30],
    ]);
    expect(plain(expiryHorizon(trace, 4))).toEqual([]);
  });

  it('keeps deadlines in their order where a later hint is due sooner', () => {
    const mixed = buildTrace({
      hints: [
        { holder: 'a', peer: 'b', storedAt: 1, deadline: 50, bytes: 3 },
        { holder: 'a', peer: 'b', storedAt: 2, deadline: 40, bytes: 4 },
      ],
    });
    expect(plain(expiryHorizon(mixed, 2))).toEqual([
      [40, 1, 4],
      [50, 1, 3],
    ]);
  });
});

describe('what waits at a random instant', () => {
  it('is as many hints as the queue is deep, and the horizon has all of them', () => {
    const reach = new Reach<'several waiting' | 'nothing waiting' | 'several deadlines'>();
    fc.assert(
      fc.property(hintRows, fc.integer({ min: 0, max: LAST_INSTANT }), (hints, at) => {
        const random = buildTrace({ hints, ttl: 7 });
        let depth = 0;
        let bytes = 0;
        for (const { holder, peer } of queueLanes(random)) {
          const series = queueSeries(random, holder, peer);
          const row = rowAt(series, at);
          const waiting = hintsWaiting(random, holder, peer, at);
          expect(waiting.length).toBe(series.depth[row] ?? 0);
          expect(waiting.reduce((sum, id) => sum + (random.hints.bytes[id] ?? NaN), 0)).toBe(series.bytes[row] ?? 0);
          depth += waiting.length;
          bytes += series.bytes[row] ?? 0;
        }
        const horizon = expiryHorizon(random, at);
        reach.note('nothing waiting', hints.length > 0 && depth === 0);
        reach.note('several waiting', depth >= 5);
        reach.note('several deadlines', horizon.deadline.length >= 3);
        expect(horizon.count.reduce((sum, count) => sum + count, 0)).toBe(depth);
        expect(horizon.bytes.reduce((sum, size) => sum + size, 0)).toBe(bytes);
      }),
      { seed: 20_260_303, numRuns: 1_000 },
    );
    expect(reach.rarerThan(20, ['several waiting', 'nothing waiting', 'several deadlines'])).toEqual([]);
  });
});
