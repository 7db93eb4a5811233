/**
 * Intervals as boxes of pixels: cut to the view, at least a pixel wide so that the shortest outage is seen, and merged
 * where they would fall onto pixels that are drawn already.
 */
import type { Interval } from '../lanes/lane.ts';
import { xOf, type TimeScale } from './time-scale.ts';

/** What sticks out of the boxes so far by less than this is not drawn again. In pixels. */
const LEAST_NEW = 0.5;

/** Boxes of `intervals`, which are ordered by `from`. A pixel beyond each edge is kept, so that borders lie outside. */
export function* boxes(intervals: readonly Interval[], scale: TimeScale): Generator<{ x: number; width: number }> {
  let drawnTo = -Infinity;
  for (const { from, until } of intervals) {
    if (until < scale.from || from > scale.until) continue;
    const left = Math.max(-1, xOf(scale, from));
    const right = Math.min(scale.width + 1, Math.max(xOf(scale, until), left + 1));
    if (right < drawnTo + LEAST_NEW) continue;
    const x = Math.max(left, drawnTo);
    yield { x, width: right - x };
    drawnTo = right;
  }
}
