/**
 * Lanes of plain counts over time: messages on a link, and keys in which a replica is behind.
 */
import { Flights, keysBehind, NEVER, type Trace } from '../../sim/trace/index.ts';
import { once, type CountData, type CountLane } from './lane.ts';
import { steps, type Steps } from './steps.ts';

/** More links than this are not shown: those with the most messages are. */
export const MOST_LINKS = 64;

interface Link {
  readonly sender: number;
  readonly receiver: number;
  /** Positions among the flights. */
  readonly flights: number[];
}

/** A lane per link that carried a write or a hint, in the order of the nodes. O(log rows). */
export function linkLanes(trace: Trace): readonly CountLane[] {
  if (trace.level !== 'full') return [];
  const name = (node: number) => trace.scenario.nodes[node]?.name ?? `#${node}`;
  const flights = new Flights(trace);
  return busiest(linksOf(flights, trace.scenario.nodes.length)).map(({ sender, receiver, flights: own }) => ({
    kind: 'count' as const,
    id: `link.${sender}.${receiver}`,
    label: `${name(sender)} ⇢ ${name(receiver)}`,
    about: `Writes, hints and acknowledgements on their way from ${name(sender)} to ${name(receiver)}: in the channel, on the wire or waiting to be served`,
    height: 40,
    of: 'messages' as const,
    data: once(() => occupancy(trace, flights, own)),
  }));
}

/** A lane per replica that ever was behind in a key. */
export function staleLanes(trace: Trace): readonly CountLane[] {
  if (trace.level !== 'full') return [];
  return trace.scenario.nodes.map(({ name }, node) => ({
    kind: 'count' as const,
    id: `behind.${node}`,
    label: name,
    about: `Keys in which ${name} holds less than the newest acknowledged write that was meant for it`,
    height: 40,
    of: 'keys' as const,
    data: once(() => {
      const { at, keys } = keysBehind(trace, node);
      return { count: steps(at, keys), limit: 0 };
    }),
  }));
}

function linksOf(flights: Flights, nodes: number): Link[] {
  const links = new Map<number, Link>();
  for (let index = 0; index < flights.count; index++) {
    const { sender, receiver } = flights.flight(index);
    const pair = sender * nodes + receiver;
    const link = links.get(pair);
    if (link) link.flights.push(index);
    else links.set(pair, { sender, receiver, flights: [index] });
  }
  return [...links].sort(([a], [b]) => a - b).map(([, link]) => link);
}

/** At most {@link MOST_LINKS}; the order stays. */
function busiest(links: readonly Link[]): readonly Link[] {
  if (links.length <= MOST_LINKS) return links;
  const least = links.map(({ flights }) => flights.length).sort((a, b) => b - a)[MOST_LINKS - 1] ?? 0;
  return links.filter(({ flights }) => flights.length >= least).slice(0, MOST_LINKS);
}

function occupancy(trace: Trace, flights: Flights, own: readonly number[]): CountData {
  const began = Float64Array.from(own, (index) => flights.flight(index).from);
  const ended = Float64Array.from(own, (index) => flights.flight(index).until).filter((at) => at < NEVER);
  return { count: inProgress(began.sort(), ended.sort()), limit: trace.scenario.policy.channel.slots };
}

/** How many are in progress over time, of beginnings and ends that are each ascending. */
export function inProgress(began: Float64Array, ended: Float64Array): Steps {
  const at = new Float64Array(began.length + ended.length);
  const value = new Float64Array(at.length);
  let [length, i, j] = [0, 0, 0];
  while (i < began.length || j < ended.length) {
    const next = Math.min(began[i] ?? Infinity, ended[j] ?? Infinity);
    while (i < began.length && began[i] === next) i++;
    while (j < ended.length && ended[j] === next) j++;
    at[length] = next;
    value[length++] = i - j;
  }
  return steps(at.slice(0, length), value.slice(0, length));
}
