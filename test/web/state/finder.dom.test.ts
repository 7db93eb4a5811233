/** Finding moments and pulling faults through the workbench: messages, the selected queue, conditions, keys. */
import { expect, test } from 'vitest';
import { LOG_KINDS, queueSeries } from '../../../sim/trace/index.ts';
import { timeScale } from '../../../web/draw/time-scale.ts';
import { FaultDrag } from '../../../web/state/fault-drag.svelte.ts';
import { benchNow, SMALL } from '../../support/bench.ts';

function opened() {
  const workbench = benchNow();
  workbench.openText(SMALL, 'small');
  workbench.playback.seek(0);
  const { trace } = workbench.run;
  if (!trace) throw new Error('it ran');
  return { workbench, trace };
}

test('a step by message stands on a row about a message, and back again on the one before', () => {
  const { workbench, trace } = opened();
  const kindHere = () => LOG_KINDS[trace.log.kind[workbench.playback.entry] ?? 0];
  workbench.finder.stepMessage('on');
  const first = workbench.playback.entry;
  expect(kindHere()).toBe('copySent');
  for (let i = 0; i < 40; i++) {
    workbench.finder.stepMessage('on');
    expect(kindHere()).toMatch(/^(copy|hint|repair)/);
  }
  for (let i = 0; i < 40; i++) workbench.finder.stepMessage('back');
  expect(workbench.playback.entry).toBe(first);
  workbench.finder.stepMessage('back');
  expect(workbench.playback.entry).toBe(first); // there is none before
});

test('steps by queue visit every change of the selected queue, and nothing without one', () => {
  const { workbench, trace } = opened();
  workbench.finder.stepQueue('on');
  expect([workbench.finder.hasQueue, workbench.playback.moment]).toEqual([false, 0]);
  workbench.select({ kind: 'queue', holder: 0, peer: 1 });
  const changes = [...queueSeries(trace, 0, 1).at];
  expect(changes.length).toBeGreaterThan(10);
  const visited = changes.map(() => (workbench.finder.stepQueue('on'), workbench.playback.moment));
  expect(visited).toEqual(changes);
  workbench.finder.stepQueue('back');
  expect(workbench.playback.moment).toBe(changes.at(-2));
});

test('a search says where among all it stands, and when there is no more', () => {
  const { workbench } = opened();
  workbench.finder.condition = { kind: 'down', node: 1 };
  expect(workbench.finder.count).toBe(1);
  workbench.finder.seek('on');
  expect([workbench.playback.moment, workbench.finder.sought]).toEqual([10_000_000, '1 of 1']);
  workbench.finder.seek('on');
  expect([workbench.playback.moment, workbench.finder.sought]).toEqual([10_000_000, 'not again in this run']);
});

async function dragging() {
  const { workbench } = opened();
  await workbench.edits.load();
  const said: string[] = [];
  const drag = new FaultDrag({
    edits: workbench.edits,
    marks: () => [20_000_000],
    end: () => 60_000_000,
    say: (notice) => said.push(notice),
  });
  const scale = timeScale({ from: 0, until: 60_000_000 }, 600); // a tenth of a second a pixel
  const fault = () => {
    const entry = workbench.edits.faults?.[0];
    if (!entry) throw new Error('there is a fault');
    return entry;
  };
  return { workbench, drag, scale, fault, said };
}

test('a drag begins after a few pixels, snaps to a mark, and is one step', async () => {
  const { workbench, drag, scale, fault } = await dragging();
  drag.begin(fault(), 'whole', 0, 100);
  drag.move(102, scale, false);
  expect(drag.index).toBeUndefined();
  drag.move(150, scale, false); // 5 s on
  expect([drag.index, fault().at]).toEqual([0, 15_000_000]);
  drag.move(197, scale, false); // 19.7 s: three pixels from the mark
  expect([fault().at, fault().end]).toEqual([20_000_000, 25_000_000]);
  drag.move(197, scale, true);
  expect(fault().at).toBe(19_700_000);
  drag.release();
  workbench.edits.undo();
  expect(workbench.draft.text).toBe(SMALL);
});

test('taking hold of a later time of a repeated fault moves all of them by as much', async () => {
  const { workbench, drag, scale, fault } = await dragging();
  workbench.openText(SMALL.replace('for: 5s', 'for: 5s, every: 10s, times: 3'), 'again');
  drag.begin(fault(), 'whole', 10_000_000, 0); // the bar from 20 s on
  drag.move(20, scale, true);
  expect(fault()).toMatchObject({ at: 12_000_000, end: 17_000_000, every: 10_000_000 });
});

test('arrow keys go to the next round time, Shift further, Alt the end; letting go ends the step', async () => {
  const { workbench, drag, scale, fault } = await dragging();
  const press = (key: string, more: KeyboardEventInit = {}) => {
    const event = new KeyboardEvent('keydown', { key, cancelable: true, ...more });
    drag.key(event, fault(), scale, () => undefined);
    return event.defaultPrevented;
  };
  // The grain is the round step of at least three pixels: half a second.
  expect(press('ArrowRight')).toBe(true);
  expect(fault().at).toBe(10_500_000);
  press('ArrowLeft', { shiftKey: true });
  expect(fault().at).toBe(10_000_000);
  press('ArrowRight', { altKey: true });
  expect([fault().at, fault().end]).toEqual([10_000_000, 15_500_000]);
  drag.rest();
  expect(press('x')).toBe(false);
  workbench.edits.undo();
  expect(fault().end).toBe(15_000_000);
});

test('a locked fault does not move, and says why', async () => {
  const { workbench, drag, scale, fault, said } = await dragging();
  workbench.openText(SMALL.replace('{ crash: b, at: 10s, for: 5s }', '{ crash: b, at: soon }'), 'locked');
  drag.begin(fault(), 'whole', 0, 0);
  drag.move(50, scale, false);
  expect(said.join()).toContain('cannot be read');
  expect(workbench.draft.text).toContain('at: soon');
});
