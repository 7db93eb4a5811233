import { expect, test } from 'vitest';
import { drawExpiry } from '../../../web/draw/expiry.ts';
import { drawRefusals } from '../../../web/draw/marks.ts';
import { drawNode } from '../../../web/draw/node.ts';
import { drawOutcome, outcomeAxis } from '../../../web/draw/outcome.ts';
import { drawQueue } from '../../../web/draw/queue.ts';
import { drawStore, storeAxis } from '../../../web/draw/store.ts';
import { timeScale } from '../../../web/draw/time-scale.ts';
import { horizonSource } from '../../../web/lanes/expiry-lane.ts';
import { queueData } from '../../../web/lanes/queue-lane.ts';
import { steps } from '../../../web/lanes/steps.ts';
import { NAMED_THEME, recordingPen } from '../../support/recording-pen.ts';
import { buildTrace } from '../../support/trace-builder.ts';

const RECT = { x: 0, y: 0, width: 100, height: 50 };
/** One pixel is ten microseconds. */
const SCALE = timeScale({ from: 0, until: 1_000 }, 100);
const constant = (value: number) => steps(Float64Array.of(0), Float64Array.of(value));

test('an outage is a bar from crash to return; a belief is a thinner line below it', () => {
  const { pen, filled } = recordingPen();
  drawNode(
    pen,
    {
      outages: [{ from: 100, until: 300 }],
      faults: [],
      beliefs: [{ observer: 0, intervals: [{ from: 150, until: 350 }] }],
    },
    SCALE,
    RECT,
    NAMED_THEME,
  );
  expect(filled.find(({ style, width }) => style === 'down' && width > 2)).toMatchObject({
    x: 10,
    width: 20,
    height: 14,
  });
  expect(filled.find(({ style }) => style === 'belief')).toMatchObject({ x: 15, width: 20, height: 2 });
});

test('an outage shorter than a pixel is still one pixel wide', () => {
  const { pen, filled } = recordingPen();
  drawNode(pen, { outages: [{ from: 500, until: 501 }], faults: [], beliefs: [] }, SCALE, RECT, NAMED_THEME);
  expect(filled).toHaveLength(1);
  expect(filled[0]).toMatchObject({ x: 50, width: 1 });
});

test('a thousand outages within a pixel are drawn a few times, not a thousand', () => {
  const { pen, filled } = recordingPen();
  const outages = Array.from({ length: 1_000 }, (_, i) => ({ from: 500 + i / 200, until: 500.001 + i / 200 }));
  drawNode(pen, { outages, faults: [], beliefs: [] }, SCALE, RECT, NAMED_THEME);
  expect(filled.length).toBeLessThan(5);
});

test('a queue turns darker as its oldest hint ages', () => {
  const { pen, filled } = recordingPen();
  const trace = buildTrace({ ttl: 1_000, hints: [{ holder: 'a', peer: 'b', storedAt: 0 }] });
  drawQueue(pen, queueData(trace, 0, 1), SCALE, RECT, NAMED_THEME);
  expect(filled.map(({ x, style }) => [x, style])).toEqual([
    [0, 'age-0'],
    [19, 'age-1'],
    [39, 'age-2'],
    [59, 'age-3'],
    [79, 'age-4'],
  ]);
});

test('refusals that would overlap are one mark', () => {
  const { pen, path } = recordingPen();
  drawRefusals(pen, Float64Array.of(100, 101, 102, 500), SCALE, RECT, NAMED_THEME);
  expect(path.filter(({ kind }) => kind === 'move').map(({ x }) => x)).toEqual([6, 46]);
});

test('the cap is a dashed line where the store came near it, and only there', () => {
  const near = { bytes: constant(30), maxBytes: 100, maxBytesPerPeer: 0, refusedAt: new Float64Array() };
  const far = { bytes: constant(10), maxBytes: 100, maxBytesPerPeer: 0, refusedAt: new Float64Array() };
  expect([storeAxis(near), storeAxis(far)]).toEqual([
    { top: 105, capShown: true },
    { top: 10, capShown: false },
  ]);
  const [drawnNear, drawnFar] = [recordingPen(), recordingPen()];
  drawStore(drawnNear.pen, near, SCALE, RECT, NAMED_THEME);
  drawStore(drawnFar.pen, far, SCALE, RECT, NAMED_THEME);
  expect([drawnNear.dashes, drawnFar.dashes]).toEqual([[[5, 4], []], []]);
});

test('expiries are solid up to the playhead; from there on the horizon is clipped and hatched', () => {
  const { pen, filled, path } = recordingPen();
  const trace = buildTrace({
    ttl: 300,
    hints: [
      { holder: 'a', peer: 'b', storedAt: 0, leftAt: 350, fate: 'expired' },
      { holder: 'a', peer: 'b', storedAt: 400 },
    ],
  });
  drawExpiry(pen, horizonSource(trace).at(500), SCALE, RECT, NAMED_THEME);
  const solid = filled.filter(({ style, alpha }) => style === 'expired' && alpha === 0.95);
  expect(solid.map(({ x, width }) => [x, x + width])).toEqual([[36, 50]]);
  const clipped = path.filter(({ kind, y }) => kind === 'rect' && y > 6).map(({ x }) => x);
  expect([Math.min(...clipped), Math.max(...clipped)]).toEqual([50, 69]);
});

test('failed requests grow down from the line, on the scale of the answered ones', () => {
  const { pen, filled } = recordingPen();
  const data = { answered: constant(60), failed: constant(20), meanLatency: constant(0), maxLatency: constant(0) };
  const { base, top } = outcomeAxis(data, 45);
  expect(base / 45).toBe(0.75);
  drawOutcome(pen, data, SCALE, RECT, NAMED_THEME);
  const up = filled.find(({ style }) => style === 'acked');
  const down = filled.find(({ style }) => style === 'failed');
  expect((up?.height ?? 0) / 60).toBeCloseTo((down?.height ?? 0) / 20, 10);
  expect(top).toBe(60);
  expect(down?.y).toBe((up?.y ?? 0) + (up?.height ?? 0));
});

test('where nothing ever failed, all of the lane is for what was answered', () => {
  const data = { answered: constant(5), failed: constant(0), meanLatency: constant(0), maxLatency: constant(0) };
  expect(outcomeAxis(data, 45)).toEqual({ base: 45, top: 5 });
});
