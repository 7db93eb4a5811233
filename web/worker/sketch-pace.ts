/**
 * When the page is shown a run that goes on: the first time after a moment in which most runs are over, then ever less
 * often, so that all looks together cost no more than the last one.
 */
import { transferables, type Trace } from '../../sim/trace/index.ts';

/** Milliseconds into the run of the first look. */
const FIRST_LOOK = 150;
/** The time to each look after it, as a multiple of the time to the one before. */
const GROWTH = 2;
/** A run with more bytes than this so far is not copied to the page any more. */
const MOST_BYTES = 33_554_432;

export class SketchPace {
  #next = FIRST_LOOK;

  /** Whether it is time for a look, which it then is not again for a while. @param millis since the start of the run */
  isDue(millis: number): boolean {
    if (millis < this.#next) return false;
    this.#next = millis * GROWTH;
    return true;
  }

  /** Whether a trace is small enough to be copied; no later one of the run is, once one was not. */
  isLight(trace: Trace): boolean {
    const bytes = transferables(trace).reduce((sum, { byteLength }) => sum + byteLength, 0);
    if (bytes > MOST_BYTES) this.#next = Infinity;
    return bytes <= MOST_BYTES;
  }
}
