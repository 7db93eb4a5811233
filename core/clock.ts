/**
 * Clocks: where a hint store gets its time from. Nothing in hintlab's core reads a real clock; whoever builds a
 * store hands it one, so the same store runs in a simulation, in a test and in a live process.
 */
import { assert } from './assert.ts';
import { instant } from './units.ts';
import type { Instant } from './units.ts';

/** A source of time. `now()` never decreases from one call to the next. */
export interface Clock {
  now(): Instant;
}

/** The clock of a run: starts at instant 0 and moves only when it is told to. */
export class VirtualClock implements Clock {
  #now: Instant = instant(0);

  now(): Instant {
    return this.#now;
  }

  /** Moves the clock to `at`; standing still is allowed. Asserts that `at` is not earlier than now. */
  advanceTo(at: Instant): void {
    if (at < this.#now) assert(false, 'virtual time never goes back', at - this.#now);
    this.#now = at;
  }
}
