/**
 * Section 3: what the scenarios of hinted handoff share. A coordinator `a` keeps hints for its only peer `b`; messages
 * take no time and beliefs follow the facts at once, so an outage is as long for the coordinator as for the peer. Hints
 * leave in sweeps without acknowledgements, through a channel that takes any number of them.
 */
import type { HintTable, Trace } from '../../sim/trace/index.ts';
import { HINT_FATES } from '../../sim/trace/index.ts';
import { SECOND } from './scenario-file.ts';
import type { ScenarioFile } from './scenario-file.ts';

/** When outages and their writes begin: a multiple of every interval between sweeps. */
export const BEGIN_SECONDS = 60;

/** Messages take no time, and beliefs follow the facts at once. */
export const IMMEDIATE: ScenarioFile = {
  detector: { fixed: { down: '0s', up: '0s' } },
  network: { latency: { local: '0s', near: '0s' } },
};

/** The scenario that most rows start from. */
export const HANDOFF: ScenarioFile = {
  ...IMMEDIATE,
  system: 'dynomite',
  record: 'hints',
  nodes: ['a', 'b'],
  hints: { ttl: '3650d', cap: 'none' },
  drain: { interval: '30s' },
  channel: { slots: 1_000_000, rate: 'unlimited', reconnect: '0s' },
};

/** Clients of `a` that write from the beginning of the outage for so many seconds. */
export function writesFor(seconds: number, clients: ScenarioFile): ScenarioFile {
  const span = { from: `${BEGIN_SECONDS}s`, until: `${BEGIN_SECONDS + seconds}s` };
  return { coordinators: ['a'], ...span, ...clients };
}

/** An outage of `b` of so many seconds. */
export function outageOf(seconds: number): readonly ScenarioFile[] {
  return [{ crash: 'b', at: `${BEGIN_SECONDS}s`, for: `${seconds}s` }];
}

/** Seconds from the beginning of the outage. */
export function sinceBegin(instant: number): number {
  return instant / SECOND - BEGIN_SECONDS;
}

/** When the last hint that got there was applied, in seconds from the beginning of the outage. */
export function lastDelivery({ hints }: Trace): number {
  return sinceBegin(deliveriesOf(hints).reduce((one, other) => Math.max(one, other), -Infinity));
}

/** When the first hint that got there was applied, in the same seconds. */
export function firstDelivery({ hints }: Trace): number {
  return sinceBegin(deliveriesOf(hints).reduce((one, other) => Math.min(one, other), Infinity));
}

function deliveriesOf({ fate, endedAt }: HintTable): Float64Array {
  return endedAt.filter((_, hint) => fate[hint] === HINT_FATES.indexOf('delivered'));
}
