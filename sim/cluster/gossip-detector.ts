/**
 * Gossip-fed detectors, after dynomite-rs `gossip.rs` (handoff-systems §1.2): every gossip interval a node sends a
 * heartbeat through the shared channel, to each peer or to one by lot, and then looks at its own table. A heartbeat makes
 * its sender `Normal` at once; at a look, a judge says which silences are too long.
 *
 * The look has the last word in dynomite: a peer that announced its stop is taken for `Normal` again at the next look,
 * because its silence is short still (H17). Where a goodbye is kept, only news of the peer ends it.
 */
import type { NormalDetector, PhiDetector } from '../scenario/model/detector.ts';
import type { StreamId } from '../engine/index.ts';
import { NONE } from '../trace/trace.ts';
import type { DetectorWorld, FailureDetector } from './failure-detector.ts';
import type { HeartbeatHistory } from './heartbeat-history.ts';
import type { Judge } from './judges.ts';
import { GOSSIP_TICK } from './kernel.ts';
import { HEARTBEAT } from './messages.ts';
import { Rumours } from './rumours.ts';

/** What a gossip-fed detector is made of. */
export interface GossipParts {
  readonly history: HeartbeatHistory;
  readonly judge: Judge;
  /** Names of the nodes, for the names of random streams. */
  readonly names: readonly string[];
}

/** A detector fed by heartbeats. */
export class GossipDetector implements FailureDetector {
  readonly #world: DetectorWorld;
  readonly #policy: PhiDetector | NormalDetector;
  readonly #history: HeartbeatHistory;
  readonly #judge: Judge;
  /** Only where a heartbeat goes to one peer by lot: what it carries, and per node the stream of its lots. */
  readonly #rumours: Rumours | undefined;
  readonly #lots: readonly StreamId[];
  /** Per pair: when the last heartbeat came in, or NONE. */
  readonly #last: Float64Array;
  /** Per pair, where goodbyes are kept: the life of the peer that has said goodbye, until a later one is heard of; or NONE. */
  readonly #leftIn: Int32Array;

  constructor(world: DetectorWorld, policy: PhiDetector | NormalDetector, parts: GossipParts) {
    const { count } = world.topology;
    const isByLot = policy.gossipTo === 'one';
    this.#world = world;
    this.#policy = policy;
    this.#history = parts.history;
    this.#judge = parts.judge;
    this.#rumours = isByLot ? new Rumours(count) : undefined;
    this.#lots = isByLot ? parts.names.map((name) => world.kernel.streams.open(`node ${name}`, 'gossip')) : [];
    this.#last = new Float64Array(count * count).fill(NONE);
    this.#leftIn = new Int32Array(count * count).fill(NONE);
  }

  started(node: number): void {
    const { kernel, beliefs, nodes, topology } = this.#world;
    const first = node * topology.count;
    this.#history.forget(first, topology.count);
    this.#last.fill(NONE, first, first + topology.count);
    this.#leftIn.fill(NONE, first, first + topology.count);
    if (nodes.incarnation(node) > 0) this.#rumours?.forget(node);
    beliefs.forget(node, kernel.now);
    kernel.at(kernel.now, GOSSIP_TICK, node, nodes.incarnation(node));
  }

  crashed(): void {
    // Silence is all that the others get to know.
  }

  gossip(node: number): void {
    const { kernel, nodes, topology } = this.#world;
    if (this.#rumours === undefined) {
      for (let peer = 0; peer < topology.count; peer++) if (peer !== node) this.#beat(node, peer, NONE);
    } else if (topology.count > 1) this.#beat(node, this.#peerByLot(node), this.#rumours.beat(node));
    for (let peer = 0; peer < topology.count; peer++) {
      if (peer !== node) this.#look(node, peer);
    }
    kernel.after(this.#policy.gossip, GOSSIP_TICK, node, nodes.incarnation(node));
  }

  heard(observer: number, peer: number, news: number): void {
    const { kernel, recorder, topology } = this.#world;
    recorder.heartbeat(kernel.now, observer, peer);
    if (this.#rumours === undefined) return this.#register(observer, peer);
    for (let subject = 0; subject < topology.count; subject++) {
      if (this.#rumours.isNews(observer, peer, news, subject)) this.#register(observer, subject);
    }
  }

  goodbye(observer: number, peer: number): void {
    const { kernel, beliefs, nodes, topology } = this.#world;
    if (this.#policy.goodbye === 'kept') this.#leftIn[topology.link(observer, peer)] = nodes.incarnation(peer);
    beliefs.down(observer, peer, kernel.now);
  }

  concluded(): void {
    // Only the fixed detector schedules conclusions.
  }

  #beat(node: number, peer: number, news: number): void {
    const { kernel, links, messages, recorder, topology } = this.#world;
    const link = topology.link(node, peer);
    if (!this.#policy.backlog && !links.isOpen(link)) return;
    if (links.hasRoom(link)) return links.send(messages.take(HEARTBEAT, node, peer, NONE, news));
    recorder.counters.refused++;
    if (links.carriesReplay(link)) recorder.heartbeatDisplaced(kernel.now, node, peer);
  }

  /** Any other node, up or not, each as likely. */
  #peerByLot(node: number): number {
    const lot = this.#world.kernel.streams.below(this.#lots[node] ?? 0, this.#world.topology.count - 1);
    return lot < node ? lot : lot + 1;
  }

  /** A heartbeat of `peer`, at first hand or not, is known to `observer`; one of a life that has ended is no news. */
  #register(observer: number, peer: number): void {
    const { kernel, beliefs, nodes, topology } = this.#world;
    const pair = topology.link(observer, peer);
    if (this.#leftIn[pair] === nodes.incarnation(peer)) return;
    const last = this.#last[pair] ?? NONE;
    if (last === NONE) this.#judge.begin(pair);
    else this.#judge.hear(pair, kernel.now - last);
    this.#last[pair] = kernel.now;
    this.#leftIn[pair] = NONE;
    beliefs.up(observer, peer, kernel.now);
  }

  #look(observer: number, peer: number): void {
    const { kernel, beliefs, topology } = this.#world;
    const pair = topology.link(observer, peer);
    const last = this.#last[pair] ?? NONE;
    if (last === NONE || this.#leftIn[pair] !== NONE) return;
    if (this.#judge.suspects(pair, kernel.now - last)) beliefs.down(observer, peer, kernel.now);
    else beliefs.up(observer, peer, kernel.now);
  }
}
