/**
 * Draws the client lanes. Outcomes: answered requests grow up from a line, failed ones down from it on the same scale.
 * Latency: on a logarithmic axis, the greatest as a pale area and the mean as a line.
 */
import type { OutcomeData } from '../lanes/lane.ts';
import { columnsOf } from './decimate.ts';
import type { Pen, Rect, Theme } from './pen.ts';
import { drawStepArea } from './step-area.ts';
import { clamp, type TimeScale } from './time-scale.ts';

const HEADROOM = 4;
/** The share of the lane below the line when anything failed. */
const MOST_BELOW = 0.5;

/** What the lane of outcomes is drawn from. */
export type RateSeries = Pick<OutcomeData, 'answered' | 'failed'>;

/** Where the line lies: all of the lane above it if nothing ever failed, else in proportion. */
export function outcomeAxis(data: RateSeries, height: number): { base: number; top: number } {
  const failed = data.failed.max;
  const top = Math.max(1, data.answered.max);
  if (failed === 0) return { base: height, top };
  const below = Math.min(MOST_BELOW, Math.max(0.2, failed / (failed + top)));
  return { base: height * (1 - below), top: Math.max(top, (failed * (1 - below)) / below) };
}

export function drawOutcome(pen: Pen, data: RateSeries, scale: TimeScale, rect: Rect, theme: Theme): void {
  const room = rect.height - HEADROOM - 1;
  const { base, top } = outcomeAxis(data, room);
  const up = { ...rect, y: rect.y + HEADROOM, height: base };
  const down = { ...rect, y: rect.y + HEADROOM + base, height: room - base };
  drawStepArea(pen, columnsOf(data.answered, scale), up, {
    fill: () => theme.acked,
    edge: theme.acked,
    top,
    grows: 'up',
  });
  if (down.height === 0) return;
  pen.fillStyle = theme.line;
  pen.fillRect(rect.x, down.y, rect.width, 1);
  const downTop = (top * down.height) / up.height;
  drawStepArea(pen, columnsOf(data.failed, scale), down, {
    fill: () => theme.failed,
    edge: theme.failed,
    top: downTop,
    grows: 'down',
  });
}

/** A low and a high course of latencies: mean and greatest, or two percentiles. */
export type LatencySeries = Pick<OutcomeData, 'meanLatency' | 'maxLatency'>;

/** The latency axis, from microseconds to pixels: logarithmic, with room below the least mean and above the maximum. */
export function latencyAxis(data: LatencySeries, height: number): (micros: number) => number {
  const least = data.meanLatency.value.reduce((low, v) => (v > 0 && v < low ? v : low), Infinity);
  const from = Math.log(Number.isFinite(least) ? least / 4 : 1_000);
  const span = Math.max(Math.log(10), Math.log(Math.max(1, data.maxLatency.max * 1.5)) - from);
  return (micros) => clamp((Math.log(micros) - from) / span, 0, 1) * height;
}

/** Draws the latency lane. */
export function drawLatency(pen: Pen, data: LatencySeries, scale: TimeScale, rect: Rect, theme: Theme): void {
  const plot = { ...rect, y: rect.y + HEADROOM, height: rect.height - HEADROOM - 1 };
  const axis = latencyAxis(data, plot.height);
  const greatest = columnsOf(data.maxLatency, scale);
  const mean = columnsOf(data.meanLatency, scale);
  pen.fillStyle = theme.latency;
  pen.globalAlpha = 0.25;
  greatest.max.forEach((micros, x) => {
    const height = micros > 0 ? Math.max(1, axis(micros)) : 0;
    if (height > 0) pen.fillRect(plot.x + x, plot.y + plot.height - height, 1, height);
  });
  pen.globalAlpha = 1;
  mean.last.forEach((micros, x) => {
    if (micros > 0) pen.fillRect(plot.x + x, plot.y + plot.height - axis(micros) - 1, 1, 2);
  });
}
