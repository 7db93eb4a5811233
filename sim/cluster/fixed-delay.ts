/**
 * The fixed detector: beliefs follow the facts after a fixed time, without heartbeats. For spans where gossip would be
 * the whole run, and for stories in which the detector must not be the point.
 */
import { later } from '../../core/index.ts';
import type { FixedDetector } from '../scenario/model/detector.ts';
import type { DetectorWorld, FailureDetector } from './failure-detector.ts';
import { BELIEF_DOWN, BELIEF_UP } from './kernel.ts';

/** Beliefs that follow the facts after a fixed time. */
export class FixedDelay implements FailureDetector {
  readonly #world: DetectorWorld;
  readonly #policy: FixedDetector;

  constructor(world: DetectorWorld, policy: FixedDetector) {
    this.#world = world;
    this.#policy = policy;
  }

  started(node: number): void {
    const { kernel, beliefs, nodes } = this.#world;
    if (this.#policy.start === 'up') this.#trust(node);
    else beliefs.forget(node, kernel.now);
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

  /** Announced is known at once. */
  goodbye(observer: number, peer: number): void {
    this.#world.beliefs.down(observer, peer, this.#world.kernel.now);
  }

  concluded(kind: number, node: number, incarnation: number): void {
    if (kind === BELIEF_UP) this.#welcome(node, incarnation);
    else this.#convict(node, incarnation);
  }

  /** Its peers are there until they fail to answer; of those that are away it finds out as late as of any other. */
  #trust(node: number): void {
    const { kernel, nodes, beliefs } = this.#world;
    beliefs.trust(node);
    for (let peer = 0; peer < nodes.count; peer++) {
      if (!nodes.isUp(peer)) kernel.after(this.#policy.downAfter, BELIEF_DOWN, peer, nodes.incarnation(peer));
    }
  }

  /** Those learn of it who have had the time to: who started later has an event of its own. */
  #convict(node: number, incarnation: number): void {
    const { kernel, nodes, beliefs } = this.#world;
    if (nodes.isUp(node) || nodes.incarnation(node) !== incarnation) return;
    for (let observer = 0; observer < nodes.count; observer++) {
      const knowsAt = later(nodes.startedAt(observer), this.#policy.downAfter);
      if (nodes.isUp(observer) && knowsAt <= kernel.now) beliefs.down(observer, node, kernel.now);
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
