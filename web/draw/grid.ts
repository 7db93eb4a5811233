/**
 * What lies behind every lane: vertical hairlines at the ticks of the shared axis, the base line, and the veil over
 * the time after the end of the run.
 */
import type { Pen, Rect, Theme } from './pen.ts';
import type { Tick } from './ticks.ts';
import { xOf, type TimeScale } from './time-scale.ts';

export interface GridData {
  readonly ticks: readonly Tick[];
  /** The end of the run, in microseconds. */
  readonly end: number;
}

export function drawGrid(pen: Pen, data: GridData, scale: TimeScale, rect: Rect, theme: Theme): void {
  pen.fillStyle = theme.line;
  pen.globalAlpha = 0.7;
  for (const tick of data.ticks) pen.fillRect(rect.x + Math.round(xOf(scale, tick.at)), rect.y, 1, rect.height);
  pen.globalAlpha = 1;
  pen.fillRect(rect.x, rect.y + rect.height - 1, rect.width, 1);
  const end = xOf(scale, data.end);
  if (end < rect.width) pen.fillRect(rect.x + Math.max(0, end), rect.y, 1, rect.height);
}

/** Text that stays readable over the picture: on a slip of paper of its own. */
export function drawNote(
  pen: Pen,
  text: string,
  at: { x: number; y: number; align: 'left' | 'right' },
  theme: Theme,
): void {
  pen.font = theme.font;
  pen.textBaseline = 'middle';
  pen.textAlign = at.align;
  const width = pen.measureText(text).width;
  pen.fillStyle = theme.paper;
  pen.globalAlpha = 0.85;
  pen.fillRect(at.align === 'left' ? at.x - 3 : at.x - width - 3, at.y - 8, width + 6, 16);
  pen.globalAlpha = 1;
  pen.fillStyle = theme.muted;
  pen.fillText(text, at.x, at.y);
}
