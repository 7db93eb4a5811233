/**
 * The lanes of a comparison: one quantity each, with the series of every design that tells it, on the time axis and the
 * vertical axis that all of them share.
 */
import { unreachable } from '../../core/index.ts';
import { formatBytes, formatCount, formatDuration } from '../../sim/trace/index.ts';
import type { Study } from '../worker/study.ts';
import type { SeriesGroup, StudySeries } from '../worker/study-series.ts';
import { latencyLabel } from './reading.ts';
import { steps, type Steps } from './steps.ts';

/** One design in a lane. */
export interface ComparedLine {
  /** Of the design; decides colour and dashes. */
  readonly place: number;
  readonly letter: string;
  readonly series: Steps;
}

/** One quantity of all designs. */
export interface ComparedLane {
  readonly id: string;
  readonly label: string;
  readonly about: string;
  readonly unit: StudySeries['unit'];
  /** In the order of the designs; without those whose run does not tell. At least one. */
  readonly lines: readonly ComparedLine[];
  /** The greatest value of any of them, and at least 0. */
  readonly top: number;
}

/** Lanes that belong together. */
export interface ComparedGroup {
  readonly kind: SeriesGroup;
  readonly title: string;
  readonly lanes: readonly ComparedLane[];
}

/** What is needed of a design. */
export interface ComparedDesign {
  readonly place: number;
  readonly letter: string;
  readonly study: Study | undefined;
}

const TITLES: Readonly<Record<SeriesGroup, string>> = {
  hints: 'All hints',
  peers: 'Hints waiting, by peer',
  replicas: 'Staleness',
  clients: 'Clients',
};

const NOTHING: Steps = steps(new Float64Array(), new Float64Array());
/** A study is drawn many times and never changes. */
const made = new WeakMap<StudySeries, Steps>();

/** Top to bottom. A design without a study has no line; a peer that one design never hinted for has 0 there. */
export function comparedGroups(designs: readonly ComparedDesign[]): readonly ComparedGroup[] {
  const all = designs.flatMap(({ study }) => study?.series ?? []);
  const kinds = new Map(all.map((series) => [series.id, series]));
  const lanes = [...kinds.values()].map((series) => ({ kind: series.group, lane: laneOf(series, designs) }));
  return Object.entries(TITLES).flatMap(([kind, title]) => {
    const own = lanes.filter((each) => each.kind === kind).map(({ lane }) => lane);
    const [first] = lanes.filter((each) => each.kind === kind);
    return first === undefined ? [] : [{ kind: first.kind, title, lanes: own.toSorted(byPeer) }];
  });
}

/** Peers in the order of the cluster, whichever design hinted for them first; other lanes stay as they are. */
function byPeer(a: ComparedLane, b: ComparedLane): number {
  const peer = ({ id }: ComparedLane): number => (id.startsWith('peer.') ? Number(id.slice('peer.'.length)) : 0);
  return peer(a) - peer(b);
}

function laneOf({ id, group, label, about, unit }: StudySeries, designs: readonly ComparedDesign[]): ComparedLane {
  const lines = designs.flatMap(({ place, letter, study }) => {
    const series = study?.series.find((each) => each.id === id);
    if (series) return [{ place, letter, series: stepsOf(series) }];
    const isNone = study !== undefined && study.level !== 'counters' && group === 'peers';
    return isNone ? [{ place, letter, series: NOTHING }] : [];
  });
  return { id, label, about, unit, lines, top: Math.max(0, ...lines.map(({ series }) => series.max)) };
}

function stepsOf(series: StudySeries): Steps {
  const known = made.get(series) ?? steps(series.at, series.value);
  made.set(series, known);
  return known;
}

/** A value of a lane, as people read it. */
export function formatValue(unit: StudySeries['unit'], value: number): string {
  switch (unit) {
    case 'count':
      return formatCount(value);
    case 'bytes':
      return formatBytes(value);
    case 'perSecond':
      return `${value >= 100 ? formatCount(value) : String(Number(value.toPrecision(3)))}/s`;
    case 'micros':
      return value === 0 ? '–' : latencyLabel(value);
    default:
      return unreachable(unit);
  }
}

/** A difference, with its sign in words that a screen reader says: `+120`, `−120`, or `same`. */
export function formatDifference(unit: StudySeries['unit'], value: number): string {
  if (value === 0) return 'same';
  const size = unit === 'micros' ? formatDuration(Math.round(Math.abs(value))) : formatValue(unit, Math.abs(value));
  return `${value > 0 ? '+' : '−'}${size}`;
}
