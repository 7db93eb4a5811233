/**
 * The cluster in the schema: who takes whom for down, how many votes an answer takes, latencies, and clocks.
 */
import * as v from 'valibot';
import { MAX_REPLICAS, MAX_WINDOW } from '../bounds.ts';
import { GOODBYES } from '../model/detector.ts';
import { CONSISTENCY_NAMES } from '../model/levels.ts';
import { flagLeaf, positiveLeaf, wholeLeaf, wordLeaf } from '../text/leaf.ts';
import { driftLeaf, durationLeaf, signedDurationLeaf, spanLeaf } from '../text/quantity-leaf.ts';
import { durations } from './distribution.ts';
import { MAX_PARAMETER, may, must } from './keys.ts';

const gossip = {
  gossip: may(spanLeaf, 'time between the heartbeats of a node, and between its looks at its table'),
  to: may(wordLeaf(['all', 'one']), 'a heartbeat goes to every peer, or to one by lot, which passes on what it knows'),
  threshold: may(positiveLeaf(MAX_PARAMETER), 'suspect above this phi'),
  window: may(wholeLeaf(1, MAX_WINDOW), 'heartbeat intervals kept per peer'),
  backlog: may(
    flagLeaf,
    'heartbeats for a node that is away wait in the channel and come all at once; false: none is sent until the link is open',
  ),
  goodbye: may(
    wordLeaf(GOODBYES),
    'who stops gracefully is taken for Down until heard again (kept), or until the next look, if the silence is short (forgotten)',
  ),
};

/** How nodes come to believe that a peer is down. Parameters left out are those of the system's preset. */
export const detector = v.union([
  v.strictObject({
    phi: must(
      v.strictObject({
        ...gossip,
        floor: may(spanLeaf, 'the mean interval is never taken below this'),
        first: may(durationLeaf, 'an interval that the window starts with; 0 is none'),
        ignoreAbove: may(durationLeaf, 'longer intervals do not enter the window; 0 is no bound'),
      }),
      'phi-accrual over gossip heartbeats: silence / (mean · ln 10)',
    ),
  }),
  v.strictObject({
    normal: must(
      v.strictObject({
        ...gossip,
        minDeviation: may(spanLeaf, 'the standard deviation is never taken below this'),
        pause: may(durationLeaf, 'silence that is forgiven on top of the mean'),
        first: may(spanLeaf, 'the window starts with two intervals, this mean ± a quarter of it'),
      }),
      'phi over a normal distribution of intervals, as in Akka',
    ),
  }),
  v.strictObject({
    fixed: must(
      v.strictObject({
        down: may(durationLeaf, 'from a crash until every peer believes it'),
        up: may(durationLeaf, 'from a return until every peer believes it'),
        start: may(
          wordLeaf(['down', 'up']),
          'what a node that starts takes its peers for: Down until they have been up for so long, or Normal',
        ),
      }),
      'beliefs follow the facts after a fixed time, without gossip: for long spans',
    ),
  }),
]);

const votes = `, or a number of votes from 1 to ${MAX_REPLICAS}`;
/** A level by name, or so many votes of all replicas. */
export const level = v.union([wordLeaf(CONSISTENCY_NAMES, votes), wholeLeaf(1, MAX_REPLICAS)]);

const each = { write: may(level, 'votes for a write'), read: may(level, 'votes for a read') };
/** One level for both, or one each. */
export const levels = v.union([level, v.strictObject(each)]);

/** The levels of a cluster, and what happens when they are out of reach. */
export const consistency = v.union([
  level,
  v.strictObject({
    ...each,
    unavailable: may(
      wordLeaf(['refuse', 'try']),
      'with too few replicas up for the level: an error at once and nothing sent, or those who are there are asked',
    ),
  }),
]);

/** Latencies, and how long a client waits. */
export const network = v.strictObject({
  latency: may(
    v.strictObject({
      local: may(durations, 'coordinator to its own backend; default 100us'),
      near: may(durations, 'between nodes of a datacentre; default 1ms'),
      far: may(durations, 'between datacentres; default 40ms'),
      farExtra: may(durationLeaf, 'added to every message between datacentres, whatever its law; default 0s'),
      write: may(durations, 'a write to a replica, instead of by distance'),
      ack: may(durations, "a replica's answer to a write, instead of by distance"),
      read: may(durations, 'a read to a replica, instead of by distance'),
      response: may(durations, "a replica's answer to a read, instead of by distance"),
      replay: may(durations, 'a hint to its peer, instead of by distance'),
      gossip: may(durations, 'a heartbeat, instead of by distance'),
    }),
    'one way',
  ),
  timeout: may(spanLeaf, "a client waits this long; default: the system's"),
});

/** What a node's wall clock says. */
export const clock = v.strictObject({
  offset: may(signedDurationLeaf, 'ahead of true time at the start of the run, such as 5s or -5s; default 0s'),
  drift: may(driftLeaf, 'microseconds gained in a true second, such as 100ppm; default 0ppm'),
});
