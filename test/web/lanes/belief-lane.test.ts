/** What nodes believe, and where they are wrong: intervals by hand, and the difference of intervals by a naive model. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { beliefLanes, without } from '../../../web/lanes/belief-lane.ts';
import { readingOf } from '../../../web/lanes/reading.ts';
import { buildTrace } from '../../support/trace-builder.ts';

const TRACE = buildTrace({
  endedAt: 1_000,
  outages: [{ node: 'b', from: 100, until: 300 }],
  beliefs: [
    { observer: 'a', peer: 'b', from: 150, until: 350 },
    { observer: 'c', peer: 'a', from: 900 },
  ],
});

test('a node is wrong from the crash until it knows, and from the return until it notices', () => {
  const [a, , c] = beliefLanes(TRACE);
  expect(a?.lines()).toEqual([
    {
      peer: 1,
      believed: [{ from: 150, until: 350 }],
      missed: [{ from: 100, until: 150 }],
      mistaken: [{ from: 300, until: 350 }],
    },
  ]);
  expect(c?.lines().find(({ peer }) => peer === 0)?.mistaken).toEqual([{ from: 900, until: 1_000 }]);
});

test('the words beside the lane say who is right and who is wrong', () => {
  const lane = beliefLanes(TRACE)[0];
  if (!lane) throw new Error('a believes something');
  const said = [50, 120, 200, 320].map((at) => readingOf(lane, TRACE, at).now);
  expect(said).toEqual(['all Normal', 'misses that b is down', 'Down: b', 'wrongly Down: b']);
});

test('what is without is what a naive walk over all instants finds', () => {
  const intervals = fc
    .uniqueArray(fc.nat({ max: 40 }), { size: 'max', maxLength: 12 })
    .map((ends) => ends.sort((a, b) => a - b))
    .map((ends) =>
      Array.from({ length: Math.floor(ends.length / 2) }, (_, i) => ({
        from: ends[2 * i] ?? 0,
        until: ends[2 * i + 1] ?? 0,
      })),
    );
  const covers = (set: readonly { from: number; until: number }[], at: number) =>
    set.some(({ from, until }) => from <= at && at < until);
  let cutInTwo = 0;
  fc.assert(
    fc.property(intervals, intervals, (these, those) => {
      const rest = without(these, those);
      for (let at = 0; at <= 40; at++) expect(covers(rest, at)).toBe(covers(these, at) && !covers(those, at));
      expect(rest.every(({ from, until }) => from < until)).toBe(true);
      if (rest.length > these.length) cutInTwo++;
    }),
    { seed: 9, numRuns: 400 },
  );
  expect(cutInTwo).toBeGreaterThan(20);
});
