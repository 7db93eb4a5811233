/**
 * dynomite-rs, the reference model (§1), and the same with its segments on disk. Paths are those of §1; `dispatch.rs`,
 * `hints.rs`, `peer.rs`, `failure_detector.rs`, `gossip.rs` are under `cluster/`.
 */
import { days, mebibytes, microseconds, seconds } from '../../../core/index.ts';
import type { FixedDetector, PhiDetector } from '../model/detector.ts';
import type { ChannelPolicy, DrainPolicy, HintPolicy, ServicePolicy } from '../model/policy.ts';
import { AKKA_NORMAL, NETWORK, NONE, UNBOUNDED, WRITE_BACK } from './preset.ts';
import type { Preset } from './preset.ts';

const PHI: PhiDetector = {
  kind: 'phi',
  // The dynomite book's 1 Hz. The default of `gos_interval` in the code is 30 s (conf/pool.rs 52), with which a
  // crash is believed after 553 s instead of 18.4 s (§1.2).
  gossip: seconds(1),
  gossipTo: 'all',
  threshold: 8, // failure_detector.rs 222-275 (§1.2)
  window: 100, // the same
  backlog: true, // one 256-slot channel for writes, hints and gossip (server.rs 714, 2597, H18)
  goodbye: 'forgotten', // undone at the next tick, because phi is still low (gossip.rs 581-601, 634-642, H17)
  meanFloor: seconds(1), // the same
  firstInterval: NONE, // phi is 0 below two heartbeats (page of external truths §4)
  ignoreAbove: NONE, // the silence of an outage is pushed into the window (H17)
};

/** Stands in for phi over 1 s gossip: 8 · ln 10 · 1 s = 18.42 s of silence and up to 1 s to the next look (§1.2). */
const FIXED: FixedDetector = {
  kind: 'fixed',
  downAfter: seconds(20),
  // A peer is `Normal` again with its first heartbeat: at most one gossip interval (gossip.rs 581-628).
  upAfter: seconds(1),
  start: 'down', // remotes are `Down` until their first heartbeat (H4)
};

const HINTS: HintPolicy = {
  // Off by default there (conf/pool.rs 53-64, §1.2); a run without handoff has nothing to show.
  enabled: true,
  ttl: days(1), // 86 400 s (conf/pool.rs 58, §1.2)
  maxBytes: mebibytes(64), // conf/pool.rs 53-64 (§1.2)
  capScope: 'node', // one global byte cap over all peers (§1.1)
  triggers: {
    peerDown: true, // target `Down` at fan-out (dispatch.rs 1192-1209, §1.2)
    channelFull: true, // `try_send` fails, full or closed (dispatch.rs 1122-1140, §1.2)
    timeout: 'never', // never on timeout …
    error: false, // … and never on an error reply (§1.2)
    queued: false, // writes go direct as soon as the peer is `Normal`, whatever still waits for it (H1)
  },
  vote: 'full', // a synthetic +OK as the replica's vote, at every level (dispatch.rs 1291-1341, H10)
  holder: 'coordinator', // §10, row "Hint holder"
  self: true, // the local backend is a target like any other (dispatch.rs 1125-1131, H13)
  coalesce: false, // a FIFO per peer (§10, row "Queue structure")
  addressedBy: 'position', // the segment's name carries the index in the seed list (server.rs 461-470, H23)
  window: NONE, // §10, row "Window"
  windowPersistent: false,
  inFlightBytes: UNBOUNDED, // §10, row "In-flight admission"
  disk: {
    durability: 'ram', // `hint_dir` unset (conf/pool.rs 53-64, §1.2)
    flush: WRITE_BACK, // of no effect in RAM
    rate: 0,
    capacity: UNBOUNDED,
    tornTail: 'kept', // `open` does not truncate (hints.rs 527-536, H21)
  },
};

const DRAIN: DrainPolicy = {
  enabled: true,
  interval: seconds(30), // every 30 000 ms (server.rs 2670-2776, §1.2)
  first: 'start', // the first tick is immediate (§1.2)
  ack: 'none', // the reply goes to a throw-away sink (server.rs 2726-2733, §1.2)
  hold: NONE, // a loop over the queue without an await: how long that takes is the machine's (H9)
  // There are no sessions; these take effect where a scenario says `ack: each`, and are then assumptions: as many hints
  // as Scylla has on their way (§3), a client's patience, and the next sweep.
  concurrency: 8,
  adapt: 'fixed',
  throttle: 0, // none (§1.2)
  throttleShared: false,
  sessions: 0,
  timeout: seconds(5),
  retryAfter: seconds(30),
  retryUpTo: NONE, // as above
};

const CHANNEL: ChannelPolicy = {
  slots: 256, // `try_send` into a 256-slot channel (server.rs 714, §1.2)
  messageTime: microseconds(0), // no throttle anywhere (§1.2)
  bandwidth: 0, // the same
  reconnect: seconds(1), // an assumption: the book does not say how soon a link to a returned peer is open
  afterClose: 'ended', // a clean close ends the link for good (dnode_server.rs 98-102, H15)
  order: 'fifo', // one TCP connection per peer (§1.2)
};

const SERVICE: ServicePolicy = {
  time: { kind: 'constant', value: 0 }, // the backend's speed is not dynomite's
  workers: 1, // Redis executes one command at a time
  queue: 512, // the backend channel: 64 x `datastore_connections` (H7)
  late: 'execute', // the coalescer has no timer (H16): nothing is dropped for its age
};

/** dynomite-rs with handoff on, and its other defaults: hints in RAM, drains without acks, the last arrival wins. */
export const DYNOMITE: Preset = {
  policy: {
    hints: HINTS,
    drain: DRAIN,
    // Raw command bytes without timestamp or version (dnode_client.rs 253-263, §1.2). Redis deletes leave no tombstone.
    receiver: { conflict: 'arrival', gcGrace: NONE },
    reads: {
      fanout: 'needed', // DC_ONE asks one; levels that compare votes ask all they count, whatever stands here
      answer: 'bytes', // byte-equal replies (coalesce.rs 409-585, §1.2)
      repair: true, // the majority is written over the others (dispatch.rs 1901-1950, H2)
      fallback: false, // nothing reads a hint but the drainer (§1.2)
    },
    channel: CHANNEL,
    service: SERVICE,
    detector: PHI,
    // Both default to DC_ONE in dynomite; the levels themselves are §1.2. There is a no-quorum error only if nothing was
    // sent or hinted, or the votes did not suffice in the end (dispatch.rs 1731-1762).
    consistency: { write: 'DC_ONE', read: 'DC_ONE', unavailable: 'try' },
  },
  network: NETWORK, // its client timeout is dynomite's request timeout, 5 000 ms
  phi: PHI,
  normal: AKKA_NORMAL,
  fixed: FIXED,
};

/** dynomite-rs with `hint_dir` set: every hint in a segment before it counts, flushed but not synced. */
export const DYNOMITE_DURABLE: Preset = {
  ...DYNOMITE,
  policy: {
    ...DYNOMITE.policy,
    // `flush()` on a file is no fsync (hints.rs 533-534, H22): a process may die, a machine may not.
    hints: { ...HINTS, disk: { ...HINTS.disk, durability: 'written' } },
  },
};
