/**
 * Decimation: a step series as one entry per pixel column, keeping the least, the greatest and the last value in it.
 *
 * A column covers [x, x + 1) pixels. The value that holds when the column begins counts as seen in it, so a series
 * without a change in view still fills the view, and a spike shorter than a pixel still reaches its full height.
 */
import { bisectLeft, bisectRight } from 'd3-array';
import { extremes, type Steps } from '../lanes/steps.ts';
import { instantAt, type TimeScale } from './time-scale.ts';

/** A value per pixel column. */
export interface Columns {
  readonly min: Float64Array;
  readonly max: Float64Array;
  /** The value when the column ends. */
  readonly last: Float64Array;
}

/** Columns 0 … ceil(width) − 1 of the scale. */
export function columnsOf(series: Steps, scale: TimeScale): Columns {
  const count = Math.max(0, Math.ceil(scale.width));
  const columns = { min: new Float64Array(count), max: new Float64Array(count), last: new Float64Array(count) };
  let next = bisectRight(series.at, scale.from);
  let value = next > 0 ? (series.value[next - 1] ?? 0) : 0;
  for (let x = 0; x < count; x++) {
    const end = bisectLeft(series.at, instantAt(scale, x + 1), next);
    const seen = extremes(series, next, end);
    columns.min[x] = Math.min(value, seen?.min ?? value);
    columns.max[x] = Math.max(value, seen?.max ?? value);
    if (end > next) value = series.value[end - 1] ?? value;
    columns.last[x] = value;
    next = end;
  }
  return columns;
}
