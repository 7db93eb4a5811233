/**
 * Failure detectors as data: how a node comes to take a peer for `Down` (validation §4).
 */
import type { Duration } from '../../../core/index.ts';

/** How a node comes to take a peer for `Down`. */
export type Detector = PhiDetector | NormalDetector | FixedDetector;

/** What a goodbye is worth. */
export const GOODBYES = ['kept', 'forgotten'] as const;

/** One of {@link GOODBYES}. */
export type Goodbye = (typeof GOODBYES)[number];

/** What gossip-fed detectors share. */
export interface Gossip {
  /** Every node sends heartbeats and looks at its own table once per interval. > 0. */
  readonly gossip: Duration;
  /** A heartbeat goes to every peer, or to one peer by lot (which passes on what it knows). */
  readonly gossipTo: 'all' | 'one';
  readonly threshold: number;
  /** Heartbeat intervals kept per peer. */
  readonly window: number;
  /**
   * Heartbeats for a node that is away wait in the channel, and come all at once when the link opens (dynomite, where
   * gossip and writes share a channel, H18); or none is sent while the link is not open.
   */
  readonly backlog: boolean;
  /**
   * What a goodbye is worth: its sender is `Down` until it is heard again, or only until the next look, which knows of
   * silence alone (dynomite, H17).
   */
  readonly goodbye: Goodbye;
}

/** Phi-accrual over gossip heartbeats, after dynomite-rs: suspect iff silence / (mean · ln 10) > threshold. */
export interface PhiDetector extends Gossip {
  readonly kind: 'phi';
  /** The mean is never taken below this. */
  readonly meanFloor: Duration;
  /** An interval the window starts with; 0 is none, and then phi is 0 until the second heartbeat (Cassandra: 2 s). */
  readonly firstInterval: Duration;
  /** Longer intervals do not enter the window; 0 is no bound (Cassandra: 2 s). */
  readonly ignoreAbove: Duration;
}

/** Akka's phi over a normal distribution of intervals, by its logistic approximation. */
export interface NormalDetector extends Gossip {
  readonly kind: 'normal';
  /** The standard deviation is never taken below this; > 0. */
  readonly minDeviation: Duration;
  /** Silence that is forgiven on top of the mean. */
  readonly pause: Duration;
  /** The window starts with two intervals, this mean ± a quarter of it. > 0. */
  readonly firstInterval: Duration;
}

/** Beliefs change a fixed time after the fact, without gossip: for spans where heartbeats would be the whole run. */
export interface FixedDetector {
  readonly kind: 'fixed';
  readonly downAfter: Duration;
  readonly upAfter: Duration;
  /** What a process takes its peers for when it starts: `down` until `upAfter`, or `up` until they fail to answer. */
  readonly start: 'down' | 'up';
}
