/**
 * What stretch of the run is visible, on a linear axis or by event. Zooming keeps the instant under the pointer where
 * it is; panning and zooming never leave the run, and never go closer than {@link CLOSEST}.
 */
import { clamp, instantOf, placeOf, type Mapping, type Span } from '../draw/time-scale.ts';

/** The shortest span that can be shown, in microseconds. */
export const CLOSEST = 10;
/** The fewest events that can be shown on an axis by event. */
export const FEWEST_EVENTS = 2;

export class Viewport {
  /** The end of the run, in microseconds. */
  #end = $state(1);
  #span = $state.raw<Span>({ from: 0, until: 1 });
  #mapping = $state.raw<Mapping>();

  readonly fitted = $derived(this.#span.from === 0 && this.#span.until === this.#end);

  get span(): Span {
    return this.#span;
  }

  get end(): number {
    return this.#end;
  }

  get mapping(): Mapping {
    return this.#mapping;
  }

  /** Takes over a run that ends at `end`: what was fitted stays fitted, and any other span stays within the run. */
  setEnd(end: number): void {
    const fitted = this.fitted;
    this.#end = Math.max(CLOSEST, end);
    if (fitted) this.fit();
    else this.show(this.#span);
  }

  /** Lays time out another way; the visible span stays. */
  setMapping(mapping: Mapping): void {
    this.#mapping = mapping;
  }

  fit(): void {
    this.#span = { from: 0, until: this.#end };
  }

  /** Shows a span, moved and cut so that it lies within the run. */
  show(span: Span): void {
    const length = clamp(span.until - span.from, Math.min(CLOSEST, this.#end), this.#end);
    const from = clamp(span.from, 0, this.#end - length);
    if (from === this.#span.from && from + length === this.#span.until) return;
    this.#span = { from, until: from + length };
  }

  /** A factor below 1 goes closer; `around`, or else the middle, stays at its place on screen. */
  zoom(factor: number, around?: number): void {
    const { low, high } = this.#places();
    const middle = around === undefined ? (low + high) / 2 : placeOf(this.#mapping, around);
    const closest = this.#mapping === undefined ? CLOSEST : FEWEST_EVENTS;
    const length = clamp((high - low) * factor, closest, placeOf(this.#mapping, this.#end));
    const share = (middle - low) / (high - low);
    this.#showPlaces(middle - share * length, length);
  }

  /** Moves on by units of the axis: microseconds, or events. */
  pan(units: number): void {
    const { low, high } = this.#places();
    this.#showPlaces(low + units, high - low);
  }

  /** Moves on by a share of what is visible. */
  turn(share: number): void {
    const { low, high } = this.#places();
    this.pan((high - low) * share);
  }

  /** Puts an instant into the middle. */
  centre(at: number): void {
    const { low, high } = this.#places();
    this.pan(placeOf(this.#mapping, at) - (low + high) / 2);
  }

  /** Brings a moment into view: turns a page while playing past an edge, centres it after a jump. */
  reveal(at: number, how: 'page' | 'centre'): void {
    const { from, until } = this.#span;
    if (at >= from && at <= until) return;
    if (how === 'centre') return this.centre(at);
    const { low, high } = this.#places();
    this.pan(placeOf(this.#mapping, at) - (at > until ? low : high));
  }

  /** The edges of the view in units of the axis. */
  #places(): { low: number; high: number } {
    const { from, until } = this.#span;
    return { low: placeOf(this.#mapping, from), high: placeOf(this.#mapping, until) };
  }

  #showPlaces(low: number, length: number): void {
    if (this.#mapping === undefined) return this.show({ from: low, until: low + length });
    const from = clamp(low, 0, placeOf(this.#mapping, this.#end) - length);
    this.show({ from: instantOf(this.#mapping, from), until: instantOf(this.#mapping, from + length) });
  }
}
