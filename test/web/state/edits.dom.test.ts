/** Edits through the workbench: what runs, what is undone, and what stays the story that it was. */
import { afterEach, expect, test, vi } from 'vitest';
import { benchNow, SMALL } from '../../support/bench.ts';

afterEach(() => vi.useRealTimers());

test('a field is one step however slowly it is typed; in the editor a pause ends the step', () => {
  vi.useFakeTimers();
  const workbench = benchNow();
  workbench.openText(SMALL, 'small');
  for (const ttl of ['2', '2h']) {
    workbench.typing.editField(`${SMALL}hints: { ttl: ${ttl} }\n`);
    vi.advanceTimersByTime(5_000);
  }
  workbench.edits.undo();
  expect(workbench.draft.text).toBe(SMALL);
  for (const duration of ['4m', '45m']) {
    workbench.typing.edit(SMALL.replace('1m', duration));
    vi.advanceTimersByTime(5_000);
  }
  workbench.edits.undo();
  expect(workbench.draft.text).toBe(SMALL.replace('1m', '4m'));
});

test('a value laid over the scenario is one step however slowly it is typed', () => {
  vi.useFakeTimers();
  const workbench = benchNow();
  workbench.openText(SMALL, 'small');
  for (const typed of ['2', '2h']) {
    workbench.typing.override('ttl', typed);
    vi.advanceTimersByTime(5_000);
  }
  workbench.edits.undo();
  expect(workbench.draft.overrides.ttl).toBe('');
});

test('a fault that is added runs at once, and undo and redo walk there and back', async () => {
  const workbench = benchNow();
  workbench.openText(SMALL, 'small');
  const digest = workbench.run.trace?.digest;
  expect(workbench.edits.canUndo).toBe(false);
  const index = await workbench.edits.addFault({ kind: 'crash', target: 'c', at: 30_000_000, for: 1_000_000 });
  expect(index).toBe(1);
  expect(workbench.run.trace?.outages.node.length).toBe(2);
  workbench.edits.undo();
  expect(workbench.draft.text).toBe(SMALL);
  expect(workbench.run.trace?.digest).toBe(digest);
  workbench.edits.redo();
  expect(workbench.run.trace?.outages.node.length).toBe(2);
});

test('editing a story makes it a text of the user, and undo makes it the story again', async () => {
  const workbench = benchNow();
  await workbench.pickStory('late-hint');
  await workbench.edits.pullFault(0, 'whole', 0);
  expect(workbench.draft.source.kind).toBe('text');
  workbench.edits.undo();
  expect(workbench.draft.source).toEqual({ kind: 'story', name: 'late-hint' });
});

test('a drag runs as it goes and is one step', async () => {
  const workbench = benchNow();
  workbench.openText(SMALL, 'small');
  await workbench.edits.load();
  for (const at of [11, 12, 13]) {
    expect(workbench.edits.dragFault(0, 'whole', at * 1_000_000)).toBeUndefined();
    expect(workbench.run.trace?.outages.from[0]).toBe(at * 1_000_000);
  }
  workbench.edits.settle();
  expect(workbench.edits.faults?.[0]).toMatchObject({ kind: 'crash', nodes: ['b'], at: 13_000_000, end: 18_000_000 });
  workbench.edits.undo();
  expect(workbench.draft.text).toBe(SMALL);
  expect(workbench.edits.canUndo).toBe(false);
});

test('a drag that is abandoned has not been', async () => {
  const workbench = benchNow();
  workbench.openText(SMALL, 'small');
  await workbench.edits.load();
  workbench.edits.dragFault(0, 'until', 40_000_000);
  workbench.edits.abandon();
  expect(workbench.draft.text).toBe(SMALL);
  expect(workbench.run.trace?.outages.until[0]).toBe(15_000_000);
});

test('values of the form are undone, too', () => {
  const workbench = benchNow();
  workbench.openText(SMALL, 'small');
  workbench.pickSystem('cassandra');
  workbench.edits.undo();
  expect(workbench.draft.overrides.system).toBe('');
});

test('what is refused says why, and changes nothing', async () => {
  const workbench = benchNow();
  workbench.openText('nothing', 'broken');
  expect(await workbench.edits.addFault({ kind: 'stop', target: 'a', at: 0 })).toBeUndefined();
  expect(workbench.notices.join()).toContain('cannot be read');
  expect(workbench.draft.text).toBe('nothing');
  expect(workbench.edits.canUndo).toBe(false);
});
