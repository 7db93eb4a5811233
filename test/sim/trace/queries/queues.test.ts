import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { queueLanes, queueSeries, storeSeries } from '../../../../sim/trace/queries/queues.ts';
import { rowAt } from '../../../../sim/trace/queries/step-series.ts';
import type { StepSeries } from '../../../../sim/trace/queries/step-series.ts';
import { Reach } from '../../../support/reach.ts';
import { hintRows, LAST_INSTANT } from '../../../support/trace-arbitrary.ts';
import { buildTrace } from '../../../support/trace-builder.ts';
import type { HintRow } from '../../../support/trace-builder.ts';

/** Two lanes of a, one of c. a→b: 10 B from 5 to 9, 20 B from 5 to the end, 30 B from 9 to 12. */
const trace = buildTrace({
  hints: [
    { holder: 'a', peer: 'b', storedAt: 5, bytes: 10, leftAt: 9, fate: 'delivered', endedAt: 10 },
    { holder: 'a', peer: 'b', storedAt: 5, bytes: 20 },
    { holder: 'a', peer: 'c', storedAt: 6, bytes: 1, leftAt: 7, fate: 'expired' },
    { holder: 'a', peer: 'b', storedAt: 9, bytes: 30, leftAt: 12, fate: 'holderCrashed' },
    { holder: 'c', peer: 'a', storedAt: 11, bytes: 5, leftAt: 11, fate: 'linkCut', endedAt: 13 },
  ],
});

function plain({ at, depth, bytes }: StepSeries): number[][] {
  return [...at].map((instant, row) => [instant, depth[row] ?? NaN, bytes[row] ?? NaN]);
}

function valueAt(series: StepSeries, at: number): { depth: number; bytes: number } {
  const row = rowAt(series, at);
  return { depth: series.depth[row] ?? 0, bytes: series.bytes[row] ?? 0 };
}

describe('queueLanes', () => {
  it('lists every pair that ever held a hint, by holder, then peer', () => {
    expect(queueLanes(trace)).toEqual([
      { holder: 0, peer: 1, hints: 3, firstAt: 5 },
      { holder: 0, peer: 2, hints: 1, firstAt: 6 },
      { holder: 2, peer: 0, hints: 1, firstAt: 11 },
    ]);
  });

  it('is empty below level hints', () => {
    expect(queueLanes(buildTrace({ level: 'counters' }))).toEqual([]);
  });
});

describe('queueSeries', () => {
  it('gives depth and bytes after each instant, changes of one instant folded', () => {
    expect(plain(queueSeries(trace, 0, 1))).toEqual([
      [5, 2, 30],
      [9, 2, 50],
      [12, 1, 20],
    ]);
  });

  it('shows a hint that came and went within an instant as no change', () => {
    expect(plain(queueSeries(trace, 2, 0))).toEqual([[11, 0, 0]]);
  });

  it('is empty for a pair without hints', () => {
    expect(plain(queueSeries(trace, 1, 0))).toEqual([]);
  });
});

describe('storeSeries', () => {
  it('adds up all queues of a holder', () => {
    expect(plain(storeSeries(trace, 0))).toEqual([
      [5, 2, 30],
      [6, 3, 31],
      [7, 2, 30],
      [9, 2, 50],
      [12, 1, 20],
    ]);
  });
});

const NAMES = ['a', 'b', 'c'];

/** What a queue of these hints holds at an instant, counted one by one. */
function naive(hints: readonly HintRow[], at: number): { depth: number; bytes: number } {
  const inside = hints.filter((hint) => hint.storedAt <= at && at < (hint.leftAt ?? Infinity));
  return { depth: inside.length, bytes: inside.reduce((sum, hint) => sum + (hint.bytes ?? 0), 0) };
}

describe('series of random hints', () => {
  it('equal a naive count at every instant', () => {
    const states = ['deep queue', 'left out of order', 'folded instant', 'pending'] as const;
    const reach = new Reach<(typeof states)[number]>();
    fc.assert(
      fc.property(hintRows, (hints) => {
        const random = buildTrace({ hints });
        for (const { holder, peer } of queueLanes(random)) {
          const mine = hints.filter((hint) => hint.holder === NAMES[holder] && hint.peer === NAMES[peer]);
          const left = mine.map((hint) => hint.leftAt ?? Infinity);
          const series = queueSeries(random, holder, peer);
          const changes = mine.length + left.filter((at) => at < Infinity).length;
          reach.note(
            'left out of order',
            left.some((at, row) => at > (left[row + 1] ?? Infinity)),
          );
          reach.note('folded instant', series.at.length < changes);
          reach.note('pending', left.includes(Infinity));
          expect([...series.at]).toEqual([...new Set(series.at)].toSorted((one, other) => one - other));
          for (let at = -1; at <= LAST_INSTANT; at++) {
            const expected = naive(mine, at);
            reach.note('deep queue', expected.depth >= 5);
            expect(valueAt(series, at)).toEqual(expected);
          }
        }
      }),
      { seed: 20_260_302, numRuns: 150 },
    );
    expect(reach.rarerThan(20, states)).toEqual([]);
  });

  it('make a store the sum of its queues', () => {
    const reach = new Reach<'several queues at once'>();
    fc.assert(
      fc.property(hintRows, fc.integer({ min: 0, max: 2 }), (hints, holder) => {
        const random = buildTrace({ hints });
        const queues = queueLanes(random)
          .filter((lane) => lane.holder === holder)
          .map(({ peer }) => queueSeries(random, holder, peer));
        const store = storeSeries(random, holder);
        for (let at = -1; at <= LAST_INSTANT; at++) {
          const values = queues.map((series) => valueAt(series, at));
          reach.note('several queues at once', values.filter(({ depth }) => depth > 0).length > 1);
          const depth = values.reduce((sum, value) => sum + value.depth, 0);
          const bytes = values.reduce((sum, value) => sum + value.bytes, 0);
          expect(valueAt(store, at)).toEqual({ depth, bytes });
        }
      }),
      { seed: 20_260_306, numRuns: 150 },
    );
    expect(reach.rarerThan(50, ['several queues at once'])).toEqual([]);
  });
});
