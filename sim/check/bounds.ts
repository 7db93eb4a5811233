/**
 * How long delivery may take: bounds for liveness, worked out from the policy and the backlog instead of guessed. Times
 * are microseconds. Where a policy leaves something open a bound says so in its parts:
 *
 * **Progress** of one lane between a live pair: the link opens again, and then the lane is looked at. A look may just
 * have been missed, so two of them; an attempt that was under way may fail and wait for its next turn; what stands in
 * the channel goes first; one hint of the largest size passes the throttle.
 *
 * **Draining** a backlog after the last fault: the peer is believed up again, one bound of progress, and then every
 * hint in its turn at the slowest of: what a sweep finds room for, the throttle, the round trips of what may be on its
 * way at once, and the service of the peer, of which the foreground is granted half.
 */
import { MICROS_PER_SECOND, unreachable } from '../../core/index.ts';
import { typicalOf } from '../scenario/model/moments.ts';
import type { Detector } from '../scenario/model/detector.ts';
import type { DistributionSpec } from '../scenario/model/distribution.ts';
import type { Scenario } from '../scenario/model/scenario.ts';

/** Of a channel and of a backend, what replay can count on beside the foreground. */
const REPLAY_SHARE = 0.5;

/** What a holder has for a peer. */
export interface Backlog {
  readonly hints: number;
  readonly bytes: number;
}

/** What a bound is made of; `total` is their sum. */
export interface DrainBound {
  readonly detect: number;
  readonly progress: number;
  readonly transfer: number;
  readonly total: number;
}

/** The longest that a lane between a live pair stands still. @param largest bytes of a hint */
export function progressBound(scenario: Scenario, largest: number): number {
  const { channel, drain } = scenario.policy;
  const attempt = drain.ack === 'each' ? drain.timeout + Math.max(drain.retryAfter, drain.retryUpTo) : 0;
  const throttled = transferTime(largest, throttleOf(scenario));
  const ahead = channel.slots * channel.messageTime;
  return (
    channel.reconnect + turnsOf(scenario) * (2 * drain.interval + attempt + throttled) + ahead + roundTrip(scenario)
  );
}

/**
 * The time from the end of the last fault by which a backlog is gone.
 *
 * @param worst the largest backlog of one holder for one peer
 * @param ofPeer the largest backlog of all holders for one peer
 */
export function drainBound(scenario: Scenario, worst: Backlog, ofPeer: Backlog): DrainBound {
  const detect = detectTime(scenario.policy.detector, scenario.nodes.length) + roundTrip(scenario);
  const progress = progressBound(scenario, worst.bytes / Math.max(1, worst.hints));
  const sent = scenario.policy.drain.ack === 'none' ? sweepTime(scenario, worst) : sessionTime(scenario, worst);
  const transfer = sent + serviceTime(scenario, ofPeer);
  return { detect, progress, transfer, total: detect + progress + transfer };
}

/** Until a peer that is back is taken for `Normal` by everybody. */
function detectTime(detector: Detector, nodes: number): number {
  switch (detector.kind) {
    case 'fixed':
      return detector.upAfter;
    case 'phi':
    case 'normal':
      // To all, the next round reaches everybody and the one after that is looked at; to one, a rumour takes a round
      // for each node it may have to be told by.
      return detector.gossip * (detector.gossipTo === 'all' ? 2 : 2 * nodes);
    default:
      return unreachable(detector);
  }
}

/** Without acknowledgements: each sweep ships what the channel has room for. */
function sweepTime({ policy: { channel, drain } }: Scenario, { hints, bytes }: Backlog): number {
  const messageTime = channel.messageTime + transferTime(bytes / Math.max(1, hints), channel.bandwidth);
  const passing = messageTime === 0 ? channel.slots : drain.interval / messageTime;
  const perSweep = Math.max(1, Math.floor(Math.min(channel.slots, passing) * REPLAY_SHARE));
  return Math.ceil(hints / perSweep) * drain.interval;
}

/** In sessions: by round trips and by throttle, each lane in its turn. */
function sessionTime(scenario: Scenario, { hints, bytes }: Backlog): number {
  const { channel, drain } = scenario.policy;
  const atOnce = drain.adapt === 'fixed' ? drain.concurrency : 1;
  const trips = Math.ceil(hints / atOnce) * roundTrip(scenario);
  const link = (hints * channel.messageTime + transferTime(bytes, channel.bandwidth)) / REPLAY_SHARE;
  return turnsOf(scenario) * (trips + link + transferTime(bytes, throttleOf(scenario)));
}

/** All holders' hints for a peer, one after the other through its backend. */
function serviceTime({ policy: { service } }: Scenario, { hints }: Backlog): number {
  return (hints * typicalOf(service.time)) / service.workers / REPLAY_SHARE;
}

/** Lanes that a session may have to wait for, itself included. */
function turnsOf({ nodes, policy: { drain } }: Scenario): number {
  const isBounded = drain.ack === 'each' && drain.sessions > 0;
  return isBounded ? Math.max(1, Math.ceil((nodes.length - 1) / drain.sessions)) : 1;
}

/** Bytes a second towards one peer; 0 is no bound. */
function throttleOf({ nodes, policy: { drain } }: Scenario): number {
  if (drain.ack === 'none') return 0;
  return drain.throttleShared ? drain.throttle / Math.max(1, nodes.length - 1) : drain.throttle;
}

/** @param rate bytes a second; 0 is no bound */
function transferTime(bytes: number, rate: number): number {
  return rate === 0 ? 0 : (bytes * MICROS_PER_SECOND) / rate;
}

/** There and back over the slowest kind of link, with one service; twice the mean where latencies have no bound. */
function roundTrip({ network, policy: { service } }: Scenario): number {
  const { sameDatacentre, crossDatacentre, byPurpose, farExtra } = network;
  const oneWay: readonly DistributionSpec[] = [
    sameDatacentre,
    crossDatacentre,
    ...Object.values(byPurpose).filter((spec) => spec !== undefined),
  ];
  return 2 * (farExtra + Math.max(...oneWay.map(typicalOf))) + typicalOf(service.time);
}
