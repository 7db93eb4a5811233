/**
 * What the draw functions draw with: the part of a canvas context that they use, and the place they draw in.
 *
 * Draw functions are pure: everything they show comes in as arguments, so a test hands them a pen that writes down
 * what it was told. All coordinates are CSS pixels; the lane's canvas has the device's pixel ratio applied already.
 */
export type Pen = Pick<
  CanvasRenderingContext2D,
  | 'fillStyle'
  | 'strokeStyle'
  | 'lineWidth'
  | 'globalAlpha'
  | 'font'
  | 'textAlign'
  | 'textBaseline'
  | 'fillRect'
  | 'beginPath'
  | 'moveTo'
  | 'lineTo'
  | 'closePath'
  | 'stroke'
  | 'fill'
  | 'fillText'
  | 'measureText'
  | 'setLineDash'
  | 'save'
  | 'restore'
  | 'clip'
  | 'rect'
>;

/** A place on the canvas, in CSS pixels. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The colours of a theme, resolved to values that a canvas understands. */
export interface Theme {
  readonly paper: string;
  readonly ink: string;
  readonly muted: string;
  readonly line: string;
  readonly down: string;
  readonly belief: string;
  /** Waiting hints by age, from just stored to about to expire; {@link AGE_TONES} of them. */
  readonly ages: readonly string[];
  readonly bytes: string;
  readonly expired: string;
  readonly acked: string;
  readonly failed: string;
  readonly refused: string;
  readonly latency: string;
  /** The designs of a comparison, by place. */
  readonly designs: readonly string[];
  /** The font shorthand for text on a canvas. */
  readonly font: string;
}

/** Tones of hint age: each stands for a fifth of the hint's life. */
export const AGE_TONES = 5;
/** Designs that a comparison holds at most, each with a colour of its own. */
export const DESIGN_COLOURS = 6;
