/**
 * What theory says of a cell of a sweep: one outage, hints at their coordinators, sweeps that fill the channel once. The
 * formulas are those of validation F1 to F6 for λ hints a second at a coordinator, an outage D, a TTL T, a cap of m hints,
 * and a sweep every Δ. Whatever else a scenario has puts it beyond them, and then nothing is said.
 *
 * They know nothing of detection and channels. What that may add or take away has a bound of its own, and `slack` is it:
 * writes that wait in the channel until it is full are no hints, and those that come until the link is open again are, as
 * are those from before a node has heard of its peers at all.
 */
import { absencesOf, lagOf, meanBytes, replicasPerWrite, requestRate, shareOfWrites } from '../scenario/load.ts';
import type { Scenario } from '../scenario/index.ts';
import type { SweepMetric } from './sweep-metrics.ts';

const MICROS_PER_SECOND = 1_000_000;

/** A value that follows from the scenario alone. */
export interface ClosedForm {
  readonly metric: SweepMetric;
  readonly value: number;
  /** A run is at most so far from it; in the metric's unit. */
  readonly slack: number;
  /** The formula, in the letters of the header and s for bytes of a hint. */
  readonly rule: string;
  /** The row of the page of external truths. */
  readonly source: string;
}

/** The forms of a scenario, and which conditions it does not meet, so that there is none. */
export interface Theory {
  readonly forms: readonly ClosedForm[];
  /** Sentences without their beginning: "theory asks for …". */
  readonly unmet: readonly string[];
}

/** A condition of all forms. */
interface Condition {
  readonly asks: string;
  readonly holds: (scenario: Scenario) => boolean;
}

/** When the forms are valid. */
const CONDITIONS: readonly Condition[] = [
  {
    asks: 'one crash or stop, over before the run is, and no other fault',
    holds: ({ faults: [fault, ...others], duration }) =>
      others.length === 0 && (fault?.kind === 'crash' || fault?.kind === 'stop') && fault.until < duration,
  },
  {
    asks: 'one class of clients that send whatever is answered, without retries',
    holds: ({ workloads: [workload, ...others], requests }) =>
      others.length === 0 && requests.length === 0 && workload?.arrivals.kind !== 'closed' && workload?.retries === 0,
  },
  {
    asks: 'coordinators other than the node that is away',
    holds: (scenario) => {
      const away = absencesOf(scenario)[0]?.node;
      return scenario.workloads.every(({ coordinators }) => !coordinators.some((node) => node === away));
    },
  },
  {
    asks: 'hints for peers that are Down, each kept by the coordinator of its write and by nobody else',
    holds: ({ policy: { hints } }) =>
      hints.enabled && hints.triggers.peerDown && hints.holder === 'coordinator' && !hints.coalesce,
  },
  { asks: 'no hint window', holds: ({ policy: { hints } }) => hints.window === 0 },
  {
    asks: 'a hint store that is never slower than its writes, and has no bound but the cap',
    holds: ({ policy: { hints } }) => hints.disk.rate === 0 && hints.disk.capacity === 0 && hints.inFlightBytes === 0,
  },
  {
    asks: 'sweeps without acknowledgements, over links that take all that is in the channel at once',
    holds: ({ policy: { drain, channel } }) =>
      drain.enabled && drain.ack === 'none' && channel.messageTime === 0 && channel.bandwidth === 0,
  },
];

/** What the forms are made of. Times in microseconds; hints are those of one coordinator. */
interface Facts {
  readonly coordinators: number;
  /** λ, per second. */
  readonly rate: number;
  readonly bytes: number;
  /** m; Infinity without a cap. */
  readonly cap: number;
  readonly ttl: number;
  readonly interval: number;
  /** Hints that a sweep ships at most. */
  readonly batch: number;
  /** D, and between what it may be once detection and channel are counted in. */
  readonly away: number;
  readonly least: number;
  readonly most: number;
  /** Hints from before the peers were first heard of; they may be in the store as well. */
  readonly early: number;
}

/** What theory says of a scenario. O(nodes + faults). */
export function theoryOf(scenario: Scenario): Theory {
  const unmet = CONDITIONS.filter(({ holds }) => !holds(scenario)).map(({ asks }) => asks);
  const facts = unmet.length === 0 ? factsOf(scenario) : undefined;
  if (facts === undefined) return { forms: [], unmet };
  const forms = [peakBytes(facts), refused(facts), expired(facts), caughtUp(facts)];
  return { forms: forms.filter((form) => form !== undefined), unmet };
}

function factsOf(scenario: Scenario): Facts | undefined {
  const { policy, workloads } = scenario;
  const [workload] = workloads;
  const [absence] = absencesOf(scenario);
  if (workload === undefined || absence === undefined) return undefined;
  const coordinators = workload.coordinators.length;
  const writes = requestRate(workload, scenario) * (1 - workload.readShare);
  const rate = (writes * (shareOfWrites(scenario)[absence.node] ?? 0)) / coordinators;
  const bytes = meanBytes(workload.size);
  const lag = lagOf(scenario);
  const starting = Math.max(0, lag - workload.from) / MICROS_PER_SECOND;
  const written = (until: number): number =>
    Math.max(0, Math.min(until, workload.until) - Math.max(absence.from, workload.from));
  const away = written(absence.until);
  const detecting = policy.detector.kind === 'fixed' ? policy.detector.downAfter : away;
  return {
    coordinators,
    rate,
    bytes,
    cap: policy.hints.maxBytes === 0 ? Infinity : Math.floor(policy.hints.maxBytes / bytes),
    ttl: policy.hints.ttl,
    interval: policy.drain.interval,
    batch: policy.channel.slots,
    away,
    least: Math.max(0, away - Math.min((policy.channel.slots / rate) * MICROS_PER_SECOND, detecting)),
    most: written(absence.until + lag) + MICROS_PER_SECOND / rate,
    early: (writes / coordinators) * replicasPerWrite(scenario, workload) * starting,
  };
}

/** F1, F3, F4: what has not expired by the sweep that looks, up to the cap. */
function peakBytes(facts: Facts): ClosedForm {
  const { bytes, cap, ttl, interval, away, least, most, early } = facts;
  const held = (time: number): number => bytes * Math.min(cap, hintsIn(facts, time));
  return bounded(
    { metric: 'peakBytes', rule: 's · min(m, λ · min(D, T + Δ))', source: 'validation H1, H3, H5' },
    held(Math.min(least, ttl)) - bytes,
    held(Math.min(away, ttl + interval)),
    held(Math.min(most, ttl + interval)) + bytes * (1 + Math.min(cap, early)),
  );
}

/** F2: what comes after the cap is reached, while nothing expires; nothing, where it is not. */
function refused(facts: Facts): ClosedForm | undefined {
  const { coordinators, cap, ttl, interval, away, least, most, early } = facts;
  const words = { metric: 'refused', source: 'validation H3' } as const;
  if (early + hintsIn(facts, Math.min(most, ttl + interval)) < cap)
    return bounded({ ...words, rule: '0, as m is enough' }, 0, 0, 0);
  if (ttl < most) return undefined;
  const beyond = (time: number): number => coordinators * Math.max(0, hintsIn(facts, time) - cap);
  return bounded({ ...words, rule: 'λ · D − m' }, beyond(least), beyond(away), beyond(most) + coordinators * early);
}

/** F4: none where the TTL outlasts outage and drain; what is older than it, where one sweep ships all the rest. */
function expired(facts: Facts): ClosedForm | undefined {
  const { coordinators, cap, ttl, interval, batch, away, least, most, early } = facts;
  const words = { metric: 'expired', source: 'validation H5, H9' } as const;
  if (ttl > most + sweeps(facts, most) * interval) return bounded({ ...words, rule: '0, as T is enough' }, 0, 0, 0);
  if (early + hintsIn(facts, Math.min(most, ttl + interval)) > Math.min(batch, cap)) return undefined;
  const older = (time: number): number => coordinators * hintsIn(facts, Math.max(0, time - ttl));
  return bounded(
    { ...words, rule: 'λ · (D − T)' },
    older(least),
    older(away),
    older(most + interval) + coordinators * early,
  );
}

/** F6: whole sweeps after the first, which comes half an interval after the return on average. */
function caughtUp(facts: Facts): ClosedForm | undefined {
  const { interval, ttl, away, least, most } = facts;
  if (ttl <= most + sweeps(facts, most) * interval) return undefined;
  const drain = (time: number): number => Math.max(0, sweeps(facts, time) - 1) * interval;
  return bounded(
    { metric: 'caughtUp', rule: '(⌈min(m, λ · D) / channel⌉ − 1) · Δ + Δ/2', source: 'validation H8' },
    drain(least),
    drain(away) + interval / 2,
    drain(most) + interval + (most - away),
  );
}

/** Sweeps that a coordinator needs for what it has kept after so long. */
function sweeps(facts: Facts, time: number): number {
  return Math.ceil(Math.min(facts.cap, hintsIn(facts, time)) / facts.batch);
}

/** Writes for the node that is away, at one coordinator. */
function hintsIn({ rate }: Facts, time: number): number {
  return (rate * time) / MICROS_PER_SECOND;
}

function bounded(
  words: Pick<ClosedForm, 'metric' | 'rule' | 'source'>,
  low: number,
  value: number,
  high: number,
): ClosedForm {
  return { ...words, value, slack: Math.max(value - low, high - value, 0) };
}
