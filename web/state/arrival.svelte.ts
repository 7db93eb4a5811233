/**
 * Where the view goes when the run that is being computed arrives: to what a link or another scenario asks for, or nowhere.
 * A run that is drawn while it goes on has its span shown at once, and from then on the view is the user's.
 */
import type { Address } from './address.ts';
import type { Viewport } from './viewport.svelte.ts';

/** What of an address is about a run. */
export type Destination = Pick<Address, 'moment' | 'entry' | 'span' | 'run'>;

export class Arrival {
  readonly #viewport: Viewport;
  #to = $state.raw<Destination | undefined>();
  #isShown = false;

  constructor(viewport: Viewport) {
    this.#viewport = viewport;
  }

  /** Where the next run takes the view; undefined: it stays. */
  get to(): Destination | undefined {
    return this.#to;
  }

  /** The next run to arrive is another: the view goes there. */
  goTo(to: Destination): void {
    this.#to = to;
    this.#isShown = false;
  }

  /** The run is drawn while it goes on: the axis is as long as it will be. */
  foresee(end: number): void {
    this.#viewport.setEnd(end);
    this.#show();
    this.#isShown = true;
  }

  /** The run that was drawn came to nothing: the axis is that of the run on screen, if there is one. */
  giveUp(end: number | undefined): void {
    if (end !== undefined) this.#viewport.setEnd(end);
    this.#isShown = false;
  }

  /** The run is there: shows its span and answers with where else to go; undefined: everything stays. */
  arrive(end: number): Destination | undefined {
    const to = this.#to;
    this.#viewport.setEnd(end);
    this.#show();
    this.#to = undefined;
    this.#isShown = false;
    return to;
  }

  #show(): void {
    if (!this.#to || this.#isShown) return;
    if (this.#to.span) this.#viewport.show(this.#to.span);
    else this.#viewport.fit();
  }
}
