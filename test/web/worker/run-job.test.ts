import { expect, test } from 'vitest';
import { run } from '../../../sim/cluster/index.ts';
import { parseScenario } from '../../../sim/scenario/index.ts';
import { EVENTS_PER_SLICE, RunJob } from '../../../web/worker/run-job.ts';

const TEXT =
  'hintlab: 1\nduration: 5m\nnodes: [a, b, c]\nworkload: { rate: 100/s }\nfaults: [{ crash: b, at: 1m, for: 1m }]\n';
const request = (text: string, sets: string[] = []) => ({ kind: 'run' as const, id: 1, text, file: 'test', sets });

test('a run in slices ends with the digest of the run in one go', () => {
  const job = new RunJob(request(TEXT));
  let slices = 0;
  let result = job.slice();
  for (; result.kind === 'progress'; result = job.slice()) slices++;
  const parsed = parseScenario(TEXT, { file: 'test' });
  const whole = parsed.kind === 'scenario' ? run(parsed.scenario) : undefined;
  if (result.kind !== 'done' || whole?.kind !== 'finished') throw new Error('both runs end');
  expect(result.trace.digest).toBe(whole.trace.digest);
  expect(slices).toBe(Math.floor(whole.trace.events / EVENTS_PER_SLICE));
  expect(slices).toBeGreaterThan(1);
});

test('a run can be looked at between two slices, and not before the first', () => {
  const job = new RunJob(request(TEXT));
  expect(job.soFar()).toBeUndefined();
  const result = job.slice();
  const look = job.soFar();
  expect(look?.events).toBe(EVENTS_PER_SLICE);
  expect(result).toMatchObject({ kind: 'progress', events: EVENTS_PER_SLICE, now: look?.endedAt });
});

test('overrides come after the text', () => {
  const result = new RunJob(request('hintlab: 1\nduration: 10s\nseed: 3\n', ['seed=9'])).slice();
  expect(result.kind === 'done' && result.trace.scenario.seed).toBe(9);
});

test('a scenario that does not parse is refused with its problems', () => {
  const result = new RunJob(request('hintlab: 1\nduratoin: 5m\n')).slice();
  expect(result.kind === 'refused' && result.problems[0]).toMatchObject({ line: 2, column: 1, nearest: 'duration' });
});

test('a run that meets its limit is refused with the limit', () => {
  const job = new RunJob(request(`${TEXT}limits: { traceBytes: 1MiB }\nrecord: full\n`));
  let result = job.slice();
  while (result.kind === 'progress') result = job.slice();
  expect(result.kind).toBe('refused');
});

test('a file that a scenario names is asked for by its path', () => {
  const asked: string[] = [];
  new RunJob(
    request('hintlab: 1\nfaults: [{ lanl: { file: data/x.csv, from: 2003-01-01, to: 2003-02-01 } }]\n'),
    (path) => {
      asked.push(path);
      return undefined;
    },
  ).slice();
  expect(asked).toEqual(['data/x.csv']);
});
