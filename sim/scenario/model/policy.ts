/**
 * The policy: what separates one real system from another, one value per axis (handoff-systems §10). A preset is a
 * record of such values, and a scenario overrides any of them.
 */
import type { Bytes, Duration } from '../../../core/index.ts';
import type { Detector } from './detector.ts';
import type { DistributionSpec } from './distribution.ts';
import type { ConsistencyLevel } from './levels.ts';

/** What separates one real system from another, one value per axis. Code reads the axis, never the system's name. */
export interface Policy {
  readonly hints: HintPolicy;
  readonly drain: DrainPolicy;
  readonly receiver: ReceiverPolicy;
  readonly reads: ReadPolicy;
  readonly channel: ChannelPolicy;
  readonly service: ServicePolicy;
  readonly detector: Detector;
  readonly consistency: ConsistencyPolicy;
}

/** The levels, and what happens when too few replicas are taken for `Normal` to reach one. */
export interface ConsistencyPolicy {
  readonly write: ConsistencyLevel;
  readonly read: ConsistencyLevel;
  /** `refuse`: the client gets an error at once and nothing is sent (Cassandra's Unavailable). `try`: those who are there are asked. */
  readonly unavailable: 'refuse' | 'try';
}

/** When a coordinator keeps a hint, where, for how long, and what it counts for. */
export interface HintPolicy {
  /** Off: a write skips replicas that are `Down`, or whose channel has no room. */
  readonly enabled: boolean;
  /** Life of a hint from the moment it is stored; > 0. */
  readonly ttl: Duration;
  /** The cap over the payload bytes of hints; 0 is no cap. */
  readonly maxBytes: Bytes;
  /** What the cap is over: all hints of a node, or those of a node for one peer. */
  readonly capScope: CapScope;
  readonly triggers: HintTriggers;
  /** What a stored hint counts for: as a vote of its replica, as one for level ANY alone, or for nothing. */
  readonly vote: HintVote;
  /** Who keeps it: the coordinator, or the next node after the intended peer that is taken for `Normal` (sloppy quorum). */
  readonly holder: HintHolder;
  /** A coordinator that keeps its own hints keeps them for its own replica too, where no drainer looks (H13). */
  readonly self: boolean;
  /** A newer hint for the same peer and key replaces the older one (Voldemort's slop store). */
  readonly coalesce: boolean;
  /** What a stored hint says of its peer: its position in the seed list (H23), or which node it is. */
  readonly addressedBy: HintAddress;
  /** No hint for a peer that has been taken for `Down` longer than this; 0 is no window. */
  readonly window: Duration;
  /** The window also closes when the oldest hint for the peer is older than it (CASSANDRA-14309). */
  readonly windowPersistent: boolean;
  /** Bytes of hints not yet on disk above which a write is refused as overloaded, and a hint; 0 is no such guard. */
  readonly inFlightBytes: Bytes;
  readonly disk: HintDisk;
}

/** What a cap is over. */
export const CAP_SCOPES = ['node', 'peer'] as const;

/** One of {@link CAP_SCOPES}. */
export type CapScope = (typeof CAP_SCOPES)[number];

/** What a hint counts for. */
export const HINT_VOTES = ['full', 'any', 'none'] as const;

/** One of {@link HINT_VOTES}. */
export type HintVote = (typeof HINT_VOTES)[number];

/** Who keeps hints. */
export const HINT_HOLDERS = ['coordinator', 'fallback'] as const;

/** One of {@link HINT_HOLDERS}. */
export type HintHolder = (typeof HINT_HOLDERS)[number];

/** What a stored hint says of its peer. */
export const HINT_ADDRESSES = ['position', 'node'] as const;

/** One of {@link HINT_ADDRESSES}. */
export type HintAddress = (typeof HINT_ADDRESSES)[number];

/** What makes a coordinator keep a hint. */
export interface HintTriggers {
  /** The peer is taken for `Down`. */
  readonly peerDown: boolean;
  /** The channel to the peer has no room, or the link to it has ended. */
  readonly channelFull: boolean;
  /** The replica has not answered within the request timeout: never, always, or only if the client was told OK. */
  readonly timeout: 'never' | 'always' | 'acked';
  /** The replica answered with an error (loading, queue full). */
  readonly error: boolean;
  /** Hints for the peer are still waiting: the write queues up behind them (order guard). */
  readonly queued: boolean;
}

/** Where hints live, and what a crash leaves of them. */
export interface HintDisk {
  /**
   * `ram`: a crash loses all. `buffered`: a crash loses those younger than `flush`. `written`: a crash loses none, a
   * power loss those younger than `flush`. `synced`: neither loses any.
   */
  readonly durability: 'ram' | 'buffered' | 'written' | 'synced';
  /** > 0 where it is used. */
  readonly flush: Duration;
  /** Bytes a second that appends reach; 0 is at once. */
  readonly rate: number;
  /** Bytes that fit, framing included; 0 is no bound. A hint that does not fit is refused. */
  readonly capacity: Bytes;
  /** What a restart does with a torn tail: later appends land behind it and are lost (H21), or it is cut off. */
  readonly tornTail: 'kept' | 'truncated';
}

/** How hints get delivered. */
export interface DrainPolicy {
  /** Off: hints stay where they are. */
  readonly enabled: boolean;
  /** Time between looks at the queues. > 0. */
  readonly interval: Duration;
  /** The first look is when the node starts, or one interval later. */
  readonly first: 'start' | 'interval';
  /**
   * `none`: a hint leaves the store when it is put into the channel (dynomite). `each`: it stays until the peer has
   * acknowledged it; delivery runs in sessions, one per peer.
   */
  readonly ack: 'none' | 'each';
  /**
   * Without acknowledgements only: how long a sweep holds what its channel refused before that is back at the tail. What
   * falls due meanwhile has a second more from then on (H9). 0: it is back within the instant. Less than `interval`.
   */
  readonly hold: Duration;
  /** Sessions only: hints on their way at once, per session; ≥ 1. */
  readonly concurrency: number;
  /** Sessions only: how `concurrency` adapts; `aimd` starts at 1, halves on failure, grows by a tenth per ack. */
  readonly adapt: 'fixed' | 'aimd';
  /** Sessions only: payload bytes a second towards one peer; 0 is no throttle. */
  readonly throttle: number;
  /** The throttle is divided by the number of other nodes (Cassandra). */
  readonly throttleShared: boolean;
  /** Sessions that a node has open at once; 0 is no bound. */
  readonly sessions: number;
  /** Sessions only: a hint that is not acknowledged by then has failed. > 0. */
  readonly timeout: Duration;
  /** Sessions only: from a failure until delivery is tried again. `interval` waits for the next look. */
  readonly retryAfter: Duration;
  /**
   * Sessions only: each failure in a row doubles the wait, up to this, and an acknowledgement ends the row (InfluxDB). No
   * look is taken before the wait is over, and one that finds its peer `Down` is a failure, too. 0: every wait is the same.
   */
  readonly retryUpTo: Duration;
}

/** What a replica does with a write that arrives. */
export interface ReceiverPolicy {
  /** Which write wins: the last to arrive, the one with the newest timestamp, or the causally newer (then timestamp). */
  readonly conflict: ConflictRule;
  /** A tombstone may be collected this long after its delete was applied. */
  readonly gcGrace: Duration;
}

/** Which of two writes of a key a replica keeps. */
export const CONFLICT_RULES = ['arrival', 'timestamp', 'vectorClock'] as const;

/** One of {@link CONFLICT_RULES}. */
export type ConflictRule = (typeof CONFLICT_RULES)[number];

/** How a read is asked and answered. */
export interface ReadPolicy {
  /** Ask as many replicas as the level needs, nearest first, or all of them. */
  readonly fanout: 'needed' | 'all';
  /** The answer is what most replicas say byte for byte, or the newest version among the votes. */
  readonly answer: 'bytes' | 'newest';
  /** Replicas that answered otherwise are written the answer, once all asked have voted. */
  readonly repair: boolean;
  /**
   * In the place of a replica that is taken for `Down` the node is asked that keeps its hints, and answers with the newest
   * that it has of the key for that replica (Riak's fallback vnodes).
   */
  readonly fallback: boolean;
}

/** The bounded outbound channel of each directed pair of nodes, shared by writes, reads, replay and gossip. */
export interface ChannelPolicy {
  /** Messages that may wait; one more is refused. ≥ 1. */
  readonly slots: number;
  /** Time the link needs to take one message out of the channel; 0 takes all of them between two events. */
  readonly messageTime: Duration;
  /** Payload bytes a second that the link takes; 0 is no bound. Adds to `messageTime`. */
  readonly bandwidth: number;
  /** Time from a peer's return until the link to it is open again. */
  readonly reconnect: Duration;
  /** After a graceful stop of the peer: reconnect, or never again (H15). */
  readonly afterClose: 'reconnect' | 'ended';
  /** Messages of a link never overtake each other (TCP), or each arrives when its latency is over. */
  readonly order: 'fifo' | 'free';
}

/** A node's backend as a queueing system. Every request, hint and repair that is executed there passes through it. */
export interface ServicePolicy {
  /** Time to execute one request, microseconds; constant 0 executes at once. */
  readonly time: DistributionSpec;
  /** Requests executed at once; ≥ 1. */
  readonly workers: number;
  /** Requests that may wait; one more is refused with an error. 0 is no waiting place; unbounded is MAX_SAFE_INTEGER. */
  readonly queue: number;
  /**
   * Work whose requester has given up by the time it would start: executed all the same, or dropped. A write that a
   * coordinator has for its own backend is never dropped: it goes to the end of the queue, once, and is executed then.
   */
  readonly late: 'execute' | 'drop';
}
