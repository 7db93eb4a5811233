/**
 * The lanes of a run: what the timeline shows from top to bottom, as data. A lane holds what its drawing needs;
 * series that cost a walk over a table are made when the lane is first drawn, and kept.
 */
import type { Span } from '../draw/time-scale.ts';
import type { NodeFault } from './node-faults.ts';
import type { Steps } from './steps.ts';

/** Half-open; `until` is the end of the run where the trace says never. */
export type Interval = Span;

/** What a queue lane draws. */
export interface QueueData {
  readonly depth: Steps;
  /** When the oldest waiting hint changed, and since when it has been waiting; NaN while none waits. */
  readonly oldest: { readonly at: Float64Array; readonly storedAt: Float64Array };
  /** When a hint for this queue was refused by the cap, the window or the disk, ascending. */
  readonly refusedAt: Float64Array;
  /** The life of a hint, in microseconds: the measure of old. */
  readonly ttl: number;
}

/** What a store lane draws. */
export interface StoreData {
  readonly bytes: Steps;
  /** Of the node, whatever the peer; 0 is no cap. */
  readonly maxBytes: number;
  /** Of each of its queues, where caps are per peer; 0 is no cap. */
  readonly maxBytesPerPeer: number;
  /** When a hint was refused by this node's cap or disk, ascending. */
  readonly refusedAt: Float64Array;
}

/** The expiry lane at one moment. */
export interface ExpiryData {
  readonly moment: number;
  /** Hints expired so far. */
  readonly expired: Steps;
  /** Expired by then, unless drained: starts at the moment with what has expired already. */
  readonly horizon: Steps;
  /** The most that had expired or could still expire at any one instant: the top of the axis, whatever the moment. */
  readonly top: number;
}

/** What the expiry lane is made of: it looks different from every moment. */
export interface HorizonSource {
  readonly at: (moment: number) => ExpiryData;
}

/** What the two client lanes draw. */
export interface OutcomeData {
  /** Requests per second. */
  readonly answered: Steps;
  readonly failed: Steps;
  /** Requests answered in each bucket of the latencies. */
  readonly timed: Steps;
  /** Microseconds per bucket; 0 where nothing was answered, or all of it at once. */
  readonly meanLatency: Steps;
  readonly maxLatency: Steps;
}

/** What one node believes of another. Intervals are ordered and free of overlaps. */
export interface BeliefLine {
  readonly peer: number;
  /** It takes the peer for Down. */
  readonly believed: readonly Interval[];
  /** The peer is down, and it does not know. */
  readonly missed: readonly Interval[];
  /** It takes the peer for Down, and the peer is up. */
  readonly mistaken: readonly Interval[];
}

/** What a lane of counts draws. */
export interface CountData {
  readonly count: Steps;
  /** The most there can be; 0 where there is no such limit. */
  readonly limit: number;
}

/** What the lane of percentiles draws, in microseconds; 0 where nothing was answered, or all of it at once. */
export interface PercentileData {
  /** Requests answered in each stretch. */
  readonly timed: Steps;
  readonly median: Steps;
  readonly high: Steps;
}

interface Common {
  /** Stable within a run, and between runs of the same nodes: used as key and as anchor. */
  readonly id: string;
  readonly label: string;
  /** What the lane says to somebody who does not see it. */
  readonly about: string;
  /** CSS pixels. */
  readonly height: number;
}

export interface NodeLane extends Common {
  readonly kind: 'node';
  readonly node: number;
  readonly outages: readonly Interval[];
  /** What else the scenario breaks at this node, in order of time. */
  readonly faults: readonly NodeFault[];
  /** Who took this node for Down, and when; one entry per observer that ever did. */
  readonly beliefs: readonly { readonly observer: number; readonly intervals: readonly Interval[] }[];
}

export interface QueueLane extends Common {
  readonly kind: 'queue';
  readonly holder: number;
  readonly peer: number;
  readonly hints: number;
  readonly data: () => QueueData;
}

export interface StoreLane extends Common {
  readonly kind: 'store';
  readonly holder: number;
  readonly data: () => StoreData;
}

export interface ExpiryLane extends Common {
  readonly kind: 'expiry';
  readonly data: () => HorizonSource;
}

export interface OutcomeLane extends Common {
  readonly kind: 'outcome';
  readonly data: () => OutcomeData;
}

export interface LatencyLane extends Common {
  readonly kind: 'latency';
  readonly data: () => OutcomeData;
}

export interface BeliefLane extends Common {
  readonly kind: 'belief';
  readonly observer: number;
  /** One per peer that ever was down or taken for it. */
  readonly lines: () => readonly BeliefLine[];
}

export interface CountLane extends Common {
  readonly kind: 'count';
  /** What is counted. */
  readonly of: 'messages' | 'keys';
  readonly data: () => CountData;
}

export interface PercentileLane extends Common {
  readonly kind: 'percentile';
  readonly data: () => PercentileData;
}

export type Lane =
  NodeLane | BeliefLane | QueueLane | StoreLane | ExpiryLane | CountLane | OutcomeLane | LatencyLane | PercentileLane;

export interface LaneGroup {
  readonly kind: 'nodes' | 'beliefs' | 'queues' | 'stores' | 'expiries' | 'stale' | 'links' | 'clients';
  readonly title: string;
  /** Said in place of lanes when the run has nothing to show. */
  readonly empty: string;
  /** Made when first looked at: what is folded costs nothing. */
  readonly lanes: readonly Lane[];
}

/** Computes once, on the first call. */
export function once<Value>(compute: () => Value): () => Value {
  let made: { value: Value } | undefined;
  return () => (made ??= { value: compute() }).value;
}

/** Keeps the last answer: at one moment the picture and the text beside it ask the same. */
export function lastAsked<Value>(answer: (question: number) => Value): (question: number) => Value {
  let last: { question: number; value: Value } | undefined;
  return (question) => {
    if (last?.question !== question) last = { question, value: answer(question) };
    return last.value;
  };
}
