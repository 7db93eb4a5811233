/**
 * The one frame loop of the page: advance the clock, let state settle into the DOM, then paint what is dirty.
 *
 * It runs only while something plays or waits to be painted. A frame that took long (a tab that slept) counts as
 * {@link LONGEST_FRAME}, so the playhead never leaps.
 */
import { flushSync } from 'svelte';

/** Milliseconds. */
const LONGEST_FRAME = 50;

/** The part of a window that is needed. */
export interface FrameHost {
  requestAnimationFrame(callback: (now: number) => void): number;
}

export class FrameLoop {
  readonly #host: FrameHost;
  readonly #paints = new Map<object, () => void>();
  #advance: (millis: number) => boolean = () => false;
  #scheduled = false;
  #last: number | undefined;

  constructor(host: FrameHost) {
    this.#host = host;
  }

  /** `advance` moves whatever plays by real milliseconds and says whether it goes on playing. */
  onAdvance(advance: (millis: number) => boolean): void {
    this.#advance = advance;
  }

  /** Asks for a frame. Cheap to call often. */
  wake(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#host.requestAnimationFrame((now) => this.#frame(now));
  }

  /** Paints `owner` in the next frame; a later call for the same owner replaces an earlier one. */
  paint(owner: object, paint: () => void): void {
    this.#paints.set(owner, paint);
    this.wake();
  }

  /** Forgets what `owner` wanted painted. */
  drop(owner: object): void {
    this.#paints.delete(owner);
  }

  #frame(now: number): void {
    this.#scheduled = false;
    const millis = this.#last === undefined ? 0 : Math.min(LONGEST_FRAME, now - this.#last);
    const playing = this.#advance(millis);
    this.#last = playing ? now : undefined;
    flushSync();
    const paints = [...this.#paints.values()];
    this.#paints.clear();
    for (const paint of paints) paint();
    if (playing) this.wake();
  }
}
