/**
 * The dashed line of a limit across a lane: the cap over the bytes of a store, the slots over the messages of a link.
 */
import type { Pen, Rect, Theme } from './pen.ts';

/** Where a limit lies: its share of what is at the top of the plot. */
export interface Limit {
  readonly plot: Rect;
  /** 0 at the foot of the plot, 1 at its top. */
  readonly share: number;
}

/** Draws the line over the whole width of the plot, on whole pixels so that it is sharp. */
export function drawLimitLine(pen: Pen, { plot, share }: Limit, theme: Theme): void {
  const y = Math.round(plot.y + plot.height * (1 - share)) + 0.5;
  pen.strokeStyle = theme.ink;
  pen.lineWidth = 1;
  pen.setLineDash([5, 4]);
  pen.beginPath();
  pen.moveTo(plot.x, y);
  pen.lineTo(plot.x + plot.width, y);
  pen.stroke();
  pen.setLineDash([]);
}
