/**
 * Draws a store lane: bytes held as a step area under the dashed line of the cap, refused hints as triangles.
 * With a cap the axis ends a little above it, so that how near a store came to it is what the eye reads first.
 */
import type { StoreData } from '../lanes/lane.ts';
import { columnsOf } from './decimate.ts';
import { drawLimitLine } from './limit-line.ts';
import { drawRefusals } from './marks.ts';
import type { Pen, Rect, Theme } from './pen.ts';
import { drawStepArea } from './step-area.ts';
import type { TimeScale } from './time-scale.ts';

const HEADROOM = 9;
/** A store that never came near the cap is drawn at its own scale, and the cap is only named. */
const NEAR_CAP = 0.2;

/** Whether the cap is drawn as a line, and the bytes at the top of the lane. */
export function storeAxis(data: StoreData): { top: number; capShown: boolean } {
  const capShown = data.maxBytes > 0 && data.bytes.max >= NEAR_CAP * data.maxBytes;
  return { top: capShown ? data.maxBytes * 1.05 : Math.max(1, data.bytes.max), capShown };
}

export function drawStore(pen: Pen, data: StoreData, scale: TimeScale, rect: Rect, theme: Theme): void {
  const plot = { ...rect, y: rect.y + HEADROOM, height: rect.height - HEADROOM - 1 };
  const { top, capShown } = storeAxis(data);
  drawStepArea(pen, columnsOf(data.bytes, scale), plot, {
    fill: () => theme.bytes,
    edge: theme.bytes,
    top,
    grows: 'up',
  });
  if (capShown) drawLimitLine(pen, { plot, share: data.maxBytes / top }, theme);
  drawRefusals(pen, data.refusedAt, scale, rect, theme);
}
