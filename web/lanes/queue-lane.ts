/**
 * Queue lanes: the hints that one node holds for another, over time. Depth comes from the trace's own series; the age
 * of the oldest hint and the refusals are worked out here from the hint columns.
 */
import { bisectRight } from 'd3-array';
import { hintsByQueue, queueLanes as queuePairs, queueSeries, type Trace } from '../../sim/trace/index.ts';
import { once, type QueueData, type QueueLane } from './lane.ts';
import { steps } from './steps.ts';

/** CSS pixels; lower where there are many lanes. */
const HEIGHT = 48;
const CROWDED_HEIGHT = 40;
const MANY = 8;

export function queueLanes(trace: Trace): readonly QueueLane[] {
  const name = (node: number) => trace.scenario.nodes[node]?.name ?? `#${node}`;
  const pairs = queuePairs(trace);
  return pairs.map(({ holder, peer, hints }) => ({
    kind: 'queue' as const,
    id: `queue.${holder}.${peer}`,
    label: `${name(holder)} → ${name(peer)}`,
    about: `Hints that ${name(holder)} holds for ${name(peer)}: ${hints} in the whole run`,
    height: pairs.length > MANY ? CROWDED_HEIGHT : HEIGHT,
    holder,
    peer,
    hints,
    data: once(() => queueData(trace, holder, peer)),
  }));
}

/** The lane of one pair. O(n log n) in its hints, and O(refusals). */
export function queueData(trace: Trace, holder: number, peer: number): QueueData {
  const series = queueSeries(trace, holder, peer);
  return {
    depth: steps(series.at, series.depth),
    oldest: oldestOver(trace, holder, peer, series.at),
    refusedAt: refusals(trace, holder, peer),
    ttl: trace.scenario.policy.hints.ttl,
  };
}

/**
 * The oldest waiting hint after each of `changes`. Hints are numbered in the order of storing, so the oldest only
 * ever moves forward and one pass over the lane's hints is enough.
 */
function oldestOver(trace: Trace, holder: number, peer: number, changes: Float64Array): QueueData['oldest'] {
  const { storedAt, leftAt } = trace.hints;
  const ids = hintsByQueue(trace.hints).ofPair(holder, peer);
  let head = 0;
  const oldest = changes.map((at) => {
    while (head < ids.length && (leftAt[ids[head] ?? 0] ?? Infinity) <= at) head++;
    const stored = storedAt[ids[head] ?? -1] ?? Infinity;
    return stored <= at ? stored : NaN;
  });
  return { at: changes, storedAt: oldest };
}

function refusals(trace: Trace, holder: number, peer: number): Float64Array {
  return trace.refusals.at.filter((_, i) => trace.refusals.holder[i] === holder && trace.refusals.peer[i] === peer);
}

/** How far through its life the oldest waiting hint is, 0 … 1 and beyond; 0 while none waits. */
export function ageShare(data: QueueData, at: number): number {
  const i = bisectRight(data.oldest.at, at) - 1;
  const stored = data.oldest.storedAt[i] ?? NaN;
  return Number.isNaN(stored) ? 0 : (at - stored) / data.ttl;
}
