/**
 * Where nodes stand on the cluster map: on a ring that fills its box, datacentre by datacentre and rack by rack, with a
 * gap between racks and a wider one between datacentres. Pure geometry, in CSS pixels from the box's top left corner.
 *
 * Places are even along the curve, not by angle, so that a wide and low box has room for 64 nodes, too.
 */
import type { NodeSpec } from '../../sim/scenario/index.ts';

/** A place on the map. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A box, in CSS pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Where a node stands. */
export interface NodePlace extends Point {
  readonly node: number;
  /** Outward from the middle of the ring, of length 1: where its labels go. */
  readonly out: Point;
}

/** A datacentre, or on a dense map a rack: its name stands within the ring, before the middle of its nodes. */
export interface GroupPlace extends Point {
  readonly name: string;
}

export interface MapLayout extends Size {
  /** By node. */
  readonly nodes: readonly NodePlace[];
  /** No datacentre where there is only one, and no rack of a single node. */
  readonly groups: readonly GroupPlace[];
  /** Pixels along the ring from node to node. */
  readonly pitch: number;
  /** Of a node's disc, in pixels. */
  readonly radius: number;
  /** Names have room beside every node. */
  readonly isLabelled: boolean;
}

/** The gap between two racks and between two datacentres, in places of a node. */
const RACK_GAP = 0.5;
const DATACENTRE_GAP = 1.2;
const GREATEST_RADIUS = 15;
const LEAST_RADIUS = 4;
/** Pixels a node needs along the ring for its name and state. */
const LABEL_PITCH = 58;
/** Room outside the ring: for names, states and bars. */
const MARGIN = { x: 96, y: 40 };
const BARE_MARGIN = { x: 26, y: 24 };
/** A ring with room to spare is at most this much wider than high: links lie less flat. */
const ROUNDEST = 2.1;
/** The share of the way round, from the top, at which the first node stands: no node is right above or below the middle. */
const FIRST_AT = 0.75;
/** Points that the curve is measured at. */
const SAMPLES = 720;

/** Lays out the nodes of a scenario in a box. O(nodes). */
export function mapLayout(nodes: readonly NodeSpec[], box: Size): MapLayout {
  const slots = slotsOf(nodes);
  const [round, wide] = [ringOf(box, MARGIN, ROUNDEST), ringOf(box, MARGIN, Infinity)];
  const isLabelled = wide.length / slots.total >= LABEL_PITCH;
  const isRound = round.length / slots.total >= 2 * LABEL_PITCH;
  const ring = isRound ? round : isLabelled ? wide : ringOf(box, BARE_MARGIN, Infinity);
  const pitch = ring.length / slots.total;
  const first = FIRST_AT + (nodes.length % 4 === 0 ? 0.5 / slots.total : 0);
  const places = nodes.map((_, node) => placeAt(ring, (first + (slots.at[node] ?? 0) / slots.total) % 1, node));
  return {
    ...box,
    nodes: places,
    pitch,
    groups: [...datacentres(nodes, places, ring), ...(isLabelled ? [] : racks(nodes, places))],
    radius: Math.round(Math.min(GREATEST_RADIUS, Math.max(LEAST_RADIUS, pitch * 0.34))),
    isLabelled,
  };
}

/** The place of each node along the ring, in nodes, and the length of all of it with its gaps. */
function slotsOf(nodes: readonly NodeSpec[]): { readonly at: readonly number[]; readonly total: number } {
  const order = mapOrder(nodes);
  const at = nodes.map(() => 0);
  let next = 0;
  order.forEach((node, i) => {
    at[node] = next;
    next += 1 + gapBetween(nodes[node], nodes[order[(i + 1) % order.length] ?? node]);
  });
  return { at, total: Math.max(1, next) };
}

/** Nodes in the order of the ring: by datacentre, then rack, as the scenario first names them; proxies last. */
export function mapOrder(nodes: readonly NodeSpec[]): readonly number[] {
  const first = new Map<string, number>();
  const keys = nodes.map(({ datacentre, rack }, node) => {
    const place = `${datacentre}/${rack}`;
    for (const name of [datacentre, place]) if (!first.has(name)) first.set(name, node);
    return { node, dc: first.get(datacentre) ?? 0, isProxy: rack === '' ? 1 : 0, rack: first.get(place) ?? 0 };
  });
  const sorted = keys.toSorted((a, b) => a.dc - b.dc || a.isProxy - b.isProxy || a.rack - b.rack || a.node - b.node);
  return sorted.map(({ node }) => node);
}

function gapBetween(one: NodeSpec | undefined, next: NodeSpec | undefined): number {
  if (one === undefined || next === undefined || one === next) return 0;
  if (one.datacentre !== next.datacentre) return DATACENTRE_GAP;
  return one.rack === next.rack ? 0 : RACK_GAP;
}

interface Ring {
  readonly middle: Point;
  readonly rx: number;
  readonly ry: number;
  /** Along the curve from the top, at each of its samples; the last is all of it. */
  readonly along: readonly number[];
  readonly length: number;
}

function ringOf({ width, height }: Size, margin: Point, roundest: number): Ring {
  const middle = { x: width / 2, y: height / 2 };
  const ry = Math.max(20, middle.y - margin.y);
  const rx = Math.min(Math.max(20, middle.x - margin.x), ry * roundest);
  const along = [0];
  let before = { x: 0, y: -ry };
  for (let sample = 1; sample <= SAMPLES; sample++) {
    const turn = (sample / SAMPLES) * 2 * Math.PI;
    const here = { x: rx * Math.sin(turn), y: -ry * Math.cos(turn) };
    along.push((along[sample - 1] ?? 0) + Math.hypot(here.x - before.x, here.y - before.y));
    before = here;
  }
  return { middle, rx, ry, along, length: along[SAMPLES] ?? 1 };
}

/** The point at a share of the way round, clockwise from the top. */
function placeAt({ middle, rx, ry, along, length }: Ring, share: number, node: number): NodePlace {
  const wanted = share * length;
  const sample = Math.max(
    0,
    along.findIndex((sum) => sum >= wanted),
  );
  const turn = (sample / SAMPLES) * 2 * Math.PI;
  const from = { x: Math.sin(turn) * ry, y: -Math.cos(turn) * rx }; // the normal of an ellipse
  const norm = Math.max(1e-9, Math.hypot(from.x, from.y));
  return {
    node,
    x: middle.x + rx * Math.sin(turn),
    y: middle.y - ry * Math.cos(turn),
    out: { x: from.x / norm, y: from.y / norm },
  };
}

/** Pixels between a node and the name of its rack. */
const RACK_INSET = 22;

function datacentres(
  nodes: readonly NodeSpec[],
  places: readonly NodePlace[],
  { middle }: Ring,
): readonly GroupPlace[] {
  const members = grouped(places, ({ node }) => nodes[node]?.datacentre ?? '');
  if (members.length < 2) return [];
  return members.map(({ name, own }) => {
    const centre = meanOf(own);
    // Half way in, so that the name stands clear of the nodes it names.
    return { name, x: middle.x + (centre.x - middle.x) * 0.45, y: middle.y + (centre.y - middle.y) * 0.3 };
  });
}

function racks(nodes: readonly NodeSpec[], places: readonly NodePlace[]): readonly GroupPlace[] {
  const members = grouped(places, ({ node }) => `${nodes[node]?.datacentre ?? ''}/${nodes[node]?.rack ?? ''}`);
  return members.flatMap(({ name, own }) => {
    if (own.length < 2 || name.endsWith('/')) return [];
    const inward = meanOf(own.map(({ x, y, out }) => ({ x: x - out.x * RACK_INSET, y: y - out.y * RACK_INSET })));
    return [{ name: name.slice(name.indexOf('/') + 1), ...inward }];
  });
}

function grouped(places: readonly NodePlace[], nameOf: (place: NodePlace) => string) {
  const members = new Map<string, NodePlace[]>();
  for (const place of places) members.set(nameOf(place), [...(members.get(nameOf(place)) ?? []), place]);
  return [...members].map(([name, own]) => ({ name, own }));
}

function meanOf(points: readonly Point[]): Point {
  const sum = points.reduce((all, { x, y }) => ({ x: all.x + x, y: all.y + y }), { x: 0, y: 0 });
  return { x: sum.x / points.length, y: sum.y / points.length };
}
