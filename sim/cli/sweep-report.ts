/**
 * A sweep as text, a heat table with the answer on top, and as JSON.
 */
import { cellBand, metricText } from '../explore/sweep-answer.ts';
import { METRIC_WORDS, SWEEP_METRICS } from '../explore/sweep-metrics.ts';
import type { SweepMetric } from '../explore/sweep-metrics.ts';
import type { SweepCell, SweepPlan } from '../explore/sweep-plan.ts';
import type { Paint } from './paint.ts';
import { left, right, tableLines } from './table.ts';

/** From nothing to the most of all cells. The number beside it says the same. */
const SHADES = ['·', '░', '▒', '▓', '█'] as const;

/** The lines of a sweep's report. */
export function sweepLines(
  plan: SweepPlan,
  cells: readonly SweepCell[],
  metric: SweepMetric,
  answer: string,
  paint: Paint,
): string[] {
  const { name, says } = METRIC_WORDS[metric];
  const most = Math.max(0, ...cells.map((cell) => cellBand(cell, metric)?.median ?? 0));
  const isTold = cells.some((cell) => formOf(cell, metric) !== undefined);
  return [
    paint.strong(answer),
    '',
    `${name}: ${says}. Median of ${plan.seeds} ${plan.seeds === 1 ? 'seed' : 'seeds'}; p10 … p90 where they differ.`,
    ...grid(plan, cells, (cell) => measuredText(cell, metric, most)),
    ...(isTold ? ['', 'in theory:', ...grid(plan, cells, (cell) => theoryText(cell, metric))] : unmetLines(cells)),
    ...problemLines(plan, cells),
  ];
}

/** A sweep as one object: every metric of every cell. */
export function sweepJson(plan: SweepPlan, cells: readonly SweepCell[], metric: SweepMetric, answer: string): unknown {
  const { file, sets, x, y, seeds } = plan;
  return {
    scenario: file,
    sets,
    x,
    y,
    seeds,
    metric,
    answer,
    cells: cells.map(({ x: column, y: row, ...cell }) => ({
      x: x.values[column],
      y: y.values[row],
      bands: Object.fromEntries(SWEEP_METRICS.map((each) => [each, cellBand({ x: column, y: row, ...cell }, each)])),
      ...cell,
    })),
  };
}

function grid({ x, y }: SweepPlan, cells: readonly SweepCell[], text: (cell: SweepCell) => string): string[] {
  const columns = [left(`${y.path} ↓  ${x.path} →`), ...x.values.map(right)];
  const rows = y.values.map((value, row) => [
    value,
    ...x.values.map((_, column) => {
      const cell = cells.find((each) => each.x === column && each.y === row);
      return cell === undefined ? '' : text(cell);
    }),
  ]);
  return tableLines(columns, rows);
}

function measuredText(cell: SweepCell, metric: SweepMetric, most: number): string {
  const band = cellBand(cell, metric);
  if (band === undefined) return cell.problem === undefined ? '–' : '✗';
  const { median, p10, p90 } = band;
  const shade = most === 0 ? SHADES[0] : (SHADES[Math.ceil((median / most) * (SHADES.length - 1))] ?? SHADES[0]);
  const spread = p10 === p90 ? '' : ` (${metricText(metric, p10)} … ${metricText(metric, p90)})`;
  return `${metricText(metric, median)}${spread} ${shade}`;
}

function theoryText(cell: SweepCell, metric: SweepMetric): string {
  const form = formOf(cell, metric);
  if (form === undefined) return '–';
  return `${metricText(metric, form.value)}${form.slack === 0 ? '' : ` ± ${metricText(metric, form.slack)}`}`;
}

function formOf({ theory }: SweepCell, metric: SweepMetric) {
  return theory.forms.find((form) => form.metric === metric);
}

/** Why theory is silent, where it is so for a reason that the scenario can be asked about. */
function unmetLines(cells: readonly SweepCell[]): string[] {
  const [asks] = cells.flatMap(({ theory }) => theory.unmet);
  return asks === undefined ? [] : ['', `No closed form: theory asks for ${asks}.`];
}

function problemLines({ x, y }: SweepPlan, cells: readonly SweepCell[]): string[] {
  const said = cells.flatMap(({ problem, ...at }) =>
    problem === undefined ? [] : [`✗ ${x.values[at.x] ?? ''}, ${y.values[at.y] ?? ''}: ${problem}`],
  );
  return said.length === 0 ? [] : ['', ...said];
}
