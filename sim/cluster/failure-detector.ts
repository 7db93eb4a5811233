/**
 * What every kind of failure detector answers to, and what it may act on.
 */
import type { World } from './world.ts';

/** A detector reacts to nodes that start and stop, and to its own events. */
export interface FailureDetector {
  /** A node's process has started, at the beginning of the run or again. */
  started(node: number): void;
  /** A node's process is gone, killed or stopped. */
  crashed(node: number): void;
  /** Event `GOSSIP_TICK` of a live node. */
  gossip(node: number): void;
  /** A heartbeat of `peer` has reached `observer`; `news` is the value of its message. */
  heard(observer: number, peer: number, news: number): void;
  /** The announcement of `peer` that it stops has reached `observer`. */
  goodbye(observer: number, peer: number): void;
  /** Event `BELIEF_DOWN` or `BELIEF_UP`: the fixed time is over. */
  concluded(kind: number, node: number, incarnation: number): void;
}

/** What a detector needs of the world. */
export type DetectorWorld = Pick<
  World,
  'kernel' | 'topology' | 'nodes' | 'beliefs' | 'links' | 'messages' | 'recorder'
>;
