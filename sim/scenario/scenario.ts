/**
 * The Scenario: everything a run depends on, as plain data. `run(scenario)` is a function, so this file is the
 * whole input of hintlab: topology, policy, what clients do, what breaks, and the seed.
 *
 * A Scenario is made by `parseScenario` (validated once, at the door) and trusted everywhere else. All times are
 * integer microseconds and all sizes integer bytes; names of nodes have become positions in `nodes`.
 */
import type { Bytes, Duration, Instant, PeerIndex } from '../../core/index.ts';

/** The version of the scenario file format that this code writes; older ones are migrated at the door. */
export const SCENARIO_SCHEMA = 1;

export interface Scenario {
  readonly schema: typeof SCENARIO_SCHEMA;
  /** How stories, files and reports call it. */
  readonly name: string;
  /** One sentence or two: what happens and what to look at. May be empty. */
  readonly about: string;
  /** Root of every random stream; 0 … 2^53−1. */
  readonly seed: number;
  /** The preset whose policy values this scenario started from. */
  readonly system: SystemName;
  /** Virtual time to run; events at the last instant are included. */
  readonly duration: Duration;
  /** The peer table: a node's position is its identity, after dynomite-rs. */
  readonly nodes: readonly NodeSpec[];
  readonly policy: Policy;
  readonly network: Network;
  readonly workloads: readonly Workload[];
  /** Sorted by `from`, then node; never overlapping per node. */
  readonly faults: readonly Fault[];
  readonly limits: Limits;
  /** How much the trace records. */
  readonly record: TraceLevel;
}

/** The systems there is a preset for. */
export const SYSTEM_NAMES = ['dynomite'] as const;
/** The name of a preset. */
export type SystemName = (typeof SYSTEM_NAMES)[number];

/** `counters` keeps totals and client outcomes, `hints` adds every hint, `full` adds every write and every event. */
export const TRACE_LEVELS = ['counters', 'hints', 'full'] as const;
export type TraceLevel = (typeof TRACE_LEVELS)[number];

/** One node. Every rack holds the whole ring, split evenly over its nodes: one replica of a key per rack. */
export interface NodeSpec {
  readonly name: string;
  readonly datacentre: string;
  readonly rack: string;
}

/** What separates one real system from another, one value per axis. Code reads the axis, never the system's name. */
export interface Policy {
  readonly hints: HintPolicy;
  readonly drain: DrainPolicy;
  readonly channel: ChannelPolicy;
  readonly detector: Detector;
  readonly consistency: { readonly write: ConsistencyLevel; readonly read: ConsistencyLevel };
}

export interface HintPolicy {
  /** Off: a write skips replicas that are `Down`, or whose channel has no room. */
  readonly enabled: boolean;
  /** Life of a hint from the moment it is stored; > 0. */
  readonly ttl: Duration;
  /** One cap per node over the payload bytes of all its hints; 0 is no cap. */
  readonly maxBytes: Bytes;
}

export interface DrainPolicy {
  /** Time between sweeps; the first sweep runs when the node starts. > 0. */
  readonly interval: Duration;
}

/** The bounded outbound channel of each directed pair of nodes, shared by writes, reads, replay and gossip. */
export interface ChannelPolicy {
  /** Messages that may wait; one more is refused. ≥ 1. */
  readonly slots: number;
  /** Time the link needs to take one message out of the channel; 0 takes all of them between two events. */
  readonly messageTime: Duration;
  /** Time from a peer's return until the link to it is open again. */
  readonly reconnect: Duration;
}

/** How a node comes to take a peer for `Down`. */
export type Detector = PhiDetector | FixedDetector;

/** Phi-accrual over gossip heartbeats, after dynomite-rs: suspect iff silence / (mean · ln 10) > threshold. */
export interface PhiDetector {
  readonly kind: 'phi';
  /** Every node sends a heartbeat to every other and looks at its own table once per interval. > 0. */
  readonly gossip: Duration;
  readonly threshold: number;
  /** Heartbeat intervals kept per peer. */
  readonly window: number;
  /** The mean is never taken below this. */
  readonly meanFloor: Duration;
}

/** Beliefs change a fixed time after the fact, without gossip: for spans where heartbeats would be the whole run. */
export interface FixedDetector {
  readonly kind: 'fixed';
  readonly downAfter: Duration;
  readonly upAfter: Duration;
}

/** The consistency levels of dynomite that the model knows. */
export const CONSISTENCY_LEVELS = ['DC_ONE', 'DC_QUORUM'] as const;
/** How many replicas of the coordinator's datacentre must vote: the first one, or more than half of them. */
export type ConsistencyLevel = (typeof CONSISTENCY_LEVELS)[number];

/** One-way latencies by distance, and how long a client waits. Distribution values are microseconds. */
export interface Network {
  /** Coordinator to its own backend and back to it. */
  readonly local: DistributionSpec;
  readonly sameDatacentre: DistributionSpec;
  readonly crossDatacentre: DistributionSpec;
  /** A request without an answer by then has failed for its client. > 0. */
  readonly clientTimeout: Duration;
}

/** Open-loop clients of one class: they send at their rate whatever the cluster answers. */
export interface Workload {
  readonly name: string;
  /** Requests per second over the whole class; > 0. */
  readonly rate: number;
  /** `steady`: request i at from + i/rate, i = 1, 2, …; `poisson`: exponential gaps of the same mean. */
  readonly arrivals: 'steady' | 'poisson';
  readonly from: Instant;
  readonly until: Instant;
  /** Share of requests that are reads, 0 … 1. */
  readonly readShare: number;
  readonly keys: { readonly count: number; readonly zipf: number };
  readonly size: RequestSize;
  /** Nodes that clients talk to; never empty. A node that is down at that moment is skipped for the next one up. */
  readonly coordinators: readonly PeerIndex[];
  readonly choose: 'roundRobin' | 'random';
}

/** The bytes of a request: given whole, or as key and value inside a Redis SET. Distribution values are bytes. */
export type RequestSize =
  | { readonly kind: 'payload'; readonly payload: DistributionSpec }
  | { readonly kind: 'keyValue'; readonly key: DistributionSpec; readonly value: DistributionSpec };

/** What breaks. Half-open in time: the node is down in [from, until). */
export type Fault = CrashFault;

/** The process dies and starts again at `until`; hints in RAM are gone, the backend's data is not. */
export interface CrashFault {
  readonly kind: 'crash';
  readonly node: PeerIndex;
  readonly from: Instant;
  /** END_OF_TIME: it never comes back. */
  readonly until: Instant;
  /** Why, in the words of its source; may be empty. */
  readonly cause: string;
}

/** Named bounds, checked against estimates before the run and held during it. */
export interface Limits {
  readonly nodes: number;
  readonly events: number;
  readonly duration: Duration;
  readonly traceBytes: Bytes;
}

/** A distribution of non-negative numbers: microseconds or bytes, by place. */
export type DistributionSpec =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'uniform'; readonly low: number; readonly high: number }
  | { readonly kind: 'exponential'; readonly mean: number }
  | { readonly kind: 'lognormal'; readonly mean: number; readonly cv: number }
  | { readonly kind: 'pareto'; readonly scale: number; readonly shape: number }
  | { readonly kind: 'empirical'; readonly quantiles: readonly { readonly p: number; readonly value: number }[] }
  | { readonly kind: 'mixture'; readonly parts: readonly { readonly weight: number; readonly of: DistributionSpec }[] };
