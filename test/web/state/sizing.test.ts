import { expect, test } from 'vitest';
import { addressText, OPENING, parseAddress } from '../../../web/state/address.ts';
import { measuredCells, theoryCells } from '../../../web/state/heat-cells.ts';
import { OPENING_QUESTION } from '../../../web/state/sizing-address.ts';
import { partsOf, withPath } from '../../../web/state/sizing-axes.ts';
import { Sweep } from '../../../web/state/sweep.svelte.ts';
import { benchNow, SMALL } from '../../support/bench.ts';

const QUESTION = { x: 'hints.cap=1000B,1MiB', y: 'drain.interval=10s,30s', metric: 'refused', seeds: 1 };

/** A workbench on the small scenario, with its sweep. */
function sized(question = QUESTION) {
  const workbench = benchNow();
  workbench.openText(SMALL, 'small');
  const sweep = new Sweep(workbench.sizing, 1);
  workbench.sizing.toggle();
  workbench.sizing.ask(question);
  return { workbench, sweep };
}

test('the question travels in the link, and a link without one is about something else', () => {
  const fragment = addressText({ ...OPENING, sizing: QUESTION });
  const { address, problems } = parseAddress(fragment);
  expect(problems).toEqual([]);
  expect(address.sizing).toEqual(QUESTION);
  expect(parseAddress(addressText(OPENING)).address.sizing).toBeUndefined();
});

test('seeds that are none are named, and the usual ones taken', () => {
  const { address, problems } = parseAddress('#v=1&x=hints.cap%3D1MiB&seeds=900');
  expect(problems).toEqual(["In the link, seeds should be 1 to 25; found '900', left out."]);
  expect(address.sizing).toEqual({ ...OPENING_QUESTION, x: 'hints.cap=1MiB' });
});

test('a sweep streams its cells, answers in a sentence, and knows when it is out of date', () => {
  const { workbench, sweep } = sized();
  expect(sweep.answer).toBe('');
  sweep.start();
  expect(sweep.status.kind).toBe('done');
  expect(sweep.cells).toHaveLength(4);
  // 68 hints of 100 B in all; see the test of the sweep for where they come from.
  expect(sweep.cell({ x: 0, y: 1 })?.runs[0]?.measures.refused).toBe(58);
  expect(sweep.answer).toBe(
    'The least hints.cap with no hints refused, in 1 of 1 seeds: 1MiB at drain.interval 10s; 1MiB at drain.interval 30s.',
  );
  expect(sweep.isCurrent).toBe(true);
  workbench.typing.override('ttl', '2s');
  expect(sweep.isCurrent).toBe(false);
});

test('opening a cell sets its values, keeps the sweep, and can be undone', () => {
  const { workbench, sweep } = sized({ ...QUESTION, y: 'channel.slots=64,256' });
  sweep.start();
  workbench.showCell(sweep.overridesOf({ x: 0, y: 1 }));
  expect(workbench.draft.sets).toEqual(['hints.cap=1000B', 'channel.slots=256']);
  expect(workbench.sizing.on).toBe(false);
  expect(sweep.isCurrent).toBe(true);
  workbench.showCell(sweep.overridesOf({ x: 1, y: 0 }));
  expect(workbench.draft.sets).toEqual(['hints.cap=1MiB', 'channel.slots=64']);
  workbench.edits.undo();
  workbench.edits.undo();
  expect(workbench.draft.sets).toEqual([]);
});

test('what cannot be read says which axis and why, and starts nothing', () => {
  const { workbench, sweep } = sized({ ...QUESTION, y: 'hints.cap=1MiB' });
  expect(sweep.question).toMatchObject({ kind: 'misread', axis: 'y', why: expect.stringContaining('again') });
  workbench.sizing.ask({ x: 'hints.ttl=5m..' });
  expect(sweep.question).toMatchObject({ kind: 'misread', axis: 'x' });
  sweep.start();
  expect(sweep.status.kind).toBe('idle');
});

test('sizing and a comparison take the place of each other', () => {
  const { workbench } = sized();
  workbench.compare.toggle();
  expect(workbench.sizing.on).toBe(false);
  workbench.sizing.toggle();
  expect([workbench.sizing.on, workbench.compare.on]).toEqual([true, false]);
});

test('another path brings values that suit it', () => {
  expect(withPath('hints.cap=1MiB', 'drain.interval')).toBe('drain.interval=5s,10s,30s,60s');
  expect(withPath('hints.cap=1MiB', 'limits.events')).toBe('limits.events=1MiB');
  expect(partsOf('hints.cap')).toEqual({ path: 'hints.cap', values: '' });
});

test('both maps share a scale, and theory says how far the median is from it', () => {
  const place = { x: 0, y: 0 };
  const form = { metric: 'refused' as const, value: 50, slack: 10, rule: 'λ · D − m', source: 'validation H3' };
  const run = { seed: 1, measures: { refused: 45 }, lostBy: [] };
  const cells = [{ ...place, runs: [run], theory: { forms: [form], unmet: [] } }];
  expect(measuredCells(cells, 'refused', 50)).toEqual([{ ...place, text: '45', note: '', share: 0.9 }]);
  expect(theoryCells(cells, 'refused', 50)).toEqual([{ ...place, text: '50', note: '−5', share: 1 }]);
  expect(theoryCells(cells, 'lost', 50)).toEqual([]);
  expect(measuredCells([{ ...place, runs: [], theory: { forms: [], unmet: [] }, problem: 'no' }], 'lost', 0)).toEqual([
    { ...place, text: 'refused', note: '', share: undefined },
  ]);
});
