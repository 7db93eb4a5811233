import { afterEach, expect, test, vi } from 'vitest';
import { addressText, parseAddress } from '../../../web/state/address.ts';
import { LOG_KINDS, NONE } from '../../../sim/trace/index.ts';
import { MOST_FILE_BYTES, readFile } from '../../../web/state/read-file.ts';
import { benchNow, SMALL } from '../../support/bench.ts';

afterEach(() => vi.useRealTimers());

test('a text that runs is shown whole, at the moment at which the most hints wait', () => {
  const workbench = benchNow();
  workbench.openText(SMALL, 'small');
  const { run, playback, viewport } = workbench;
  expect(run.status.kind).toBe('done');
  expect(viewport.fitted).toBe(true);
  expect(playback.moment).toBeGreaterThan(10_000_000);
});

test('a refused text keeps the last picture, the text and the form', () => {
  vi.useFakeTimers();
  const workbench = benchNow();
  workbench.openText(SMALL, 'small');
  const shown = workbench.run.trace;
  workbench.typing.override('ttl', '3h');
  workbench.typing.edit(`${SMALL}worklod: 3\n`);
  vi.advanceTimersByTime(1_000);
  expect(workbench.run.status.kind).toBe('refused');
  expect(workbench.run.trace).toBe(shown);
  expect(workbench.draft.text).toContain('worklod');
  expect(workbench.draft.overrides.ttl).toBe('3h');
});

test('typing runs once, after a pause', () => {
  vi.useFakeTimers();
  const workbench = benchNow();
  workbench.openText(SMALL, 'small');
  const before = workbench.run.trace;
  for (const typed of ['4', '40', '40m']) workbench.typing.override('ttl', typed);
  expect(workbench.run.trace).toBe(before);
  vi.advanceTimersByTime(1_000);
  expect(workbench.run.trace?.scenario.policy.hints.ttl).toBe(2_400_000_000);
});

test('another TTL keeps the moment and the visible span', () => {
  vi.useFakeTimers();
  const workbench = benchNow();
  workbench.openText(SMALL, 'small');
  workbench.playback.seek(12_000_000);
  workbench.viewport.show({ from: 10_000_000, until: 20_000_000 });
  workbench.typing.override('ttl', '2s');
  vi.advanceTimersByTime(1_000);
  expect(workbench.playback.moment).toBe(12_000_000);
  expect(workbench.viewport.span).toEqual({ from: 10_000_000, until: 20_000_000 });
});

test('a link opens its story with its moment, span and selection', async () => {
  const workbench = benchNow();
  const { address } = parseAddress('#v=1&story=single-outage&at=100000000&see=60000000-200000000&pick=queue.0.1');
  await workbench.open(address, undefined);
  expect(workbench.view).toMatchObject({
    moment: 100_000_000,
    span: { from: 60_000_000, until: 200_000_000 },
    selection: { kind: 'queue', holder: 0, peer: 1 },
  });
  expect(workbench.panel).toBe('selection');
});

test('while a run is on its way the address says where it will go, not where the old one was', async () => {
  const workbench = benchNow();
  workbench.openText(SMALL, 'small');
  workbench.playback.seek(12_000_000);
  workbench.openText('hintlab: 1\nduratoin: 5m\n', 'broken');
  expect(workbench.run.status.kind).toBe('refused');
  expect(workbench.view.moment).toBeUndefined();
});

test('of two stories picked in a row the later one stays, whichever loads first', async () => {
  const workbench = benchNow();
  const slow = workbench.pickStory('expiry');
  const fast = workbench.pickStory('single-outage');
  await Promise.all([slow, fast]);
  expect(workbench.run.trace?.scenario.name).toBe('single-outage');
});

test('a file beyond the limit is not read, and that is said', async () => {
  const workbench = benchNow();
  await readFile(workbench, new File([new Uint8Array(MOST_FILE_BYTES + 1)], 'huge.csv'));
  expect(workbench.notices[0]).toBe('huge.csv was not opened: it has 16.0 MiB, expected at most 16.0 MiB.');
});

test('reset takes all changes of the form back', () => {
  const workbench = benchNow();
  workbench.openText(SMALL, 'small');
  const digest = workbench.run.trace?.digest;
  workbench.typing.override('ttl', '1s');
  workbench.start();
  expect(workbench.run.trace?.scenario.policy.hints.ttl).toBe(1_000_000);
  workbench.clearOverrides();
  expect(workbench.run.trace?.digest).toBe(digest);
});

test('a link to a hint that this run does not have says so, and shows the summary', async () => {
  const workbench = benchNow();
  await workbench.open(parseAddress('#v=1&story=single-outage&pick=hint.99999').address, undefined);
  expect(workbench.notices).toEqual(['This run has no hint.99999, which was selected.']);
  expect(workbench.selection).toEqual({ kind: 'none' });
  expect(workbench.panel).toBe('summary');
});

test('a link to a story that does not exist says so and opens the first one', async () => {
  const workbench = benchNow();
  await workbench.open(parseAddress('#v=1&story=no-such').address, undefined);
  expect(workbench.notices).toEqual(["There is no story called 'no-such'. This is single-outage."]);
  expect(workbench.run.trace?.scenario.name).toBe('single-outage');
});

test('another system is a step of history, is kept from story to story, and goes with the reset', async () => {
  const workbench = benchNow();
  workbench.openText(SMALL, 'small');
  const marks = workbench.marks;
  workbench.pickSystem('scylla');
  expect(workbench.marks).toBe(marks + 1);
  expect(workbench.run.trace?.scenario.system).toBe('scylla');
  expect(addressText({ source: { kind: 'story', name: 'x' }, ...workbench.view })).toContain('&system=scylla');
  await workbench.pickStory('single-outage');
  expect(workbench.run.trace?.scenario.system).toBe('scylla');
  workbench.clearOverrides();
  expect(workbench.run.trace?.scenario.system).toBe('dynomite');
});

test('a violation leads to its instant and to what it happened to, and letting go leads back to the properties', () => {
  const workbench = benchNow();
  workbench.openText(SMALL, 'small');
  workbench.show('properties');
  workbench.showViolation({ at: 12_000_000, event: null, hint: null, write: 3 });
  expect(workbench.playback.moment).toBe(12_000_000);
  expect([workbench.panel, workbench.selection]).toEqual(['selection', { kind: 'write', write: 3 }]);
  workbench.showViolation({ at: 12_000_000, event: 4, hint: 0, write: 3 });
  expect(workbench.selection).toEqual({ kind: 'hint', hint: 0 });
  expect([workbench.playback.entry, workbench.playback.exact]).toEqual([4, true]);
  workbench.select({ kind: 'none' });
  expect(workbench.panel).toBe('properties');
});

test('a violation at the answer to a read leads to the read, not to the write that it should have returned', async () => {
  const workbench = benchNow();
  await workbench.pickStory('majority-reversal');
  const answered = workbench.run.trace?.log.kind.indexOf(LOG_KINDS.indexOf('readAnswered')) ?? NONE;
  workbench.showViolation({ at: 61_002_000, event: answered, hint: null, write: 1 });
  expect(workbench.selection).toEqual({ kind: 'read', read: 0 });
  expect(workbench.playback.entry).toBe(answered);
});

test('what was found in a trace goes with it: a newer run has findings of its own', () => {
  const workbench = benchNow();
  workbench.openText(SMALL, 'small');
  const before = workbench.run.findings;
  expect(before?.properties.length).toBeGreaterThan(0);
  workbench.openText('hintlab: 1\nduratoin: 5m\n', 'broken');
  expect(workbench.run.findings).toBe(before);
  workbench.openText(SMALL.replace('5s', '6s'), 'other');
  expect(workbench.run.findings).not.toBe(before);
});
