/**
 * The Report: a run in numbers, as one plain object. `--json` prints it as it is and summary.ts turns it into text, so both
 * always say the same. Everything but `wallSeconds` is the same on every machine.
 */
import { type Duration, hours } from '../../core/index.ts';
import {
  canonicalText,
  type Examination,
  hashText,
  ledger,
  type LedgerTotals,
  type PropertyResult,
  queueReports,
  type QueueReport,
  type Scenario,
  shareOutliving,
  suspicionReports,
  type SuspicionReport,
  type Totals,
  type Trace,
  type TraceLevel,
} from '../index.ts';
import { type OutageSummary, outageSummary } from './outage-summary.ts';

/** The version of the object that `--json` prints; fields may be added within a version, never renamed. */
export const REPORT_SCHEMA = 1;

/** How long Cassandra hints by default (3 h), and the nearest round numbers to either side. */
const COMPARED_TTLS: readonly Duration[] = [hours(1), hours(3), hours(24)];

export interface Report {
  readonly schema: typeof REPORT_SCHEMA;
  /** The digest is that of the scenario's values, whatever its file looks like. */
  readonly scenario: { readonly name: string; readonly digest: string };
  readonly seed: number;
  readonly system: string;
  /** Of every event of the run. */
  readonly digest: string;
  /** How much the trace recorded; at `counters`, hints are not told apart by outage. */
  readonly record: TraceLevel;
  readonly virtualMicros: number;
  readonly events: number;
  /** issued = acked + failed + pending. */
  readonly writes: Totals['writes'];
  /** issued = answered + failed + pending. */
  readonly reads: {
    readonly issued: number;
    readonly answered: number;
    readonly failed: number;
    readonly pending: number;
  };
  /**
   * stored = delivered + expired + lost + pending; a requeue stores nothing new. Beside them, what was never stored
   * (`rejectedOverCapacity`, `refusedByWindow`, `refusedByDisk`, `refusedByOverload`) and `redelivered`, deliveries beyond a hint's first.
   */
  readonly hints: Totals['hints'];
  /** The same in payload bytes. */
  readonly hintBytes: Totals['hintBytes'];
  /** Sums to `hints.lost`. */
  readonly lostBy: Totals['lostBy'];
  /**
   * Every (acknowledged write, intended replica) pair: present, superseded, or missing by one cause. Null below level
   * `full`, where copies are not recorded.
   */
  readonly copies: LedgerTotals | null;
  /** The verdict on every property, in the order of `hintlab list --properties`. Null with `--no-check`. */
  readonly properties: readonly PropertyReport[] | null;
  /** Latencies, waits, queue lengths and visibility from `measure.from` on. Every time is in microseconds. */
  readonly statistics: Trace['statistics'];
  readonly messages: Totals['messages'];
  readonly stores: Trace['stores'];
  /** Every queue that ever kept or refused a hint, by holder, then peer. Null below level `hints`. */
  readonly queues: readonly QueueReport[] | null;
  /** Every pair of nodes of which one came to take the other for Down, but for its own start. */
  readonly suspicions: readonly SuspicionReport[];
  readonly outages: OutageSummary & { readonly outlivingTtl: readonly TtlShare[] };
  /** Real time that the run took. */
  readonly wallSeconds: number;
}

/** One property: `at` and `event` (a row of the log, at level `full`) are those of the first violation. */
export type PropertyReport = Pick<PropertyResult, 'id' | 'kind' | 'verdict' | 'at' | 'event' | 'detail'>;

/** How many of the outages were longer than a TTL. */
export interface TtlShare {
  readonly ttlMicros: number;
  /** Whether it is the TTL of this scenario. */
  readonly own: boolean;
  readonly outlived: number;
  readonly outages: number;
}

/** The report of a finished run, and of its examination if there was one. */
export function reportOf(trace: Trace, wallSeconds: number, found: Examination | null): Report {
  const { scenario, totals } = trace;
  const { acked: answered, ...otherReads } = totals.reads;
  return {
    schema: REPORT_SCHEMA,
    scenario: { name: scenario.name, digest: hashText(canonicalText(scenario)) },
    seed: scenario.seed,
    system: scenario.system,
    digest: trace.digest,
    record: trace.level,
    virtualMicros: trace.endedAt,
    events: trace.events,
    writes: totals.writes,
    reads: { ...otherReads, answered },
    hints: totals.hints,
    hintBytes: totals.hintBytes,
    lostBy: totals.lostBy,
    copies: (found === null ? ledger(trace) : found.ledger)?.totals ?? null,
    properties: found === null ? null : found.properties.map(propertyReport),
    statistics: trace.statistics,
    messages: totals.messages,
    stores: trace.stores,
    queues: trace.level === 'counters' ? null : queueReports(trace),
    suspicions: suspicionReports(trace),
    outages: { ...outageSummary(trace), outlivingTtl: ttlShares(trace, scenario) },
    wallSeconds,
  };
}

function propertyReport({ id, kind, verdict, at, event, detail }: PropertyResult): PropertyReport {
  return { id, kind, verdict, at, event, detail };
}

/** Sorted by TTL; the scenario's own is one of them. */
function ttlShares(trace: Trace, scenario: Scenario): TtlShare[] {
  const own = scenario.policy.hints.ttl;
  const ttls = [own, ...COMPARED_TTLS.filter((ttl) => ttl !== own)].sort((a, b) => a - b);
  return ttls.map((ttl) => ({ ttlMicros: ttl, own: ttl === own, ...shareOutliving(trace, ttl) }));
}
