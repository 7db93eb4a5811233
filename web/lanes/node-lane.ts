/**
 * Node lanes: when a node was down, what else was broken at it, and when each other node took it for `Down`. The gap
 * between fact and belief is where writes go into a dead channel, and after the return, where hints wait for a belief to
 * change.
 */
import { NEVER, type Trace } from '../../sim/trace/index.ts';
import type { Interval, NodeLane } from './lane.ts';
import { faultsByNode, type NodeFault } from './node-faults.ts';

/** The bar of the outage itself, and each observer's line below it, in CSS pixels. */
export const OUTAGE_HEIGHT = 14;
/** A row of faults, between the two. */
export const FAULT_PITCH = 16;
export const BELIEF_PITCH = 4;
/** More observers than this share the space of this many. */
export const BELIEF_LINES = 6;
/** Room for the name and the state beside the lane. */
const LEAST_HEIGHT = 38;

export function nodeLanes(trace: Trace): readonly NodeLane[] {
  const nodes = trace.scenario.nodes;
  const outages = intervalsByNode(trace);
  const beliefs = beliefsByPeer(trace);
  const faults = faultsByNode(trace);
  return nodes.map(({ name, datacentre, rack }, node) => ({
    kind: 'node' as const,
    id: `node.${node}`,
    label: name,
    about: aboutNode(`${name} in ${datacentre}${rack === '' ? ', a proxy' : `/${rack}`}`, outages[node], faults[node]),
    height: heightOf(nodes.length - 1, faults[node] ?? []),
    node,
    outages: outages[node] ?? [],
    faults: faults[node] ?? [],
    beliefs: beliefs[node] ?? [],
  }));
}

/** Pixels that the rows of faults take. */
export function faultRowsHeight(faults: readonly NodeFault[]): number {
  return faults.reduce((most, { row }) => Math.max(most, (row + 1) * FAULT_PITCH), 0);
}

function heightOf(observers: number, faults: readonly NodeFault[]): number {
  const lines = BELIEF_PITCH * Math.min(BELIEF_LINES, observers);
  return Math.max(LEAST_HEIGHT, 10 + OUTAGE_HEIGHT + faultRowsHeight(faults) + lines);
}

function aboutNode(
  place: string,
  outages: readonly Interval[] = [],
  faults: readonly { readonly label: string }[] = [],
): string {
  const broken = [...new Set(faults.map(({ label }) => label))].join('; ');
  return `${place}: ${outages.length} outages${broken === '' ? '' : `; ${broken}`}`;
}

function intervalsByNode(trace: Trace): Interval[][] {
  const byNode: Interval[][] = trace.scenario.nodes.map(() => []);
  trace.outages.node.forEach((node, i) => {
    byNode[node]?.push(closed(trace, trace.outages.from[i], trace.outages.until[i]));
  });
  return byNode;
}

function beliefsByPeer(trace: Trace): { observer: number; intervals: Interval[] }[][] {
  const byPeer: Map<number, Interval[]>[] = trace.scenario.nodes.map(() => new Map());
  const { observer, peer, from, until } = trace.beliefs;
  observer.forEach((who, i) => {
    const lines = byPeer[peer[i] ?? 0];
    const interval = closed(trace, from[i], until[i]);
    const line = lines?.get(who);
    if (line) line.push(interval);
    else lines?.set(who, [interval]);
  });
  return byPeer.map((lines) =>
    [...lines].sort(([a], [b]) => a - b).map(([who, intervals]) => ({ observer: who, intervals })),
  );
}

function closed(trace: Trace, from = 0, until = NEVER): Interval {
  return { from, until: Math.min(until, trace.endedAt) };
}
