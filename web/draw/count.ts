/**
 * Draws a lane of counts as a step area, and the limit as a dashed line where the counts come near it.
 */
import type { CountLane } from '../lanes/lane.ts';
import { columnsOf } from './decimate.ts';
import { drawLimitLine } from './limit-line.ts';
import type { Pen, Rect, Theme } from './pen.ts';
import { drawStepArea } from './step-area.ts';
import type { TimeScale } from './time-scale.ts';

const HEADROOM = 4;
/** Counts that never came near the limit are drawn at their own scale, and the limit is only named. */
const NEAR = 0.3;

/** The count at the top of the lane, and whether the limit is drawn. */
export function countAxis({ count, limit }: ReturnType<CountLane['data']>): { top: number; limitShown: boolean } {
  const limitShown = limit > 0 && count.max >= NEAR * limit;
  return { top: limitShown ? Math.max(count.max, limit * 1.05) : Math.max(1, count.max), limitShown };
}

export function drawCount(pen: Pen, lane: CountLane, scale: TimeScale, rect: Rect, theme: Theme): void {
  const data = lane.data();
  const tone = lane.of === 'messages' ? theme.bytes : theme.expired;
  const { top, limitShown } = countAxis(data);
  const plot = { ...rect, y: rect.y + HEADROOM, height: rect.height - HEADROOM - 1 };
  drawStepArea(pen, columnsOf(data.count, scale), plot, { fill: () => tone, edge: tone, top, grows: 'up' });
  if (limitShown) drawLimitLine(pen, { plot, share: data.limit / top }, theme);
}
