/**
 * ScyllaDB (§3), taken as one shard per node, and the same as it was before its replay adapted (incident 1 of §8).
 */
import { hours, mebibytes, seconds } from '../../../core/index.ts';
import type { DrainPolicy, HintPolicy } from '../model/policy.ts';
import {
  AKKA_NORMAL,
  CASSANDRA_PHI,
  GC_GRACE,
  NETWORK,
  NONE,
  OPEN_CHANNEL,
  OPEN_SERVICE,
  PHI_FIXED,
  UNBOUNDED,
} from './preset.ts';
import type { Preset } from './preset.ts';

const HINTS: HintPolicy = {
  enabled: true,
  // A file older than gc_grace - 10 s is skipped when sent (§3, expiry); here each hint has its own age.
  ttl: seconds(863_990),
  // 10 % of the device over the shards, watched each second (§3, cap): no device here, so a scenario says its size.
  maxBytes: UNBOUNDED,
  capScope: 'peer', // when over, only targets with more than one file are refused (§3, cap)
  triggers: {
    peerDown: true, // endpoints known dead, stored before the live sends (§3, a)
    channelFull: false, // §10, row "local queue full"
    timeout: 'acked', // replicas that did not answer, only if the level was reached (§3, b)
    error: false, // §3 names timeouts and node-down callbacks alone
    queued: false, // §10, row "order guard"
  },
  vote: 'any', // counts only for ANY (§3, ack)
  holder: 'coordinator', // the coordinator's shard (§10, row "Hint holder")
  self: false, // refused: self (§3, refused)
  coalesce: false, // segments (§10, row "Queue structure")
  addressedBy: 'node', // one commitlog per target host id (§3, where)
  window: hours(3), // §3, refused
  windowPersistent: false, // §10, row "Window": gossip downtime alone
  inFlightBytes: mebibytes(10), // overloaded_exception; a hint for a timeout is dropped (§3, in-flight guard, refused)
  disk: {
    durability: 'buffered', // "no (<= 10 s)" (§10, row "Durable when acked")
    flush: seconds(10), // segments closed every 10 s (§3, where)
    rate: 0,
    capacity: UNBOUNDED,
    tornTail: 'truncated', // a corrupt segment ends there; a new process writes to a new one (§3, bad data)
  },
};

const DRAIN: DrainPolicy = {
  enabled: true,
  interval: seconds(10), // idle until the next flush (§3, replay)
  first: 'interval', // waits until start-up allows replay (§3)
  ack: 'each', // one RPC per hint, each acked (§3, batch)
  hold: NONE, // what is sent stays in its queue until then
  concurrency: 8, // per shard (§3, throttle)
  adapt: 'fixed', // AIMD is an option (§10, row "Concurrency")
  throttle: 0, // none in bytes (§3, throttle)
  throttleShared: false,
  sessions: 0, // a loop per target (§3, replay)
  timeout: seconds(2), // "normal write timeout" (§3, batch), 2 s (§11.8)
  retryAfter: seconds(1), // 1 s after a failure (§3, replay)
  retryUpTo: NONE, // 1 s each time (§3, replay)
};

/** Scylla with its defaults: eight hints on their way per target, hints on timeout only for acknowledged writes. */
export const SCYLLA: Preset = {
  policy: {
    hints: HINTS,
    drain: DRAIN,
    receiver: { conflict: 'timestamp', gcGrace: GC_GRACE }, // mutation timestamps (§3, receiver)
    // As in Cassandra, whose protocol it speaks; not in §3.
    reads: { fanout: 'needed', answer: 'newest', repair: true, fallback: false },
    channel: { ...OPEN_CHANNEL, order: 'free' }, // "unordered in window" (§10, row "Delivery order")
    service: { ...OPEN_SERVICE, late: 'execute' }, // timed-out work is still executed (§11.8)
    detector: CASSANDRA_PHI, // gossip, and a direct ping there (§10, row "Detector")
    // Not in §3: the default of the protocol and of cqlsh, and its unavailable_exception.
    consistency: { write: 'ONE', read: 'ONE', unavailable: 'refuse' },
  },
  network: { ...NETWORK, clientTimeout: seconds(2) }, // the write timeout (§11.8)
  phi: CASSANDRA_PHI,
  normal: AKKA_NORMAL,
  fixed: PHI_FIXED,
};

/** Scylla with 128 hints on their way per sender, whatever the receiver makes of them (§11.8, incident 1 of §8). */
export const SCYLLA_OLD: Preset = {
  ...SCYLLA,
  policy: { ...SCYLLA.policy, drain: { ...DRAIN, concurrency: 128 } },
};
