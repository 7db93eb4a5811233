/**
 * Where a request comes from: which client waits for it, which attempt it is, and what it is for. A client keeps one
 * record and fills it in for every request, so that a request costs no allocation.
 */
import { NONE } from '../trace/trace.ts';

/** See the columns of the same names in `requests.ts`. */
export interface RequestOrigin {
  workload: number;
  client: number;
  attempt: number;
  /** The write that this one is another attempt of, or NONE. */
  retryOf: number;
  probeOf: number;
  probeDelay: number;
}

/** The origin of a request that nobody repeats, waits for or probes with. */
export function noOrigin(): RequestOrigin {
  return { workload: NONE, client: NONE, attempt: 0, retryOf: NONE, probeOf: NONE, probeDelay: NONE };
}
