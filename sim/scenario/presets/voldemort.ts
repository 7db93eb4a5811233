/**
 * Voldemort (§5): "slop", a key-value store of missed writes on another live node, pushed every five minutes.
 */
import { minutes, seconds } from '../../../core/index.ts';
import type { FixedDetector } from '../model/detector.ts';
import type { DrainPolicy, HintPolicy } from '../model/policy.ts';
import {
  AKKA_NORMAL,
  CASSANDRA_PHI,
  FOR_EVER,
  NETWORK,
  NONE,
  OPEN_CHANNEL,
  OPEN_SERVICE,
  UNBOUNDED,
  WRITE_BACK,
} from './preset.ts';
import type { Preset } from './preset.ts';

/**
 * The detector there is the success rate of requests, 95 % over 300 s, with a recovery probe each 10 s (§5, detector),
 * which no detector here is. A dead node makes every request fail at once (a second is an assumption), and is found
 * alive by the next probe. A process that starts takes every node for available (`AbstractFailureDetector.java`).
 */
const FIXED: FixedDetector = { kind: 'fixed', downAfter: seconds(1), upAfter: seconds(10), start: 'up' };

const HINTS: HintPolicy = {
  enabled: true, // off there without a strategy (§5, who holds)
  ttl: FOR_EVER, // none (§5, cap and TTL)
  maxBytes: UNBOUNDED, // the same
  capScope: 'node', // of no effect without a cap
  triggers: {
    peerDown: true, // "via detector" (§10)
    channelFull: true, // unreachable (§5, when)
    timeout: 'always', // §10, row "Trigger: write timeout"; also when the put failed for the client (§5)
    error: true, // persistence errors, quota exceeded (§5, when)
    queued: false, // §10, row "order guard"
  },
  vote: 'none', // never counts (§5, ack)
  holder: 'fallback', // another live node (§5, who holds); here the next one, as with its CONSISTENT without shuffling
  self: false, // of no effect with fallbacks
  coalesce: true, // key = op + store + target node + key (§5, format)
  addressedBy: 'node', // the same
  window: NONE, // §10, row "Window"
  windowPersistent: false,
  inFlightBytes: UNBOUNDED, // §10, row "In-flight admission"
  disk: {
    durability: 'buffered', // "async" (§10, row "Durable when acked"): a BDB log buffer
    flush: WRITE_BACK, // an assumption; §5 says no interval
    rate: 0,
    capacity: UNBOUNDED,
    tornTail: 'truncated', // BDB recovers its log
  },
};

const DRAIN: DrainPolicy = {
  enabled: true,
  interval: minutes(5), // §5, replay
  first: 'interval', // a scheduled job
  ack: 'each', // §10, row "Target acks hint"
  hold: NONE, // what is sent stays in its queue until then
  concurrency: 100, // a batch, deleted after the next one was accepted (§5, throttle and batch)
  adapt: 'fixed',
  throttle: 10_000_000, // write 10 MB/s per target (§5)
  throttleShared: false,
  sessions: 0, // one stream per node (§10, row "Concurrency")
  timeout: seconds(5), // at most the routing timeout (§5), which is that of clients here
  retryAfter: minutes(5), // the next run (§10, row "On failure")
  retryUpTo: NONE, // the next run, however often it failed (§10, row "On failure")
};

/** Voldemort with its defaults: strict quorums, hints beside them on another live node, vector clocks. */
export const VOLDEMORT: Preset = {
  policy: {
    hints: HINTS,
    drain: DRAIN,
    receiver: {
      conflict: 'vectorClock', // a put with the original clock, obsolete versions ignored (§5, receiver)
      gcGrace: NONE, // an assumption: a delete leaves nothing behind that could be collected later
    },
    // As many as `required-reads` first, versions compared, stale ones repaired; not in §5.
    reads: { fanout: 'needed', answer: 'newest', repair: true, fallback: false },
    channel: OPEN_CHANNEL,
    service: OPEN_SERVICE,
    detector: FIXED,
    // `required-writes` is a setting of each store without a default (§5, ack): majorities, as its guides advise. A put
    // that fails for the client leaves hints all the same (§5, when).
    consistency: { write: 'QUORUM', read: 'QUORUM', unavailable: 'try' },
  },
  network: NETWORK,
  phi: CASSANDRA_PHI, // for scenarios that want one: nothing there to take it from
  normal: AKKA_NORMAL,
  fixed: FIXED,
};
