/**
 * Apache Cassandra 4.1 to trunk (§2).
 */
import { hours, seconds } from '../../../core/index.ts';
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
  enabled: true, // §2, defaults
  ttl: GC_GRACE, // creation + gc_grace_seconds, checked when read and when applied (§2, expiry)
  maxBytes: UNBOUNDED, // `max_hints_size_per_host` 0 (§2, cap)
  capScope: 'peer', // per host (§10, row "Cap scope")
  triggers: {
    peerDown: true, // "replica not alive at send" (§2)
    channelFull: false, // §10, row "local queue full"
    timeout: 'always', // "write callback failed or expired" (§2)
    error: true, // the same
    queued: false, // §10, row "order guard"
  },
  vote: 'any', // counts only for ANY (§2, ack)
  holder: 'coordinator', // §10, row "Hint holder"
  self: false, // its own mutation is run again instead: see `late`
  coalesce: false, // files per host (§10, row "Queue structure")
  addressedBy: 'node', // a file is of its target (§2, where)
  window: hours(3), // §2, defaults
  windowPersistent: true, // §2, defaults (CASSANDRA-14309)
  // The guard there counts hints, 128 x cores, not bytes (§2, in-flight guard), and only until they are in the buffer.
  inFlightBytes: UNBOUNDED,
  disk: {
    durability: 'buffered', // up to ~10 s of hints lost in a crash (§2)
    flush: seconds(10), // `hints_flush_period` (§2)
    rate: 0,
    capacity: UNBOUNDED,
    tornTail: 'truncated', // a torn tail ends its file, and a new process writes to a new one (§2)
  },
};

const DRAIN: DrainPolicy = {
  enabled: true,
  interval: seconds(10), // every 10 s (§2, replay trigger)
  first: 'interval', // "first after 10 s" (§2)
  ack: 'each', // §10, row "Target acks hint"
  hold: NONE, // what is sent stays in its queue until then
  // A page of 512 KiB is sent whole, then awaited (§2, batch): as many hints of 1 KiB. A failure there sends the page
  // again from its start; a session here goes on from the first hint that failed.
  concurrency: 512,
  adapt: 'fixed',
  throttle: 1_048_576, // `hinted_handoff_throttle` 1024 KiB/s (§2) …
  throttleShared: true, // … divided by (endpoints - 1) (§2)
  sessions: 2, // `max_hints_delivery_threads` (§2)
  timeout: seconds(2), // `write_request_timeout` (§2)
  retryAfter: seconds(10), // "next try at the next 10 s tick" (§2)
  retryUpTo: NONE, // the next tick, however often it failed (§2)
};

/** Cassandra with its defaults: timestamps, hints beside live writes, throttled sessions. */
export const CASSANDRA: Preset = {
  policy: {
    hints: HINTS,
    drain: DRAIN,
    receiver: { conflict: 'timestamp', gcGrace: GC_GRACE }, // original timestamps, cell by cell (§2, receiver)
    // As many as the level needs, the newest of the answers; those that were asked are repaired. Not in §2: the
    // documented behaviour of its coordinators.
    reads: { fanout: 'needed', answer: 'newest', repair: true, fallback: false },
    // Pages are unordered (§10, row "Delivery order"): several connections and stages of threads.
    channel: { ...OPEN_CHANNEL, order: 'free' },
    // A mutation that is older than the write timeout when its turn comes is dropped. Not in §2: documented as
    // "dropped mutations".
    service: { ...OPEN_SERVICE, late: 'drop' },
    detector: CASSANDRA_PHI,
    // Not in §2: the default of the protocol and of cqlsh, and its UnavailableException.
    consistency: { write: 'ONE', read: 'ONE', unavailable: 'refuse' },
  },
  network: { ...NETWORK, clientTimeout: seconds(2) }, // `write_request_timeout` (§2)
  phi: CASSANDRA_PHI,
  normal: AKKA_NORMAL,
  fixed: PHI_FIXED,
};
