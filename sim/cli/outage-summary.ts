/**
 * Outages by node: how often and how long each was down, and how long it stayed behind, that is, was missing something
 * that some peer still held as a hint for it.
 */
import { NEVER, outageReport, type HintTally, type NodeIntervals, type OutageRow, type Trace } from '../index.ts';

export interface OutageSummary {
  readonly count: number;
  /** One per node that was ever down or behind, in peer-table order. */
  readonly nodes: readonly NodeOutages[];
  /** One by one, in the order of their beginnings. */
  readonly each: readonly OutageEntry[];
}

/** One outage and the hints that it answers for: all 0 below level `hints`. Instants that never came are null. */
export interface OutageEntry extends HintTally {
  readonly node: string;
  readonly from: number;
  readonly until: number | null;
  /** When the last of its hints was applied; null while one is pending, and where none was applied. */
  readonly caughtUpAt: number | null;
}

/** Sums and maxima in microseconds; an interval that outlasts the run is counted up to its end. */
export interface NodeOutages {
  readonly node: string;
  readonly outages: number;
  readonly downMicros: number;
  readonly longestDownMicros: number;
  readonly behindMicros: number;
  readonly longestBehindMicros: number;
}

/** Sums up `trace.outages` and `trace.behind`, which are recorded at every level. */
export function outageSummary(trace: Trace): OutageSummary {
  const down = spansByNode(trace.outages, trace);
  const behind = spansByNode(trace.behind, trace);
  const nodes = trace.scenario.nodes.map(({ name }, index) => {
    const downSpans = down[index] ?? NO_SPANS;
    const behindSpans = behind[index] ?? NO_SPANS;
    return {
      node: name,
      outages: downSpans.count,
      downMicros: downSpans.sum,
      longestDownMicros: downSpans.longest,
      behindMicros: behindSpans.sum,
      longestBehindMicros: behindSpans.longest,
    };
  });
  return {
    count: trace.outages.node.length,
    nodes: nodes.filter((node) => node.outages > 0 || node.behindMicros > 0),
    each: outageReport(trace).rows.map((row) => outageEntry(trace, row)),
  };
}

function outageEntry({ scenario }: Trace, row: OutageRow): OutageEntry {
  const { stored, delivered, expired, lost, pending } = row;
  const instant = (at: number): number | null => (at === NEVER ? null : at);
  return {
    node: scenario.nodes[row.node]?.name ?? '',
    from: row.from,
    until: instant(row.until),
    ...{ stored, delivered, expired, lost, pending },
    caughtUpAt: instant(row.caughtUpAt),
  };
}

interface Spans {
  readonly count: number;
  readonly sum: number;
  readonly longest: number;
}

const NO_SPANS: Spans = { count: 0, sum: 0, longest: 0 };

function spansByNode({ node, from, until }: NodeIntervals, trace: Trace): Spans[] {
  const spans = trace.scenario.nodes.map(() => NO_SPANS);
  node.forEach((index, row) => {
    const length = Math.min(until[row] ?? trace.endedAt, trace.endedAt) - (from[row] ?? 0);
    const { count, sum, longest } = spans[index] ?? NO_SPANS;
    spans[index] = { count: count + 1, sum: sum + length, longest: Math.max(longest, length) };
  });
  return spans;
}
