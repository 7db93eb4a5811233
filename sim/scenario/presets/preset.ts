/**
 * What a preset is, and the values that presets share because no system says them: assumptions of this project.
 *
 * In all presets §n is a section of the reference page on handoff systems. Where an axis of the model only comes near
 * to what a system does, the comment beside its value says so.
 */
import { bytes, days, duration, microseconds, milliseconds, seconds } from '../../../core/index.ts';
import type { Bytes, Duration } from '../../../core/index.ts';
import { HARD_CEILINGS, MAX_SLOTS } from '../bounds.ts';
import type { FixedDetector, NormalDetector, PhiDetector } from '../model/detector.ts';
import type { ChannelPolicy, Policy, ServicePolicy } from '../model/policy.ts';
import type { Network } from '../model/scenario.ts';

/** The values that a scenario starts from. */
export interface Preset {
  readonly policy: Policy;
  readonly network: Network;
  /** What `detector: { phi: … }`, `{ normal: … }` and `{ fixed: … }` start from. */
  readonly phi: PhiDetector;
  readonly normal: NormalDetector;
  readonly fixed: FixedDetector;
}

/** No bound, no time, no bytes. */
export const NONE: Duration = duration(0);
export const UNBOUNDED: Bytes = bytes(0);

/** A life longer than any run, for systems whose hints do not expire. */
export const FOR_EVER: Duration = duration(HARD_CEILINGS.duration);

/** When the operating system writes dirty pages back on its own: Linux' default age of 30 s. */
export const WRITE_BACK: Duration = seconds(30);

/** Latencies of no system: a backend on the same machine, a rack switch, a continent; clients that wait for 5 s. */
export const NETWORK: Network = {
  local: { kind: 'constant', value: microseconds(100) },
  sameDatacentre: { kind: 'constant', value: milliseconds(1) },
  crossDatacentre: { kind: 'constant', value: milliseconds(40) },
  farExtra: microseconds(0),
  byPurpose: {},
  clientTimeout: seconds(5),
};

/** A link without a bound that the reference speaks of; one TCP connection, open again a second after a return. */
export const OPEN_CHANNEL: ChannelPolicy = {
  slots: MAX_SLOTS,
  messageTime: microseconds(0),
  bandwidth: 0,
  reconnect: seconds(1),
  afterClose: 'reconnect',
  order: 'fifo',
};

/** A backend without service time or bound: capacity belongs to a machine, not to a system, so a scenario says it. */
export const OPEN_SERVICE: ServicePolicy = {
  time: { kind: 'constant', value: 0 },
  workers: 1,
  queue: Number.MAX_SAFE_INTEGER,
  late: 'execute',
};

/**
 * Akka's detector, for any system that asks for it. The formula is that of the page of external truths §4; its
 * parameters are the defaults of Akka's cluster: heartbeats each second, 1 000 samples, at least 100 ms, 3 s of pause.
 */
export const AKKA_NORMAL: NormalDetector = {
  kind: 'normal',
  gossip: seconds(1),
  gossipTo: 'all',
  threshold: 8,
  window: 1_000,
  backlog: false, // an assumption: a heartbeat that could not be sent is worth nothing later
  goodbye: 'kept', // an assumption: who is leaving is not taken back for its short silence
  minDeviation: milliseconds(100),
  pause: seconds(3),
  firstInterval: seconds(1),
};

/** Cassandra's detector: the page of external truths §4, and §2 for the threshold. */
export const CASSANDRA_PHI: PhiDetector = {
  kind: 'phi',
  gossip: seconds(1), // §10, row "Detector"
  // One to three peers a second there, in exchanges that inform both; in a small cluster that reaches everybody each
  // second, for which a heartbeat to all stands.
  gossipTo: 'all',
  threshold: 8, // §2, defaults
  window: 1_000,
  // An assumption: gossip goes to nodes that are there, so none waits for one that is away. Without a floor a burst of it
  // would make a fresh process impatient with everybody.
  backlog: false,
  goodbye: 'kept', // the same: a shutdown is announced by gossip as a state of its own
  meanFloor: milliseconds(1), // none there; the least that keeps the quotient finite
  firstInterval: seconds(2),
  ignoreAbove: seconds(2),
};

/** Stands in for Cassandra's phi: 8 · ln 10 · 1 s of silence and up to 1 s to the next look; up with a heartbeat. */
export const PHI_FIXED: FixedDetector = { kind: 'fixed', downAfter: seconds(20), upAfter: seconds(1), start: 'down' };

/** Ten days: `gc_grace_seconds` of Cassandra and Scylla (§2, defaults; §3, expiry). */
export const GC_GRACE: Duration = days(10);
