/**
 * Draws the expiry lane at a moment: solid up to the playhead (it expired), hatched from there on (it will, unless
 * drained). Deadlines beyond the right edge are said in words, because a horizon out of view is still a horizon.
 */
import { bisectRight } from 'd3-array';
import type { ExpiryData } from '../lanes/lane.ts';
import { columnsOf } from './decimate.ts';
import { hatch } from './node.ts';
import type { Pen, Rect, Theme } from './pen.ts';
import { drawStepArea } from './step-area.ts';
import { clamp, xOf, type TimeScale } from './time-scale.ts';

const HEADROOM = 6;

export function drawExpiry(pen: Pen, data: ExpiryData, scale: TimeScale, rect: Rect, theme: Theme): void {
  const plot = { ...rect, y: rect.y + HEADROOM, height: rect.height - HEADROOM - 1 };
  const style = { fill: () => theme.expired, edge: theme.expired, top: Math.max(1, data.top), grows: 'up' as const };
  const split = Math.round(clamp(xOf(scale, data.moment), 0, Math.ceil(scale.width)));
  drawStepArea(pen, columnsOf(data.expired, scale), plot, style, 0, split);
  const ahead = columnsOf(data.horizon, scale);
  pen.save();
  pen.beginPath();
  for (let x = split; x < ahead.max.length; x++) {
    const height = Math.min(1, (ahead.max[x] ?? 0) / style.top) * plot.height;
    if (height > 0) pen.rect(plot.x + x, plot.y + plot.height - height, 1, height);
  }
  pen.clip();
  pen.globalAlpha = 0.12;
  pen.fillStyle = theme.expired;
  pen.fillRect(plot.x + split, plot.y, plot.width - split, plot.height);
  pen.globalAlpha = 0.75;
  hatch(pen, { ...plot, x: plot.x + split, width: plot.width - split }, theme.expired);
  pen.restore();
  drawStepArea(pen, ahead, plot, { ...style, fill: () => 'transparent' }, split);
}

/** How many of the waiting hints are due after `until`, and when the first of those is. */
export function dueBeyond(data: ExpiryData, until: number): { hints: number; firstAt: number } {
  const { at, value } = data.horizon;
  const next = Math.max(1, bisectRight(at, until)); // the first row is the moment itself, not a deadline
  const hints = (value[value.length - 1] ?? 0) - (value[next - 1] ?? 0);
  return { hints, firstAt: at[next] ?? Infinity };
}
