/**
 * Workloads: classes of clients and what they send, and requests that a scenario writes out one by one.
 */
import type { Bytes, Duration, Instant, PeerIndex } from '../../../core/index.ts';
import type { DistributionSpec } from './distribution.ts';
import type { ConsistencyLevel } from './levels.ts';

/** A class of clients. */
export interface Workload {
  readonly name: string;
  readonly arrivals: Arrivals;
  readonly from: Instant;
  readonly until: Instant;
  /** Shares of requests, each 0 … 1, together at most 1; the rest are writes that set a value. */
  readonly readShare: number;
  readonly deleteShare: number;
  readonly incrementShare: number;
  readonly keys: { readonly count: number; readonly zipf: number };
  readonly size: RequestSize;
  /** Nodes that clients talk to; never empty. A node that is down at that moment is skipped for the next one up. */
  readonly coordinators: readonly PeerIndex[];
  readonly choose: 'roundRobin' | 'random';
  /** Instead of the policy's levels, for this class. */
  readonly consistency: { readonly write?: ConsistencyLevel; readonly read?: ConsistencyLevel };
  /** A failed request is sent again so often, after `backoff` doubled each time, to the next coordinator. */
  readonly retries: number;
  readonly backoff: Duration;
  /** After each acknowledged write, its key is read so long after the acknowledgement: how soon a write is visible. */
  readonly probes: readonly Duration[];
}

/** The distinct probe delays of all classes, ascending: a run tells the results of probes apart by position here. */
export function probeDelays(workloads: readonly Workload[]): Duration[] {
  return [...new Set(workloads.flatMap(({ probes }) => probes))].toSorted((one, other) => one - other);
}

/** When clients send. */
export type Arrivals =
  /** Request i at from + i/rate, i = 1, 2, …, whatever the cluster answers. */
  | { readonly kind: 'steady'; readonly rate: number }
  /** Independent gaps; `exponential` gaps are a Poisson process. Distribution values are microseconds. */
  | { readonly kind: 'gaps'; readonly gap: DistributionSpec; readonly rate: number }
  /** So many clients, each sending its next request a think time after the last was answered or failed. */
  | { readonly kind: 'closed'; readonly clients: number; readonly think: DistributionSpec };

/** The bytes of a request: given whole, or as key and value inside a Redis SET. Distribution values are bytes. */
export type RequestSize =
  | { readonly kind: 'payload'; readonly payload: DistributionSpec }
  | { readonly kind: 'keyValue'; readonly key: DistributionSpec; readonly value: DistributionSpec };

/** What a request does. */
export const OPERATIONS = ['set', 'delete', 'increment', 'get'] as const;

/** Operation codes, as columns hold them: positions in {@link OPERATIONS}. A get is a read, the rest are writes. */
export const SET = OPERATIONS.indexOf('set');
export const DELETE = OPERATIONS.indexOf('delete');
export const INCREMENT = OPERATIONS.indexOf('increment');
export const GET = OPERATIONS.indexOf('get');

/** One of {@link OPERATIONS}. */
export type Operation = (typeof OPERATIONS)[number];

/** One request written out in the scenario, for stories in which every step counts. */
export interface ScriptedRequest {
  readonly at: Instant;
  readonly operation: Operation;
  /** Named keys follow the workloads' keys: `keyNames[key − largest key count]`. */
  readonly key: number;
  /** Request bytes; 0 for a get. */
  readonly bytes: Bytes;
  readonly coordinator: PeerIndex;
  /** Undefined: the policy's. */
  readonly level: ConsistencyLevel | undefined;
}
