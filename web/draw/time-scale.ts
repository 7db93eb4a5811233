/**
 * The shared time axis: one map between virtual time and pixels, used by every lane, the axis and the pointer.
 *
 * Times are microseconds since the start of the run, pixels are CSS pixels from the left edge of the plot. The axis is
 * linear, or by event: then every instant at which something happened is one unit from the next, so that a flight of a
 * millisecond and a wait of a day take the same room. Units of the axis are microseconds, or events.
 */
import { bisectRight } from 'd3-array';

/** A stretch of virtual time, in microseconds; `from` < `until`. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

/** How time lies on the axis: undefined is linear, else the instants that are one unit apart: ascending, distinct, at least two. */
export type Mapping = Float64Array | undefined;

export interface TimeScale extends Span {
  /** CSS pixels. */
  readonly width: number;
  readonly mapping: Mapping;
  /** The place of `from` on the axis, in its units. */
  readonly low: number;
  readonly unitsPerPixel: number;
}

export function timeScale(span: Span, width: number, mapping?: Mapping): TimeScale {
  const low = placeOf(mapping, span.from);
  const unitsPerPixel = (placeOf(mapping, span.until) - low) / Math.max(1, width);
  return { from: span.from, until: span.until, width, mapping, low, unitsPerPixel };
}

/** The pixel of an instant; instants outside the span fall outside 0 … width. */
export function xOf(scale: TimeScale, at: number): number {
  return (placeOf(scale.mapping, at) - scale.low) / scale.unitsPerPixel;
}

/** The instant under a pixel, unrounded. */
export function instantAt(scale: TimeScale, x: number): number {
  return instantOf(scale.mapping, scale.low + x * scale.unitsPerPixel);
}

/** Microseconds that a pixel covers at an instant: the same everywhere on a linear axis. */
export function microsPerPixel(scale: TimeScale, at: number): number {
  const x = xOf(scale, at);
  return instantAt(scale, x + 0.5) - instantAt(scale, x - 0.5);
}

/** The place of an instant on the axis, in its units. Between two events and beyond the last it grows evenly. */
export function placeOf(mapping: Mapping, at: number): number {
  if (mapping === undefined) return at;
  const i = Math.min(mapping.length - 2, Math.max(0, bisectRight(mapping, at) - 1));
  const from = mapping[i] ?? 0;
  return i + (at - from) / ((mapping[i + 1] ?? 0) - from);
}

/** The instant at a place; the inverse of {@link placeOf}. */
export function instantOf(mapping: Mapping, place: number): number {
  if (mapping === undefined) return place;
  const i = Math.min(mapping.length - 2, Math.max(0, Math.floor(place)));
  const from = mapping[i] ?? 0;
  return from + (place - i) * ((mapping[i + 1] ?? 0) - from);
}

/** `value`, or the nearer end of `least` … `greatest`. */
export function clamp(value: number, least: number, greatest: number): number {
  return Math.min(greatest, Math.max(least, value));
}
