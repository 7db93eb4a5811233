/**
 * What clients do in the schema: classes of clients, and requests written out one by one.
 */
import * as v from 'valibot';
import { MAX_CLIENTS, MAX_KEYS, MAX_PROBES, MAX_RETRIES } from '../bounds.ts';
import { nameLeaf, numberLeaf, positiveLeaf, textLeaf, wholeLeaf, wordLeaf } from '../text/leaf.ts';
import { durationLeaf, positiveSizeLeaf, rateLeaf, shareLeaf } from '../text/quantity-leaf.ts';
import { level, levels } from './cluster.ts';
import { durations, sizes } from './distribution.ts';
import { MAX_PARAMETER, may, must } from './keys.ts';

/** A Zipf alpha above this sends every request to the first key. */
const MAX_ZIPF = 10;

const keys = v.union([
  wholeLeaf(1, MAX_KEYS),
  v.strictObject({
    count: may(wholeLeaf(1, MAX_KEYS), 'distinct keys; default 10000'),
    zipf: may(numberLeaf(MAX_ZIPF), 'skew: key r is drawn in proportion to 1 / r^zipf; default 0, all alike'),
  }),
]);

const twitter = v.strictObject({
  file: must(textLeaf, "the table of Twitter's cache clusters, 2020Mar.md"),
  cluster: must(v.union([wholeLeaf(1, 1_000), nameLeaf]), 'such as 12 or cluster12'),
  scale: may(positiveLeaf(MAX_PARAMETER), 'factor on the rate; default 1'),
});

/** A class of clients. */
export const workload = v.strictObject({
  name: may(nameLeaf, 'how reports call this class of clients; default clients'),
  rate: may(rateLeaf, 'requests over the whole class; default 50/s'),
  arrivals: may(wordLeaf(['steady', 'poisson']), 'equal gaps, or exponential ones of the same mean; default steady'),
  gap: may(durations, 'instead of rate and arrivals: time from one request to the next, drawn for each'),
  clients: may(
    wholeLeaf(1, MAX_CLIENTS),
    'instead of rate: so many clients, each sending its next request a think time after its last was answered or failed',
  ),
  think: may(durations, 'beside clients: time from an answer to the next request; default 0s'),
  from: may(durationLeaf, 'default 0s'),
  until: may(durationLeaf, 'default: the duration of the run'),
  reads: may(shareLeaf, 'share of requests that are reads; default 0'),
  deletes: may(shareLeaf, 'share of requests that delete; default 0'),
  increments: may(shareLeaf, 'share of requests that increment, which is not idempotent; default 0'),
  keys: may(keys, 'distinct keys, alike or skewed; default 10000'),
  payload: may(sizes, 'bytes of a whole request, instead of key and value'),
  key: may(sizes, 'bytes of a key, within a Redis SET; default 16B'),
  value: may(sizes, 'bytes of a value, within a Redis SET; default 200B'),
  coordinators: may(v.array(nameLeaf), 'nodes that clients talk to; default all, proxies too'),
  choose: may(wordLeaf(['roundRobin', 'random']), 'how a client picks a coordinator; default roundRobin'),
  level: may(levels, 'votes that make an answer for this class; default: those of consistency'),
  retries: may(wholeLeaf(0, MAX_RETRIES), 'a failed request is sent again so often; default 0'),
  backoff: may(durationLeaf, 'beside retries: time to the first retry, doubled for each further one; default 100ms'),
  probes: may(
    v.array(durationLeaf),
    `after each acknowledged write its key is read so long after the acknowledgement, at most ${MAX_PROBES}; default none`,
  ),
  twitter: may(twitter, 'rate, reads, key, value and skew of a real cluster; what stands beside it overrides'),
});

const place = {
  at: must(durationLeaf, 'when it is sent'),
  on: may(nameLeaf, 'the coordinator; default the first node'),
  level: may(level, 'votes that make the answer; default: that of consistency'),
};
const size = { size: may(positiveSizeLeaf, 'bytes of the request; default 244B, a SET of a 16B key and a 200B value') };

/** One request, written out. */
export const request = v.union([
  v.strictObject({ set: must(nameLeaf, 'the key that gets a new value'), ...place, ...size }),
  v.strictObject({ delete: must(nameLeaf, 'the key that is deleted'), ...place, ...size }),
  v.strictObject({ increment: must(nameLeaf, 'the key that is incremented'), ...place, ...size }),
  v.strictObject({ get: must(nameLeaf, 'the key that is read'), ...place }),
]);

/** One class of clients of a document. */
export type WorkloadDocument = v.InferOutput<typeof workload>;
/** One request of a document. */
export type RequestDocument = v.InferOutput<typeof request>;
