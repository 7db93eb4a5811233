/**
 * What of the cluster map is looked at: the node that has the focus, the link under the pointer, and how the arrow keys go
 * from node to node. Everything else on the map follows from the trace and the playhead.
 */
import { mapOrder, type MapLayout, type Point } from './layout.ts';
import type { LinkEnds } from './link-line.ts';
import type { Selection } from '../state/selection.ts';
import type { Trace } from '../../sim/trace/index.ts';

/** Which way each arrow key looks. */
const WAYS: Readonly<Record<string, Point>> = {
  ArrowRight: { x: 1, y: 0 },
  ArrowLeft: { x: -1, y: 0 },
  ArrowDown: { x: 0, y: 1 },
  ArrowUp: { x: 0, y: -1 },
};

export class MapView {
  /** The node that Tab leads to. */
  #current = $state(0);
  /** The node that has the focus or the pointer. */
  near = $state<number | undefined>();
  hovered = $state.raw<LinkEnds | undefined>();

  get current(): number {
    return this.#current;
  }

  set current(node: number) {
    this.#current = node;
  }

  /** The node to which a key leads from the current one; undefined if it leads nowhere. */
  nodeBy(key: string, layout: MapLayout, trace: Trace): number | undefined {
    const order = mapOrder(trace.scenario.nodes);
    if (key === 'Home') return order[0];
    if (key === 'End') return order[order.length - 1];
    const way = WAYS[key];
    return way === undefined ? undefined : nearestIn(way, layout, this.#current);
  }
}

/** The nearest node in a direction: ahead rather than aside, and nothing that lies mostly aside. */
export function nearestIn(way: Point, { nodes }: MapLayout, from: number): number | undefined {
  const here = nodes[from];
  let best: number | undefined;
  let least = Infinity;
  for (const { node, x, y } of nodes) {
    if (here === undefined || node === from) continue;
    const ahead = (x - here.x) * way.x + (y - here.y) * way.y;
    const aside = Math.abs((x - here.x) * way.y) + Math.abs((y - here.y) * way.x);
    const cost = ahead + 2 * aside;
    if (2 * ahead > aside && cost < least) [best, least] = [node, cost];
  }
  return best;
}

/** The node that a selection is about: itself, or who keeps what is selected. */
export function nodeOf(selection: Selection): number | undefined {
  if (selection.kind === 'node') return selection.node;
  return selection.kind === 'queue' ? selection.holder : undefined;
}

/** The link that a selection is about. */
export function linkOf(selection: Selection): LinkEnds | undefined {
  if (selection.kind === 'link') return { sender: selection.sender, receiver: selection.receiver };
  return selection.kind === 'queue' ? { sender: selection.holder, receiver: selection.peer } : undefined;
}
