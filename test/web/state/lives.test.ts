import { expect, test } from 'vitest';
import { eventsOf, lifeOf, neighboursOf, shortName, subjectOfRow } from '../../../web/state/lives.ts';
import { handStory, ROW } from '../../support/hand-story.ts';
import { scenarioOf, storyText, traceOf } from '../../support/scenarios.ts';

/** By the story: a late hint of write 0 puts b and c back, read 0 is answered with it, though write 1 was acknowledged. */
const reversal = traceOf(scenarioOf(storyText('majority-reversal')));

test('a row of the log is about a write, a hint or a read, or about nothing that has a life', () => {
  const trace = handStory();
  expect(subjectOfRow(trace, ROW.acked)).toEqual({ kind: 'write', write: 0 });
  expect(subjectOfRow(trace, ROW.stored)).toEqual({ kind: 'hint', hint: 0 });
  for (const row of [ROW.faultBegan, ROW.crashed, ROW.sweep, -1, trace.log.at.length]) {
    expect(subjectOfRow(trace, row), `row ${row}`).toBeUndefined();
  }
  const [first, ...others] = lifeOf(reversal, { kind: 'read', read: 0 }).steps.filter(({ text }) =>
    text.includes('answered read 0'),
  );
  expect(others).toEqual([]);
  expect(subjectOfRow(reversal, first?.entry ?? -1)).toEqual({ kind: 'read', read: 0 });
});

test('each has a short name and a filter of the log', () => {
  expect(shortName({ kind: 'write', write: 3 })).toBe('w3');
  expect(shortName({ kind: 'read', read: 3 })).toBe('r3');
  expect(shortName({ kind: 'hint', hint: 3 })).toBe('#3');
  expect(eventsOf({ kind: 'write', write: 3 })).toEqual({ write: 3 });
  expect(eventsOf({ kind: 'read', read: 3 })).toEqual({ read: 3 });
  expect(eventsOf({ kind: 'hint', hint: 3 })).toEqual({ hint: 3 });
});

test('each has its own life', () => {
  expect(lifeOf(reversal, { kind: 'write', write: 0 }).title).toMatch(/^write 0/);
  expect(lifeOf(reversal, { kind: 'read', read: 0 }).title).toMatch(/^read 0/);
  expect(lifeOf(reversal, { kind: 'hint', hint: 0 }).title).toMatch(/^hint 0/);
});

test('a stale read leads to the write it returned and to the one it should have', () => {
  expect(neighboursOf(reversal, { kind: 'read', read: 0 })).toEqual([
    { text: 'the write it returned, w0', selection: { kind: 'write', write: 0 } },
    { text: 'the newest acknowledged before it, w1', selection: { kind: 'write', write: 1 } },
  ]);
});

test('a hint leads to its queue and its write, and the write back to its hints', () => {
  expect(neighboursOf(reversal, { kind: 'hint', hint: 0 })).toEqual([
    { text: '← queue a → b', selection: { kind: 'queue', holder: 0, peer: 1 } },
    { text: 'its write, w0', selection: { kind: 'write', write: 0 } },
  ]);
  expect(neighboursOf(reversal, { kind: 'write', write: 0 })).toEqual([
    { text: 'its hint #0', selection: { kind: 'hint', hint: 0 } },
    { text: 'its hint #1', selection: { kind: 'hint', hint: 1 } },
  ]);
  expect(neighboursOf(reversal, { kind: 'write', write: 1 })).toEqual([]);
});

test('a read that returned nothing, or what it should have, leads to no more than there is', () => {
  const fresh = { ...reversal, reads: { ...reversal.reads, value: Int32Array.of(1), newest: Int32Array.of(1) } };
  expect(neighboursOf(fresh, { kind: 'read', read: 0 })).toEqual([
    { text: 'the write it returned, w1', selection: { kind: 'write', write: 1 } },
  ]);
  const empty = { ...reversal, reads: { ...reversal.reads, value: Int32Array.of(-1), newest: Int32Array.of(-1) } };
  expect(neighboursOf(empty, { kind: 'read', read: 0 })).toEqual([]);
});
