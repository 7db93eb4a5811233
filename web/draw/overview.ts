/**
 * Draws the overview strip: the whole run at the width of the plot, waiting hints as an area, outages as a band of
 * marks below it. The window of what is visible and the playhead lie over it as elements.
 */
import type { WholeRun } from '../lanes/whole-run.ts';
import { boxes } from './boxes.ts';
import { columnsOf } from './decimate.ts';
import { AGE_TONES, type Pen, type Rect, type Theme } from './pen.ts';
import { drawStepArea } from './step-area.ts';
import type { TimeScale } from './time-scale.ts';

const BAND = 5;

export function drawOverview(pen: Pen, run: WholeRun, scale: TimeScale, rect: Rect, theme: Theme): void {
  const tone = theme.ages[Math.floor(AGE_TONES / 2)] ?? theme.ink;
  const plot = { ...rect, y: rect.y + 3, height: rect.height - BAND - 5 };
  const top = Math.max(1, run.waiting.max);
  drawStepArea(pen, columnsOf(run.waiting, scale), plot, { fill: () => tone, edge: tone, top, grows: 'up' });
  pen.fillStyle = theme.down;
  for (const { x, width } of boxes(run.outages, scale)) {
    pen.fillRect(rect.x + x, rect.y + rect.height - BAND, width, BAND - 1);
  }
}
