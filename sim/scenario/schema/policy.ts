/**
 * The policy in the schema: when hints are kept, where, what they count for, how they get delivered, and what a replica
 * does with them. Every key that is left out has the value of the system's preset.
 */
import * as v from 'valibot';
import { MAX_SESSION_HINTS, MAX_SESSIONS, MAX_SLOTS, MAX_WORKERS } from '../bounds.ts';
import { CAP_SCOPES, CONFLICT_RULES, HINT_ADDRESSES, HINT_HOLDERS, HINT_VOTES } from '../model/policy.ts';
import { flagLeaf, wholeLeaf, wordLeaf } from '../text/leaf.ts';
import {
  placesLeaf,
  byteRateLeaf,
  capLeaf,
  durationLeaf,
  linkRateLeaf,
  retryLeaf,
  spanLeaf,
  spanOrNoneLeaf,
} from '../text/quantity-leaf.ts';
import { durations } from './distribution.ts';
import { may } from './keys.ts';

const triggers = v.strictObject({
  peerDown: may(flagLeaf, 'the peer is taken for Down'),
  channelFull: may(flagLeaf, 'the channel to the peer has no room, or the link to it has ended'),
  timeout: may(
    wordLeaf(['never', 'always', 'acked']),
    'the replica has not answered within network.timeout: never, always, or only if the client was told OK',
  ),
  error: may(flagLeaf, 'the replica answered with an error: loading, or queue full'),
  queued: may(flagLeaf, 'hints for the peer are still waiting: the write queues up behind them (order guard)'),
});

const disk = v.strictObject({
  durability: may(
    wordLeaf(['ram', 'buffered', 'written', 'synced']),
    'ram: a crash loses all hints; buffered: those younger than flush; written: none, but a power loss those younger than flush; synced: neither loses any',
  ),
  flush: may(spanLeaf, 'time from one flush to disk to the next'),
  rate: may(byteRateLeaf, 'bytes a second that appends reach, or unlimited'),
  capacity: may(capLeaf, 'bytes that fit, framing included; 0 or none is no bound'),
  tornTail: may(
    wordLeaf(['kept', 'truncated']),
    'what a restart does with a torn tail: later appends land behind it and are lost, or it is cut off',
  ),
});

/** When a coordinator keeps a hint, where, for how long, and what it counts for. */
export const hints = v.strictObject({
  enabled: may(flagLeaf, 'hinted handoff at all'),
  ttl: may(spanLeaf, 'life of a hint'),
  cap: may(capLeaf, 'most bytes of hints, over capScope; 0 or none is no cap'),
  capScope: may(wordLeaf(CAP_SCOPES), 'what the cap is over: all hints of a node, or those for one peer'),
  on: may(triggers, 'what makes a coordinator keep a hint'),
  vote: may(wordLeaf(HINT_VOTES), 'a hint counts as a full vote, as one for level ANY alone, or as none'),
  holder: may(wordLeaf(HINT_HOLDERS), 'who keeps hints: the coordinator, or the next node that is up (sloppy quorum)'),
  self: may(flagLeaf, 'a coordinator keeps hints for its own replica too, which nothing delivers'),
  coalesce: may(flagLeaf, 'a newer hint for the same peer and key replaces the older one'),
  addressedBy: may(
    wordLeaf(HINT_ADDRESSES),
    'a hint is for a position in the peer table, whoever stands there after a reindex, or for a node',
  ),
  window: may(spanOrNoneLeaf, 'no hint for a peer that has been Down longer than this; 0 or none is no window'),
  windowPersistent: may(flagLeaf, 'the window also closes when the oldest hint for the peer is older than it'),
  inFlight: may(
    capLeaf,
    'bytes of hints not yet on disk above which a write is refused as overloaded, and a later hint; 0 or none: no such guard',
  ),
  disk: may(disk, 'where hints live, and what a crash leaves of them'),
});

/** How hints get delivered. */
export const drain = v.strictObject({
  enabled: may(flagLeaf, 'deliver hints at all'),
  interval: may(spanLeaf, 'time between looks at the queues (sweeps)'),
  first: may(wordLeaf(['start', 'interval']), 'the first look is when the node starts, or one interval later'),
  ack: may(
    wordLeaf(['none', 'each']),
    'none: a hint leaves the store when it is put into the channel; each: when the peer has acknowledged it, in sessions',
  ),
  hold: may(
    spanOrNoneLeaf,
    'with ack none: how long a sweep holds what the channel refused before it goes back to the tail; 0 or none: within the instant',
  ),
  concurrency: may(wholeLeaf(1, MAX_SESSION_HINTS), 'with ack each: hints on their way at once, per session'),
  adapt: may(
    wordLeaf(['fixed', 'aimd']),
    'with ack each: concurrency is fixed, or starts at 1, halves on failure and grows by a tenth per ack',
  ),
  throttle: may(byteRateLeaf, 'with ack each: payload bytes a second towards one peer, or none'),
  throttleShared: may(flagLeaf, 'with ack each: the throttle is divided by the number of other nodes'),
  sessions: may(wholeLeaf(0, MAX_SESSIONS), 'with ack each: sessions that a node has open at once; 0 is no bound'),
  timeout: may(spanLeaf, 'with ack each: a hint that is not acknowledged by then has failed'),
  retryAfter: may(retryLeaf, 'with ack each: from a failure until delivery is tried again; interval: at the next look'),
  retryUpTo: may(
    spanOrNoneLeaf,
    'with ack each: failures in a row double the wait up to this, and looks keep to it; 0 or none: every wait is the same',
  ),
});

/** What a replica does with a write that arrives. */
export const receiver = v.strictObject({
  conflict: may(
    wordLeaf(CONFLICT_RULES),
    'which write wins: the last to arrive, the newest timestamp, or the causally newer one (then timestamp)',
  ),
  gcGrace: may(durationLeaf, 'a tombstone may be collected this long after its delete was applied'),
});

/** How a read is asked and answered. */
export const reads = v.strictObject({
  fanout: may(wordLeaf(['needed', 'all']), 'ask as many replicas as the level needs, nearest first, or all'),
  answer: may(
    wordLeaf(['bytes', 'newest']),
    'the answer is what most replicas say byte for byte, or the newest version among the votes',
  ),
  repair: may(flagLeaf, 'replicas that answered otherwise are written the answer'),
  fallback: may(
    flagLeaf,
    'in the place of a replica that is Down the holder of its hints answers, with what it has for it',
  ),
});

/** The bounded channel from each node to each other. */
export const channel = v.strictObject({
  slots: may(wholeLeaf(1, MAX_SLOTS), 'messages that may wait'),
  rate: may(linkRateLeaf, 'messages that the link takes, or unlimited'),
  bandwidth: may(byteRateLeaf, 'payload bytes a second that the link takes, or unlimited; adds to rate'),
  reconnect: may(durationLeaf, "from a peer's return until the link to it is open"),
  afterClose: may(wordLeaf(['reconnect', 'ended']), 'after a graceful stop of the peer: reconnect, or never again'),
  order: may(wordLeaf(['fifo', 'free']), 'messages of a link never overtake each other, or they do'),
});

/** A node's backend as a queueing system. */
export const service = v.strictObject({
  time: may(durations, 'time to execute one request'),
  workers: may(wholeLeaf(1, MAX_WORKERS), 'requests executed at once'),
  queue: may(placesLeaf(MAX_SLOTS), 'requests that may wait; one more is refused with an error; 0 is no waiting place'),
  late: may(
    wordLeaf(['execute', 'drop']),
    'work whose requester has given up before it starts; a write that a coordinator has for itself is never dropped',
  ),
});
