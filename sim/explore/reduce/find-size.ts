/**
 * How large a find is: what somebody has to read and hold in mind to understand it. Counted in the run, not in the
 * file, so that a class of clients weighs as much as the requests that it sends.
 */
import type { Scenario } from '../../scenario/index.ts';
import type { Trace } from '../../trace/index.ts';

/** The size of a scenario in what happens in it. */
export interface FindSize {
  /** Requests that clients sent, retries and probes among them. */
  readonly requests: number;
  /** Faults, each repetition for itself. */
  readonly faults: number;
  readonly nodes: number;
  /** Requests and faults. */
  readonly events: number;
}

/** The size of a run. */
export function sizeOf({ scenario, trace }: { readonly scenario: Scenario; readonly trace: Trace }): FindSize {
  const requests = trace.writes.issuedAt.length + trace.reads.issuedAt.length;
  const faults = scenario.faults.length;
  return { requests, faults, nodes: scenario.nodes.length, events: requests + faults };
}
