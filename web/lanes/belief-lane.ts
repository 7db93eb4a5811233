/**
 * Belief lanes: what each node believes of the others, line by line, and where it is wrong. Wrong one way, writes wait
 * in a channel to the dead; wrong the other way, hints wait for a node that is there.
 */
import { NEVER, type Trace } from '../../sim/trace/index.ts';
import { once, type BeliefLane, type BeliefLine, type Interval } from './lane.ts';

/** The line of one peer, in CSS pixels. */
export const LINE_PITCH = 10;
/** More peers than this share the last line. */
export const MOST_LINES = 8;
const LEAST_HEIGHT = 36;

/** A lane per node that ever was wrong, or ever took another for Down. */
export function beliefLanes(trace: Trace): readonly BeliefLane[] {
  const { nodes } = trace.scenario;
  const concerned = new Set<number>([...trace.outages.node, ...trace.beliefs.peer]);
  return nodes.flatMap(({ name }, observer) => {
    const peers = [...concerned].filter((peer) => peer !== observer).sort((a, b) => a - b);
    if (peers.length === 0) return [];
    return {
      kind: 'belief' as const,
      id: `belief.${observer}`,
      label: `${name} believes`,
      about: `Whom ${name} takes for Down, and where it is wrong about them`,
      height: Math.max(LEAST_HEIGHT, 10 + LINE_PITCH * Math.min(MOST_LINES, peers.length)),
      observer,
      lines: once(() => peers.map((peer) => lineOf(trace, observer, peer))),
    };
  });
}

/** What one node believes of another, and the truth beside it. O(outages + beliefs). */
function lineOf(trace: Trace, observer: number, peer: number): BeliefLine {
  const { outages, beliefs, endedAt } = trace;
  const closed = (from = 0, until = NEVER): Interval => ({ from, until: Math.min(until, endedAt) });
  const down: Interval[] = [];
  outages.node.forEach((node, row) => {
    if (node === peer) down.push(closed(outages.from[row], outages.until[row]));
  });
  const believed: Interval[] = [];
  beliefs.peer.forEach((of, row) => {
    if (of === peer && beliefs.observer[row] === observer) believed.push(closed(beliefs.from[row], beliefs.until[row]));
  });
  return { peer, believed, missed: without(down, believed), mistaken: without(believed, down) };
}

/** What `these` cover and `those` do not. Both are ordered and free of overlaps. O(n + m). */
export function without(these: readonly Interval[], those: readonly Interval[]): Interval[] {
  const rest: Interval[] = [];
  let next = 0;
  for (const { from, until } of these) {
    let at = from;
    while (next > 0 && (those[next - 1]?.until ?? 0) > from) next--; // one of those may reach over two of these
    for (; next < those.length && (those[next]?.from ?? Infinity) < until; next++) {
      const cut = those[next];
      if (!cut || cut.until <= at) continue;
      if (cut.from > at) rest.push({ from: at, until: cut.from });
      at = Math.max(at, cut.until);
    }
    if (at < until) rest.push({ from: at, until });
  }
  return rest;
}
