import fc from 'fast-check';
import { expect, test } from 'vitest';
import { agreedEvents, markNotice, parseRunMark, runMark, writeRunMark } from '../../../web/state/run-mark.ts';
import type { Trace } from '../../../sim/trace/index.ts';
import { scenarioOf, traceOf } from '../../support/scenarios.ts';

const TEN_MINUTES = 'hintlab: 1\nduration: 10m\nworkload: { rate: 50/s }\nfaults: [{ crash: b, at: 1m, for: 5m }]\n';
const run = traceOf(scenarioOf(TEN_MINUTES, []));

/** The run as another version might compute it: the same up to a block of 256 events, another from there on. */
function partingAt(block: number): Trace {
  const chain = run.chain.map((word, i) => (i >= 2 * block ? word ^ 0b1010_0101 : word));
  return { ...run, chain, digest: '0000000000000000' };
}

test('a mark goes through a link and comes back, in about 25 characters', () => {
  const mark = runMark(run);
  expect(mark.checks).toHaveLength(7);
  expect(parseRunMark(writeRunMark(mark))).toEqual(mark);
  expect(writeRunMark(mark).length).toBeLessThan(30);
});

test('the same run passes', () => {
  expect(agreedEvents(runMark(run), run)).toBeUndefined();
  expect(markNotice(runMark(run), run)).toBe('');
});

test('a run that parts is agreed on up to the last check before', () => {
  const mark = runMark(run);
  const blocks = Math.floor(run.events / 256);
  const checked = Array.from({ length: 7 }, (_, i) => Math.floor(((i + 1) * blocks) / 7) * 256);
  let [fromStart, later] = [0, 0];
  fc.assert(
    fc.property(fc.integer({ min: 0, max: blocks - 1 }), (block) => {
      const agreed = agreedEvents(mark, partingAt(block));
      expect(agreed).toBe(checked.findLast((events) => events <= block * 256) ?? 0);
      if (agreed === 0) fromStart++;
      else later++;
    }),
    { numRuns: 200, seed: 3 },
  );
  expect(Math.min(fromStart, later)).toBeGreaterThan(10);
});

test('the sentence names the event from which it may differ', () => {
  const blocks = Math.floor(run.events / 256);
  const first = Math.floor(blocks / 7) * 256;
  expect(markNotice(runMark(run), partingAt(0))).toBe(
    'This link was made with another version of hintlab: the run may differ from its start.',
  );
  expect(markNotice(runMark(run), partingAt(first / 256))).toBe(
    `This link was made with another version of hintlab: the run may differ from event ${first} on.`,
  );
});

test('a run that only ended sooner is agreed on as far as it went', () => {
  const half = Math.floor(run.chain.length / 4) * 2;
  const shorter = { ...run, chain: run.chain.slice(0, half), events: 128 * half, digest: 'ffffffffffffffff' };
  const agreed = agreedEvents(runMark(run), shorter) ?? Infinity;
  expect(agreed).toBeGreaterThan(0);
  expect(agreed).toBeLessThanOrEqual(128 * half);
});

test('what is no mark is none', () => {
  for (const text of ['', 'x', '1..', '5k.AA.abcdef', '5k..abcdeg', '!!..abcdef', '1..abcdef0']) {
    expect(parseRunMark(text), text).toBeUndefined();
  }
  expect(parseRunMark('5k..abcdef')).toEqual({ events: 200, checks: [], end: 'abcdef' });
});
