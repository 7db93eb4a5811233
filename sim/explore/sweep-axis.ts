/**
 * An axis of a sweep: one value of the scenario, and what it is set to in turn.
 *
 *   hints.ttl=5m,1h,3h            these
 *   hints.cap=1MiB..64MiB:7log    seven of them, each as many times the one before
 *   drain.interval=10s..60s:6     six of them, evenly apart
 *
 * The values are texts that the scenario file would take, so an axis may also be one of words: `system=dynomite,riak`.
 * Whether the scenario takes them is for its parser to say, cell by cell.
 */
import { exp, ln } from '../engine/index.ts';
import { leafOf, multipleOf, quantityOf } from './quantity.ts';
import type { Quantity, QuantityKind } from './quantity.ts';

/** One axis of the grid. */
export interface SweepAxis {
  /** Where the value is in a scenario file, as `hints.cap`. */
  readonly path: string;
  /** 1 … {@link MOST_VALUES}, each once, in the order given. */
  readonly values: readonly string[];
}

/** An axis, or why a text is none. */
export type AxisReading =
  | { readonly kind: 'axis'; readonly axis: SweepAxis }
  | { readonly kind: 'misread'; readonly expected: string; readonly found: string };

/** More values than that are no grid that anyone reads. */
export const MOST_VALUES = 24;

const FORM = 'path=value,value,… or path=from..to:7log, such as hints.cap=1MiB..64MiB:7log';

/** Reads `path=values`. */
export function readAxis(text: string): AxisReading {
  const [, path, list] = /^\s*([\w.]+)\s*=\s*(.*?)\s*$/s.exec(text) ?? [];
  if (path === undefined || list === undefined || list === '') return misread(FORM, text);
  const range = /^(.*?)\.\.(.*?)(?::(\d{1,3})(log|lin)?)?$/.exec(list);
  const values = range === null ? list.split(',').map((value) => value.trim()) : rangeValues(range);
  if (!Array.isArray(values)) return values;
  if (values.some((value) => value === '')) return misread('a value between two commas', list);
  const distinct = [...new Set(values)];
  return distinct.length <= MOST_VALUES
    ? { kind: 'axis', axis: { path, values: distinct } }
    : misread(`at most ${MOST_VALUES} values`, String(distinct.length));
}

/** An axis as {@link readAxis} reads it. */
export function axisText({ path, values }: SweepAxis): string {
  return `${path}=${values.join(',')}`;
}

/** The values as numbers if they grow from each to the next; undefined for words, and for any other order. */
export function ascending({ values }: SweepAxis): readonly number[] | undefined {
  const numbers = values.map((value) => numberOf(value)?.value ?? NaN);
  return numbers.every((value, at) => at === 0 || value > (numbers[at - 1] ?? NaN)) && !numbers.includes(NaN)
    ? numbers
    : undefined;
}

function rangeValues([, first = '', last = '', count = '5', scale = 'lin']: RegExpExecArray): string[] | AxisReading {
  const from = numberOf(first.trim());
  const to = numberOf(last.trim());
  if (from === undefined || to === undefined) return misread('a number with its unit at each end', `${first}..${last}`);
  if (from.kind !== to.kind && from.value !== 0 && to.value !== 0)
    return misread('two ends of one kind', `${first}..${last}`);
  const steps = Number(count) - 1;
  if (steps < 1 || steps >= MOST_VALUES) return misread(`2 to ${MOST_VALUES} values`, count);
  if (from.value >= to.value) return misread('a range that grows', `${first}..${last}`);
  if (scale === 'log' && from.value <= 0) return misread('a range above 0 where it grows by a factor', first);
  return Array.from({ length: steps + 1 }, (_, step) => {
    if (step === 0) return first.trim();
    if (step === steps) return last.trim();
    return String(leafOf({ kind: to.kind, value: between(from, to, step / steps, scale) }));
  });
}

/** The value at a share of the way, rounded for people. */
function between(from: Quantity, to: Quantity, share: number, scale: string): number {
  const exact =
    scale === 'log'
      ? exp(ln(from.value) * (1 - share) + ln(to.value) * share)
      : from.value + (to.value - from.value) * share;
  const grain = to.kind === 'count' ? 1 : grainOf(to.kind, exact);
  return multipleOf(grain, Math.round(exact / grain));
}

/** What a value is rounded to a multiple of: 1/50 of it or finer, in units that people read (never `16m 40.333333s`). */
function grainOf(kind: QuantityKind, value: number): number {
  const grains = GRAINS[kind] ?? DECIMALS;
  return grains.find((grain) => grain * 50 <= value) ?? grains.at(-1) ?? 1;
}

/** From the coarsest to the finest: a minute, a second, a millisecond; a mebibyte, a kibibyte. */
const GRAINS: Partial<Record<QuantityKind, readonly number[]>> = {
  duration: [60_000_000, 1_000_000, 1_000, 1],
  size: [1_048_576, 1_024, 1],
  byteRate: [1_048_576, 1_024, 1],
};

const DECIMALS = [1_000, 100, 10, 1, 0.1, 0.01, 1e-3, 1e-4, 1e-5];

/** A text as a quantity; digits alone are a number, as they are in a scenario file. */
function numberOf(text: string): Quantity | undefined {
  const bare = /^\d+(\.\d+)?$/.test(text);
  return quantityOf(bare ? Number(text) : text);
}

function misread(expected: string, found: string): AxisReading & { kind: 'misread' } {
  return { kind: 'misread', expected, found };
}
