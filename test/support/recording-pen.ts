/**
 * A pen that writes down what it is told: draw functions are tested by what they would have painted.
 */
import { AGE_TONES, DESIGN_COLOURS, type Pen, type Theme } from '../../web/draw/pen.ts';
import { metricsOf } from '../../web/draw/text-metrics.ts';

export interface Filled {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly style: string;
  readonly alpha: number;
}

export interface Recording {
  readonly pen: Pen;
  /** Rectangles filled, in order. */
  readonly filled: Filled[];
  readonly texts: { readonly text: string; readonly x: number; readonly y: number }[];
  /** Corners of all paths: `move`, `line` and `rect` with their coordinates. */
  readonly path: { readonly kind: 'move' | 'line' | 'rect'; readonly x: number; readonly y: number }[];
  readonly dashes: number[][];
}

/** Text is six pixels a letter. */
export function recordingPen(): Recording {
  const filled: Filled[] = [];
  const texts: Recording['texts'] = [];
  const path: Recording['path'] = [];
  const dashes: number[][] = [];
  const pen: Pen = {
    fillStyle: '',
    strokeStyle: '',
    lineWidth: 1,
    globalAlpha: 1,
    font: '',
    textAlign: 'left',
    textBaseline: 'middle',
    fillRect: (x, y, width, height) => {
      filled.push({ x, y, width, height, style: String(pen.fillStyle), alpha: pen.globalAlpha });
    },
    moveTo: (x, y) => path.push({ kind: 'move', x, y }),
    lineTo: (x, y) => path.push({ kind: 'line', x, y }),
    rect: (x, y) => path.push({ kind: 'rect', x, y }),
    fillText: (text, x, y) => texts.push({ text, x, y }),
    measureText: (text) => metricsOf(6 * text.length),
    setLineDash: (segments) => dashes.push([...segments]),
    beginPath: () => undefined,
    closePath: () => undefined,
    stroke: () => undefined,
    fill: () => undefined,
    save: () => undefined,
    restore: () => undefined,
    clip: () => undefined,
  };
  return { pen, filled, texts, path, dashes };
}

/** A theme whose colours are the names of what they mean. */
export const NAMED_THEME: Theme = {
  paper: 'paper',
  ink: 'ink',
  muted: 'muted',
  line: 'line',
  down: 'down',
  belief: 'belief',
  ages: Array.from({ length: AGE_TONES }, (_, tone) => `age-${tone}`),
  bytes: 'bytes',
  expired: 'expired',
  acked: 'acked',
  failed: 'failed',
  refused: 'refused',
  latency: 'latency',
  designs: Array.from({ length: DESIGN_COLOURS }, (_, place) => `design-${place}`),
  font: '12px test',
};
