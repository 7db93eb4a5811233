/**
 * The Trace: what a run leaves behind, and the only thing views, reports, queries and exports read.
 *
 * Tables are typed columns of equal length, so a trace moves between threads without copying. Time columns hold
 * microseconds; {@link NEVER} stands for "did not happen in this run" and {@link NOBODY} for "no node".
 * What a level does not record is an empty table, never a guess.
 */
import type { Bytes, Instant } from '../../core/index.ts';
import type { Scenario, TraceLevel } from '../scenario/model/scenario.ts';
import type { Statistics } from './statistics.ts';

export const TRACE_VERSION = 6;
/** In a time column: it did not happen. Larger than every instant, so "before t" tests need no special case. */
export const NEVER = Infinity;
/** In a node column: no node. */
export const NOBODY = 65_535;
/** In an id column: no such row. */
export const NONE = -1;

export interface Trace {
  readonly version: typeof TRACE_VERSION;
  readonly level: TraceLevel;
  readonly scenario: Scenario;
  /** 64 bits over every event that was dispatched, as 16 hex digits. The same at every level. */
  readonly digest: string;
  /** The digest after every 256th event, as pairs of 32-bit lanes: two runs are bisected to their first difference. */
  readonly chain: Uint32Array;
  /** Events dispatched by the engine. */
  readonly events: number;
  /** The instant of the end of the run. */
  readonly endedAt: Instant;
  readonly totals: Totals;
  /** One per node, in peer-table order, as each node's store reports itself at the end. */
  readonly stores: readonly StoreReport[];
  /** When a node was down. */
  readonly outages: NodeIntervals;
  /** When hints for a node were stored and not yet applied, expired or lost: it misses at least that. */
  readonly behind: NodeIntervals;
  /** When `observer` took `peer` for `Down`. */
  readonly beliefs: BeliefIntervals;
  readonly outcomes: OutcomeSeries;
  /** Latencies, waits and visibility from `scenario.measureFrom` on. At every level. */
  readonly statistics: Statistics;
  /** From level `hints`. A row is a hint; its position is its id, in the order of storing. */
  readonly hints: HintTable;
  /** From level `hints`: hints that were not stored. */
  readonly refusals: RefusalTable;
  /** At level `full`. A row is a write; its position is its id, in the order of issuing. */
  readonly writes: WriteTable;
  /** At level `full`: one row per (write, replica), the copies of a write in a run from `writes.firstCopy`. */
  readonly copies: CopyTable;
  /** At level `full`: what every replica's backend holds at the end. */
  readonly values: ValueTable;
  /** At level `full`. A row is a read; its position is its id, in the order of issuing. */
  readonly reads: ReadTable;
  /** At level `full`: everything that happened, in order. */
  readonly log: EventLog;
}

/** Requests by how they ended for their client: issued = acked + failed + pending. */
export interface RequestTotals {
  readonly issued: number;
  readonly acked: number;
  readonly failed: number;
  readonly pending: number;
}

/** stored = delivered + expired + lost + pending. A requeue stores nothing new. */
export interface HintTotals {
  readonly stored: number;
  /** Applied by the replica they were meant for. */
  readonly delivered: number;
  readonly expired: number;
  readonly lost: number;
  /** Still in a store, or on their way from one. */
  readonly pending: number;
  /** Never stored: refused at the cap, at the first try. */
  readonly rejectedOverCapacity: number;
  /** Never stored: the peer had been taken for Down, or a hint for it had waited, for longer than the hint window. */
  readonly refusedByWindow: number;
  /** Never stored: the disk under the store took no append. */
  readonly refusedByDisk: number;
  /** Never stored: the in-flight guard, for too many bytes of hints were on their way to that disk. */
  readonly refusedByOverload: number;
  /** Deliveries beyond the first of a hint: the session had ended before its acknowledgement came. */
  readonly redelivered: number;
  /** Times a hint went back to the tail because the channel refused it. */
  readonly requeued: number;
}

/** The running totals of a run, at its end. */
export interface Totals {
  readonly writes: RequestTotals;
  readonly reads: RequestTotals;
  readonly hints: HintTotals;
  /** The same equation in payload bytes. */
  readonly hintBytes: Pick<HintTotals, 'stored' | 'delivered' | 'expired' | 'lost' | 'pending'>;
  /** `lost` by cause; sums to `hints.lost`. */
  readonly lostBy: Readonly<Record<LossCause, number>>;
  /** Messages over links: sent = delivered + dropped + in flight. */
  readonly messages: {
    readonly sent: number;
    readonly delivered: number;
    readonly dropped: number;
    readonly refused: number;
  };
}

/**
 * Why a stored hint is gone for good without having been applied or having expired:
 *
 * - `holderCrashed`: it was in its holder's memory, channel or not yet synced page when the holder died
 * - `linkCut`: on the wire when its receiver died; `messageLost`: on the wire, and lost by a partition or a lossy link
 * - `requeueRefused`: taken for a sweep, refused by the channel, and refused again by the store at its cap (H6)
 * - `refusedByPeer`: sent without asking for an acknowledgement, and answered with an error (H7)
 * - `tornTail`: on disk, behind the torn tail of an earlier crash (H21)
 * - `coalesced`: a newer hint for the same peer and key took its place
 * - `misdelivered`: applied by another node than the one it was meant for (H23)
 * - `holderReplaced`: its holder was replaced by an empty node
 */
export const LOSS_CAUSES = [
  'holderCrashed',
  'linkCut',
  'requeueRefused',
  'messageLost',
  'refusedByPeer',
  'tornTail',
  'coalesced',
  'misdelivered',
  'holderReplaced',
] as const;
export type LossCause = (typeof LOSS_CAUSES)[number];

/** What a node's hint store says of itself; its counters start again at 0 when its node restarts. */
export interface StoreReport {
  readonly node: string;
  readonly hintCount: number;
  readonly bytes: Bytes;
  readonly maxBytes: Bytes;
  readonly expiredTotal: number;
  readonly rejectedOverCapacityTotal: number;
}

/** Half-open intervals [from, until), ordered by `from`; `until` is NEVER where the run ended first. */
export interface NodeIntervals {
  readonly node: Uint16Array;
  readonly from: Float64Array;
  readonly until: Float64Array;
}

/** Half-open intervals in which an observer took a peer for `Down`, ordered by `from`. */
export interface BeliefIntervals {
  readonly observer: Uint16Array;
  readonly peer: Uint16Array;
  readonly from: Float64Array;
  readonly until: Float64Array;
}

/** Client outcomes in buckets of equal width from instant 0; a request counts where it was resolved. */
export interface OutcomeSeries {
  readonly bucketMicros: number;
  readonly writesAcked: Uint32Array;
  readonly writesFailed: Uint32Array;
  readonly readsAnswered: Uint32Array;
  readonly readsFailed: Uint32Array;
  /** Sum and maximum of the latency, in microseconds, of the requests that were answered. */
  readonly latencySum: Float64Array;
  readonly latencyMax: Float64Array;
}

/** The ends of a hint, and having none yet. */
export const HINT_FATES = ['pending', 'delivered', 'expired', ...LOSS_CAUSES] as const;
/** How a hint ended; after the first three come the ways to be lost ({@link LossCause}). */
export type HintFate = (typeof HINT_FATES)[number];

/**
 * The reasons to store a hint: the coordinator took the peer for `Down`; the channel to it had no room (`displaced`:
 * because replay filled it); the link to it had ended; the replica did not answer in time, or answered with an error;
 * or other hints for the peer were still waiting (order guard).
 */
export const HINT_REASONS = [
  'peerDown',
  'channelFull',
  'displaced',
  'linkEnded',
  'timeout',
  'error',
  'queued',
] as const;
/** Why a hint was stored. */
export type HintReason = (typeof HINT_REASONS)[number];

/** Every hint that was stored. */
export interface HintTable {
  readonly write: Int32Array;
  readonly holder: Uint16Array;
  readonly peer: Uint16Array;
  /** Payload bytes. */
  readonly bytes: Float64Array;
  /** Index into {@link HINT_REASONS}. */
  readonly reason: Uint8Array;
  readonly storedAt: Float64Array;
  /** When it expires; of one that a sweep gave more time (`hintExtended`), the last one. */
  readonly deadline: Float64Array;
  /**
   * When it left the store for good: shipped without waiting for an acknowledgement, acknowledged, expired or lost. A
   * requeue within a sweep does not show here.
   */
  readonly leftAt: Float64Array;
  /** When its fate was sealed: first applied at the replica (which may be before its acknowledgement is in), or `leftAt`. */
  readonly endedAt: Float64Array;
  /** Index into {@link HINT_FATES}. */
  readonly fate: Uint8Array;
  /** Times it went back to the tail. */
  readonly requeues: Uint16Array;
}

/** Why a hint was not stored: the cap, the closed window, the disk, or too many bytes of hints on their way to it. */
export const REFUSAL_REASONS = ['cap', 'window', 'disk', 'overload'] as const;
export type RefusalReason = (typeof REFUSAL_REASONS)[number];

/** Every hint that was refused, in order. */
export interface RefusalTable {
  /** Index into {@link REFUSAL_REASONS}. */
  readonly reason: Uint8Array;
  readonly at: Float64Array;
  readonly holder: Uint16Array;
  readonly peer: Uint16Array;
  readonly bytes: Float64Array;
  readonly write: Int32Array;
}

/** What a client was told of its write, or not yet. */
export const WRITE_OUTCOMES = ['pending', 'acked', 'failed'] as const;
/** How a write ended for its client. */
export type WriteOutcome = (typeof WRITE_OUTCOMES)[number];

/** Every write; an attempt that a client repeats is a write of its own. */
export interface WriteTable {
  /** Index into `OPERATIONS`: set, delete or increment. */
  readonly operation: Uint8Array;
  /** The write that this one is another attempt of, or NONE. */
  readonly retryOf: Int32Array;
  /** What the coordinator's wall clock said, in microseconds: the timestamp of the value. */
  readonly timestamp: Float64Array;
  readonly issuedAt: Float64Array;
  readonly coordinator: Uint16Array;
  readonly key: Uint32Array;
  readonly bytes: Float64Array;
  /** Index into {@link WRITE_OUTCOMES}. */
  readonly outcome: Uint8Array;
  readonly resolvedAt: Float64Array;
  /** Position of its first copy; its copies end where the next write's begin. */
  readonly firstCopy: Uint32Array;
}

/** The ways a write can take to a replica. */
export const COPY_ROUTES = [
  'direct',
  'hinted',
  'refused',
  'unsent',
  'windowClosed',
  'diskRefused',
  'overloaded',
] as const;
/**
 * How a coordinator treated one replica of a write at first: sent, hinted, refused a hint at the cap, neither sent nor
 * hinted (handoff off), or refused a hint by the window, the disk or the in-flight guard. A direct copy may get a hint
 * later (timeout, error).
 */
export type CopyRoute = (typeof COPY_ROUTES)[number];

/**
 * How a direct copy was lost: its connection was cut (or its sender died with it in a channel), the wire lost it, the
 * replica refused it with an error, or found it too late and dropped it. `none`: it was not.
 */
export const DROP_CAUSES = ['none', 'linkCut', 'messageLost', 'refusedByPeer', 'tooLate'] as const;
export type DropCause = (typeof DROP_CAUSES)[number];

/** Every copy of every write. */
export interface CopyTable {
  readonly write: Int32Array;
  readonly replica: Uint16Array;
  /** Index into {@link COPY_ROUTES}. */
  readonly route: Uint8Array;
  /** When the replica first applied it, directly, by hint or by read repair. */
  readonly appliedAt: Float64Array;
  /** 1: it arrived at `appliedAt` and was ignored, because the replica held what it took for a newer write. */
  readonly ignored: Uint8Array;
  /** Times that it was applied beyond the first. */
  readonly repeats: Uint16Array;
  /** When the direct copy was lost. */
  readonly droppedAt: Float64Array;
  /** Index into {@link DROP_CAUSES}. */
  readonly dropCause: Uint8Array;
  /** The hint that carries it, or NONE. */
  readonly hint: Int32Array;
}

/** Every read. */
export interface ReadTable {
  readonly issuedAt: Float64Array;
  readonly coordinator: Uint16Array;
  readonly key: Uint32Array;
  /** Index into {@link WRITE_OUTCOMES}; `acked` is answered. */
  readonly outcome: Uint8Array;
  readonly resolvedAt: Float64Array;
  /** The write it returned, or NONE for no value. */
  readonly value: Int32Array;
  /** The newest acknowledged write of its key when it was issued, or NONE: older than that is a stale read. */
  readonly newest: Int32Array;
  /** The acknowledged write whose visibility it probes, or NONE. */
  readonly probeOf: Int32Array;
}

/** The write that each key has at each replica that ever applied one, by replica, then key. A deleted key has its delete. */
export interface ValueTable {
  readonly replica: Uint16Array;
  readonly key: Uint32Array;
  /** The write that was applied last. */
  readonly write: Int32Array;
}

/**
 * Kinds of log entries. `node` is where it happened, `peer` the other side, `subject` a write, read or hint id:
 *
 * - write…, read…: node = coordinator, subject = write / read id
 * - copySent, copyDropped, copyRefused: node = sender, peer = replica, subject = write
 * - copyApplied, copyIgnored, repairApplied: node = replica, peer = coordinator, subject = write
 * - hintStored, hintExpired, hintShipped, hintRequeued, hintLost, hintAcked, hintFailed: node = holder, peer = intended
 *   peer, subject = hint. hintAcked: it leaves the store; hintFailed: an attempt failed and the hint stays; hintRequeued:
 *   the oldest hint that went back to the tail, and all of its queue that were not sent at that instant went with it
 * - hintExtended: node = holder, peer = whose queue it is in, subject = a hint that falls due while the sweep of that
 *   instant holds it, and has a second more from when it is back
 * - hintRefused: node = holder, peer = intended peer, subject = write
 * - hintApplied, hintIgnored: node = replica, peer = holder, subject = hint
 * - strayApplied, strayIgnored: node = who got a hint that was meant for another (H23), peer = holder, subject = hint
 * - sweep: node = the drainer's node; sessionOpened, sessionClosed: node = holder, peer = peer
 * - heartbeat: node = receiver, peer = sender
 * - heartbeatDisplaced: node = sender, peer = who does not get it, for replay had filled the channel
 * - believedDown, believedUp: node = observer, peer = observed; crashed, restarted, stopped: node
 * - linkOpened, linkEnded: node → peer; faultBegan, faultEnded: node, subject = position in scenario.faults
 */
export const LOG_KINDS = [
  'writeIssued',
  'writeAcked',
  'writeFailed',
  'readIssued',
  'readAnswered',
  'readFailed',
  'copySent',
  'copyApplied',
  'copyDropped',
  'hintStored',
  'hintRefused',
  'hintExpired',
  'hintShipped',
  'hintRequeued',
  'hintApplied',
  'hintLost',
  'sweep',
  'heartbeat',
  'believedDown',
  'believedUp',
  'crashed',
  'restarted',
  'linkOpened',
  'copyIgnored',
  'copyRefused',
  'repairApplied',
  'hintAcked',
  'hintFailed',
  'hintIgnored',
  'sessionOpened',
  'sessionClosed',
  'stopped',
  'linkEnded',
  'faultBegan',
  'faultEnded',
  'heartbeatDisplaced',
  'hintExtended',
  'strayApplied',
  'strayIgnored',
] as const;
export type LogKind = (typeof LOG_KINDS)[number];

/** Everything that happened, in order. */
export interface EventLog {
  readonly at: Float64Array;
  /** Index into {@link LOG_KINDS}. */
  readonly kind: Uint8Array;
  readonly node: Uint16Array;
  readonly peer: Uint16Array;
  readonly subject: Int32Array;
}
