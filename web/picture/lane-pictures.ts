/**
 * The timeline as a picture, and the comparison: the lanes in view, one row each, on the stretch of time on screen.
 */
import { formatCount, formatInstant } from '../../sim/trace/index.ts';
import { eventTicks } from '../draw/event-ticks.ts';
import { drawGrid } from '../draw/grid.ts';
import { drawLane } from '../draw/lane.ts';
import type { Theme } from '../draw/pen.ts';
import { axisTicks, type AxisTicks } from '../draw/ticks.ts';
import { timeScale, type TimeScale } from '../draw/time-scale.ts';
import { comparedGroups } from '../lanes/compared-lanes.ts';
import { stripsOf } from '../lanes/compared-strips.ts';
import type { Lane, LaneGroup } from '../lanes/lane.ts';
import { readingOf } from '../lanes/reading.ts';
import type { Workbench } from '../state/workbench.svelte.ts';
import type { Trace } from '../../sim/trace/index.ts';
import { plotWidth, type LegendEntry, type Picture, type PictureRow } from './picture.ts';

const GUTTER = 170;
/** Rows of a picture: beyond, nobody reads it, and canvases have an end. */
const MOST_LANES = 150;

interface Axis {
  readonly scale: TimeScale;
  readonly ticks: AxisTicks;
  readonly moment: number;
}

/** The lanes of the run, without the groups that are folded. `theme` is what the legend is coloured by. */
export function timelinePicture(workbench: Workbench, trace: Trace, width: number, theme: Theme): Picture {
  const axis = axisOf(workbench, width);
  const groups = workbench.run.groups.filter(
    ({ kind, lanes }) => lanes.length > 0 && !workbench.timeline.isFolded(kind),
  );
  const drawn = workbench.run.drawn ?? trace;
  let room = MOST_LANES;
  const rows = groups.flatMap((group): Picture['rows'] => {
    const lanes = group.lanes.slice(0, Math.max(0, room));
    room -= lanes.length;
    const left = group.lanes.length - lanes.length;
    const heading = left > 0 ? `${group.title} (and ${formatCount(left)} more)` : group.title;
    return [{ heading }, ...lanes.map((lane) => laneRow(lane, drawn, axis, workbench.viewport.end))];
  });
  return { ...frameOf(workbench, trace, width), rows, axis, legend: laneLegend(groups, theme) };
}

/** The lanes of the comparison as they are laid out on the page. */
export function comparisonPicture(workbench: Workbench, trace: Trace, width: number, theme: Theme): Picture {
  const axis = axisOf(workbench, width);
  const { compare, playback } = workbench;
  const rows = comparedGroups(compare.columns).flatMap(({ title, lanes }): Picture['rows'] => [
    { heading: title },
    ...lanes.flatMap((lane) =>
      stripsOf(lane, compare.layout).map((strip, i): PictureRow => {
        const readings = strip.readings(axis.moment).map(({ letter, text }) => `${letter} ${text}`);
        return {
          name: i === 0 ? lane.label : '',
          value: readings.join('  '),
          scale: strip.scale,
          height: strip.height,
          draw: (pen, rect, colours) => {
            drawGrid(pen, { ticks: axis.ticks.ticks, end: playback.end }, axis.scale, rect, colours);
            strip.draw(pen, axis.scale, rect, colours);
          },
        };
      }),
    ),
  ]);
  const legend = compare.columns.map(({ place, letter, name }) => ({
    colour: theme.designs[place] ?? theme.ink,
    text: `${letter}: ${name}`,
  }));
  return { ...frameOf(workbench, trace, width), rows, axis, legend };
}

/** What every picture of a run says above its rows. */
export function frameOf(
  { draft, playback }: Workbench,
  { scenario }: Trace,
  width: number,
): Pick<Picture, 'title' | 'about' | 'gutter' | 'width'> {
  const changes = draft.sets.length > 0 ? `, with ${draft.sets.join(', ')}` : '';
  const about = `${scenario.system}, seed ${scenario.seed}${changes}. Values at ${formatInstant(playback.moment)}.`;
  return { title: scenario.name, about, gutter: GUTTER, width };
}

function axisOf({ viewport, playback }: Workbench, width: number): Axis {
  const scale = timeScale(viewport.span, plotWidth({ width, gutter: GUTTER }), viewport.mapping);
  const ticks = viewport.mapping ? eventTicks(scale) : axisTicks(viewport.span, scale.width);
  return { scale, ticks, moment: playback.moment };
}

function laneRow(lane: Lane, trace: Trace, { scale, ticks, moment }: Axis, end: number): PictureRow {
  const reading = readingOf(lane, trace, moment);
  return {
    name: lane.label,
    value: reading.now,
    scale: reading.scale,
    height: lane.height,
    draw: (pen, rect, theme) => drawLane(pen, { lane, moment, ticks: ticks.ticks, end }, scale, rect, theme),
  };
}

/** What the colours of the lanes mean, for the kinds of lanes that are there; shapes tell the same without colour. */
function laneLegend(groups: readonly LaneGroup[], theme: Theme): readonly LegendEntry[] {
  const has = (kind: LaneGroup['kind']) => groups.some((group) => group.kind === kind);
  return [
    ...(has('nodes')
      ? [
          { colour: theme.down, text: 'hatched: down' },
          { colour: theme.belief, text: 'thin lines: taken for Down, one per observer' },
        ]
      : []),
    ...(has('queues')
      ? [
          { colour: theme.ages[0] ?? theme.ink, text: 'hints just stored' },
          { colour: theme.ages.at(-1) ?? theme.ink, text: 'hints about to expire' },
        ]
      : []),
    ...(has('queues') || has('stores') ? [{ colour: theme.refused, text: 'triangles: hints refused' }] : []),
    ...(has('stores') ? [{ colour: theme.bytes, text: 'bytes of hints' }] : []),
    ...(has('expiries') ? [{ colour: theme.expired, text: 'hints expired; paler: to expire unless drained' }] : []),
    ...(has('clients')
      ? [
          { colour: theme.acked, text: 'up: requests answered' },
          { colour: theme.failed, text: 'down: requests failed' },
          { colour: theme.latency, text: 'latency' },
        ]
      : []),
  ];
}
