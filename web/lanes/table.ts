/**
 * A lane as a table, for those who read instead of look: what changed in the visible span, row by row.
 */
import { bisectLeft, bisectRight } from 'd3-array';
import { formatBytes, formatCount, formatDuration, formatInstant, type Trace } from '../../sim/trace/index.ts';
import { unreachable } from '../../core/index.ts';
import type { Span } from '../draw/time-scale.ts';
import type { BeliefLane, Lane, NodeLane } from './lane.ts';
import { valueAt, type Steps } from './steps.ts';

/** Rows in a table; zooming in shows the rest. */
export const MOST_ROWS = 200;

export interface LaneTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Rows in the span beyond {@link MOST_ROWS}. */
  readonly cut: number;
}

export function laneTable(lane: Lane, trace: Trace, span: Span, moment: number): LaneTable {
  switch (lane.kind) {
    case 'node':
      return limited(['From', 'Until', 'What'], nodeRows(lane, trace, span));
    case 'belief':
      return limited(['From', 'Until', 'What'], beliefRows(lane, trace, span));
    case 'count':
      return changes(lane.data().count, span, lane.of === 'keys' ? 'Keys behind' : 'Messages on the way', formatCount);
    case 'percentile': {
      const { median, high } = lane.data();
      return pair(median, high, span, ['From', 'Median', '99th percentile'], formatDuration);
    }
    case 'queue':
      return changes(lane.data().depth, span, 'Hints waiting', formatCount);
    case 'store':
      return changes(lane.data().bytes, span, 'Bytes held', formatBytes);
    case 'expiry': {
      const { expired, horizon } = lane.data().at(moment);
      const past = rowsOf(expired, { from: span.from, until: Math.min(span.until, moment) }, formatCount).map((row) => [
        ...row,
        'expired',
      ]);
      const ahead = rowsOf(horizon, { from: moment, until: Infinity }, formatCount).map((row) => [
        ...row,
        'will, unless drained',
      ]);
      return limited(['At', 'Hints expired by then', 'How sure'], [...past, ...ahead]);
    }
    case 'outcome': {
      const { answered, failed } = lane.data();
      return pair(answered, failed, span, ['From', 'Answered per second', 'Failed per second'], formatCount);
    }
    case 'latency': {
      const { meanLatency, maxLatency } = lane.data();
      return pair(meanLatency, maxLatency, span, ['From', 'Mean latency', 'Greatest latency'], formatDuration);
    }
    default:
      return unreachable(lane);
  }
}

function nodeRows(lane: NodeLane, trace: Trace, span: Span): string[][] {
  const name = (node: number) => trace.scenario.nodes[node]?.name ?? `#${node}`;
  const facts = lane.outages.map((interval) => ({ ...interval, what: 'down' }));
  const faults = lane.faults.map(({ from, until, label }) => ({ from, until, what: label }));
  const beliefs = lane.beliefs.flatMap(({ observer, intervals }) =>
    intervals.map((interval) => ({ ...interval, what: `taken for Down by ${name(observer)}` })),
  );
  return [...facts, ...faults, ...beliefs]
    .filter(({ from, until }) => until >= span.from && from <= span.until)
    .sort((a, b) => a.from - b.from)
    .map(({ from, until, what }) => [formatInstant(from), formatInstant(until), what]);
}

function beliefRows(lane: BeliefLane, trace: Trace, span: Span): string[][] {
  return lane
    .lines()
    .flatMap(({ peer, believed, missed, mistaken }) => {
      const name = trace.scenario.nodes[peer]?.name ?? `#${peer}`;
      return [
        ...believed.map((interval) => ({ ...interval, what: `takes ${name} for Down` })),
        ...missed.map((interval) => ({ ...interval, what: `misses that ${name} is down` })),
        ...mistaken.map((interval) => ({ ...interval, what: `is wrong: ${name} is up` })),
      ];
    })
    .filter(({ from, until }) => until >= span.from && from <= span.until)
    .sort((a, b) => a.from - b.from)
    .map(({ from, until, what }) => [formatInstant(from), formatInstant(until), what]);
}

function changes(series: Steps, span: Span, title: string, format: (value: number) => string): LaneTable {
  return limited(['At', title], rowsOf(series, span, format));
}

function pair(a: Steps, b: Steps, span: Span, columns: string[], format: (value: number) => string): LaneTable {
  const rows = rowsOf(a, span, format, (at) => [format(valueAt(b, at))]);
  return limited(columns, rows);
}

/** The value that holds when the span begins, then every change within it. */
function rowsOf(
  series: Steps,
  span: Span,
  format: (value: number) => string,
  more: (at: number) => string[] = () => [],
): string[][] {
  const first = Math.max(0, bisectRight(series.at, span.from) - 1);
  const last = bisectLeft(series.at, span.until);
  const rows: string[][] = [];
  for (let i = first; i < last; i++) {
    const at = series.at[i] ?? 0;
    rows.push([formatInstant(at), format(series.value[i] ?? 0), ...more(at)]);
  }
  return rows;
}

function limited(columns: readonly string[], rows: readonly (readonly string[])[]): LaneTable {
  return { columns, rows: rows.slice(0, MOST_ROWS), cut: Math.max(0, rows.length - MOST_ROWS) };
}
