/**
 * The shared time axis: one linear map between virtual time and pixels, used by every lane, the axis and the pointer.
 *
 * Times are microseconds since the start of the run, pixels are CSS pixels from the left edge of the plot.
 */

/** A stretch of virtual time, in microseconds; `from` < `until`. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

export interface TimeScale extends Span {
  /** CSS pixels. */
  readonly width: number;
  readonly microsPerPixel: number;
}

export function timeScale(span: Span, width: number): TimeScale {
  return { from: span.from, until: span.until, width, microsPerPixel: (span.until - span.from) / Math.max(1, width) };
}

/** The pixel of an instant; instants outside the span fall outside 0 … width. */
export function xOf(scale: TimeScale, at: number): number {
  return (at - scale.from) / scale.microsPerPixel;
}

/** The instant under a pixel, unrounded. */
export function instantAt(scale: TimeScale, x: number): number {
  return scale.from + x * scale.microsPerPixel;
}

/** `value`, or the nearer end of `least` … `greatest`. */
export function clamp(value: number, least: number, greatest: number): number {
  return Math.min(greatest, Math.max(least, value));
}
