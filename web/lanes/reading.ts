/**
 * What a lane says in numbers at the playhead, and what the top of its axis stands for: the text beside every lane.
 */
import {
  believersAt,
  formatBytes,
  formatCount,
  formatDuration,
  formatShare,
  isDown,
  type Trace,
} from '../../sim/trace/index.ts';
import { unreachable } from '../../core/index.ts';
import { briefLabel } from '../draw/ticks.ts';
import { storeAxis } from '../draw/store.ts';
import type {
  BeliefLane,
  BeliefLine,
  Interval,
  Lane,
  NodeLane,
  OutcomeData,
  PercentileData,
  StoreLane,
} from './lane.ts';
import { ageShare } from './queue-lane.ts';
import { valueAt } from './steps.ts';

export interface Reading {
  /** The value at the playhead. */
  readonly now: string;
  /** The scale of the lane; empty where it has none. */
  readonly scale: string;
}

export function readingOf(lane: Lane, trace: Trace, moment: number): Reading {
  switch (lane.kind) {
    case 'node':
      return nodeReading(lane, trace, moment);
    case 'belief':
      return beliefReading(lane, trace, moment);
    case 'count': {
      const data = lane.data();
      const limit = data.limit > 0 ? ` · channel ${formatCount(data.limit)}` : '';
      return { now: formatCount(valueAt(data.count, moment)), scale: `peak ${formatCount(data.count.max)}${limit}` };
    }
    case 'percentile':
      return percentileReading(lane.data(), moment);
    case 'queue': {
      const data = lane.data();
      const waiting = valueAt(data.depth, moment);
      return {
        now: waiting === 0 ? '0' : `${formatCount(waiting)} · oldest ${briefLabel(ageShare(data, moment) * data.ttl)}`,
        scale: `peak ${formatCount(data.depth.max)}`,
      };
    }
    case 'store':
      return storeReading(lane, moment);
    case 'expiry': {
      const { expired, horizon, top } = lane.data().at(moment);
      const gone = valueAt(expired, moment);
      const due = (horizon.value[horizon.value.length - 1] ?? 0) - gone;
      return { now: `${formatCount(gone)} · ${formatCount(due)} due`, scale: `top ${formatCount(top)}` };
    }
    case 'outcome':
      return outcomeReading(lane.data(), moment);
    case 'latency':
      return latencyReading(lane.data(), moment);
    default:
      return unreachable(lane);
  }
}

function nodeReading(lane: NodeLane, trace: Trace, moment: number): Reading {
  const believers = believersAt(trace, lane.node, moment);
  const fact = isDown(trace, lane.node, moment) ? 'down' : 'up';
  const broken = lane.faults.filter(({ from, until }) => from <= moment && moment < until).map(({ label }) => label);
  const beliefs = believers === 0 ? [] : [`${believers} of ${trace.scenario.nodes.length - 1} say Down`];
  return { now: [fact, ...broken, ...beliefs].join(' · '), scale: '' };
}

function beliefReading(lane: BeliefLane, trace: Trace, moment: number): Reading {
  const at = (intervals: readonly Interval[]) => intervals.some(({ from, until }) => from <= moment && moment < until);
  const named = (lines: readonly BeliefLine[]) =>
    lines.map(({ peer }) => trace.scenario.nodes[peer]?.name ?? `#${peer}`).join(', ');
  const lines = lane.lines();
  const [right, mistaken, missed] = [
    lines.filter((line) => at(line.believed) && !at(line.mistaken)),
    lines.filter((line) => at(line.mistaken)),
    lines.filter((line) => at(line.missed)),
  ];
  const parts = [
    ...(right.length > 0 ? [`Down: ${named(right)}`] : []),
    ...(mistaken.length > 0 ? [`wrongly Down: ${named(mistaken)}`] : []),
    ...(missed.length > 0 ? [`misses that ${named(missed)} is down`] : []),
  ];
  return { now: parts.length === 0 ? 'all Normal' : parts.join(' · '), scale: '' };
}

function percentileReading({ timed, median, high }: PercentileData, moment: number): Reading {
  const [p50, p99] = [median, high].map((series) => latencyLabel(valueAt(series, moment)));
  return {
    now: valueAt(timed, moment) > 0 ? `p50 ${p50} · p99 ${p99}` : 'none answered',
    scale: `peak p99 ${latencyLabel(high.max)}`,
  };
}

function storeReading(lane: StoreLane, moment: number): Reading {
  const data = lane.data();
  const held = valueAt(data.bytes, moment);
  const share = data.maxBytes > 0 && held > 0 ? ` · ${formatShare(held, data.maxBytes)} of cap` : '';
  const perPeer = data.maxBytesPerPeer === 0 ? 'no cap' : `cap ${formatBytes(data.maxBytesPerPeer)} per peer`;
  const cap = data.maxBytes === 0 ? perPeer : `cap ${formatBytes(data.maxBytes)}`;
  const peak = storeAxis(data).capShown ? '' : ` · peak ${formatBytes(data.bytes.max)}`;
  return { now: `${formatBytes(held)}${share}`, scale: cap + peak };
}

function outcomeReading(data: OutcomeData, moment: number): Reading {
  const failed = valueAt(data.failed, moment);
  return {
    now: `${rate(valueAt(data.answered, moment))}/s${failed > 0 ? ` · ${rate(failed)}/s failed` : ''}`,
    scale: `peak ${rate(data.answered.max)}/s${data.failed.max > 0 ? ` · ${rate(data.failed.max)}/s failed` : ''}`,
  };
}

function latencyReading({ timed, meanLatency, maxLatency }: OutcomeData, moment: number): Reading {
  const [mean, most] = [meanLatency, maxLatency].map((series) => latencyLabel(valueAt(series, moment)));
  return {
    now: valueAt(timed, moment) > 0 ? `${mean} · max ${most}` : 'none answered',
    scale: `peak ${latencyLabel(maxLatency.max)}`,
  };
}

/** A latency in three significant digits, which are what a bucket's mean, or a glance at a percentile, can carry. */
export function latencyLabel(micros: number): string {
  if (micros < 1_000) return formatDuration(micros);
  const unit = micros < 1_000_000 ? 1_000 : 1_000_000;
  return `${Number((micros / unit).toPrecision(3))}${unit === 1_000 ? 'ms' : 's'}`;
}

function rate(perSecond: number): string {
  return perSecond >= 100 ? formatCount(perSecond) : String(Number(perSecond.toPrecision(3)));
}
