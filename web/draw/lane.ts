/**
 * Draws any lane: the grid behind it, then what its kind shows.
 */
import { unreachable } from '../../core/index.ts';
import { formatCount, formatInstant } from '../../sim/trace/index.ts';
import type { Lane } from '../lanes/lane.ts';
import { drawBeliefs } from './belief.ts';
import { drawCount } from './count.ts';
import { drawExpiry, dueBeyond } from './expiry.ts';
import { drawGrid, drawNote } from './grid.ts';
import { drawNode } from './node.ts';
import { drawLatency, drawOutcome } from './outcome.ts';
import type { Pen, Rect, Theme } from './pen.ts';
import { drawQueue } from './queue.ts';
import { drawStore } from './store.ts';
import type { Tick } from './ticks.ts';
import type { TimeScale } from './time-scale.ts';

export interface LaneView {
  readonly lane: Lane;
  /** The playhead; only the expiry lane looks at it. */
  readonly moment: number;
  readonly ticks: readonly Tick[];
  /** The end of the run. */
  readonly end: number;
}

export function drawLane(pen: Pen, view: LaneView, scale: TimeScale, rect: Rect, theme: Theme): void {
  const { lane } = view;
  drawGrid(pen, view, scale, rect, theme);
  switch (lane.kind) {
    case 'node':
      return drawNode(pen, lane, scale, rect, theme);
    case 'belief':
      return drawBeliefs(pen, lane.lines(), scale, rect, theme);
    case 'count':
      return drawCount(pen, lane, scale, rect, theme);
    case 'percentile': {
      const { median, high } = lane.data();
      return drawLatency(pen, { meanLatency: median, maxLatency: high }, scale, rect, theme);
    }
    case 'queue':
      return drawQueue(pen, lane.data(), scale, rect, theme);
    case 'store':
      return drawStore(pen, lane.data(), scale, rect, theme);
    case 'expiry': {
      const data = lane.data().at(view.moment);
      drawExpiry(pen, data, scale, rect, theme);
      const beyond = dueBeyond(data, scale.until);
      if (beyond.hints === 0) return;
      const text = `${formatCount(beyond.hints)} due later, from ${formatInstant(beyond.firstAt)} on →`;
      return drawNote(pen, text, { x: rect.x + rect.width - 6, y: rect.y + rect.height - 14, align: 'right' }, theme);
    }
    case 'outcome':
      return drawOutcome(pen, lane.data(), scale, rect, theme);
    case 'latency':
      return drawLatency(pen, lane.data(), scale, rect, theme);
    default:
      return unreachable(lane);
  }
}
