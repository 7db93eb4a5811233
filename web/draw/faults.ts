/**
 * Draws the faults of a node, row by row: a pale bar between two posts for as long as it lasts, the mark of its kind at
 * its left end, and its words inside it, or behind it where there is room for them before the next fault of the row.
 */
import type { NodeFault } from '../lanes/node-faults.ts';
import { FAULT_PITCH } from '../lanes/node-lane.ts';
import { drawFaultMark, MARK_SIZE } from './fault-marks.ts';
import type { Pen, Rect, Theme } from './pen.ts';
import { xOf, type TimeScale } from './time-scale.ts';

const BAR_HEIGHT = FAULT_PITCH - 2;
const MARK_INSET = 4;
const WORDS_INSET = MARK_INSET + MARK_SIZE + 5;
/** A bar that has room for its mark. */
const MARKED_FROM = MARK_SIZE + 2 * MARK_INSET;
/** A fault that adds less than this to what is drawn already is not drawn. In pixels. */
const LEAST_NEW = 0.5;

/** @param top where the first row begins, in pixels */
export function drawFaults(
  pen: Pen,
  faults: readonly NodeFault[],
  scale: TimeScale,
  rect: Rect,
  top: number,
  theme: Theme,
): void {
  const rows = faults.reduce((most, { row }) => Math.max(most, row + 1), 0);
  for (let row = 0; row < rows; row++) {
    const inRow = faults.filter((fault) => fault.row === row);
    drawRow(pen, inRow, scale, { ...rect, y: top + row * FAULT_PITCH, height: BAR_HEIGHT }, theme);
  }
}

function drawRow(pen: Pen, faults: readonly NodeFault[], scale: TimeScale, rect: Rect, theme: Theme): void {
  let drawnTo = -Infinity;
  faults.forEach((fault, i) => {
    if (fault.until < scale.from || fault.from > scale.until) return;
    const left = Math.max(-2, xOf(scale, fault.from));
    const right = Math.min(scale.width + 2, Math.max(xOf(scale, fault.until), left + 2));
    if (right < drawnTo + LEAST_NEW) return;
    drawnTo = right;
    drawBar(pen, { ...rect, x: rect.x + left, width: right - left }, theme);
    const seen = { from: Math.max(0, left), until: Math.min(scale.width, right) };
    const free = Math.min(scale.width, xOf(scale, faults[i + 1]?.from ?? Infinity));
    drawName(pen, fault, { ...seen, free }, rect, theme);
  });
}

function drawBar(pen: Pen, bar: Rect, theme: Theme): void {
  pen.fillStyle = theme.muted;
  pen.globalAlpha = 0.16;
  pen.fillRect(bar.x, bar.y, bar.width, bar.height);
  pen.globalAlpha = 1;
  pen.fillRect(bar.x, bar.y, 1.5, bar.height);
  pen.fillRect(bar.x + bar.width - 1.5, bar.y, 1.5, bar.height);
}

/**
 * The mark and the words.
 *
 * @param bar the bar as far as it is in view, and up to where the row is free behind it; in pixels
 */
function drawName(
  pen: Pen,
  { kind, label }: NodeFault,
  bar: { readonly from: number; readonly until: number; readonly free: number },
  rect: Rect,
  theme: Theme,
): void {
  pen.font = theme.font;
  const words = pen.measureText(label).width;
  const width = bar.until - bar.from;
  const [markInside, wordsInside] = [width >= MARKED_FROM, width >= WORDS_INSET + words + 4];
  const behind = bar.until + MARK_INSET + (markInside ? 0 : MARK_SIZE + 5);
  const wordsAt = wordsInside ? bar.from + WORDS_INSET : behind;
  pen.strokeStyle = theme.ink;
  pen.lineWidth = 1.25;
  const markAt = markInside ? bar.from + MARK_INSET : bar.until + MARK_INSET;
  if (markInside || markAt + MARK_SIZE <= bar.free) {
    drawFaultMark(pen, kind, rect.x + markAt, rect.y + (BAR_HEIGHT - MARK_SIZE) / 2);
  }
  if (wordsAt + words > Math.max(bar.until, bar.free)) return;
  pen.fillStyle = theme.ink;
  pen.textAlign = 'left';
  pen.textBaseline = 'middle';
  pen.fillText(label, rect.x + wordsAt, rect.y + BAR_HEIGHT / 2 + 0.5);
}
