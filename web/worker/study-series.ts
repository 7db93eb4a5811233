/**
 * The series of a study: what designs are drawn against each other by. All of them are steps over the shared time axis,
 * and each has the same id in every design.
 *
 * A series is thinned to {@link MOST_CHANGES}: of each run of changes the least and the greatest stay, at their own
 * instants, so no spike is lost; only what lies between them is.
 */
import { keysBehind, queueLanes, type Trace } from '../../sim/trace/index.ts';
import { Changes, distinctInstants } from '../../sim/trace/queries/step-series.ts';
import { outcomeData } from '../lanes/outcome-lane.ts';
import type { Steps } from '../lanes/steps.ts';

/** What the lanes of a comparison are about, in the order of the page. */
export const SERIES_GROUPS = ['hints', 'peers', 'replicas', 'clients'] as const;
/** One of {@link SERIES_GROUPS}. */
export type SeriesGroup = (typeof SERIES_GROUPS)[number];

/** One quantity of a run over time. */
export interface StudySeries {
  /** The same in every run of the same nodes. */
  readonly id: string;
  readonly group: SeriesGroup;
  readonly label: string;
  readonly about: string;
  readonly unit: 'count' | 'bytes' | 'perSecond' | 'micros';
  /** Ascending, in microseconds; `value` holds from then on, and is 0 before. */
  readonly at: Float64Array;
  readonly value: Float64Array;
}

/** Changes of a series that are kept: sixty for each pixel of a wide screen, a megabyte at most. */
export const MOST_CHANGES = 65_536;
/** Peers with a lane of their own, at most: those with the most hints. */
const MOST_PEERS = 16;

/** Every series that the level of the run tells, in the order of the page. */
export function studySeries(trace: Trace): readonly StudySeries[] {
  return [...hintSeries(trace), ...peerSeries(trace), ...replicaSeries(trace), ...clientSeries(trace)].map(thinned);
}

function hintSeries(trace: Trace): StudySeries[] {
  if (trace.level === 'counters') return [];
  const { at, depth, bytes } = waiting(trace, () => true);
  const hints = { id: 'hints', label: 'hints waiting', about: 'Hints in all stores together', unit: 'count' } as const;
  const held = { id: 'bytes', label: 'bytes held', about: 'Bytes of all stores together', unit: 'bytes' } as const;
  return [
    { ...hints, group: 'hints', at, value: depth },
    { ...held, group: 'hints', at, value: bytes },
  ];
}

function peerSeries(trace: Trace): StudySeries[] {
  const stored = new Map<number, number>();
  for (const { peer, hints } of queueLanes(trace)) stored.set(peer, (stored.get(peer) ?? 0) + hints);
  const fullest = [...stored].toSorted(([, a], [, b]) => b - a).slice(0, MOST_PEERS);
  return fullest
    .toSorted(([a], [b]) => a - b)
    .map(([peer]) => {
      const name = trace.scenario.nodes[peer]?.name ?? `#${peer}`;
      const { at, depth } = waiting(trace, (row) => trace.hints.peer[row] === peer);
      const about = `Hints that wait for ${name}, whoever holds them`;
      return { id: `peer.${peer}`, group: 'peers', label: `→ ${name}`, about, unit: 'count', at, value: depth };
    });
}

function replicaSeries(trace: Trace): StudySeries[] {
  if (trace.level !== 'full') return [];
  const { at, keys } = keysBehind(trace);
  const about = 'Keys that a replica holds in an older version than the newest acknowledged one, over all replicas';
  return [{ id: 'behind', group: 'replicas', label: 'keys behind', about, unit: 'count', at, value: keys }];
}

function clientSeries(trace: Trace): StudySeries[] {
  const { answered, failed, meanLatency, maxLatency } = outcomeData(trace);
  const one = (id: string, label: string, about: string, unit: StudySeries['unit'], { at, value }: Steps) => ({
    ...{ id, group: 'clients' as const, label, about, unit, at, value },
  });
  return [
    one('answered', 'answered', 'Requests answered per second', 'perSecond', answered),
    one('failed', 'failed', 'Requests failed per second', 'perSecond', failed),
    one('latency', 'mean latency', 'Mean latency of answered requests', 'micros', meanLatency),
    one('slowest', 'greatest latency', 'Greatest latency of answered requests', 'micros', maxLatency),
  ];
}

/** The hints that `counts` picks, over time. O(hints · log hints) at most. */
function waiting({ hints }: Trace, counts: (row: number) => boolean): ReturnType<Changes['summed']> {
  const { storedAt, leftAt, bytes } = hints;
  const picked = (column: Float64Array): Float64Array => column.filter((_, row) => counts(row));
  const changes = new Changes(distinctInstants([picked(storedAt), picked(leftAt)]));
  for (let row = 0; row < storedAt.length; row++) {
    if (counts(row)) changes.add(storedAt[row] ?? 0, 1, bytes[row] ?? 0);
  }
  for (let row = 0; row < leftAt.length; row++) {
    const left = leftAt[row] ?? Infinity;
    if (counts(row) && left < Infinity) changes.add(left, -1, -(bytes[row] ?? 0));
  }
  return changes.summed();
}

/** A series of at most {@link MOST_CHANGES}; buffers of its own, so that each can move by itself. */
export function thinned(series: StudySeries): StudySeries {
  const { at, value } = series;
  if (at.length <= MOST_CHANGES) return { ...series, at: at.slice(), value: value.slice() };
  const keep: number[] = [];
  const run = Math.ceil(at.length / Math.floor(MOST_CHANGES / 3));
  for (let first = 0; first < at.length; first += run) {
    const last = Math.min(at.length, first + run) - 1;
    let least = first;
    let most = first;
    for (let row = first; row <= last; row++) {
      if ((value[row] ?? 0) < (value[least] ?? 0)) least = row;
      if ((value[row] ?? 0) > (value[most] ?? 0)) most = row;
    }
    keep.push(...new Set([least, most, last].toSorted((a, b) => a - b)));
  }
  return {
    ...series,
    at: Float64Array.from(keep, (row) => at[row] ?? 0),
    value: Float64Array.from(keep, (row) => value[row] ?? 0),
  };
}
