/**
 * The limits of a run, held against its estimate before it starts, and the choice of how much to record. A scenario
 * that would pass a limit is refused with the numbers and with what to change.
 */
import { MICROS_PER_SECOND } from '../../core/index.ts';
import { HARD_CEILINGS, MAX_REQUEUES, MAX_UNDER_WAY } from './bounds.ts';
import { estimateEvents, estimateRun, traceBytesAt } from './estimate.ts';
import type { EventEstimate } from './estimate.ts';
import { requestRate } from './load.ts';
import { typicalOf } from './model/moments.ts';
import { countText } from './problem.ts';
import { estimateRequeues } from './requeues.ts';
import type { Resolution } from './resolve/resolution.ts';
import type { Scenario, TraceLevel } from './model/scenario.ts';
import { writeDuration, writeSize } from './text/quantities.ts';
import type { Path } from './text/source-tree.ts';

/** Up to so many events a run is recorded in full: a page shows each of them, and the log stays below 30 MB. */
const FULL_UP_TO_EVENTS = 1_500_000;

/** The most detailed level whose trace fits; `counters` if none does, which {@link checkLimits} then refuses. */
export function fittingLevel(scenario: Scenario): TraceLevel {
  const { traceBytes } = scenario.limits;
  const { events } = estimateRun(scenario);
  if (events <= FULL_UP_TO_EVENTS && traceBytesAt(scenario, 'full') <= traceBytes) return 'full';
  return traceBytesAt(scenario, 'hints') <= traceBytes ? 'hints' : 'counters';
}

/**
 * Reports every limit that a run of `scenario` would pass. Estimates are only made of a scenario without any other
 * problem: those of an unsound one would mislead.
 */
export function checkLimits(scenario: Scenario, resolution: Resolution): void {
  checkCeilings(scenario, resolution);
  const { limits, duration } = scenario;
  if (duration > limits.duration) {
    const expected = `a run of at most ${writeDuration(limits.duration)} (raise limits.duration, up to ${writeDuration(HARD_CEILINGS.duration)})`;
    refuse(['duration'], expected, writeDuration(duration), resolution);
  }
  if (resolution.findings.isClean) checkEstimate(scenario, resolution);
}

function checkEstimate(scenario: Scenario, resolution: Resolution): void {
  const { limits, record } = scenario;
  const { events, traceBytes } = estimateRun(scenario);
  if (events > limits.events) {
    const expected = `a run of at most ${countText(limits.events)} events (${adviceOn('events', limits.events)}, or ${remedy(estimateEvents(scenario))})`;
    refuse(['duration'], expected, `about ${countText(events)}`, resolution);
  } else if (traceBytes > limits.traceBytes) {
    const expected = `a trace of at most ${writeSize(limits.traceBytes)} (${adviceOn('traceBytes', limits.traceBytes)}, or record less)`;
    const found = `about ${countText(traceBytes / 1_048_576)} MiB at level ${record}`;
    refuse([resolution.has(['record']) ? 'record' : 'duration'], expected, found, resolution);
  }
  checkUnderWay(scenario, resolution);
  checkRequeues(scenario, resolution);
}

/** Limits themselves have ceilings; those on counts are in the schema. */
function checkCeilings({ limits }: Scenario, resolution: Resolution): void {
  if (limits.duration > HARD_CEILINGS.duration) {
    const expected = `at most ${writeDuration(HARD_CEILINGS.duration)}, whatever a scenario asks for`;
    refuse(['limits', 'duration'], expected, undefined, resolution);
  }
  if (limits.traceBytes > HARD_CEILINGS.traceBytes) {
    const expected = `at most ${writeSize(HARD_CEILINGS.traceBytes)}, whatever a scenario asks for`;
    refuse(['limits', 'traceBytes'], expected, undefined, resolution);
  }
}

/** Requests wait in tables of a fixed size: rate × the time until the last answer, or the timeout, is in. */
function checkUnderWay(scenario: Scenario, resolution: Resolution): void {
  const { workloads, network } = scenario;
  const { local, sameDatacentre, crossDatacentre, byPurpose, farExtra } = network;
  const latencies = [local, sameDatacentre, crossDatacentre, ...Object.values(byPurpose)].map(typicalOf);
  const waiting = Math.max(network.clientTimeout, ...latencies.map((micros) => (micros + farExtra) * 2));
  const underWay = workloads.reduce((total, workload) => {
    const { arrivals } = workload;
    const open = (requestRate(workload, scenario) * waiting) / MICROS_PER_SECOND;
    return total + (arrivals.kind === 'closed' ? arrivals.clients : open);
  }, 0);
  if (underWay <= MAX_UNDER_WAY) return;
  const expected = `at most ${countText(MAX_UNDER_WAY)} requests under way at once (lower the rate, the latencies or the timeout)`;
  refuse(['workload'], expected, `about ${countText(underWay)}`, resolution);
}

/** Every sweep walks the whole queue of a peer that is back: the square of its length, over the slots of the channel. */
function checkRequeues(scenario: Scenario, resolution: Resolution): void {
  const requeues = estimateRequeues(scenario);
  if (requeues <= MAX_REQUEUES) return;
  const remedies = 'more channel.slots, a longer drain.interval, a smaller hints.cap or hints.ttl, or a lower rate';
  const expected = `at most ${countText(MAX_REQUEUES)} requeues of hints that find the channel full (${remedies})`;
  refuse(['faults'], expected, `about ${countText(requeues)}`, resolution);
}

function adviceOn(key: 'events' | 'traceBytes', limit: number): string {
  const ceiling = HARD_CEILINGS[key];
  if (limit >= ceiling) return 'the most there is';
  return `raise limits.${key}, up to ${key === 'events' ? countText(ceiling) : writeSize(ceiling)}`;
}

/** What to change about the largest part of the events. */
function remedy({ requests, gossip, drain, handoff }: EventEstimate): string {
  const largest = Math.max(requests, gossip, drain, handoff);
  const share = `${Math.round((100 * largest) / (requests + gossip + drain + handoff))} %`;
  if (largest === gossip) return `use detector: { fixed: {} } or a longer gossip interval: ${share} are gossip`;
  if (largest === drain) return `sweep less often: ${share} are sweeps`;
  return `run shorter or at a lower rate: ${share} are ${largest === handoff ? 'hints' : 'requests'}`;
}

function refuse(path: Path, expected: string, found: string | undefined, resolution: Resolution): void {
  resolution.problem(path, found === undefined ? { code: 'limit', expected } : { code: 'limit', expected, found });
}
