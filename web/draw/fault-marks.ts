/**
 * The marks of faults: one pictogram per kind, as strokes on a 10 × 10 grid, drawn alike on lanes and in the legend.
 * The kind is told by its shape and its words; no colour stands for it.
 */
import type { Fault } from '../../sim/scenario/index.ts';
import type { Pen } from './pen.ts';

type Stroke = readonly (readonly [x: number, y: number])[];

/** The side of the grid, in CSS pixels. */
export const MARK_SIZE = 10;

const MARKS: Readonly<Record<Fault['kind'], readonly Stroke[]>> = {
  // a bolt
  crash: [[[6, 0], [2, 6], [5, 6], [4, 10], [8, 4], [5, 4], [6, 0]]], // prettier-ignore
  // a square, as on a player
  stop: [[[2, 2], [8, 2], [8, 8], [2, 8], [2, 2]]], // prettier-ignore
  // bars that rise
  loading: [[[1, 9], [1, 6]], [[5, 9], [5, 4]], [[9, 9], [9, 1]]], // prettier-ignore
  // two bars, as on a player
  stall: [[[3, 1], [3, 9]], [[7, 1], [7, 9]]], // prettier-ignore
  // an hourglass
  slow: [[[2, 1], [8, 1], [2, 9], [8, 9], [2, 1]]], // prettier-ignore
  // a wall between two ends
  partition: [[[0, 5], [3, 5]], [[7, 5], [10, 5]], [[5, 0], [5, 10]]], // prettier-ignore
  // a line with gaps
  loss: [[[0, 8], [2, 7]], [[4, 6], [6, 4]], [[8, 3], [10, 2]]], // prettier-ignore
  // a dial with its hands
  clock: [[[3, 0], [7, 0], [10, 3], [10, 7], [7, 10], [3, 10], [0, 7], [0, 3], [3, 0]], [[5, 2], [5, 5], [8, 5]]], // prettier-ignore
  // a box filled with layers
  diskFull: [[[1, 1], [9, 1], [9, 9], [1, 9], [1, 1]], [[1, 4], [9, 4]], [[1, 6.5], [9, 6.5]]], // prettier-ignore
  // an arrow that stops at a bar
  pauseDrain: [[[5, 0], [5, 6]], [[2, 4], [5, 7], [8, 4]], [[1, 10], [9, 10]]], // prettier-ignore
  // two ways that cross
  reindex: [[[0, 2], [10, 8]], [[0, 8], [10, 2]]], // prettier-ignore
  // a plus: a new one
  replace: [[[5, 1], [5, 9]], [[1, 5], [9, 5]]], // prettier-ignore
  // a dagger, as before the names of the dead
  collect: [[[5, 0], [5, 10]], [[2, 3], [8, 3]]], // prettier-ignore
  // up and down
  flap: [[[0, 8], [2.5, 2], [5, 8], [7.5, 2], [10, 8]]], // prettier-ignore
};

/** Strokes the mark of a kind with the pen as it stands, from its top left corner on. */
export function drawFaultMark(pen: Pen, kind: Fault['kind'], left: number, top: number): void {
  pen.beginPath();
  for (const stroke of MARKS[kind]) {
    stroke.forEach(([x, y], i) => (i === 0 ? pen.moveTo(left + x, top + y) : pen.lineTo(left + x, top + y)));
  }
  pen.stroke();
}

/** The mark as the path of an SVG element on the same grid. */
export function faultMarkPath(kind: Fault['kind']): string {
  return MARKS[kind].map((stroke) => `M${stroke.map(([x, y]) => `${x} ${y}`).join('L')}`).join('');
}
