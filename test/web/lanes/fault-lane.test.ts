/** The bars of the fault lane: times of repeated faults, rows, and where a drag snaps to; by hand. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FaultEntry } from '../../../web/lanes/fault-entry.ts';
import { barsOf, faultSentence, MOST_BARS, placedEntries } from '../../../web/lanes/fault-lane.ts';
import { grainOf, snapped } from '../../../web/state/snap.ts';

function entry(parts: Partial<FaultEntry>): FaultEntry {
  const rest = { index: 0, kind: 'crash', nodes: ['b'], at: 0, end: 10, every: 0, times: Infinity } as const;
  return { ...rest, locked: undefined, fields: new Map(), ...parts };
}

const ALL = { from: 0, until: 1_000 };

test('a fault has one bar, an endless one ends with the run, one out of view has none', () => {
  expect(barsOf(entry({ at: 5, end: 20 }), ALL, 1_000)).toEqual([{ time: 0, times: 1, from: 5, until: 20 }]);
  expect(barsOf(entry({ at: 5, end: Infinity }), ALL, 1_000)).toMatchObject([{ until: 1_000 }]);
  expect(barsOf(entry({ at: 5, end: 20 }), { from: 30, until: 90 }, 1_000)).toEqual([]);
});

test('a repeated fault has a bar for each time in view, up to the end of the run', () => {
  const flapping = entry({ at: 50, end: 70, every: 30, times: 6 });
  expect(barsOf(flapping, ALL, 1_000).map(({ from }) => from)).toEqual([50, 80, 110, 140, 170, 200]);
  expect(barsOf(flapping, { from: 100, until: 120 }, 1_000)).toEqual([
    { time: 1, times: 1, from: 80, until: 100 },
    { time: 2, times: 1, from: 110, until: 130 },
  ]);
  expect(barsOf(entry({ at: 0, end: 1, every: 10 }), ALL, 95)).toHaveLength(10);
});

test('too many bars to tell apart are one', () => {
  const bars = barsOf(entry({ at: 0, end: 1, every: 2 }), ALL, 1_000);
  expect(bars).toEqual([{ time: 0, times: 501, from: 0, until: 1_001 }]);
  expect(501).toBeGreaterThan(MOST_BARS);
});

test('faults that overlap lie below each other, others share a row and know who comes next in it', () => {
  const rows = placedEntries(
    [entry({ index: 0, at: 0, end: 50 }), entry({ index: 1, at: 20, end: 30 }), entry({ index: 2, at: 50, end: 60 })],
    1_000,
  );
  expect(rows.map(({ entry: { index }, row, next }) => [index, row, next])).toEqual([
    [0, 0, 50],
    [1, 1, Infinity],
    [2, 0, Infinity],
  ]);
});

test('a sentence says what, from when to when, and how often', () => {
  expect(faultSentence(entry({ at: 1_000_000, end: 3_000_000, every: 30_000_000 }), 60_000_000)).toBe(
    'crash b, from 1s to 3s, every 30s',
  );
  expect(faultSentence(entry({ kind: 'stop', end: Infinity }), 60_000_000)).toBe(
    'stop b, from 0 to the end of the run',
  );
});

test('a drag snaps to a mark within reach, else to the grain', () => {
  // 1000 µs a pixel: the grain is 5 ms, marks reach 6 ms.
  expect(grainOf(1_000)).toBe(5_000);
  expect(snapped(103_000, 1_000, [98_500])).toBe(98_500);
  expect(snapped(103_000, 1_000, [90_000])).toBe(105_000);
  expect(grainOf(0.01)).toBe(1);
});

test('snapping moves a thing by no more than it reaches', () => {
  let marked = 0;
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1_000_000 }),
      fc.double({ min: 0.5, max: 5_000, noNaN: true }),
      fc.array(fc.integer({ min: 0, max: 1_000_000 }), { size: 'max', maxLength: 30 }),
      (at, pitch, marks) => {
        const to = snapped(at, pitch, marks);
        if (marks.includes(to)) marked++;
        expect(Math.abs(to - at)).toBeLessThanOrEqual(Math.max(6 * pitch, grainOf(pitch) / 2));
        expect(Number.isInteger(to)).toBe(true);
      },
    ),
    { seed: 10, numRuns: 300 },
  );
  expect(marked).toBeGreaterThan(20);
});
