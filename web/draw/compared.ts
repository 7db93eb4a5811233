/**
 * Draws designs against each other on one time axis: as lines over each other, as one area for each, and as the
 * difference to the base. Each design has a colour, a dash pattern and a letter, so that no colour speaks alone.
 */
import type { ComparedLine } from '../lanes/compared-lanes.ts';
import type { Steps } from '../lanes/steps.ts';
import { columnsOf, type Columns } from './decimate.ts';
import { labelSpots } from './label-spots.ts';
import type { Pen, Rect, Theme } from './pen.ts';
import { drawStepArea } from './step-area.ts';
import type { TimeScale } from './time-scale.ts';

/** Dashes and gaps in CSS pixels, by the place of the design; the base is a solid line. */
export const DASHES: readonly (readonly number[])[] = [[], [7, 3], [2, 3], [10, 3, 2, 3], [4, 2, 1, 2], [14, 5]];

const HEADROOM = 6;
const LINE_WIDTH = 1.75;
/** A letter on its slip of paper, in CSS pixels. */
const LABEL = { width: 13, height: 13 };

/** All designs as lines in one picture, each with its letter where it is farthest from the others. */
export function drawOverlay(
  pen: Pen,
  { lines, top }: { readonly lines: readonly ComparedLine[]; readonly top: number },
  scale: TimeScale,
  rect: Rect,
  theme: Theme,
): void {
  const plot = { ...rect, y: rect.y + HEADROOM, height: rect.height - HEADROOM - 1 };
  const y = (value: number): number => plot.y + plot.height * (1 - Math.max(0, value) / Math.max(top, 1e-9)) - 0.5;
  const drawn = lines.map((line) => ({ line, columns: columnsOf(line.series, scale) }));
  // The base first: where lines coincide, the dashes of the others show on it.
  for (const { line, columns } of drawn) strokeLine(pen, columns, rect.x, y, line, theme);
  const heights = drawn.map(({ columns }) => Float64Array.from(columns.max, y));
  const spots = labelSpots(heights, { ...rect, ...sizesOf() });
  drawn.forEach(({ line }, i) => {
    const spot = spots[i];
    if (spot) drawLetter(pen, line, spot, theme);
  });
}

function sizesOf(): { readonly labelWidth: number; readonly labelHeight: number } {
  return { labelWidth: LABEL.width, labelHeight: LABEL.height };
}

function strokeLine(
  pen: Pen,
  columns: Columns,
  left: number,
  y: (value: number) => number,
  { place }: ComparedLine,
  theme: Theme,
): void {
  pen.strokeStyle = theme.designs[place] ?? theme.ink;
  pen.lineWidth = LINE_WIDTH;
  pen.setLineDash([...(DASHES[place] ?? [])]);
  pen.beginPath();
  columns.last.forEach((last, x) => {
    const [least, most] = [columns.min[x] ?? last, columns.max[x] ?? last];
    if (x === 0) pen.moveTo(left, y(last));
    if (most > last) pen.lineTo(left + x, y(most));
    if (least < last) pen.lineTo(left + x, y(least));
    pen.lineTo(left + x, y(last));
    if (x === columns.last.length - 1) pen.lineTo(left + x + 1, y(last));
  });
  pen.stroke();
  pen.setLineDash([]);
}

function drawLetter(
  pen: Pen,
  { place, letter }: ComparedLine,
  { x, y }: { readonly x: number; readonly y: number },
  theme: Theme,
): void {
  pen.fillStyle = theme.designs[place] ?? theme.ink;
  pen.fillRect(x, y, LABEL.width, LABEL.height);
  pen.font = theme.font;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.fillStyle = theme.paper;
  pen.fillText(letter, x + LABEL.width / 2, y + LABEL.height / 2 + 0.5);
}

/** One design as an area, on the vertical axis that all designs of the lane share. */
export function drawAlone(
  pen: Pen,
  { line, top }: { readonly line: ComparedLine; readonly top: number },
  scale: TimeScale,
  rect: Rect,
  theme: Theme,
): void {
  const colour = theme.designs[line.place] ?? theme.ink;
  const plot = { ...rect, y: rect.y + HEADROOM, height: rect.height - HEADROOM - 1 };
  drawStepArea(pen, columnsOf(line.series, scale), plot, { fill: () => colour, edge: colour, top, grows: 'up' });
}

/** A difference as an area above the middle where there is more than in the base, and below it where there is less. */
export function drawDifference(
  pen: Pen,
  { place, series, most }: { readonly place: number; readonly series: Steps; readonly most: number },
  scale: TimeScale,
  rect: Rect,
  theme: Theme,
): void {
  const colour = theme.designs[place] ?? theme.ink;
  const half = (rect.height - 3) / 2;
  const columns = columnsOf(series, scale);
  const style = { fill: () => colour, edge: colour, top: Math.max(most, 1e-9) };
  const middle = rect.y + 1 + half;
  pen.fillStyle = theme.line;
  pen.fillRect(rect.x, middle, rect.width, 1);
  drawStepArea(pen, signed(columns, 1), { ...rect, y: rect.y + 1, height: half }, { ...style, grows: 'up' });
  drawStepArea(pen, signed(columns, -1), { ...rect, y: middle + 1, height: half }, { ...style, grows: 'down' });
}

/** What of the columns lies on one side of 0, as distances from it. */
function signed({ min, max, last }: Columns, sign: 1 | -1): Columns {
  const [near, far] = sign === 1 ? [min, max] : [max, min];
  const beyond = (value: number): number => Math.max(0, sign * value);
  return { min: near.map(beyond), max: far.map(beyond), last: last.map(beyond) };
}
