/**
 * The schema of a scenario file: every key, what it takes and what it means. It is the one source of the checks
 * (`text/check-tree.ts` walks it beside the document) and of the JSON Schema for editors (`json-schema.ts`).
 *
 * It says what a value may be; what values mean together (names of nodes, from before until) is `resolve/`.
 * Values come out as what they mean: microseconds, bytes, requests per second. Defaults are not here but where they
 * are cited: policy values in `presets.ts`, the rest in `resolve/`.
 */
import * as v from 'valibot';
import { HARD_CEILINGS, MAX_KEYS, MAX_SEED, MAX_SLOTS } from './bounds.ts';
import { DATE_FORM, readDate } from './import/calendar.ts';
import { CONSISTENCY_LEVELS, SCENARIO_SCHEMA, SYSTEM_NAMES, TRACE_LEVELS } from './scenario.ts';
import {
  capLeaf,
  durationLeaf,
  flagLeaf,
  labelLeaf,
  linkRateLeaf,
  nameLeaf,
  numberLeaf,
  positiveLeaf,
  positiveSizeLeaf,
  rateLeaf,
  readLeaf,
  shareLeaf,
  sizeLeaf,
  spanLeaf,
  textLeaf,
  titleLeaf,
  versionLeaf,
  wholeLeaf,
  wordLeaf,
} from './text/leaf.ts';

/** Parameters of distributions without a unit: shapes, coefficients, weights. */
const MAX_PARAMETER = 1_000_000;
/** A Zipf alpha above this sends every request to the first key. */
const MAX_ZIPF = 10;

/** A key that may be left out, and what it says. */
function may<const Shape extends v.GenericSchema>(shape: Shape, meaning: string) {
  return v.exactOptional(v.pipe(shape, v.description(meaning)));
}

/** A key that must be there, and what it says. */
function must<const Shape extends v.GenericSchema>(shape: Shape, meaning: string) {
  return v.pipe(shape, v.description(meaning));
}

const date = readLeaf(DATE_FORM, readDate, '2003-01-01');

type AmountLeaf = typeof durationLeaf | typeof sizeLeaf;

/** A distribution of durations or of sizes. A bare value is a constant. */
function distribution<const Leaf extends AmountLeaf>(leaf: Leaf) {
  const constant = { constant: must(leaf, 'always this value') };
  const uniform = { uniform: must(v.strictTuple([leaf, leaf]), 'anywhere from the first to the second') };
  const exponential = { exponential: must(leaf, 'independent of the past, with this mean') };
  const lognormal = {
    lognormal: must(
      v.strictObject({
        mean: must(leaf, 'the mean, above 0'),
        cv: must(numberLeaf(MAX_PARAMETER), 'standard deviation over mean'),
      }),
      'the logarithm is normal',
    ),
  };
  const pareto = {
    pareto: must(
      v.strictObject({
        scale: must(leaf, 'the least value, above 0'),
        shape: must(positiveLeaf(MAX_PARAMETER), 'the tail index: the smaller, the heavier the tail'),
      }),
      'a power-law tail',
    ),
  };
  const quantiles = {
    quantiles: must(v.record(labelLeaf, leaf), 'measured values by percentile, such as p50, p99, p99.9'),
  };
  const weight = { weight: must(positiveLeaf(MAX_PARAMETER), 'its share, over the sum of all weights') };
  const part = v.union([
    v.strictObject({ ...weight, ...constant }),
    v.strictObject({ ...weight, ...uniform }),
    v.strictObject({ ...weight, ...exponential }),
    v.strictObject({ ...weight, ...lognormal }),
    v.strictObject({ ...weight, ...pareto }),
    v.strictObject({ ...weight, ...quantiles }),
  ]);
  return v.union([
    leaf,
    v.strictObject(constant),
    v.strictObject(uniform),
    v.strictObject(exponential),
    v.strictObject(lognormal),
    v.strictObject(pareto),
    v.strictObject(quantiles),
    v.strictObject({ mixture: must(v.array(part), 'one of several, by weight') }),
  ]);
}

const durations = distribution(durationLeaf);
const sizes = distribution(sizeLeaf);

const detector = v.union([
  v.strictObject({
    phi: must(
      v.strictObject({
        gossip: may(spanLeaf, 'time between the heartbeats of a node, and between its looks at its table'),
        threshold: may(positiveLeaf(MAX_PARAMETER), 'suspect above this phi'),
        window: may(wholeLeaf(1, 10_000), 'heartbeat intervals kept per peer'),
        floor: may(spanLeaf, 'the mean interval is never taken below this'),
      }),
      'phi-accrual over gossip heartbeats',
    ),
  }),
  v.strictObject({
    fixed: must(
      v.strictObject({
        down: may(durationLeaf, 'from a crash until every peer believes it'),
        up: may(durationLeaf, 'from a return until every peer believes it'),
      }),
      'beliefs follow the facts after a fixed time, without gossip: for long spans',
    ),
  }),
]);

const level = wordLeaf(CONSISTENCY_LEVELS);

const workload = v.strictObject({
  name: may(nameLeaf, 'how reports call this class of clients; default clients'),
  rate: may(rateLeaf, 'requests over the whole class; default 50/s'),
  arrivals: may(wordLeaf(['steady', 'poisson']), 'equal gaps, or exponential ones of the same mean; default steady'),
  from: may(durationLeaf, 'default 0s'),
  until: may(durationLeaf, 'default: the duration of the run'),
  reads: may(shareLeaf, 'share of requests that are reads; default 0'),
  keys: may(
    v.union([
      wholeLeaf(1, MAX_KEYS),
      v.strictObject({
        count: may(wholeLeaf(1, MAX_KEYS), 'distinct keys; default 10000'),
        zipf: may(numberLeaf(MAX_ZIPF), 'skew: key r is drawn in proportion to 1 / r^zipf; default 0, all alike'),
      }),
    ]),
    'distinct keys, alike or skewed; default 10000',
  ),
  payload: may(sizes, 'bytes of a whole request, instead of key and value'),
  key: may(sizes, 'bytes of a key, within a Redis SET; default 16B'),
  value: may(sizes, 'bytes of a value, within a Redis SET; default 200B'),
  coordinators: may(v.array(nameLeaf), 'nodes that clients talk to; default all'),
  choose: may(wordLeaf(['roundRobin', 'random']), 'how a client picks a coordinator; default roundRobin'),
  twitter: may(
    v.strictObject({
      file: must(textLeaf, "the table of Twitter's cache clusters, 2020Mar.md"),
      cluster: must(v.union([wholeLeaf(1, 1_000), nameLeaf]), 'such as 12 or cluster12'),
      scale: may(positiveLeaf(MAX_PARAMETER), 'factor on the rate; default 1'),
    }),
    'rate, reads, key, value and skew of a real cluster; what stands beside it overrides',
  ),
});

const outage = {
  at: must(durationLeaf, 'when it begins'),
  for: may(spanLeaf, 'how long it lasts'),
  every: may(spanLeaf, 'from one beginning to the next'),
  times: may(wholeLeaf(1, 1_000_000), 'how often altogether; default: to the end of the run'),
  cause: may(textLeaf, 'why, for reports'),
};

const fault = v.union([
  v.strictObject({
    crash: must(nameLeaf, 'the node whose process dies; hints in its memory are gone'),
    until: may(durationLeaf, 'when it is back, instead of for; with neither it never is'),
    ...outage,
  }),
  v.strictObject({ restart: must(nameLeaf, 'the node that restarts; default for 2s'), ...outage }),
  v.strictObject({
    lanl: must(
      v.strictObject({
        file: must(textLeaf, 'node outages in the format of LA-UR-05-7318'),
        system: may(wholeLeaf(1, 1_000), 'which system, if the file has several'),
        from: must(date, 'the day, or day and time, that is 0s'),
        to: must(date, 'the day, or day and time, at which the range ends'),
        longest: may(spanLeaf, 'a record still open, or longer, ends after this; default 7d'),
      }),
      'outages that really happened',
    ),
  }),
]);

const limits = v.strictObject({
  nodes: may(wholeLeaf(1, HARD_CEILINGS.nodes), 'nodes; default 256'),
  events: may(wholeLeaf(1, HARD_CEILINGS.events), 'estimated events; default 200000000'),
  duration: may(spanLeaf, 'virtual time; default 3650d'),
  traceBytes: may(positiveSizeLeaf, 'estimated size of the trace; default 1GiB'),
});

/** The schema of a whole document. */
export const documentSchema = v.strictObject({
  hintlab: must(versionLeaf(SCENARIO_SCHEMA), 'version of this file format'),
  name: may(titleLeaf, 'how reports call it; default: the name of the file'),
  about: may(textLeaf, 'what happens and what to look at, in a sentence'),
  seed: may(wholeLeaf(0, MAX_SEED), 'root of all randomness; default 1'),
  system: may(wordLeaf(SYSTEM_NAMES), 'preset of all policy values; default dynomite'),
  duration: may(spanLeaf, 'virtual time to run'),
  record: may(wordLeaf(['auto', ...TRACE_LEVELS]), 'how much the trace keeps; default auto: as much as fits'),
  nodes: may(v.union([wholeLeaf(1, HARD_CEILINGS.nodes), v.array(nameLeaf)]), 'how many (a, b, c …), or their names'),
  datacentres: may(
    v.record(labelLeaf, v.record(labelLeaf, v.array(nameLeaf))),
    'instead of nodes: racks of nodes; one replica of each key per rack',
  ),
  hints: may(
    v.strictObject({
      enabled: may(flagLeaf, 'hinted handoff at all'),
      ttl: may(spanLeaf, 'life of a hint'),
      cap: may(capLeaf, 'bytes of all hints of a node; 0 or none is no cap'),
    }),
    'what a coordinator keeps for a peer that is down',
  ),
  drain: may(v.strictObject({ interval: may(spanLeaf, 'time between sweeps') }), 'how hints get delivered'),
  channel: may(
    v.strictObject({
      slots: may(wholeLeaf(1, MAX_SLOTS), 'messages that may wait'),
      rate: may(linkRateLeaf, 'messages that the link takes, or unlimited'),
      reconnect: may(durationLeaf, "from a peer's return until the link to it is open"),
    }),
    'the bounded channel from each node to each other',
  ),
  detector: may(detector, 'how nodes come to believe that a peer is down'),
  consistency: may(
    v.union([level, v.strictObject({ write: may(level, 'votes for a write'), read: may(level, 'votes for a read') })]),
    'votes that make an answer',
  ),
  network: may(
    v.strictObject({
      latency: may(
        v.strictObject({
          local: may(durations, 'coordinator to its own backend'),
          near: may(durations, 'between nodes of a datacentre'),
          far: may(durations, 'between datacentres'),
        }),
        'one way',
      ),
      timeout: may(spanLeaf, 'a client waits this long'),
    }),
    'latencies, and how long a client waits',
  ),
  workload: may(v.union([workload, v.array(workload)]), 'one class of clients, or several'),
  faults: may(v.array(fault), 'what breaks'),
  limits: may(limits, 'refuse a run that is estimated above these'),
});

/** A document that passed the schema: values read, defaults not yet filled in. */
export type ScenarioDocument = v.InferOutput<typeof documentSchema>;
/** One class of clients of a document. */
export type WorkloadDocument = v.InferOutput<typeof workload>;
/** One fault of a document. */
export type FaultDocument = v.InferOutput<typeof fault>;
/** A distribution of a document: microseconds or bytes. */
export type DistributionDocument = v.InferOutput<typeof durations> | v.InferOutput<typeof sizes>;
