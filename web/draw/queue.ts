/**
 * Draws a queue lane: depth as a step area, the age of the oldest waiting hint as its tone (light is fresh, dark is
 * about to expire), refused hints as triangles along the top.
 */
import type { QueueData } from '../lanes/lane.ts';
import { ageShare } from '../lanes/queue-lane.ts';
import { columnsOf } from './decimate.ts';
import { drawRefusals } from './marks.ts';
import { AGE_TONES, type Pen, type Rect, type Theme } from './pen.ts';
import { drawStepArea } from './step-area.ts';
import { instantAt, type TimeScale } from './time-scale.ts';

/** Room above the area for refusal marks. */
const HEADROOM = 9;

export function drawQueue(pen: Pen, data: QueueData, scale: TimeScale, rect: Rect, theme: Theme): void {
  const columns = columnsOf(data.depth, scale);
  const tones = Array.from(columns.max, (_, x) => toneAt(data, scale, x));
  drawStepArea(
    pen,
    columns,
    { ...rect, y: rect.y + HEADROOM, height: rect.height - HEADROOM - 1 },
    {
      fill: (x) => theme.ages[tones[x] ?? 0] ?? theme.ink,
      edge: theme.ages[AGE_TONES - 1] ?? theme.ink,
      top: Math.max(1, data.depth.max),
      grows: 'up',
    },
  );
  drawRefusals(pen, data.refusedAt, scale, rect, theme);
}

/** The tone of a column is that of its end: one age per pixel is all that can be seen. */
function toneAt(data: QueueData, scale: TimeScale, x: number): number {
  const end = Math.max(ageShare(data, instantAt(scale, x)), ageShare(data, instantAt(scale, x + 1)));
  return Math.min(AGE_TONES - 1, Math.max(0, Math.floor(end * AGE_TONES)));
}
