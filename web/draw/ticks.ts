/**
 * Ticks of the time axis: round steps in the units people use for time (µs, ms, s, min, h, d), from a year to a microsecond.
 *
 * Deep inside a long run a full label would not fit beside its neighbours, so below a second per step the axis names
 * the instant it counts from once (the anchor) and its ticks count from there.
 */
import { bisectLeft, range } from 'd3-array';
import type { Span } from './time-scale.ts';

const MILLI = 1_000;
const SECOND = 1_000_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const DECADE = [1, 2, 5, 10, 20, 50, 100, 200, 500];
/** Round steps of time in microseconds, from a microsecond to 10 000 days. */
export const TIME_STEPS: readonly number[] = [
  ...DECADE,
  ...DECADE.map((n) => n * MILLI),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 10_000].map((n) => n * DAY),
];

/** A labelled instant on the axis. */
export interface Tick {
  /** Microseconds since the start of the run. */
  readonly at: number;
  readonly label: string;
}

export interface AxisTicks {
  /** Named when the ticks count from it instead of from the start of the run. */
  readonly anchor: Tick | undefined;
  readonly ticks: readonly Tick[];
}

/** Ticks for a span drawn over `width` pixels, about one per `spacing` pixels. */
export function axisTicks(span: Span, width: number, spacing = 90): AxisTicks {
  const wanted = Math.max(2, Math.floor(width / spacing));
  const step = tickStep((span.until - span.from) / wanted);
  const first = Math.ceil(span.from / step);
  const ats = range(first, Math.floor(span.until / step) + 1).map((n) => n * step);
  const unit = step < MILLI ? MILLI : SECOND;
  if (step >= SECOND || span.from < MINUTE)
    return { anchor: undefined, ticks: ats.map((at) => ({ at, label: clockLabel(at) })) };
  const base = Math.floor(span.from / unit) * unit;
  return {
    anchor: { at: base, label: clockLabel(base) },
    ticks: ats.map((at) => ({ at, label: `+${clockLabel(at - base)}` })),
  };
}

/** On which side of its line a label stands: the right, or the left where it would be cut, or nowhere. In pixels. */
export function labelPlace(
  label: string,
  at: { left: number; pitch: number; width: number },
): 'right' | 'left' | 'none' {
  const needed = 7 * label.length + 9; // generously: fonts differ
  if (at.left + needed <= at.width) return 'right';
  return at.pitch > 2 * needed ? 'left' : 'none';
}

/** The smallest round step that is at least `micros` long. */
export function tickStep(micros: number): number {
  return TIME_STEPS[Math.min(bisectLeft(TIME_STEPS, micros), TIME_STEPS.length - 1)] ?? DAY;
}

/** An instant in the two or three units it needs, with nothing that is zero: '0', '1m 30s', '2d 6h', '3.25s'. */
export function clockLabel(at: number): string {
  if (at === 0) return '0';
  const parts: string[] = [];
  let rest = at;
  for (const [micros, name] of [
    [DAY, 'd'],
    [HOUR, 'h'],
    [MINUTE, 'm'],
  ] as const) {
    const whole = Math.floor(rest / micros);
    if (whole > 0) parts.push(`${whole}${name}`);
    rest -= whole * micros;
  }
  if (rest > 0) parts.push(secondsLabel(rest));
  return parts.join(' ');
}

/** A span in its two largest units, to a tenth of a second: '1d 6h', '23h 59m', '6.2s'. What a list is read for. */
export function briefLabel(micros: number): string {
  if (micros < SECOND) return clockLabel(Math.round(micros));
  if (micros < MINUTE) return clockLabel(Math.floor(micros / 100_000) * 100_000);
  const grain = micros < HOUR ? SECOND : micros < DAY ? MINUTE : HOUR;
  return clockLabel(Math.floor(micros / grain) * grain);
}

function secondsLabel(micros: number): string {
  if (micros >= SECOND) return `${micros / SECOND}s`;
  return micros >= MILLI ? `${micros / MILLI}ms` : `${micros}µs`;
}
