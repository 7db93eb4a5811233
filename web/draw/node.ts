/**
 * Draws a node lane: a hatched bar while the node is down, below it its other faults, and below those one thin line per
 * observer while that observer takes it for Down. With more observers than lines, one strip shows the share that do.
 */
import { BELIEF_LINES, BELIEF_PITCH, faultRowsHeight, OUTAGE_HEIGHT } from '../lanes/node-lane.ts';
import type { NodeLane } from '../lanes/lane.ts';
import { boxes } from './boxes.ts';
import { drawFaults } from './faults.ts';
import type { Pen, Rect, Theme } from './pen.ts';
import type { TimeScale } from './time-scale.ts';

const TOP = 5;
const HATCH_PITCH = 6;
const HATCH_FROM = 5;
const BELIEF_HEIGHT = 2;

type NodeData = Pick<NodeLane, 'outages' | 'faults' | 'beliefs'>;

export function drawNode(pen: Pen, data: NodeData, scale: TimeScale, rect: Rect, theme: Theme): void {
  const bar = { y: rect.y + TOP, height: OUTAGE_HEIGHT };
  for (const box of boxes(data.outages, scale)) drawOutage(pen, { x: rect.x + box.x, width: box.width, ...bar }, theme);
  drawFaults(pen, data.faults, scale, rect, bar.y + bar.height + BELIEF_HEIGHT, theme);
  const below = bar.y + bar.height + faultRowsHeight(data.faults) + BELIEF_HEIGHT;
  pen.fillStyle = theme.belief;
  pen.globalAlpha = data.beliefs.length > BELIEF_LINES ? 1 / data.beliefs.length : 1;
  data.beliefs.forEach(({ intervals }, line) => {
    const shared = data.beliefs.length > BELIEF_LINES;
    const y = below + (shared ? 0 : line * BELIEF_PITCH);
    const height = shared ? BELIEF_LINES * BELIEF_PITCH - BELIEF_HEIGHT : BELIEF_HEIGHT;
    for (const box of boxes(intervals, scale)) pen.fillRect(rect.x + box.x, y, box.width, height);
  });
  pen.globalAlpha = 1;
}

function drawOutage(pen: Pen, box: Rect, theme: Theme): void {
  pen.fillStyle = theme.down;
  if (box.width < HATCH_FROM) {
    pen.fillRect(box.x, box.y, box.width, box.height);
    return;
  }
  pen.globalAlpha = 0.22;
  pen.fillRect(box.x, box.y, box.width, box.height);
  pen.globalAlpha = 1;
  hatch(pen, box, theme.down);
  pen.fillRect(box.x, box.y, 1.5, box.height);
  pen.fillRect(box.x + box.width - 1.5, box.y, 1.5, box.height);
}

/** Diagonal lines clipped to a box, on one lattice for the whole canvas so that they stand still while it pans past. */
export function hatch(pen: Pen, box: Rect, colour: string): void {
  pen.save();
  pen.beginPath();
  pen.rect(box.x, box.y, box.width, box.height);
  pen.clip();
  pen.beginPath();
  pen.strokeStyle = colour;
  pen.lineWidth = 1;
  const first = Math.floor((box.x - box.height) / HATCH_PITCH) * HATCH_PITCH;
  for (let x = first; x < box.x + box.width; x += HATCH_PITCH) {
    pen.moveTo(x, box.y + box.height);
    pen.lineTo(x + box.height, box.y);
  }
  pen.stroke();
  pen.restore();
}
