/**
 * The line of a link on the map: straight from disc to disc, and to the right of the way it leads, so that the two
 * directions of a pair lie beside each other. Pure geometry, in CSS pixels.
 */
import type { MapLayout, Point } from './layout.ts';

/** A directed line. */
export interface Line {
  readonly from: Point;
  readonly to: Point;
}

/** Pixels between the line of a link and the straight way. */
const ASIDE = 4;
/** Pixels between a line's end and the disc. */
const CLEARANCE = 3;
/** A pointer this near to a line is on it. In pixels. */
const REACH = 7;

/** The line from one node to another; undefined for a node that the map has not, or for a node and itself. */
export function linkLine({ nodes, radius }: MapLayout, sender: number, receiver: number): Line | undefined {
  const from = nodes[sender];
  const to = nodes[receiver];
  if (from === undefined || to === undefined || sender === receiver) return undefined;
  const length = Math.max(1e-9, Math.hypot(to.x - from.x, to.y - from.y));
  const along = { x: (to.x - from.x) / length, y: (to.y - from.y) / length };
  const aside = { x: -along.y * ASIDE, y: along.x * ASIDE };
  const trim = Math.min(radius + CLEARANCE, length / 2);
  return {
    from: { x: from.x + along.x * trim + aside.x, y: from.y + along.y * trim + aside.y },
    to: { x: to.x - along.x * trim + aside.x, y: to.y - along.y * trim + aside.y },
  };
}

/** The point at a share of a line, 0 … 1. */
export function pointAt({ from, to }: Line, share: number): Point {
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}

/** The distance of a point from a line, in pixels. */
export function distanceTo({ from, to }: Line, point: Point): number {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const squared = Math.max(1e-9, dx * dx + dy * dy);
  const share = ((point.x - from.x) * dx + (point.y - from.y) * dy) / squared;
  const nearest = pointAt({ from, to }, Math.min(1, Math.max(0, share)));
  return Math.hypot(point.x - nearest.x, point.y - nearest.y);
}

/** A link by its ends. */
export interface LinkEnds {
  readonly sender: number;
  readonly receiver: number;
}

/** The link under a pointer among those that are drawn, the nearest if several are. O(links). */
export function linkAt<Link extends LinkEnds>(
  layout: MapLayout,
  links: readonly Link[],
  point: Point,
): Link | undefined {
  let best: Link | undefined;
  let least = REACH;
  for (const link of links) {
    const line = linkLine(layout, link.sender, link.receiver);
    const distance = line === undefined ? Infinity : distanceTo(line, point);
    if (distance < least) [best, least] = [link, distance];
  }
  return best;
}
