/**
 * Named bounds of a scenario: what the simulator can hold at all, whatever a scenario asks for, and the limits that
 * hold unless a scenario raises them. `limits.ts` refuses a run that would pass them, before it starts.
 */
import { bytes, days } from '../../core/index.ts';
import type { Limits } from './model/scenario.ts';

/** Limits of a scenario that says nothing about them: what a page can show and a laptop can hold. */
export const DEFAULT_LIMITS: Limits = {
  nodes: 256,
  events: 200_000_000,
  duration: days(3_650),
  traceBytes: bytes(1_073_741_824),
};

/** How far a scenario may raise its limits. Tables per pair of nodes, virtual time and memory end there. */
export const HARD_CEILINGS: Limits = {
  nodes: 1_000,
  events: 4_000_000_000,
  duration: days(36_500),
  traceBytes: bytes(4_294_967_296),
};

/** Racks of a datacentre, and so replicas of a key there. */
export const MAX_RACKS = 16;
/** Racks over all datacentres, and so replicas of a key: the votes that a request may collect. */
export const MAX_REPLICAS = 32;
/** Classes of clients. */
export const MAX_WORKLOADS = 64;
/** Clients of a closed class. */
export const MAX_CLIENTS = 100_000;
/** Times that a failed request is sent again. */
export const MAX_RETRIES = 16;
/** Reads after an acknowledged write. */
export const MAX_PROBES = 64;
/** Requests written out one by one. */
export const MAX_REQUESTS = 100_000;
/** Faults, after `every` and the importers have written theirs out. */
export const MAX_FAULTS = 100_000;
/** Partitions and losses in force at one time. */
export const MAX_LINK_FAULTS = 64;
/** Distinct keys; the Zipf sampler of sim/engine draws from no more. */
export const MAX_KEYS = 1_000_000_000;
/** Messages that may wait in one channel, and requests at one backend. */
export const MAX_SLOTS = 1_048_576;
/** Requests that a backend executes at once. */
export const MAX_WORKERS = 1_024;
/** Hints of a delivery session that are on their way at once. */
export const MAX_SESSION_HINTS = 65_536;
/** Delivery sessions of a node, as a bound that is no bound. */
export const MAX_SESSIONS = 1_000;
/** Heartbeat intervals kept for one peer. */
export const MAX_WINDOW = 10_000;
/** Requests under way at once, over all classes: rate × client timeout. */
export const MAX_UNDER_WAY = 2_097_152;
/** Hints put back into their queues, over the whole run: tens of seconds of nothing else. */
export const MAX_REQUEUES = 1_000_000_000;
/** Heartbeat intervals kept over all pairs of nodes: nodes² × window, 8 bytes each. */
export const MAX_HEARTBEAT_INTERVALS = 33_554_432;
/** The largest seed: every integer up to there is exact. */
export const MAX_SEED = Number.MAX_SAFE_INTEGER;
