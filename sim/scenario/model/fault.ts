/**
 * Faults: everything that a scenario can break, and for how long.
 */
import type { Instant, PeerIndex } from '../../../core/index.ts';
import type { DistributionSpec } from './distribution.ts';

/** What breaks, half-open in time: [from, until). END_OF_TIME: it never ends. */
export type Fault =
  | CrashFault
  | StopFault
  | BackendFault
  | SlowFault
  | PartitionFault
  | LossFault
  | ClockFault
  | DiskFault
  | DrainFault
  | ReindexFault
  | ReplaceFault
  | CollectFault
  | FlapFault;

/** What every fault has: when, and why in the words of its source (may be empty). */
export interface FaultSpan {
  readonly from: Instant;
  readonly until: Instant;
  readonly cause: string;
}

/** The process dies and starts again at `until`; hints in RAM are gone, the backend's data is not. */
export interface CrashFault extends FaultSpan {
  readonly kind: 'crash';
  readonly node: PeerIndex;
  /** The machine lost power, not only the process: hints that were not synced may be gone. */
  readonly power: boolean;
  /** It died in the middle of an append: so many stray bytes end the segment written to last. */
  readonly tornBytes: number;
}

/** A graceful stop: the node says goodbye, its peers take it for `Down` at once, its links close cleanly. */
export interface StopFault extends FaultSpan {
  readonly kind: 'stop';
  readonly node: PeerIndex;
}

/** The process is up and its backend answers every request with an error (`loading`), or nothing at all (`stall`). */
export interface BackendFault extends FaultSpan {
  readonly kind: 'loading' | 'stall';
  readonly node: PeerIndex;
}

/** Service and local latency take `factor` times as long. */
export interface SlowFault extends FaultSpan {
  readonly kind: 'slow';
  readonly node: PeerIndex;
  /** > 0. */
  readonly factor: number;
}

/** Nothing gets from a node of one side to a node of the other; the other way round only if `isTwoWay`. */
export interface PartitionFault extends FaultSpan {
  readonly kind: 'partition';
  readonly sources: readonly PeerIndex[];
  readonly targets: readonly PeerIndex[];
  readonly isTwoWay: boolean;
}

/** Each message from a source to a target is lost with this probability. */
export interface LossFault extends FaultSpan {
  readonly kind: 'loss';
  readonly sources: readonly PeerIndex[];
  readonly targets: readonly PeerIndex[];
  /** 0 … 1. */
  readonly share: number;
}

/** A node's wall clock jumps by `step` microseconds at `from`, and back at `until`. */
export interface ClockFault extends FaultSpan {
  readonly kind: 'clock';
  readonly node: PeerIndex;
  readonly step: number;
}

/** A node's hint disk takes no append. */
export interface DiskFault extends FaultSpan {
  readonly kind: 'diskFull';
  readonly node: PeerIndex;
}

/** A node delivers no hints: dispatch is paused. */
export interface DrainFault extends FaultSpan {
  readonly kind: 'pauseDrain';
  readonly node: PeerIndex;
}

/** From its next start on, a node finds other peers at the positions of its table: `order[i]` is at position i. */
export interface ReindexFault extends FaultSpan {
  readonly kind: 'reindex';
  readonly node: PeerIndex;
  readonly order: readonly PeerIndex[];
}

/** The node dies at `from`; an empty one takes its name at `until`. */
export interface ReplaceFault extends FaultSpan {
  readonly kind: 'replace';
  readonly node: PeerIndex;
}

/** A node is up and down in turns, by lot: its process crashes, or its backend stalls. It begins up. */
export interface FlapFault extends FaultSpan {
  readonly kind: 'flap';
  readonly node: PeerIndex;
  readonly what: 'crash' | 'stall';
  /** How long each stretch lasts, microseconds. */
  readonly up: DistributionSpec;
  readonly down: DistributionSpec;
}

/** A node collects its tombstones at `from`, whatever their age. */
export interface CollectFault extends FaultSpan {
  readonly kind: 'collect';
  readonly node: PeerIndex;
}
