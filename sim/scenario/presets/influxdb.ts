/**
 * InfluxDB Enterprise 1.x, as its open re-implementation has it (§6): a strict queue per peer that later writes join.
 */
import { bytes, days, seconds } from '../../../core/index.ts';
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
 * There is no detector (§10, row "Detector"). Beliefs only tell a session whether there is anybody to send to, for which
 * a refused connection stands there: at once.
 */
const FIXED: FixedDetector = { kind: 'fixed', downAfter: NONE, upAfter: NONE, start: 'up' };

const HINTS: HintPolicy = {
  enabled: true,
  ttl: days(7), // `max-age` 168 h, by segment there (§6, TTL)
  maxBytes: bytes(10_737_418_240), // `max-size` 10 GiB (§6, cap)
  capScope: 'peer', // per queue (§10, row "Cap scope"); queues there are per node and shard
  triggers: {
    peerDown: false, // nobody is marked down (§10): the first write fails, and the rest queue up behind it
    channelFull: true, // any retryable error (§10, row "local queue full")
    timeout: 'always', // the same
    error: true, // the same (§6, when)
    queued: true, // whenever the queue is not empty (§6, when)
  },
  vote: 'any', // success only for `any` (§6, ack)
  holder: 'coordinator', // §10, row "Hint holder"
  self: false, // a *remote* write that failed (§6, when); an error of the own store is the answer
  coalesce: false, // strict FIFO (§6, queue)
  addressedBy: 'node', // a queue per node and shard (§6, queue)
  window: NONE, // §10, row "Window"
  windowPersistent: false,
  inFlightBytes: UNBOUNDED, // `max-writes-pending` 1024 counts writes, and none pend on a disk without a rate (§6, cap)
  disk: {
    durability: 'synced', // fsync per append (§6, queue)
    flush: WRITE_BACK, // of no effect when synced
    rate: 0,
    capacity: UNBOUNDED,
    tornTail: 'truncated', // a corrupt block truncates the segment (§6, replay)
  },
};

const DRAIN: DrainPolicy = {
  enabled: true,
  interval: seconds(1), // retry 1 s (§6, replay)
  first: 'start', // a processor runs as soon as it is open (§6)
  ack: 'each', // send, then advance (§6, replay)
  hold: NONE, // what is sent stays in its queue until then
  concurrency: 1, // one block at a time (§6): here one hint, there up to 512 000 B of them
  adapt: 'fixed',
  throttle: 0, // `retry-rate-limit` 0 (§6)
  throttleShared: false,
  sessions: 20, // `retry-concurrency` (§6)
  timeout: seconds(5), // an assumption: as long as clients wait here
  // `retry-interval` 1 s, which a failed attempt doubles at once (`node_processor.go`, run): 2, 4, 8 s …
  retryAfter: seconds(2),
  retryUpTo: seconds(10), // … up to `retry-max-interval` (§6, replay)
};

/** InfluxDB with its defaults: fsync per hint, one at a time, in order, with direct writes behind them. */
export const INFLUXDB: Preset = {
  policy: {
    hints: HINTS,
    drain: DRAIN,
    // Points overwrite by (series, timestamp, field) (§6, receiver). Deletes do not pass through the queue there.
    receiver: { conflict: 'timestamp', gcGrace: FOR_EVER },
    // A query asks one owner of a shard; not in §6. Repair is a service of its own there.
    reads: { fanout: 'needed', answer: 'newest', repair: false, fallback: false },
    channel: OPEN_CHANNEL,
    service: OPEN_SERVICE,
    detector: FIXED,
    // Not in §6: the default of its write endpoint. Nobody is marked down, so everybody is tried.
    consistency: { write: 'ONE', read: 'ONE', unavailable: 'try' },
  },
  network: NETWORK,
  phi: CASSANDRA_PHI, // for scenarios that want one: nothing there to take it from
  normal: AKKA_NORMAL,
  fixed: FIXED,
};
