/**
 * The answer of a sweep in one sentence: the least value of the first axis that is enough, for each of the second.
 */
import { formatBytes, formatCount, formatDuration } from '../trace/format.ts';
import { ascending } from './sweep-axis.ts';
import { bandOf, METRIC_WORDS } from './sweep-metrics.ts';
import type { Band, SweepMetric } from './sweep-metrics.ts';
import type { SweepCell, SweepPlan } from './sweep-plan.ts';

/** Metrics of which a design is to have none; of the others it is to have little. */
const TO_BE_NONE: ReadonlySet<SweepMetric> = new Set<SweepMetric>([
  'lost',
  'waiting',
  'refused',
  'expired',
  'staleReads',
]);

/** A value of a metric as people read it. */
export function metricText(metric: SweepMetric, value: number): string {
  switch (METRIC_WORDS[metric].unit) {
    case 'count':
      return formatCount(value);
    case 'bytes':
      return formatBytes(value);
    case 'micros':
      return formatDuration(value);
  }
}

/** The band of a cell; undefined where its runs do not tell. */
export function cellBand({ runs }: SweepCell, metric: SweepMetric): Band | undefined {
  return bandOf(runs.map(({ measures }) => measures[metric]).filter((value) => value !== undefined));
}

/** What the cells say about a metric, in one sentence; of those that are there. */
export function sweepAnswer(
  { x, y, seeds }: Pick<SweepPlan, 'x' | 'y' | 'seeds'>,
  cells: readonly SweepCell[],
  metric: SweepMetric,
): string {
  const { name } = METRIC_WORDS[metric];
  const isNone = (cell: SweepCell): boolean =>
    cell.runs.length === seeds && cell.runs.every(({ measures }) => measures[metric] === 0);
  if (!TO_BE_NONE.has(metric) || !cells.some(isNone)) return leastOf({ x, y }, cells, metric);
  const isOrdered = ascending(x) !== undefined;
  const found: string[] = [];
  const without: string[] = [];
  y.values.forEach((value, row) => {
    const enough = cells.filter((cell) => cell.y === row && isNone(cell)).toSorted((a, b) => a.x - b.x);
    const names = enough.slice(0, isOrdered ? 1 : undefined).map((cell) => x.values[cell.x] ?? '');
    if (names.length === 0) without.push(value);
    else found.push(`${names.join(', ')} at ${y.path} ${value}`);
  });
  if (without.length > 0) found.push(`none of those tried at ${y.path} ${without.join(', ')}`);
  const what = isOrdered ? `The least ${x.path} with no ${name}` : `Those of ${x.path} with no ${name}`;
  return `${what}, in ${seeds} of ${seeds} seeds: ${found.join('; ')}.`;
}

/** Where a metric is least by its median. */
function leastOf({ x, y }: Pick<SweepPlan, 'x' | 'y'>, cells: readonly SweepCell[], metric: SweepMetric): string {
  const { name } = METRIC_WORDS[metric];
  const told = cells.flatMap((cell) => {
    const band = cellBand(cell, metric);
    return band === undefined ? [] : [{ cell, median: band.median }];
  });
  const [best] = told.toSorted((a, b) => a.median - b.median);
  if (best === undefined) return `No run tells of ${name}.`;
  const where = `${x.path} ${x.values[best.cell.x] ?? ''}, ${y.path} ${y.values[best.cell.y] ?? ''}`;
  const all = told.every(({ median }) => median === best.median) && told.length > 1;
  const value = metricText(metric, best.median);
  return all ? `The same in all cells: ${name} ${value}.` : `The least ${name}, ${value}, at ${where}.`;
}
