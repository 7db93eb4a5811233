/**
 * The cluster map as a picture: its links and messages as on the page, and its nodes, which are elements there, drawn.
 */
import type { Pen, Rect, Theme } from '../draw/pen.ts';
import { clusterOf, type NodeNow } from '../map/cluster.ts';
import { drawMap, shownLinks } from '../map/draw-map.ts';
import { mapLayout, type NodePlace } from '../map/layout.ts';
import { clusterAbout, nameOf, nodeState } from '../map/words.ts';
import type { Workbench } from '../state/workbench.svelte.ts';
import { formatCount, type Trace } from '../../sim/trace/index.ts';
import { frameOf } from './lane-pictures.ts';
import { plotWidth, type Picture } from './picture.ts';

const HEIGHT = 440;
const LINE = 15;
/** Corners of the polygon that stands for a disc: pens draw no arcs. */
const CORNERS = 40;

/** The cluster at the playhead. */
export function mapPicture(workbench: Workbench, trace: Trace, width: number, theme: Theme): Picture {
  const frame = { ...frameOf(workbench, trace, width), gutter: 0 };
  const cluster = clusterOf(trace);
  const now = cluster.at(workbench.playback.moment);
  const size = { width: plotWidth(frame), height: HEIGHT };
  const layout = mapLayout(trace.scenario.nodes, size);
  const draw = (pen: Pen, rect: Rect, colours: Theme) => {
    const moved = shifted(layout, rect);
    const links = shownLinks(now, undefined);
    const { moment } = workbench.playback;
    drawMap(pen, moved, { now, moment, links, marked: undefined, mostStored: cluster.mostStored }, colours);
    for (const place of moved.nodes) {
      const node = now.nodes[place.node];
      if (node) drawNode(pen, place, { node, trace, radius: layout.radius, isLabelled: layout.isLabelled }, colours);
    }
    for (const { name, x, y } of moved.groups) write(pen, name, x, y, 'center', colours.muted, colours);
  };
  return {
    ...frame,
    about: `${frame.about} ${clusterAbout(trace, now)}.`,
    rows: [{ name: '', value: '', scale: '', height: HEIGHT, draw }],
    legend: [
      { colour: theme.down, text: 'cross: down' },
      { colour: theme.acked, text: 'triangle: a write' },
      { colour: theme.ages[2] ?? theme.ink, text: 'diamond: a hint' },
      { colour: theme.muted, text: 'bar: an acknowledgement' },
      { colour: theme.belief, text: 'dashed: receiver taken for Down' },
    ],
  };
}

function shifted(layout: ReturnType<typeof mapLayout>, { x, y }: Rect): ReturnType<typeof mapLayout> {
  const by = <Placed extends { readonly x: number; readonly y: number }>(placed: Placed): Placed => ({
    ...placed,
    x: placed.x + x,
    y: placed.y + y,
  });
  return { ...layout, nodes: layout.nodes.map(by), groups: layout.groups.map(by) };
}

interface DrawnNode {
  readonly node: NodeNow;
  readonly trace: Trace;
  readonly radius: number;
  readonly isLabelled: boolean;
}

function drawNode(pen: Pen, place: NodePlace, { node, trace, radius, isLabelled }: DrawnNode, theme: Theme): void {
  const { x, y, out } = place;
  pen.globalAlpha = 1;
  pen.beginPath();
  for (let i = 0; i < CORNERS; i++) {
    const turn = (2 * Math.PI * i) / CORNERS;
    pen.lineTo(x + radius * Math.cos(turn), y + radius * Math.sin(turn));
  }
  pen.closePath();
  pen.fillStyle = node.isDown ? theme.down : theme.paper;
  pen.fill();
  pen.strokeStyle = node.isDown || node.faults.length > 0 ? theme.down : theme.ink;
  pen.lineWidth = 1.5;
  pen.stroke();
  const sign = node.isDown ? '✕' : node.faults.length > 0 ? '!' : '';
  if (radius >= 8) write(pen, sign, x, y, 'center', node.isDown ? theme.paper : theme.ink, theme);
  if (!isLabelled) return;
  const queues = node.waiting.map(({ peer, hints }) => `${formatCount(hints)} for ${nameOf(trace, peer)}`);
  const lines = [nameOf(trace, place.node), nodeState(node), ...queues];
  const align = out.x < 0 ? 'right' : 'left';
  const left = x + (radius + 7) * (out.x < 0 ? -1 : 1);
  lines.forEach((line, i) => {
    write(pen, line, left, y + (i - (lines.length - 1) / 2) * LINE, align, i === 0 ? theme.ink : theme.muted, theme);
  });
}

function write(
  pen: Pen,
  text: string,
  x: number,
  y: number,
  align: CanvasTextAlign,
  colour: string,
  { font }: Theme,
): void {
  pen.font = font;
  pen.textAlign = align;
  pen.textBaseline = 'middle';
  pen.fillStyle = colour;
  if (text !== '') pen.fillText(text, x, y);
  pen.textAlign = 'left';
}
