/**
 * A lane of a comparison as a table: a row for each instant of the visible span at which any design changes, a column
 * for each design.
 */
import { bisectLeft, bisectRight } from 'd3-array';
import { formatInstant } from '../../sim/trace/index.ts';
import type { Span } from '../draw/time-scale.ts';
import { formatDifference, formatValue, type ComparedLane } from './compared-lanes.ts';
import { valueAt } from './steps.ts';
import { MOST_ROWS, type LaneTable } from './table.ts';

/** What holds when the span begins, then every change within it; differences are against the first line. */
export function comparedTable(lane: ComparedLane, span: Span, differences: boolean): LaneTable {
  const [base, ...others] = lane.lines;
  const instants = changesIn(lane, span);
  const shown = instants.slice(0, MOST_ROWS);
  const columns = ['At', ...lane.lines.map(({ letter }) => letter)];
  const extra = differences && base ? others : [];
  const rows = shown.map((at) => [
    formatInstant(at),
    ...lane.lines.map(({ series }) => formatValue(lane.unit, valueAt(series, at))),
    ...extra.map(({ series }) =>
      formatDifference(lane.unit, valueAt(series, at) - (base ? valueAt(base.series, at) : 0)),
    ),
  ]);
  const titles = [...columns, ...extra.map(({ letter }) => `${letter} − ${base?.letter ?? ''}`)];
  return { columns: titles, rows, cut: instants.length - shown.length };
}

/** The start of the span, and the distinct instants of change in it, ascending. */
function changesIn({ lines }: ComparedLane, { from, until }: Span): readonly number[] {
  const begins = Math.max(0, Math.ceil(from));
  const within = lines.flatMap(({ series: { at } }) => [
    ...at.subarray(bisectRight(at, begins), bisectLeft(at, until)),
  ]);
  return [begins, ...Float64Array.from(new Set(within)).sort()];
}
