/**
 * The strips of a compared lane: the pictures that a layout makes of it, one below the other, each with what it says in
 * numbers at the playhead.
 */
import { unreachable } from '../../core/index.ts';
import { drawAlone, drawDifference, drawOverlay } from '../draw/compared.ts';
import type { Pen, Rect, Theme } from '../draw/pen.ts';
import type { TimeScale } from '../draw/time-scale.ts';
import type { Layout } from '../state/compared-address.ts';
import { formatDifference, formatValue, type ComparedLane, type ComparedLine } from './compared-lanes.ts';
import { difference, greatestDifference } from './difference.ts';
import { valueAt } from './steps.ts';

/** A design's number at a moment. */
export interface StripReading {
  readonly place: number;
  readonly letter: string;
  readonly text: string;
}

/** One picture of a lane. */
export interface Strip {
  /** Unique within the lane. */
  readonly key: string;
  /** CSS pixels. */
  readonly height: number;
  /** What the height stands for. */
  readonly scale: string;
  readonly draw: (pen: Pen, scale: TimeScale, rect: Rect, theme: Theme) => void;
  readonly readings: (moment: number) => readonly StripReading[];
}

const OVERLAY_HEIGHT = 84;
const STRIP_HEIGHT = 40;

/** The pictures of a lane, top to bottom. In differences the base has none: it is the line in the middle. */
export function stripsOf(lane: ComparedLane, layout: Layout): readonly Strip[] {
  switch (layout) {
    case 'overlay':
      return [overlay(lane)];
    case 'side':
      return lane.lines.map((line) => alone(lane, line));
    case 'difference':
      return differences(lane);
    default:
      return unreachable(layout);
  }
}

function overlay(lane: ComparedLane): Strip {
  return {
    key: 'overlay',
    height: OVERLAY_HEIGHT,
    scale: `peak ${formatValue(lane.unit, lane.top)}`,
    draw: (pen, scale, rect, theme) => drawOverlay(pen, lane, scale, rect, theme),
    readings: (moment) => lane.lines.map((line) => reading(lane, line, moment)),
  };
}

function alone(lane: ComparedLane, line: ComparedLine): Strip {
  const top = Math.max(lane.top, 1e-9);
  return {
    key: line.letter,
    height: STRIP_HEIGHT,
    scale: `peak ${formatValue(lane.unit, line.series.max)}`,
    draw: (pen, scale, rect, theme) => drawAlone(pen, { line, top }, scale, rect, theme),
    readings: (moment) => [reading(lane, line, moment)],
  };
}

function differences(lane: ComparedLane): readonly Strip[] {
  const [base, ...others] = lane.lines;
  if (!base) return [];
  const made = others.map((line) => ({ line, series: difference(base.series, line.series) }));
  const most = Math.max(0, ...made.map(({ series }) => greatestDifference(series)));
  return made.map(({ line, series }) => {
    const own = greatestDifference(series);
    return {
      key: line.letter,
      height: STRIP_HEIGHT,
      scale: own === 0 ? `same as ${base.letter} throughout` : `at most ${formatValue(lane.unit, own)} apart`,
      draw: (pen, scale, rect, theme) => drawDifference(pen, { place: line.place, series, most }, scale, rect, theme),
      readings: (moment) => {
        const text = formatDifference(lane.unit, valueAt(series, moment));
        return [{ place: line.place, letter: line.letter, text }];
      },
    };
  });
}

function reading({ unit }: ComparedLane, { place, letter, series }: ComparedLine, moment: number): StripReading {
  return { place, letter, text: formatValue(unit, valueAt(series, moment)) };
}
