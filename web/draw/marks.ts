/**
 * Refusal marks: a triangle pointing down at the top edge wherever a hint was refused. Shape and place tell
 * them from everything else; marks that would overlap are drawn once.
 */
import { bisectLeft } from 'd3-array';
import type { Pen, Rect, Theme } from './pen.ts';
import { instantAt, xOf, type TimeScale } from './time-scale.ts';

const SIZE = 4;

/** Marks the instants of `refusedAt`, ascending, along the top of `rect`. */
export function drawRefusals(pen: Pen, refusedAt: Float64Array, scale: TimeScale, rect: Rect, theme: Theme): void {
  pen.fillStyle = theme.refused;
  pen.beginPath();
  let next = bisectLeft(refusedAt, instantAt(scale, -SIZE));
  while (next < refusedAt.length) {
    const x = xOf(scale, refusedAt[next] ?? Infinity);
    if (x > scale.width + SIZE) break;
    pen.moveTo(rect.x + x - SIZE, rect.y);
    pen.lineTo(rect.x + x + SIZE, rect.y);
    pen.lineTo(rect.x + x, rect.y + 2 * SIZE - 1);
    pen.closePath();
    next = bisectLeft(refusedAt, instantAt(scale, x + SIZE), next + 1);
  }
  pen.fill();
}
