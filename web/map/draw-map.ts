/**
 * Draws the crowds of the cluster map: links, the messages on them, and on a dense map the hints that wait at each node.
 * Nodes themselves are elements above the canvas. Pure: the same cluster, layout and moment give the same picture.
 *
 * A message lies on its link where its share of the flight is over. One that will not arrive is a cross half way: where it
 * is lost is not recorded. Shapes tell the kinds apart: a triangle is a write, a diamond a hint, a bar an acknowledgement.
 */
import { unreachable } from '../../core/index.ts';
import { formatCount, type Flight } from '../../sim/trace/index.ts';
import type { Pen, Theme } from '../draw/pen.ts';
import type { ClusterNow, LinkNow, LinkState } from './cluster.ts';
import type { MapLayout, Point } from './layout.ts';
import { linkLine, pointAt, type Line, type LinkEnds } from './link-line.ts';

/** What is drawn: the cluster at a moment, and what of it is looked at. */
export interface MapPicture {
  readonly now: ClusterNow;
  readonly moment: number;
  /** The links to draw: {@link shownLinks}. */
  readonly links: readonly LinkNow[];
  /** The link that is selected or under the pointer. */
  readonly marked: LinkEnds | undefined;
  /** The most hints that any queue ever took: the measure of the bars. */
  readonly mostStored: number;
}

/** Clusters of up to so many nodes have all their links on the map. */
const ALL_LINKS_UP_TO = 9;
/** Messages drawn one by one; beyond, only their number is. */
const MOST_MARKS = 3_000;
/** Messages on one link from which on their number stands beside it. */
const COUNTED_FROM = 3;
const SIZE = 4;
/** The bar of waiting hints on a dense map, in pixels. */
const BAR = { from: 3, length: 15, width: 4 };

/**
 * The links worth drawing: all of a small cluster, else those with something on them or broken between them, and those of
 * the node that is looked at.
 *
 * @param of the node that is selected or has the focus
 */
export function shownLinks({ nodes, links }: ClusterNow, of: number | undefined): readonly LinkNow[] {
  if (nodes.length <= ALL_LINKS_UP_TO) return links;
  return links.filter(
    ({ sender, receiver, state, inFlight, waiting }) =>
      inFlight > 0 || waiting > 0 || isBroken(state) || sender === of || receiver === of,
  );
}

/** Something between two nodes that are up. */
function isBroken(state: LinkState): boolean {
  return state === 'cut' || state === 'closed' || state === 'lossy';
}

/** Draws links, messages and, where there is no room for words, bars of waiting hints. */
export function drawMap(pen: Pen, layout: MapLayout, picture: MapPicture, theme: Theme): void {
  const { now, links, moment, marked } = picture;
  for (const link of links) {
    const line = linkLine(layout, link.sender, link.receiver);
    if (line === undefined) continue;
    const isMarked = link.sender === marked?.sender && link.receiver === marked.receiver;
    drawLink(pen, line, link.state, isMarked, theme);
  }
  if (now.flights.length <= MOST_MARKS) {
    for (const flight of now.flights) drawFlight(pen, layout, flight, moment, theme);
  }
  for (const link of links) drawCount(pen, layout, link, theme);
  if (!layout.isLabelled) drawBars(pen, layout, picture, theme);
}

/** Dash patterns, in pixels, so that the state of a link does not hang on its colour. */
export const DASHES: Readonly<Record<LinkState, readonly number[]>> = {
  open: [],
  endDown: [1, 4],
  cut: [7, 5],
  closed: [2, 3],
  lossy: [7, 3, 1, 3],
  doubted: [3, 3],
};

function drawLink(pen: Pen, line: Line, state: LinkState, isMarked: boolean, theme: Theme): void {
  pen.strokeStyle = isMarked ? theme.ink : linkColour(state, theme);
  pen.lineWidth = isMarked ? 2.5 : state === 'open' || state === 'endDown' ? 1 : 1.5;
  pen.setLineDash([...DASHES[state]]);
  pen.beginPath();
  pen.moveTo(line.from.x, line.from.y);
  pen.lineTo(line.to.x, line.to.y);
  pen.stroke();
  pen.setLineDash([]);
  if (state === 'cut') drawCross(pen, pointAt(line, 0.38), 5, theme.down);
}

function linkColour(state: LinkState, theme: Theme): string {
  switch (state) {
    case 'open':
      return theme.line;
    case 'endDown':
    case 'closed':
      return theme.muted;
    case 'cut':
    case 'lossy':
      return theme.down;
    case 'doubted':
      return theme.belief;
    default:
      return unreachable(state);
  }
}

/** The share of its way that a message has behind it, 0 … 1; half for one that will not arrive. */
export function shareOf({ from, until, arrives }: Flight, moment: number): number {
  return arrives ? Math.min(1, Math.max(0, (moment - from) / Math.max(1, until - from))) : 0.5;
}

function drawFlight(pen: Pen, layout: MapLayout, flight: Flight, moment: number, theme: Theme): void {
  const line = linkLine(layout, flight.sender, flight.receiver);
  if (line === undefined) return;
  const at = pointAt(line, shareOf(flight, moment));
  if (!flight.arrives) return drawCross(pen, at, SIZE - 0.5, theme.refused);
  const length = Math.max(1e-9, Math.hypot(line.to.x - line.from.x, line.to.y - line.from.y));
  const along = { x: (line.to.x - line.from.x) / length, y: (line.to.y - line.from.y) / length };
  pen.fillStyle =
    flight.kind === 'write' ? theme.acked : flight.kind === 'hint' ? (theme.ages[3] ?? theme.ink) : theme.muted;
  pen.beginPath();
  shapeOf(flight).forEach(([forward, aside], corner) => {
    const x = at.x + SIZE * (along.x * forward - along.y * aside);
    const y = at.y + SIZE * (along.y * forward + along.x * aside);
    if (corner === 0) pen.moveTo(x, y);
    else pen.lineTo(x, y);
  });
  pen.closePath();
  pen.fill();
}

/** Corners of a mark, as shares of its size forward and aside. */
function shapeOf({ kind }: Flight): readonly (readonly [number, number])[] {
  switch (kind) {
    case 'write':
      return [[1.2, 0], [-0.9, -0.9], [-0.9, 0.9]]; // prettier-ignore
    case 'hint':
      return [[1.2, 0], [0, 1.1], [-1.2, 0], [0, -1.1]]; // prettier-ignore
    case 'ack':
      return [[0.3, -1], [0.3, 1], [-0.3, 1], [-0.3, -1]]; // prettier-ignore
    default:
      return unreachable(kind);
  }
}

function drawCross(pen: Pen, { x, y }: Point, size: number, colour: string): void {
  pen.strokeStyle = colour;
  pen.lineWidth = 2;
  pen.beginPath();
  pen.moveTo(x - size, y - size);
  pen.lineTo(x + size, y + size);
  pen.moveTo(x - size, y + size);
  pen.lineTo(x + size, y - size);
  pen.stroke();
}

/** How many messages are on a link, at its middle, where they are too many to count by eye. */
function drawCount(pen: Pen, layout: MapLayout, { sender, receiver, inFlight }: LinkNow, theme: Theme): void {
  const line = linkLine(layout, sender, receiver);
  if (line === undefined || inFlight < COUNTED_FROM) return;
  const at = pointAt(line, 0.66);
  const text = formatCount(inFlight);
  pen.font = theme.font;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  const width = pen.measureText(text).width + 6;
  pen.fillStyle = theme.paper;
  pen.fillRect(at.x - width / 2, at.y - 8, width, 16);
  pen.fillStyle = theme.ink;
  pen.fillText(text, at.x, at.y + 0.5);
}

/** The length of a bar as a share, 0 … 1: logarithmic, so that ten hints show beside ten thousand. */
export function barShare(hints: number, mostStored: number): number {
  return hints <= 0 ? 0 : Math.log1p(hints) / Math.max(Math.log1p(mostStored), Math.log1p(hints));
}

/** Bars outward from the nodes of a dense map: hints that wait there, with a notch between one peer's and the next's. */
function drawBars(pen: Pen, layout: MapLayout, { now, mostStored }: MapPicture, theme: Theme): void {
  pen.lineWidth = BAR.width;
  for (const { node, hints, waiting } of now.nodes) {
    const place = layout.nodes[node];
    if (place === undefined || hints === 0) continue;
    const length = Math.max(2, BAR.length * barShare(hints, mostStored));
    let from = layout.radius + BAR.from;
    waiting.forEach((queue, i) => {
      const part = (length * queue.hints) / hints;
      pen.strokeStyle = theme.ages[i % 2 === 0 ? 3 : 1] ?? theme.ink;
      pen.beginPath();
      pen.moveTo(place.x + place.out.x * from, place.y + place.out.y * from);
      from += part;
      pen.lineTo(place.x + place.out.x * from, place.y + place.out.y * from);
      pen.stroke();
    });
  }
}
