import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DesignJob } from '../../../web/worker/design-job.ts';
import { studyBuffers, studyOf } from '../../../web/worker/study.ts';
import { MOST_CHANGES, thinned, type StudySeries } from '../../../web/worker/study-series.ts';
import { SMALL } from '../../support/bench.ts';
import { Reach } from '../../support/reach.ts';
import { scenarioOf, storyText, traceOf } from '../../support/scenarios.ts';

const request = (text: string, sets: string[] = []) => ({
  ...{ kind: 'design' as const, id: 1, text, file: 'test', sets, role: 'other' as const },
});
const trace = traceOf(scenarioOf(SMALL, ['record=full']));

test('a number of the table of outcomes leads to its first case', () => {
  const { examples } = studyOf(trace, undefined);
  const stored = examples.find(({ group, name }) => group === 'hints' && name === 'stored');
  expect(stored).toMatchObject({ at: trace.hints.storedAt[0], selection: { kind: 'hint', hint: 0 } });
  const acked = examples.find(({ name }) => name === 'writes acknowledged');
  expect(acked).toMatchObject({ at: trace.writes.resolvedAt[0], selection: { kind: 'write', write: 0 } });
  expect(examples.some(({ name }) => name === 'writes failed')).toBe(false);
});

test('the number of stale reads leads to the first of them', () => {
  // By the story: its only read, answered at 61.002 s, returns the write that a late hint put back.
  const { examples } = studyOf(traceOf(scenarioOf(storyText('majority-reversal'))), undefined);
  const stale = examples.find(({ name }) => name === 'stale reads');
  expect(stale).toMatchObject({ group: 'clients', at: 61_002_000, selection: { kind: 'read', read: 0 } });
});

test('a run does not part from itself, and its series move in buffers of their own', () => {
  const study = studyOf(trace, trace);
  expect(study.divergence).toBeUndefined();
  const buffers = studyBuffers(study);
  expect(new Set(buffers).size).toBe(2 * study.series.length);
  expect(buffers).not.toContain(trace.hints.storedAt.buffer);
});

test('a design records everything unless it says otherwise, or that would be beyond its limits', () => {
  const level = (text: string, sets: string[] = []) => {
    const job = new DesignJob(request(text, sets));
    let result = job.slice();
    while (result.kind === 'progress') result = job.slice();
    return result.kind === 'done' ? result.trace.level : result.kind;
  };
  expect(level(`${SMALL}record: counters\n`)).toBe('full');
  expect(level(SMALL, ['record=hints'])).toBe('hints');
  expect(level(`${SMALL}record: counters\nlimits: { traceBytes: 100KiB }\n`)).toBe('counters');
  expect(level(`${SMALL}durat: 3\n`)).toBe('refused');
});

test('a thinned series stays within its bound and keeps every extreme at its instant', () => {
  const reach = new Reach<'thinned' | 'whole'>();
  const spikes = fc.uniqueArray(fc.nat(3 * MOST_CHANGES), { maxLength: 8, size: 'max' });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3 * MOST_CHANGES }), spikes, (length, at) => {
      const value = new Float64Array(length);
      const within = at.filter((row) => row < length).toSorted((a, b) => a - b);
      within.forEach((row, rank) => (value[row] = rank + 1));
      const series: StudySeries = {
        ...{ id: 'x', group: 'hints', label: '', about: '', unit: 'count' },
        at: Float64Array.from(value, (_, row) => row),
        value,
      };
      const kept = thinned(series);
      expect(kept.at.length).toBeLessThanOrEqual(MOST_CHANGES);
      expect(kept.at.every((instant, row) => row === 0 || instant > (kept.at[row - 1] ?? NaN))).toBe(true);
      expect(kept.value.every((held, row) => held === value[kept.at[row] ?? -1])).toBe(true);
      const greatest = within.at(-1);
      if (greatest !== undefined) expect(kept.at).toContain(greatest);
      reach.note(length > MOST_CHANGES ? 'thinned' : 'whole');
    }),
    { numRuns: 30, seed: 2 },
  );
  expect(reach.rarerThan(3, ['thinned', 'whole'])).toEqual([]);
});
