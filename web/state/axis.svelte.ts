/**
 * How time lies on the axis: evenly, or by event. The view, the picture and playing follow the same choice.
 */
import { eventInstants } from '../lanes/event-axis.ts';
import type { Trace } from '../../sim/trace/index.ts';
import type { Playback } from './playback.svelte.ts';
import type { Viewport } from './viewport.svelte.ts';

export class Axis {
  readonly #viewport: Viewport;
  readonly #playback: Playback;
  #byEvent = $state(false);
  #trace: Trace | undefined;
  #mapped: Trace | undefined;

  constructor(viewport: Viewport, playback: Playback) {
    this.#viewport = viewport;
    this.#playback = playback;
  }

  get byEvent(): boolean {
    return this.#byEvent;
  }

  /** Lays time out by event, or evenly. */
  set(byEvent: boolean): void {
    this.#byEvent = byEvent;
    this.#apply();
  }

  /** Takes over a run; its events are another axis. */
  load(trace: Trace): void {
    this.#trace = trace;
    this.#apply();
  }

  #apply(): void {
    const wanted = this.#byEvent ? this.#trace : undefined;
    if (wanted === this.#mapped) return;
    this.#mapped = wanted;
    const mapping = wanted ? eventInstants(wanted) : undefined;
    this.#viewport.setMapping(mapping);
    this.#playback.setMapping(mapping);
  }
}
