import { expect, test } from 'vitest';
import { landmarks } from '../../../web/lanes/landmarks.ts';
import { fullestMoment, wholeRun } from '../../../web/lanes/whole-run.ts';
import { buildTrace } from '../../support/trace-builder.ts';

const trace = buildTrace({
  endedAt: 1_000,
  hints: [
    { holder: 'a', peer: 'b', storedAt: 100, leftAt: 400, fate: 'delivered' },
    { holder: 'c', peer: 'b', storedAt: 150, leftAt: 300, fate: 'delivered' },
    { holder: 'a', peer: 'b', storedAt: 300, leftAt: 400, fate: 'delivered' },
  ],
  outages: [
    { node: 'b', from: 90, until: 350 },
    { node: 'c', from: 800 },
  ],
  beliefs: [{ observer: 'a', peer: 'b', from: 95, until: 360 }],
});

test('waiting hints are counted over all queues; one leaving as another is stored changes nothing', () => {
  const { waiting } = wholeRun(trace);
  expect([...waiting.at]).toEqual([100, 150, 300, 400]);
  expect([...waiting.value]).toEqual([1, 2, 2, 0]);
});

test('a story opens at the first instant at which the most hints wait', () => {
  expect(fullestMoment(wholeRun(trace))).toBe(150);
});

test('a run without hints opens at its start', () => {
  expect(fullestMoment(wholeRun(buildTrace({})))).toBe(0);
});

test('an outage that never ended is drawn to the end of the run', () => {
  expect(wholeRun(trace).outages).toEqual([
    { from: 90, until: 350 },
    { from: 800, until: 1_000 },
  ]);
});

test('landmarks are the instants at which a node or a belief changes, once each, within the run', () => {
  expect([...landmarks(trace)]).toEqual([90, 95, 350, 360, 800]);
});
