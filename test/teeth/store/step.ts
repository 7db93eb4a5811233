/**
 * One operation on a store and everything to be seen of it: what the laws of the store are judged by.
 *
 * The life of a store is a scenario of the conformance kit; `takes` says how its takes are made, since the simulator has
 * three ways: the whole queue at once, some from the front, or hint after hint as its peer acknowledges it.
 */
import type { HintStoreStats } from '../../../core/index.ts';
import type { StoreOperation, StoreScenario } from '../../../sim/conform/index.ts';

/** How hints are taken. */
export const TAKES = ['whole', 'some', 'each'] as const;
/** One of them. */
export type Takes = (typeof TAKES)[number];

/** A life of a store. */
export interface StoreLife {
  readonly takes: Takes;
  readonly scenario: StoreScenario;
}

/** A hint as the store tells of it. */
export interface HeldHint {
  readonly reference: number;
  readonly byteLength: number;
  /** In microseconds. */
  readonly deadline: number;
}

/** All that can be asked of a store between two operations. */
export interface Snapshot {
  readonly stats: HintStoreStats;
  readonly totalLength: number;
  /** By peer, for every peer of the scenario. */
  readonly lengths: ReadonlyMap<number, number>;
  readonly queues: ReadonlyMap<number, readonly HeldHint[]>;
  /** As listed by the store. */
  readonly peers: readonly number[];
}

/** One operation, before and after. */
export interface Step {
  readonly operation: StoreOperation;
  /** Of the clock, in microseconds. */
  readonly now: number;
  readonly before: Snapshot;
  readonly after: Snapshot;
  /** The code of an enqueue, or how many a take or a sweep says it moved; undefined for what answers nothing. */
  readonly answer: number | undefined;
  /** What the store says is the deadline of the hint just accepted. */
  readonly newestDeadline: number | undefined;
  /** Live hints that a take handed out. */
  readonly handedOut: readonly HeldHint[];
  /** Hints that a take or a sweep found due. */
  readonly expired: readonly HeldHint[];
  /** How many live hints a take may hand out. */
  readonly atMost: number;
  /** When a sweep says it is. */
  readonly sweptAt: number;
  /** What a second sweep at the same instant drops. */
  readonly sweptAgain: number;
}
