/**
 * What a run measures: latencies, what probes saw, and backends as queueing systems. Part of every trace, at every level.
 */
import type { Duration, Instant } from '../../core/index.ts';

/** Percentiles of a measured time, in microseconds; all 0 where `count` is. Exact to a thousandth of each value. */
export interface TimeSummary {
  readonly count: number;
  readonly mean: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
}

/** What a run measured from `scenario.measureFrom` on. */
export interface Statistics {
  readonly from: Instant;
  /** From issue to answer, of requests issued since then and answered. */
  readonly writes: TimeSummary;
  readonly reads: TimeSummary;
  /** Per probe delay, ascending: reads answered, and those that saw the write they probe or a newer one. */
  readonly visibility: readonly { readonly after: Duration; readonly reads: number; readonly consistent: number }[];
  /** Reads answered whose value was older than the newest write acknowledged before they were issued. */
  readonly staleReads: number;
  /** Reads answered. */
  readonly answeredReads: number;
  /** One per node, in peer-table order. */
  readonly services: readonly ServiceReport[];
}

/** A node's backend as a queueing system, over requests that arrived since `Statistics.from`. */
export interface ServiceReport {
  readonly node: string;
  readonly arrived: number;
  /** Refused because the queue was full, or because the backend was loading. */
  readonly refused: number;
  /** Dropped because their requester had given up. */
  readonly late: number;
  /** Those that had to wait before they were served. */
  readonly waited: number;
  /** From arrival to the start of service, and to its end. */
  readonly wait: TimeSummary;
  readonly sojourn: TimeSummary;
  /** Requests in the system over time: the integral in request-microseconds, over `observed` microseconds. */
  readonly inSystemMicros: number;
  readonly observed: Duration;
}
