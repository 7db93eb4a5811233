/** Conditions on traces made by hand: every instant here is read off the rows above it. */
import { bisectLeft, bisectRight } from 'd3-array';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { beginnings, lastTime, nextTime, unanswerable, type Condition } from '../../../web/state/conditions.ts';
import { conditionOf, thresholdText, withThreshold } from '../../../web/state/condition-form.ts';
import { buildTrace, type TraceRows } from '../../support/trace-builder.ts';

const [A, B] = [0, 1];

const ROWS: TraceRows = {
  level: 'full',
  endedAt: 1_000,
  outages: [
    { node: 'b', from: 100, until: 300 },
    { node: 'b', from: 600, until: 620 },
  ],
  beliefs: [
    { observer: 'a', peer: 'b', from: 150, until: 350 },
    { observer: 'c', peer: 'b', from: 160, until: 320 },
  ],
  hints: [
    { holder: 'a', peer: 'b', storedAt: 200, bytes: 60, leftAt: 400, fate: 'delivered', write: 0 },
    { holder: 'c', peer: 'b', storedAt: 210, bytes: 50, leftAt: 500, fate: 'expired', write: 1 },
    { holder: 'a', peer: 'b', storedAt: 220, bytes: 60, leftAt: 410, fate: 'delivered' },
    { holder: 'a', peer: 'b', storedAt: 700, bytes: 60, leftAt: 800, fate: 'holderCrashed', write: 2 },
    { holder: 'c', peer: 'b', storedAt: 750, bytes: 60 },
  ],
  refusals: [{ at: 230, holder: 'a', peer: 'b', bytes: 5, write: 3 }],
  writes: [
    {
      at: 190,
      coordinator: 'a',
      outcome: 'acked',
      resolvedAt: 201,
      copies: [{ replica: 'b', route: 'hinted', appliedAt: 400, hint: 0 }],
    },
    {
      at: 205,
      coordinator: 'c',
      outcome: 'acked',
      resolvedAt: 211,
      copies: [{ replica: 'b', route: 'hinted', hint: 1 }],
    },
    {
      at: 690,
      coordinator: 'a',
      outcome: 'failed',
      resolvedAt: 710,
      copies: [{ replica: 'b', route: 'hinted', hint: 3 }],
    },
    { at: 229, coordinator: 'a', outcome: 'acked', resolvedAt: 240, copies: [{ replica: 'b', route: 'refused' }] },
    {
      at: 640,
      coordinator: 'a',
      outcome: 'acked',
      resolvedAt: 645,
      copies: [{ replica: 'b', route: 'direct', droppedAt: 650, dropCause: 'linkCut' }],
    },
    { at: 990, coordinator: 'a', outcome: 'acked', resolvedAt: 991, copies: [{ replica: 'b', route: 'direct' }] },
  ],
  reads: [
    { at: 300, coordinator: 'a', outcome: 'acked', resolvedAt: 305, value: 0, newest: 1 },
    { at: 310, coordinator: 'a', outcome: 'acked', resolvedAt: 312, value: 1, newest: 1 },
  ],
};
const TRACE = buildTrace(ROWS);
const begins = (condition: Condition) => [...beginnings(TRACE, condition)];

test('hints waiting for a peer are those of all holders, and a threshold counts when it is reached from below', () => {
  // 200: 1, 210: 2, 220: 3, 400: 2, 410: 1, 500: 0, 700: 1, 750: 2, 800: 1
  expect(begins({ kind: 'queue', node: B, atLeast: 1 })).toEqual([200, 700]);
  expect(begins({ kind: 'queue', node: B, atLeast: 2 })).toEqual([210, 750]);
  expect(begins({ kind: 'queue', node: B, atLeast: 3 })).toEqual([220]);
  expect(begins({ kind: 'queue', node: A, atLeast: 1 })).toEqual([]);
});

test('bytes are those that a node holds', () => {
  expect(begins({ kind: 'bytes', node: A, atLeast: 60 })).toEqual([200, 700]);
  expect(begins({ kind: 'bytes', node: A, atLeast: 61 })).toEqual([220]);
});

test('facts, beliefs, and being wrong', () => {
  expect(begins({ kind: 'down', node: B })).toEqual([100, 600]);
  expect(begins({ kind: 'believedDown', node: B })).toEqual([150, 160]);
  // Wrong from 100 until both know at 160; from the return at 300 until the last one notices at 350; and at 600, for 20.
  expect(begins({ kind: 'misjudged', node: B })).toEqual([100, 300, 600]);
});

test('what goes wrong with requests and hints', () => {
  expect(begins({ kind: 'writeFailed' })).toEqual([710]);
  expect(begins({ kind: 'hintExpired' })).toEqual([500]);
  expect(begins({ kind: 'hintRefused' })).toEqual([230]);
  expect(begins({ kind: 'readStale' })).toEqual([305]);
});

test('a copy is lost when its fate is sealed: not while it is on its way, and not of a write that failed', () => {
  expect(begins({ kind: 'copyLost' })).toEqual([229, 500, 650]);
});

test('a run that does not record what is asked says so', () => {
  const counters = buildTrace({ ...ROWS, level: 'counters' });
  expect(unanswerable(counters, 'queue')).toMatch(/record: hints/);
  expect(unanswerable(counters, 'copyLost')).toMatch(/record: full/);
  expect(unanswerable(counters, 'down')).toBeUndefined();
  expect(unanswerable(TRACE, 'readStale')).toBeUndefined();
});

test('the next and the last time are strictly after and before', () => {
  let between = 0;
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.nat({ max: 50 }), { size: 'max', maxLength: 30 }),
      fc.nat({ max: 50 }),
      (times, at) => {
        const ats = Float64Array.from(times).sort();
        const [next, last] = [nextTime(ats, at), lastTime(ats, at)];
        expect(next).toBe(times.filter((each) => each > at).sort((a, b) => a - b)[0]);
        expect(last).toBe(times.filter((each) => each < at).sort((a, b) => b - a)[0]);
        if (next !== undefined && last !== undefined && bisectLeft(ats, at) !== bisectRight(ats, at)) between++;
      },
    ),
    { seed: 8, numRuns: 300 },
  );
  expect(between).toBeGreaterThan(20);
});

test('thresholds are typed as a file takes them', () => {
  const bytes = conditionOf('bytes', { kind: 'down', node: 2 });
  expect(bytes).toMatchObject({ kind: 'bytes', node: 2 });
  expect(thresholdText(bytes)).toBe('64KiB');
  expect(withThreshold(bytes, '1MiB')).toMatchObject({ atLeast: 1_048_576 });
  expect(withThreshold(bytes, 'lots')).toBeUndefined();
  expect(withThreshold(conditionOf('queue', bytes), '0')).toBeUndefined();
  expect(thresholdText({ kind: 'hintExpired' })).toBeUndefined();
});
