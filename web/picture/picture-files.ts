/**
 * Pictures as files: SVG as text, PNG at twice the pixels. Colours are made plain first, as few programs beside browsers
 * read those of the style sheet.
 */
import type { Theme } from '../draw/pen.ts';
import { SvgPen } from '../draw/svg-pen.ts';
import { drawPicture, pictureHeight, type Picture } from './picture.ts';

const PIXELS = 2;
/** The greatest side of a canvas that browsers have in common, in device pixels. */
const MOST_SIDE = 16_384;

/** The picture as SVG. */
export function svgOf(picture: Picture, theme: Theme): string {
  const pen = new SvgPen(textMeasure());
  const height = pictureHeight(pen, picture, theme);
  drawPicture(pen, picture, theme);
  return pen.document({ width: picture.width, height, title: `${picture.title}: ${picture.about}` });
}

/** The picture as PNG; fewer pixels where a canvas could not be as high. Undefined if this browser makes none. */
export async function pngOf(picture: Picture, theme: Theme): Promise<Blob | undefined> {
  const canvas = document.createElement('canvas');
  const pen = canvas.getContext('2d');
  if (!pen) return undefined;
  const height = Math.ceil(pictureHeight(pen, picture, theme));
  const pixels = Math.min(PIXELS, MOST_SIDE / Math.max(height, picture.width));
  canvas.width = Math.round(picture.width * pixels);
  canvas.height = Math.round(height * pixels);
  pen.scale(pixels, pixels);
  drawPicture(pen, picture, theme);
  return await new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? undefined), 'image/png'));
}

/** The theme in colours that every program reads: `#rrggbb`. */
export function plainTheme(theme: Theme): Theme {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [1, 1];
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  const plain = (colour: string): string => {
    if (!pen) return colour;
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = pen.getImageData(0, 0, 1, 1).data;
    return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
  };
  return {
    paper: plain(theme.paper),
    ink: plain(theme.ink),
    muted: plain(theme.muted),
    line: plain(theme.line),
    down: plain(theme.down),
    belief: plain(theme.belief),
    ages: theme.ages.map(plain),
    bytes: plain(theme.bytes),
    expired: plain(theme.expired),
    acked: plain(theme.acked),
    failed: plain(theme.failed),
    refused: plain(theme.refused),
    latency: plain(theme.latency),
    designs: theme.designs.map(plain),
    font: theme.font,
  };
}

function textMeasure(): (text: string, font: string) => number {
  const pen = document.createElement('canvas').getContext('2d');
  return (text, font) => {
    if (!pen) return 7 * text.length; // generously: nothing is cut off
    pen.font = font;
    return pen.measureText(text).width;
  };
}
