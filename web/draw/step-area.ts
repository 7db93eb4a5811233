/**
 * Step areas: the shape of most lanes. Solid up to the least value of a column, translucent from there to the
 * greatest, and a line along the top, so that at every zoom a flat stretch reads as flat and a burst as a burst.
 */
import type { Columns } from './decimate.ts';
import type { Pen, Rect } from './pen.ts';

export interface StepAreaStyle {
  /** The colour of a column; equal neighbours are drawn as one rectangle. */
  readonly fill: (column: number) => string;
  readonly edge: string;
  /** The value at the far side of `rect`. */
  readonly top: number;
  /** Which way values grow from the base line. */
  readonly grows: 'up' | 'down';
}

/** How visible the part between a column's least and greatest value is. */
const BURST_ALPHA = 0.7;
const FILL_ALPHA = 0.95;
/** A value that is there is seen, however small. */
const LEAST_PIXELS = 1;

/** Draws columns `first … last − 1` into `rect`; column 0 lies at `rect.x`. */
export function drawStepArea(
  pen: Pen,
  columns: Columns,
  rect: Rect,
  style: StepAreaStyle,
  first = 0,
  last = columns.max.length,
): void {
  const height = (value: number) =>
    value <= 0 ? 0 : Math.max(LEAST_PIXELS, Math.min(1, value / style.top) * rect.height);
  let start = first;
  for (let x = first + 1; x <= last; x++) {
    if (x < last && sameColumn(columns, x, start) && style.fill(x) === style.fill(start)) continue;
    drawRun(pen, rect, style, start, x, height(columns.min[start] ?? 0), height(columns.max[start] ?? 0));
    start = x;
  }
  pen.globalAlpha = 1;
  drawEdge(pen, columns, rect, style, first, last, height);
}

function sameColumn(columns: Columns, a: number, b: number): boolean {
  return columns.min[a] === columns.min[b] && columns.max[a] === columns.max[b];
}

function drawRun(
  pen: Pen,
  rect: Rect,
  style: StepAreaStyle,
  from: number,
  until: number,
  low: number,
  high: number,
): void {
  if (high === 0) return;
  const y = (value: number) => (style.grows === 'up' ? rect.y + rect.height - value : rect.y);
  pen.fillStyle = style.fill(from);
  pen.globalAlpha = FILL_ALPHA;
  if (low > 0) pen.fillRect(rect.x + from, y(low), until - from, low);
  pen.globalAlpha = BURST_ALPHA;
  const burst = high - low;
  if (burst > 0) pen.fillRect(rect.x + from, style.grows === 'up' ? y(high) : rect.y + low, until - from, burst);
}

function drawEdge(
  pen: Pen,
  columns: Columns,
  rect: Rect,
  style: StepAreaStyle,
  first: number,
  last: number,
  height: (value: number) => number,
): void {
  pen.strokeStyle = style.edge;
  pen.lineWidth = 1;
  pen.beginPath();
  let drawing = false;
  let previous = 0;
  for (let x = first; x < last; x++) {
    const tall = height(columns.max[x] ?? 0);
    const y = style.grows === 'up' ? rect.y + rect.height - tall + 0.5 : rect.y + tall - 0.5;
    if (tall === 0) drawing = false;
    else if (!drawing) {
      pen.moveTo(rect.x + x, y);
      drawing = true;
    } else if (y !== previous) pen.lineTo(rect.x + x, y);
    if (drawing) pen.lineTo(rect.x + x + 1, y);
    previous = y;
  }
  pen.stroke();
}
