import { expect, test } from 'vitest';
import { columnsOf } from '../../../web/draw/decimate.ts';
import { drawStepArea } from '../../../web/draw/step-area.ts';
import { timeScale } from '../../../web/draw/time-scale.ts';
import { steps } from '../../../web/lanes/steps.ts';
import { recordingPen } from '../../support/recording-pen.ts';

const RECT = { x: 100, y: 10, width: 8, height: 40 };
const style = { fill: () => 'tone', edge: 'edge', top: 10, grows: 'up' as const };
const columns = (at: number[], value: number[]) =>
  columnsOf(steps(Float64Array.from(at), Float64Array.from(value)), timeScale({ from: 0, until: 800 }, 8));

test('a flat stretch is one rectangle, as high as its value', () => {
  const { pen, filled } = recordingPen();
  drawStepArea(pen, columns([200], [5]), RECT, style);
  expect(filled.filter(({ alpha }) => alpha > 0.8)).toEqual([
    { x: 103, y: 30, width: 5, height: 20, style: 'tone', alpha: 0.95 },
  ]);
});

test('a burst within a pixel is solid to its least value and translucent to its greatest', () => {
  const { pen, filled } = recordingPen();
  drawStepArea(pen, columns([0, 310, 320], [2, 10, 2]), RECT, style);
  const burst = filled.filter(({ x, width }) => x === 103 && width === 1);
  expect(burst.map(({ y, height, alpha }) => ({ y, height, alpha }))).toEqual([
    { y: 42, height: 8, alpha: 0.95 },
    { y: 10, height: 32, alpha: 0.7 },
  ]);
});

test('a value too small for a pixel still takes one', () => {
  const { pen, filled } = recordingPen();
  drawStepArea(pen, columns([0], [0.001]), RECT, style);
  expect(filled[0]).toMatchObject({ y: 49, height: 1 });
});

test('growing down it hangs from the top of its rectangle', () => {
  const { pen, filled } = recordingPen();
  drawStepArea(pen, columns([0], [5]), RECT, { ...style, grows: 'down' });
  expect(filled[0]).toMatchObject({ x: 100, y: 10, width: 8, height: 20 });
});

test('nothing is painted where there is nothing', () => {
  const { pen, filled, path } = recordingPen();
  drawStepArea(pen, columns([], []), RECT, style);
  expect([filled, path]).toEqual([[], []]);
});
