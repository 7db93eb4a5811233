/**
 * A pen that writes SVG: the same draw functions that paint canvases make a picture of lines and letters, to be scaled
 * and searched. It knows exactly what draw functions use of a canvas; coordinates are CSS pixels, to a hundredth.
 */
import type { Pen } from './pen.ts';
import { metricsOf } from './text-metrics.ts';

/** Width of a text in pixels, in a font shorthand. */
export type MeasureText = (text: string, font: string) => number;

type Style = Pick<
  Pen,
  'fillStyle' | 'strokeStyle' | 'lineWidth' | 'globalAlpha' | 'font' | 'textAlign' | 'textBaseline'
>;

/** What {@link Pen.save} keeps: the style, the dashes, and how many groups were open. */
interface Kept {
  readonly style: Style;
  readonly dashes: readonly number[];
  readonly groups: number;
}

const BASELINES: Partial<Record<CanvasTextBaseline, string>> = {
  middle: 'central',
  top: 'text-before-edge',
  hanging: 'hanging',
  bottom: 'text-after-edge',
};
const ANCHORS: Partial<Record<CanvasTextAlign, string>> = { right: 'end', end: 'end', center: 'middle' };

export class SvgPen implements Pen {
  fillStyle: Pen['fillStyle'] = '#000';
  strokeStyle: Pen['strokeStyle'] = '#000';
  lineWidth = 1;
  globalAlpha = 1;
  font = '12px sans-serif';
  textAlign: CanvasTextAlign = 'left';
  textBaseline: CanvasTextBaseline = 'alphabetic';
  readonly #measure: MeasureText;
  readonly #marks: string[] = [];
  #path: string[] = [];
  #dashes: readonly number[] = [];
  #kept: Kept[] = [];
  #groups = 0;
  #clips = 0;

  constructor(measure: MeasureText) {
    this.#measure = measure;
  }

  /** The picture as a document of its own. `title` is what it says to somebody who does not see it. */
  document({
    width,
    height,
    title,
  }: {
    readonly width: number;
    readonly height: number;
    readonly title: string;
  }): string {
    const size = `width="${rounded(width)}" height="${rounded(height)}" viewBox="0 0 ${rounded(width)} ${rounded(height)}"`;
    const head = `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img">\n<title>${escaped(title)}</title>`;
    return `${[head, ...this.#marks, '</g>'.repeat(this.#groups)].filter((line) => line !== '').join('\n')}\n</svg>\n`;
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    if (width <= 0 || height <= 0) return;
    this.#mark(`<rect ${place(x, y)} ${size(width, height)} ${this.#paint('fill', this.fillStyle)}/>`);
  }

  beginPath(): void {
    this.#path = [];
  }

  moveTo(x: number, y: number): void {
    this.#path.push(`M${rounded(x)} ${rounded(y)}`);
  }

  lineTo(x: number, y: number): void {
    this.#path.push(`${this.#path.length === 0 ? 'M' : 'L'}${rounded(x)} ${rounded(y)}`);
  }

  closePath(): void {
    this.#path.push('Z');
  }

  rect(x: number, y: number, width: number, height: number): void {
    this.#path.push(`M${rounded(x)} ${rounded(y)}h${rounded(width)}v${rounded(height)}h${rounded(-width)}Z`);
  }

  stroke(): void {
    if (this.#path.length === 0) return;
    const dashes = this.#dashes.length > 0 ? ` stroke-dasharray="${this.#dashes.join(' ')}"` : '';
    const line = `stroke-width="${rounded(this.lineWidth)}"${dashes}`;
    this.#mark(`<path d="${this.#path.join('')}" fill="none" ${this.#paint('stroke', this.strokeStyle)} ${line}/>`);
  }

  fill(): void {
    if (this.#path.length === 0) return;
    this.#mark(`<path d="${this.#path.join('')}" ${this.#paint('fill', this.fillStyle)}/>`);
  }

  fillText(text: string, x: number, y: number): void {
    const anchor = ANCHORS[this.textAlign];
    const baseline = BASELINES[this.textBaseline];
    const set = [
      ...(anchor ? [`text-anchor="${anchor}"`] : []),
      ...(baseline ? [`dominant-baseline="${baseline}"`] : []),
      this.#paint('fill', this.fillStyle),
      `style="font:${escaped(this.font)}"`,
    ];
    this.#mark(`<text ${place(x, y)} ${set.join(' ')}>${escaped(text)}</text>`);
  }

  measureText(text: string): TextMetrics {
    return metricsOf(this.#measure(text, this.font));
  }

  setLineDash(segments: Iterable<number>): void {
    this.#dashes = [...segments];
  }

  save(): void {
    const { fillStyle, strokeStyle, lineWidth, globalAlpha, font, textAlign, textBaseline } = this;
    const style = { fillStyle, strokeStyle, lineWidth, globalAlpha, font, textAlign, textBaseline };
    this.#kept.push({ style, dashes: this.#dashes, groups: this.#groups });
  }

  restore(): void {
    const kept = this.#kept.pop();
    if (!kept) return;
    Object.assign(this, kept.style);
    this.#dashes = kept.dashes;
    for (; this.#groups > kept.groups; this.#groups--) this.#mark('</g>');
  }

  /** Everything up to the matching {@link restore} is cut to the path. */
  clip(): void {
    const id = `clip-${++this.#clips}`;
    this.#mark(`<clipPath id="${id}"><path d="${this.#path.join('')}"/></clipPath><g clip-path="url(#${id})">`);
    this.#groups++;
  }

  #mark(mark: string): void {
    this.#marks.push(mark);
  }

  #paint(what: 'fill' | 'stroke', colour: Pen['fillStyle']): string {
    const solid = typeof colour === 'string' ? colour : 'none'; // draw functions use no gradients
    const alpha = this.globalAlpha < 1 ? ` ${what}-opacity="${rounded(this.globalAlpha)}"` : '';
    return `${what}="${escaped(solid)}"${alpha}`;
  }
}

function place(x: number, y: number): string {
  return `x="${rounded(x)}" y="${rounded(y)}"`;
}

function size(width: number, height: number): string {
  return `width="${rounded(width)}" height="${rounded(height)}"`;
}

/** To a hundredth of a pixel, without what is zero. */
function rounded(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** Text as it stands in XML; a space for what XML cannot hold at all. */
function escaped(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
