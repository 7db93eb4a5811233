import { expect, test } from 'vitest';
import { RunJob } from '../../../web/worker/run-job.ts';
import { findingsOf } from '../../../web/worker/findings.ts';
import type { Trace } from '../../../sim/trace/index.ts';

/** The story late-hint in short: a hint for b is delivered after a newer write of its key. */
const TEXT = [
  'hintlab: 1',
  'duration: 70s',
  'nodes: [a, b, c]',
  'consistency: DC_QUORUM',
  'requests:',
  '  - { at: 40s, set: k, size: 100B }',
  '  - { at: 52s, set: k, size: 100B }',
  'faults: [{ crash: b, at: 5s, for: 45.5s }]',
  '',
].join('\n');

function traceOf(text: string): Trace {
  const result = new RunJob({ kind: 'run', id: 1, text, file: 'test', sets: [] }).slice();
  if (result.kind !== 'done') throw new Error(`a run so short is done in one slice, not ${result.kind}`);
  return result.trace;
}

test('each property comes once, with its sentence, and without the twins', () => {
  const { properties } = findingsOf(traceOf(`${TEXT}record: full\n`));
  const ids = properties.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toEqual(expect.arrayContaining(['I1', 'I12', 'C1', 'C12.stale', 'L8']));
  expect(ids.filter((id) => id.endsWith('.reached'))).toEqual([]);
  expect(properties.filter(({ sentence, source }) => sentence === '' || source === '')).toEqual([]);
});

test('the late hint is the first violation of C3, at the row of the log that did it', () => {
  const trace = traceOf(`${TEXT}record: full\n`);
  const finding = findingsOf(trace).properties.find(({ id }) => id === 'C3');
  // The sweep of 60 s sends it; it arrives a millisecond later, as the story works out.
  expect(finding).toMatchObject({ verdict: 'violated', violations: 1, at: 60_001_000, kind: 'always' });
  expect(trace.log.at[finding?.event ?? -1]).toBe(60_001_000);
});

test('copies and staleness tell the same: b misses the second write of the key for good', () => {
  const { copies, staleness } = findingsOf(traceOf(`${TEXT}record: full\n`));
  // Worked out in the story: six copies, one superseded at a and c each, one missing at b.
  expect(copies).toMatchObject({ present: 3, superseded: 2, missing: { overwritten: 1 } });
  expect(staleness.map(({ keysBehindAtEnd }) => keysBehindAtEnd)).toEqual([0, 1, 0]);
});

test('below level full there are neither copies nor staleness, and most properties are not exercised', () => {
  const { properties, copies, staleness } = findingsOf(traceOf(`${TEXT}record: hints\n`));
  expect([copies, staleness]).toEqual([undefined, []]);
  expect(properties.find(({ id }) => id === 'C3')).toMatchObject({ verdict: 'notExercised' });
  expect(properties.find(({ id }) => id === 'C3')?.detail).toContain('level full');
});
