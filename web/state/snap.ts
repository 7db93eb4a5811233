/**
 * Snapping: where a thing that is dragged on the time axis comes to lie. Marks nearby (ticks, the playhead, edges of
 * other faults) attract it; away from them it lies on a round grain that the eye can tell apart at this zoom.
 */
import { tickStep } from '../draw/ticks.ts';

/** Pixels within which a mark attracts. */
const REACH = 6;
/** Pixels of the grain, at least. */
const GRAIN = 3;

/** The step in microseconds that a drag or a key moves by at this zoom: round, and at least a few pixels. */
export function grainOf(microsPerPixel: number): number {
  return Math.max(1, tickStep(microsPerPixel * GRAIN));
}

/**
 * The instant near `at` to snap to.
 *
 * @param at microseconds @param marks instants that attract, in any order
 */
export function snapped(at: number, microsPerPixel: number, marks: readonly number[]): number {
  let best: number | undefined;
  for (const mark of marks) {
    const off = Math.abs(mark - at);
    if (off <= REACH * microsPerPixel && (best === undefined || off < Math.abs(best - at))) best = mark;
  }
  const grain = grainOf(microsPerPixel);
  return best ?? Math.round(at / grain) * grain;
}
