/**
 * Ticks of an axis by event: evenly spread over the picture, each at an event, labelled with its time as far as is
 * needed to tell it from its neighbours.
 */
import { bisectLeft } from 'd3-array';
import { clockLabel, type AxisTicks, type Tick } from './ticks.ts';
import { instantAt, type TimeScale } from './time-scale.ts';

/** Pixels from one tick to the next: labels are times of any length. */
const SPACING = 130;

/** Ticks for what is visible. */
export function eventTicks(scale: TimeScale): AxisTicks {
  const events = scale.mapping ?? new Float64Array();
  const count = Math.max(1, Math.floor(scale.width / SPACING));
  const ats = new Set<number>();
  for (let i = 0; i <= count; i++) {
    const at = events[bisectLeft(events, instantAt(scale, (i * scale.width) / count) - 0.5)];
    if (at !== undefined && at <= scale.until) ats.add(at);
  }
  const distinct = [...ats];
  return { anchor: undefined, ticks: distinct.map((at, i) => tickAt(at, nearestGap(distinct, i))) };
}

function nearestGap(ats: readonly number[], i: number): number {
  const at = ats[i] ?? 0;
  return Math.min(at - (ats[i - 1] ?? -Infinity), (ats[i + 1] ?? Infinity) - at);
}

/** The label is cut to a hundredth of the way to the nearest neighbour; the tick stands at the event all the same. */
function tickAt(at: number, gap: number): Tick {
  const grain = Number.isFinite(gap) && gap > 0 ? 10 ** Math.max(0, Math.floor(Math.log10(gap)) - 1) : 1;
  return { at, label: clockLabel(Math.floor(at / grain) * grain) };
}
