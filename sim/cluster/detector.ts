/**
 * Failure detectors: how a node comes to believe that a peer is `Down`.
 *
 * Phi-accrual, after dynomite-rs `failure_detector.rs` and `gossip.rs` (handoff-systems §1.2, validation §4): every
 * gossip interval a node sends a heartbeat to each peer through the shared channel and then looks at its own table.
 * phi = silence / (mean · ln 10), the mean taken over the last `window` heartbeat intervals and never below a floor;
 * a peer is suspected iff phi > threshold, and with fewer than two heartbeats phi is 0. A heartbeat makes its sender
 * `Normal` at once. The silence of an outage enters the window like any interval (H17).
 *
 * Fixed delay: every observer learns of a crash and of a return a fixed time after the fact, without heartbeats.
 */
import { later } from '../../core/index.ts';
import type { FixedDetector, PhiDetector } from '../scenario/scenario.ts';
import { NONE } from '../trace/trace.ts';
import { BELIEF_DOWN, BELIEF_UP, GOSSIP_TICK } from './kernel.ts';
import { HEARTBEAT } from './messages.ts';
import type { World } from './world.ts';

/** ln 10 to the nearest double: silence of threshold · LN_10 · mean is the conviction time. */
const LN_10 = 2.302585092994046;

/** A detector reacts to nodes that start and stop, and to its own events. */
export interface FailureDetector {
  /** A node's process has started, at the beginning of the run or after a crash. */
  started(node: number): void;
  crashed(node: number): void;
  /** Event `GOSSIP_TICK` of a live node. */
  gossip(node: number): void;
  /** A heartbeat of `peer` has reached `observer`. */
  heard(observer: number, peer: number): void;
  /** Event `BELIEF_DOWN` or `BELIEF_UP`: the fixed time is over. */
  concluded(kind: number, node: number, incarnation: number): void;
}

/** Suspicion that grows with silence, from gossip heartbeats. */
export class PhiAccrual implements FailureDetector {
  readonly #world: World;
  readonly #policy: PhiDetector;
  /** Per pair: the last `window` intervals, allocated at the second heartbeat. */
  readonly #windows: (Float64Array | undefined)[];
  /** Per pair: intervals seen since the observer started, their sum over the window, and the last heartbeat. */
  readonly #seen: Float64Array;
  readonly #sum: Float64Array;
  readonly #last: Float64Array;

  constructor(world: World, policy: PhiDetector) {
    const pairs = world.topology.count * world.topology.count;
    this.#world = world;
    this.#policy = policy;
    this.#windows = new Array<Float64Array | undefined>(pairs);
    this.#seen = new Float64Array(pairs);
    this.#sum = new Float64Array(pairs);
    this.#last = new Float64Array(pairs).fill(NONE);
  }

  started(node: number): void {
    const { kernel, beliefs, nodes, topology } = this.#world;
    const first = node * topology.count;
    this.#seen.fill(0, first, first + topology.count);
    this.#sum.fill(0, first, first + topology.count);
    this.#last.fill(NONE, first, first + topology.count);
    beliefs.forget(node, kernel.now);
    kernel.at(kernel.now, GOSSIP_TICK, node, nodes.incarnation(node));
  }

  crashed(): void {
    // Silence is all that the others get to know.
  }

  gossip(node: number): void {
    const { kernel, nodes, topology } = this.#world;
    for (let peer = 0; peer < topology.count; peer++) {
      if (peer !== node) this.#beat(node, peer);
    }
    for (let peer = 0; peer < topology.count; peer++) {
      if (peer !== node) this.#look(node, peer);
    }
    kernel.after(this.#policy.gossip, GOSSIP_TICK, node, nodes.incarnation(node));
  }

  heard(observer: number, peer: number): void {
    const { kernel, recorder, beliefs } = this.#world;
    const pair = this.#world.topology.link(observer, peer);
    const now = kernel.now;
    const last = this.#last[pair] ?? NONE;
    if (last !== NONE) this.#addInterval(pair, now - last);
    this.#last[pair] = now;
    recorder.heartbeat(now, observer, peer);
    beliefs.up(observer, peer, now);
  }

  concluded(): void {
    // Only the fixed detector schedules conclusions.
  }

  /** The silence, in microseconds, after which `observer` suspects `peer`; Infinity with fewer than two heartbeats. */
  patience(observer: number, peer: number): number {
    const pair = this.#world.topology.link(observer, peer);
    const count = Math.min(this.#seen[pair] ?? 0, this.#policy.window);
    if (count === 0) return Infinity;
    return this.#policy.threshold * LN_10 * Math.max((this.#sum[pair] ?? 0) / count, this.#policy.meanFloor);
  }

  #beat(node: number, peer: number): void {
    const { links, messages, recorder, topology } = this.#world;
    const link = topology.link(node, peer);
    if (!links.hasRoom(link)) {
      recorder.counters.refused++;
      return;
    }
    links.send(messages.take(HEARTBEAT, link, NONE, NONE));
  }

  #look(observer: number, peer: number): void {
    const { kernel, beliefs, topology } = this.#world;
    const last = this.#last[topology.link(observer, peer)] ?? NONE;
    if (last !== NONE && kernel.now - last > this.patience(observer, peer)) beliefs.down(observer, peer, kernel.now);
  }

  #addInterval(pair: number, micros: number): void {
    const seen = this.#seen[pair] ?? 0;
    const window = (this.#windows[pair] ??= new Float64Array(this.#policy.window));
    const slot = seen % this.#policy.window;
    const leaving = seen >= this.#policy.window ? (window[slot] ?? 0) : 0;
    window[slot] = micros;
    this.#sum[pair] = (this.#sum[pair] ?? 0) - leaving + micros;
    this.#seen[pair] = seen + 1;
  }
}

/** Beliefs that follow the facts after a fixed time. */
export class FixedDelay implements FailureDetector {
  readonly #world: World;
  readonly #policy: FixedDetector;

  constructor(world: World, policy: FixedDetector) {
    this.#world = world;
    this.#policy = policy;
  }

  started(node: number): void {
    const { kernel, beliefs, nodes } = this.#world;
    beliefs.forget(node, kernel.now);
    kernel.after(this.#policy.upAfter, BELIEF_UP, node, nodes.incarnation(node));
  }

  crashed(node: number): void {
    const { kernel, nodes } = this.#world;
    kernel.after(this.#policy.downAfter, BELIEF_DOWN, node, nodes.incarnation(node));
  }

  gossip(): void {
    // No gossip: that is what this detector is for.
  }

  heard(): void {
    // No heartbeats either.
  }

  concluded(kind: number, node: number, incarnation: number): void {
    if (kind === BELIEF_UP) this.#welcome(node, incarnation);
    else this.#convict(node, incarnation);
  }

  #convict(node: number, incarnation: number): void {
    const { kernel, nodes, beliefs } = this.#world;
    if (nodes.isUp(node) || nodes.incarnation(node) !== incarnation) return;
    for (let observer = 0; observer < nodes.count; observer++) {
      if (nodes.isUp(observer)) beliefs.down(observer, node, kernel.now);
    }
  }

  /** The others learn of the node, and the node of all others that have been up for as long. */
  #welcome(node: number, incarnation: number): void {
    const { kernel, nodes, beliefs } = this.#world;
    if (!nodes.isStill(node, incarnation)) return;
    for (let other = 0; other < nodes.count; other++) {
      if (other === node || !nodes.isUp(other)) continue;
      beliefs.up(other, node, kernel.now);
      if (later(nodes.startedAt(other), this.#policy.upAfter) <= kernel.now) beliefs.up(node, other, kernel.now);
    }
  }
}
