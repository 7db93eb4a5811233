/**
 * Cells of a heat map, ready to be drawn: a number as text, its share of the scale, and the words for those who do not see
 * it. What was measured and what theory says share one scale.
 */
import { cellBand, metricText } from '../../sim/explore/sweep-answer.ts';
import type { ClosedForm } from '../../sim/explore/closed-form.ts';
import type { SweepMetric } from '../../sim/explore/sweep-metrics.ts';
import type { CellPlace, SweepCell } from '../../sim/explore/sweep-plan.ts';
import { unbroken } from './unbroken.ts';

/** One cell. */
export interface HeatCell extends CellPlace {
  readonly text: string;
  /** A smaller line below; may be empty. */
  readonly note: string;
  /** Of the scale, 0 … 1; undefined where there is no value. */
  readonly share: number | undefined;
}

/** The medians, with the band where the seeds differ. `most` is the end of the scale. */
export function measuredCells(cells: readonly SweepCell[], metric: SweepMetric, most: number): readonly HeatCell[] {
  return cells.map((cell) => {
    const { x, y } = cell;
    const band = cellBand(cell, metric);
    if (band === undefined) {
      const text = cell.problem === undefined ? 'not told' : 'refused';
      return { x, y, text, note: '', share: undefined };
    }
    const { median, p10, p90 } = band;
    const note = p10 === p90 ? '' : `${numberText(metric, p10)} … ${numberText(metric, p90)}`;
    return { x, y, text: numberText(metric, median), note, share: shareOf(median, most) };
  });
}

/** The closed forms, with what the median has more or less; empty if there is none for any cell. */
export function theoryCells(cells: readonly SweepCell[], metric: SweepMetric, most: number): readonly HeatCell[] {
  if (!cells.some((cell) => formOf(cell, metric))) return [];
  return cells.map((cell) => {
    const { x, y } = cell;
    const form = formOf(cell, metric);
    if (!form) return { x, y, text: 'no form', note: '', share: undefined };
    const median = cellBand(cell, metric)?.median;
    const note = median === undefined ? '' : differenceText(metric, median - form.value);
    return { x, y, text: numberText(metric, form.value), note, share: shareOf(form.value, most) };
  });
}

/** The closed form of a cell for a metric, if theory has one. */
export function formOf({ theory }: SweepCell, metric: SweepMetric): ClosedForm | undefined {
  return theory.forms.find((form) => form.metric === metric);
}

/** A value on the page: its digits stay together. */
export function numberText(metric: SweepMetric, value: number): string {
  return unbroken(metricText(metric, value));
}

function differenceText(metric: SweepMetric, difference: number): string {
  const size = numberText(metric, Math.abs(difference));
  if (size === numberText(metric, 0)) return '±0';
  return difference > 0 ? `+${size}` : `−${size}`;
}

function shareOf(value: number, most: number): number {
  return most === 0 ? 0 : Math.min(1, Math.max(0, value / most));
}
