/**
 * What the cluster map says in words: of a node, of a link, of all of it. The map shows nothing that is not also said.
 */
import { unreachable } from '../../core/index.ts';
import { formatCount, formatCountOf, type Trace } from '../../sim/trace/index.ts';
import type { ClusterNow, LinkNow, LinkState, NodeNow } from './cluster.ts';

/** The states of a link, as a reader of a failure report would put them. */
export const LINK_WORDS: Readonly<Record<LinkState, string>> = {
  endDown: 'an end is down',
  cut: 'partitioned',
  closed: 'closed',
  lossy: 'lossy',
  doubted: 'receiver taken for Down',
  open: 'open',
};

/** The state of a node in a few words: `up`, `down`, `up · slow ×10`. */
export function nodeState({ isDown, faults }: NodeNow): string {
  return [isDown ? 'down' : 'up', ...faults].join(' · ');
}

/** All that the map shows of a node. */
export function nodeAbout(trace: Trace, now: NodeNow): string {
  const others = trace.scenario.nodes.length - 1;
  const beliefs = now.doubters === 0 ? '' : `; ${now.doubters} of ${others} take it for Down`;
  const queues = now.waiting.map(({ peer, hints }) => `${formatCount(hints)} for ${nameOf(trace, peer)}`);
  const holds = queues.length === 0 ? '; holds no hints' : `; holds hints: ${queues.join(', ')}`;
  const known = trace.level === 'counters' ? '' : holds;
  return `${nameOf(trace, now.node)}: ${nodeState(now)}${beliefs}${known}`;
}

/** All that the map shows of a link. */
export function linkAbout(trace: Trace, { sender, receiver, state, inFlight, waiting }: LinkNow): string {
  const messages = inFlight === 0 ? 'nothing in flight' : `${formatCount(inFlight)} in flight`;
  const hints = waiting === 0 ? '' : `, ${formatCountOf(waiting, 'hint')} waiting`;
  return `${linkName(trace, sender, receiver)}: ${LINK_WORDS[state]}; ${messages}${hints}`;
}

/** `a → b`. */
export function linkName(trace: Trace, sender: number, receiver: number): string {
  return `${nameOf(trace, sender)} → ${nameOf(trace, receiver)}`;
}

/** The cluster in one line: who is down, what flies, what waits; and what of it the run did not record. */
export function clusterAbout(trace: Trace, { nodes, flights }: ClusterNow): string {
  const down = nodes.filter(({ isDown }) => isDown).map(({ node }) => nameOf(trace, node));
  const who =
    down.length === 0
      ? `all ${nodes.length} nodes up`
      : `${nodes.length - down.length} up, ${down.length} down (${listed(down)})`;
  const hints = nodes.reduce((sum, { hints: own }) => sum + own, 0);
  switch (trace.level) {
    case 'full':
      return `${who}, ${formatCountOf(flights.length, 'message')} in flight, ${formatCountOf(hints, 'hint')} waiting`;
    case 'hints':
      return `${who}, ${formatCountOf(hints, 'hint')} waiting; record: full has the messages, too`;
    case 'counters':
      return `${who}; record: full has the hints and messages, too`;
    default:
      return unreachable(trace.level);
  }
}

/** The first names, as many as a line takes. */
function listed(names: readonly string[]): string {
  return names.length > 3 ? `${names.slice(0, 3).join(', ')} …` : names.join(', ');
}

/** The name of a node. */
export function nameOf(trace: Trace, node: number): string {
  return trace.scenario.nodes[node]?.name ?? `#${node}`;
}
