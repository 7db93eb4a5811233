/**
 * The cluster at one moment: the state of every node, of every link that is more than at rest, the messages in flight and
 * the hints that wait. A query on the trace, fast enough to ask at every frame; its indexes are made once a trace.
 */
import { Covering, Flights, QueueDepths, type Flight, type Trace } from '../../sim/trace/index.ts';
import type { Fault } from '../../sim/scenario/index.ts';
import { faultsByNode, type NodeFault } from '../lanes/node-faults.ts';
import { LinkEnds } from './link-ends.ts';

/** A node at a moment. */
export interface NodeNow {
  readonly node: number;
  readonly isDown: boolean;
  /** What else is broken at it, in a few words each. */
  readonly faults: readonly string[];
  /** How many other nodes take it for Down. */
  readonly doubters: number;
  /** Hints it holds, by peer. */
  readonly waiting: readonly { readonly peer: number; readonly hints: number }[];
  readonly hints: number;
}

/**
 * What a link can be, the first that is true: one of its ends is down; a partition cuts it; it was closed cleanly and does
 * not open again; it loses messages; its sender takes the receiver for Down and sends nothing; or none of these.
 */
export const LINK_STATES = ['endDown', 'cut', 'closed', 'lossy', 'doubted', 'open'] as const;
export type LinkState = (typeof LINK_STATES)[number];

/** A link at a moment. */
export interface LinkNow {
  readonly sender: number;
  readonly receiver: number;
  readonly state: LinkState;
  /** Messages on it, writes, hints and acknowledgements alike. */
  readonly inFlight: number;
  /** Hints that the sender keeps for the receiver. */
  readonly waiting: number;
}

export interface ClusterNow {
  readonly nodes: readonly NodeNow[];
  /** Every link of the cluster, by sender, then receiver. */
  readonly links: readonly LinkNow[];
  readonly flights: readonly Flight[];
  /** Whether one node takes another for Down. */
  readonly doubts: (observer: number, peer: number) => boolean;
}

/** Answers {@link ClusterNow} for any moment of one trace. */
export class Cluster {
  readonly #trace: Trace;
  readonly #outages: Covering;
  readonly #beliefs: Covering;
  readonly #flights: Flights;
  readonly #depths: QueueDepths;
  readonly #faults: readonly (readonly NodeFault[])[];
  readonly #ends: LinkEnds;
  /** Faults of links: partitions and losses. */
  readonly #between: readonly Extract<Fault, { kind: 'partition' | 'loss' }>[];

  /** O(log rows + n log n in the hints). */
  constructor(trace: Trace) {
    this.#trace = trace;
    this.#outages = new Covering(trace.outages.from, trace.outages.until);
    this.#beliefs = new Covering(trace.beliefs.from, trace.beliefs.until);
    this.#flights = new Flights(trace);
    this.#depths = new QueueDepths(trace);
    this.#faults = faultsByNode(trace);
    this.#ends = new LinkEnds(trace);
    this.#between = trace.scenario.faults.flatMap((fault) =>
      fault.kind === 'partition' || fault.kind === 'loss' ? [fault] : [],
    );
  }

  /** The most hints that any one queue was ever given: the measure of bars. */
  get mostStored(): number {
    return this.#depths.mostStored;
  }

  /** The cluster at a moment. O(nodes² + queues · log n + what is in flight). */
  at(moment: number): ClusterNow {
    const count = this.#trace.scenario.nodes.length;
    const down = this.#downAt(moment);
    const doubts = this.#doubtsAt(moment);
    const flights = this.#flights.at(moment);
    const inFlight = new Uint32Array(count * count);
    for (const { sender, receiver } of flights) {
      const link = sender * count + receiver;
      inFlight[link] = (inFlight[link] ?? 0) + 1;
    }
    const waiting = new Uint32Array(count * count);
    for (const { holder, peer, hints } of this.#depths.at(moment)) waiting[holder * count + peer] = hints;
    const states = this.#statesAt(moment, down, doubts);
    return {
      nodes: down.map((isDown, node) => this.#nodeAt(node, moment, isDown, doubts, waiting)),
      links: Array.from(inFlight, (messages, link) => ({
        sender: Math.floor(link / count),
        receiver: link % count,
        state: states[link] ?? 'open',
        inFlight: messages,
        waiting: waiting[link] ?? 0,
      })).filter(({ sender, receiver }) => sender !== receiver),
      flights,
      doubts: (observer, peer) => doubts[observer * count + peer] === 1,
    };
  }

  /** The first message that a node sends to another after a moment. O(flights). */
  nextFlight(sender: number, receiver: number, moment: number): Flight | undefined {
    return this.#flights.nextOn(sender, receiver, moment);
  }

  #downAt(moment: number): readonly boolean[] {
    const down = this.#trace.scenario.nodes.map(() => false);
    for (const row of this.#outages.at(moment)) down[this.#trace.outages.node[row] ?? 0] = true;
    return down;
  }

  /** By observer, then peer: whether the one takes the other for Down. */
  #doubtsAt(moment: number): Uint8Array {
    const count = this.#trace.scenario.nodes.length;
    const { observer, peer } = this.#trace.beliefs;
    const doubts = new Uint8Array(count * count);
    for (const row of this.#beliefs.at(moment)) doubts[(observer[row] ?? 0) * count + (peer[row] ?? 0)] = 1;
    return doubts;
  }

  #nodeAt(node: number, moment: number, isDown: boolean, doubts: Uint8Array, waiting: Uint32Array): NodeNow {
    const count = this.#trace.scenario.nodes.length;
    let doubters = 0;
    for (let other = 0; other < count; other++) doubters += other === node ? 0 : (doubts[other * count + node] ?? 0);
    const own = Array.from({ length: count }, (_, peer) => ({ peer, hints: waiting[node * count + peer] ?? 0 }));
    const queues = own.filter(({ hints }) => hints > 0);
    return {
      node,
      isDown,
      faults: (this.#faults[node] ?? []).flatMap(({ from, until, label }) =>
        from <= moment && moment < until ? [label] : [],
      ),
      doubters,
      waiting: queues,
      hints: queues.reduce((sum, { hints }) => sum + hints, 0),
    };
  }

  #statesAt(moment: number, down: readonly boolean[], doubts: Uint8Array): readonly LinkState[] {
    const count = down.length;
    const states = Array.from(doubts, (isDoubted, link): LinkState => {
      if (down[Math.floor(link / count)] === true || down[link % count] === true) return 'endDown';
      return isDoubted === 1 ? 'doubted' : 'open';
    });
    const mark = (sender: number, receiver: number, state: 'cut' | 'closed' | 'lossy') => {
      const link = sender * count + receiver;
      const known = states[link] ?? 'open';
      if (LINK_STATES.indexOf(state) < LINK_STATES.indexOf(known)) states[link] = state;
    };
    for (const { node, peer } of this.#ends.closedAt(moment)) mark(node, peer, 'closed');
    for (const fault of this.#between) {
      if (fault.from > moment || fault.until <= moment) continue;
      const state = fault.kind === 'loss' ? 'lossy' : 'cut';
      for (const source of fault.sources) {
        for (const target of fault.targets) {
          mark(source, target, state);
          if (fault.kind === 'partition' && fault.isTwoWay) mark(target, source, state);
        }
      }
    }
    return states;
  }
}

/** A link of the cluster, undefined for a node and itself. O(1): every node has one to every other, in order. */
export function linkIn({ nodes, links }: ClusterNow, sender: number, receiver: number): LinkNow | undefined {
  if (sender === receiver) return undefined;
  return links[sender * (nodes.length - 1) + receiver - (receiver > sender ? 1 : 0)];
}

const known = new WeakMap<Trace, Cluster>();

/** The cluster of a trace, made when it is first asked for and kept as long as the trace. */
export function clusterOf(trace: Trace): Cluster {
  const cluster = known.get(trace) ?? new Cluster(trace);
  known.set(trace, cluster);
  return cluster;
}
