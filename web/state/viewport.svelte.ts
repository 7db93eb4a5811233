/**
 * What stretch of the run is visible. Zooming keeps the instant under the pointer where it is; panning and zooming
 * never leave the run, and never go closer than {@link CLOSEST}.
 */
import { clamp, type Span } from '../draw/time-scale.ts';

/** The shortest span that can be shown, in microseconds. */
export const CLOSEST = 10;

export class Viewport {
  /** The end of the run, in microseconds. */
  #end = $state(1);
  #span = $state.raw<Span>({ from: 0, until: 1 });

  readonly fitted = $derived(this.#span.from === 0 && this.#span.until === this.#end);

  get span(): Span {
    return this.#span;
  }

  get end(): number {
    return this.#end;
  }

  /** Takes over a run that ends at `end`: what was fitted stays fitted, and any other span stays within the run. */
  setEnd(end: number): void {
    const fitted = this.fitted;
    this.#end = Math.max(CLOSEST, end);
    if (fitted) this.fit();
    else this.show(this.#span);
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

  /** A factor below 1 goes closer; `around` stays at its place on screen. */
  zoom(factor: number, around: number): void {
    const { from, until } = this.#span;
    const length = clamp((until - from) * factor, CLOSEST, this.#end);
    const share = (around - from) / (until - from);
    this.show({ from: around - share * length, until: around + (1 - share) * length });
  }

  pan(micros: number): void {
    this.show({ from: this.#span.from + micros, until: this.#span.until + micros });
  }

  /** Brings a moment into view: turns a page while playing past the edge, centres it after a jump. */
  reveal(at: number, how: 'page' | 'centre'): void {
    const { from, until } = this.#span;
    if (at >= from && at <= until) return;
    const length = until - from;
    this.show(
      how === 'page' && at > until
        ? { from: at, until: at + length }
        : { from: at - length / 2, until: at + length / 2 },
    );
  }
}
