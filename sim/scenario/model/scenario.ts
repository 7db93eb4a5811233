/**
 * The Scenario: everything a run depends on, as plain data. `run(scenario)` is a function, so this file is the
 * whole input of hintlab: topology, policy, what clients do, what breaks, and the seed.
 *
 * A Scenario is made by `parseScenario` (validated once, at the door) and trusted everywhere else. All times are
 * integer microseconds and all sizes integer bytes; names of nodes have become positions in `nodes`.
 */
import type { Bytes, Duration, Instant } from '../../../core/index.ts';
import type { DistributionSpec } from './distribution.ts';
import type { Fault } from './fault.ts';
import type { Policy } from './policy.ts';
import type { ScriptedRequest, Workload } from './workload.ts';

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
  /** Sorted by `at`, in the order of the file at equal times. */
  readonly requests: readonly ScriptedRequest[];
  /** Names of the keys of scripted requests. */
  readonly keyNames: readonly string[];
  /** Sorted by `from`; crashes, stops and replacements of one node never overlap. */
  readonly faults: readonly Fault[];
  /** Statistics count from here on: what came before is warm-up. */
  readonly measureFrom: Instant;
  readonly limits: Limits;
  /** How much the trace records. */
  readonly record: TraceLevel;
}

/** The systems there is a preset for. */
export const SYSTEM_NAMES = [
  'dynomite',
  'dynomite-durable',
  'cassandra',
  'scylla',
  'scylla-old',
  'influxdb',
  'riak',
  'voldemort',
] as const;

/** The name of a preset. */
export type SystemName = (typeof SYSTEM_NAMES)[number];

/** `counters` keeps totals and client outcomes, `hints` adds every hint, `full` adds every write and every event. */
export const TRACE_LEVELS = ['counters', 'hints', 'full'] as const;

/** One of {@link TRACE_LEVELS}. */
export type TraceLevel = (typeof TRACE_LEVELS)[number];

/** One node. Every rack holds the whole ring, split evenly over its nodes: one replica of a key per rack. */
export interface NodeSpec {
  readonly name: string;
  readonly datacentre: string;
  /** Empty for a proxy: it coordinates and holds hints, and owns no key. */
  readonly rack: string;
  /** What the node's wall clock says beyond true time at instant 0, in microseconds; may be negative. */
  readonly clockOffset: number;
  /** Microseconds that its wall clock gains in a true second; may be negative. */
  readonly clockDrift: number;
}

/** One-way latencies by distance, and how long a client waits. Distribution values are microseconds. */
export interface Network {
  /** Coordinator to its own backend and back to it. */
  readonly local: DistributionSpec;
  readonly sameDatacentre: DistributionSpec;
  readonly crossDatacentre: DistributionSpec;
  /** Added to every message between datacentres, whatever its law. */
  readonly farExtra: Duration;
  /** Latencies by what travels, in the place of distance: Bailis' W, A, R and S. */
  readonly byPurpose: { readonly [P in MessagePurpose]?: DistributionSpec };
  /** A request without an answer by then has failed for its client. > 0. */
  readonly clientTimeout: Duration;
}

/** What travels over a link, for latencies that differ by it. */
export const MESSAGE_PURPOSES = ['write', 'ack', 'read', 'response', 'replay', 'gossip'] as const;

/** One of {@link MESSAGE_PURPOSES}. */
export type MessagePurpose = (typeof MESSAGE_PURPOSES)[number];

/** Named bounds, checked against estimates before the run and held during it. */
export interface Limits {
  readonly nodes: number;
  readonly events: number;
  readonly duration: Duration;
  readonly traceBytes: Bytes;
}
