/**
 * A picture of a view, for a document: title, rows with their names and values, the time axis with the playhead, and a
 * legend. It is drawn by the same functions that paint the page, with whatever pen: a canvas makes a PNG, SvgPen an SVG.
 */
import type { Pen, Rect, Theme } from '../draw/pen.ts';
import { labelPlace, type AxisTicks } from '../draw/ticks.ts';
import { xOf, type TimeScale } from '../draw/time-scale.ts';

/** One row: words on the left, a drawing on the right. */
export interface PictureRow {
  /** Empty: this row goes on with the one above. */
  readonly name: string;
  readonly value: string;
  /** What the height stands for; empty where it stands for nothing. */
  readonly scale: string;
  /** CSS pixels. */
  readonly height: number;
  readonly draw: (pen: Pen, rect: Rect, theme: Theme) => void;
}

/** A heading between rows. */
export interface PictureHeading {
  readonly heading: string;
}

/** A colour of the theme and what it stands for. */
export interface LegendEntry {
  readonly colour: string;
  readonly text: string;
}

export interface Picture {
  readonly title: string;
  readonly about: string;
  readonly rows: readonly (PictureRow | PictureHeading)[];
  /** Undefined: no time axis. Its width is that of the drawings. */
  readonly axis?: { readonly scale: TimeScale; readonly ticks: AxisTicks; readonly moment: number };
  readonly legend: readonly LegendEntry[];
  /** Of the words on the left, in pixels. */
  readonly gutter: number;
  /** Of the whole picture, in pixels. */
  readonly width: number;
}

const MARGIN = 20;
const TITLE_HEIGHT = 48;
const AXIS_HEIGHT = 26;
const HEADING_HEIGHT = 28;
const LINE_HEIGHT = 18;
const LEGEND_GAP = 14;
const SWATCH = 10;

/** The width that is left for drawings. */
export function plotWidth({ width, gutter }: Pick<Picture, 'width' | 'gutter'>): number {
  return width - gutter - 2 * MARGIN;
}

/** The height of the whole picture, in pixels. `pen` is asked how wide words are. */
export function pictureHeight(pen: Pen, picture: Picture, theme: Theme): number {
  const rows = picture.rows.reduce((sum, row) => sum + ('heading' in row ? HEADING_HEIGHT : row.height), 0);
  const legend = legendLines(pen, picture, theme).length * LINE_HEIGHT;
  return MARGIN + TITLE_HEIGHT + (picture.axis ? AXIS_HEIGHT : 0) + rows + LEGEND_GAP + legend + MARGIN;
}

/** Draws all of it, from the top left corner. */
export function drawPicture(pen: Pen, picture: Picture, theme: Theme): void {
  const { width, gutter } = picture;
  pen.fillStyle = theme.paper;
  pen.globalAlpha = 1;
  pen.fillRect(0, 0, width, pictureHeight(pen, picture, theme));
  drawTitle(pen, picture, theme);
  const top = MARGIN + TITLE_HEIGHT;
  const left = MARGIN + gutter;
  let y = top + (picture.axis ? AXIS_HEIGHT : 0);
  if (picture.axis) drawAxis(pen, picture.axis, { x: left, y: top }, theme);
  for (const row of picture.rows) {
    if ('heading' in row) {
      write(
        pen,
        row.heading,
        { x: MARGIN, y: y + HEADING_HEIGHT / 2 + 2 },
        { ...theme, font: bold(theme.font) },
        theme.ink,
      );
      y += HEADING_HEIGHT;
    } else {
      drawRow(pen, row, { x: left, y, width: plotWidth(picture), height: row.height }, gutter, theme);
      y += row.height;
    }
  }
  if (picture.axis) drawPlayhead(pen, picture.axis, { x: left, y: top, bottom: y }, theme);
  drawLegend(pen, picture, y + LEGEND_GAP, theme);
}

function drawTitle(pen: Pen, { title, about }: Picture, theme: Theme): void {
  write(pen, title, { x: MARGIN, y: MARGIN + 8 }, { ...theme, font: bold(theme.font, 16) }, theme.ink);
  write(pen, about, { x: MARGIN, y: MARGIN + 28 }, theme, theme.muted);
}

function drawRow(pen: Pen, row: PictureRow, rect: Rect, gutter: number, theme: Theme): void {
  const middle = rect.y + rect.height / 2;
  const hasBoth = row.name !== '' && row.value !== '' && rect.height >= 30;
  const x = rect.x - gutter;
  write(pen, fitted(pen, row.name, gutter - 8, theme), { x, y: hasBoth ? middle - 8 : middle }, theme, theme.ink);
  if (hasBoth || row.name === '') {
    write(pen, fitted(pen, row.value, gutter - 8, theme), { x, y: hasBoth ? middle + 8 : middle }, theme, theme.muted);
  }
  pen.save();
  pen.beginPath();
  pen.rect(rect.x, rect.y, rect.width, rect.height);
  pen.clip();
  row.draw(pen, rect, theme);
  pen.restore();
  if (row.scale === '') return;
  pen.font = sized(theme.font, 10);
  const room = pen.measureText(row.scale).width + 8;
  pen.fillStyle = theme.paper;
  pen.globalAlpha = 0.9;
  pen.fillRect(rect.x + rect.width - room, rect.y + 2, room, 14);
  pen.globalAlpha = 1;
  pen.textAlign = 'right';
  write(
    pen,
    row.scale,
    { x: rect.x + rect.width - 4, y: rect.y + 9 },
    { ...theme, font: sized(theme.font, 10) },
    theme.muted,
  );
}

function drawAxis(
  pen: Pen,
  { scale, ticks }: NonNullable<Picture['axis']>,
  at: { readonly x: number; readonly y: number },
  theme: Theme,
): void {
  const [first, second] = ticks.ticks;
  const pitch = first && second ? xOf(scale, second.at) - xOf(scale, first.at) : Infinity;
  if (ticks.anchor) write(pen, ticks.anchor.label, { x: at.x, y: at.y - 4 }, theme, theme.ink);
  for (const tick of ticks.ticks) {
    const left = xOf(scale, tick.at);
    pen.fillStyle = theme.muted;
    pen.fillRect(at.x + left, at.y + 6, 1, AXIS_HEIGHT - 8);
    const side = labelPlace(tick.label, { left, pitch, width: scale.width });
    if (side === 'none') continue;
    pen.textAlign = side === 'right' ? 'left' : 'right';
    write(pen, tick.label, { x: at.x + left + (side === 'right' ? 5 : -5), y: at.y + 12 }, theme, theme.muted);
  }
}

function drawPlayhead(
  pen: Pen,
  { scale, moment }: NonNullable<Picture['axis']>,
  at: { readonly x: number; readonly y: number; readonly bottom: number },
  theme: Theme,
): void {
  const x = xOf(scale, moment);
  if (x < 0 || x > scale.width) return;
  pen.fillStyle = theme.ink;
  pen.globalAlpha = 0.8;
  pen.fillRect(at.x + x - 0.75, at.y + 6, 1.5, at.bottom - at.y - 6);
  pen.globalAlpha = 1;
}

/** The entries of the legend in lines that fit. */
function legendLines(pen: Pen, { legend, width }: Picture, theme: Theme): readonly (readonly LegendEntry[])[] {
  const lines: LegendEntry[][] = [];
  let used = Infinity;
  for (const entry of legend) {
    const needed = entryWidth(pen, entry, theme);
    if (used + needed > width - 2 * MARGIN) {
      lines.push([]);
      used = 0;
    }
    lines.at(-1)?.push(entry);
    used += needed;
  }
  return lines;
}

function entryWidth(pen: Pen, { text }: LegendEntry, theme: Theme): number {
  pen.font = theme.font;
  return SWATCH + 6 + pen.measureText(text).width + 18;
}

function drawLegend(pen: Pen, picture: Picture, top: number, theme: Theme): void {
  legendLines(pen, picture, theme).forEach((line, i) => {
    let x = MARGIN;
    const y = top + i * LINE_HEIGHT + LINE_HEIGHT / 2;
    for (const entry of line) {
      pen.fillStyle = entry.colour;
      pen.fillRect(x, y - SWATCH / 2, SWATCH, SWATCH);
      write(pen, entry.text, { x: x + SWATCH + 6, y }, theme, theme.muted);
      x += entryWidth(pen, entry, theme);
    }
  });
}

/** Writes at the left of a place unless the pen was told otherwise, and leaves it writing to the left. */
function write(
  pen: Pen,
  text: string,
  at: { readonly x: number; readonly y: number },
  { font }: Pick<Theme, 'font'>,
  colour: string,
): void {
  pen.font = font;
  pen.fillStyle = colour;
  pen.textBaseline = 'middle';
  if (text !== '') pen.fillText(text, at.x, at.y);
  pen.textAlign = 'left';
}

/** The text, cut with an ellipsis where it is too wide. */
function fitted(pen: Pen, text: string, width: number, theme: Theme): string {
  pen.font = theme.font;
  if (text === '' || pen.measureText(text).width <= width) return text;
  let cut = text;
  while (cut !== '' && pen.measureText(`${cut}…`).width > width) cut = cut.slice(0, -1);
  return `${cut}…`;
}

function sized(font: string, pixels: number): string {
  return font.replace(/^\d+px/, `${pixels}px`);
}

function bold(font: string, pixels = 12): string {
  return `600 ${sized(font, pixels)}`;
}
