/**
 * Draws a belief lane: a line per peer, solid while the node takes it for Down and is right, a hatched box while it is
 * wrong about a node that is up, an open box while it does not know of one that is down.
 */
import { LINE_PITCH, MOST_LINES } from '../lanes/belief-lane.ts';
import type { BeliefLine } from '../lanes/lane.ts';
import { boxes } from './boxes.ts';
import { hatch } from './node.ts';
import type { Pen, Rect, Theme } from './pen.ts';
import type { TimeScale } from './time-scale.ts';

const TOP = 6;
const BOX = LINE_PITCH - 3;

export function drawBeliefs(pen: Pen, lines: readonly BeliefLine[], scale: TimeScale, rect: Rect, theme: Theme): void {
  lines.forEach((line, position) => {
    const y = rect.y + TOP + LINE_PITCH * Math.min(position, MOST_LINES - 1);
    pen.fillStyle = theme.belief;
    for (const { x, width } of boxes(line.believed, scale)) pen.fillRect(rect.x + x, y + BOX / 2 - 1, width, 2);
    for (const { x, width } of boxes(line.mistaken, scale)) {
      const box = { x: rect.x + x, y, width, height: BOX };
      pen.globalAlpha = 0.25;
      pen.fillRect(box.x, box.y, box.width, box.height);
      pen.globalAlpha = 1;
      hatch(pen, box, theme.belief);
    }
    pen.strokeStyle = theme.down;
    pen.lineWidth = 1;
    for (const { x, width } of boxes(line.missed, scale)) outline(pen, { x: rect.x + x, y, width, height: BOX });
  });
}

function outline(pen: Pen, { x, y, width, height }: Rect): void {
  pen.beginPath();
  pen.rect(x + 0.5, y + 0.5, Math.max(1, width - 1), height - 1);
  pen.stroke();
}
