/**
 * The schema of a scenario file: every key, what it takes and what it means. It is the one source of the checks
 * (`text/check-tree.ts` walks it beside the document) and of the JSON Schema for editors (`json-schema.ts`). Its parts
 * are in `schema/`, by topic.
 *
 * It says what a value may be; what values mean together (names of nodes, from before until) is `resolve/`.
 * Values come out as what they mean: microseconds, bytes, requests per second. Defaults are filled in where they
 * are cited: policy values in `presets/`, the rest in `resolve/`.
 */
import * as v from 'valibot';
import { HARD_CEILINGS, MAX_SEED } from './bounds.ts';
import { SCENARIO_SCHEMA, SYSTEM_NAMES, TRACE_LEVELS } from './model/scenario.ts';
import { clock, consistency, detector, network } from './schema/cluster.ts';
import { fault } from './schema/faults.ts';
import { find } from './schema/find.ts';
import { may, must } from './schema/keys.ts';
import { channel, drain, hints, reads, receiver, service } from './schema/policy.ts';
import { request, workload } from './schema/workload.ts';
import {
  labelLeaf,
  nameLeaf,
  nodeKeyLeaf,
  textLeaf,
  titleLeaf,
  versionLeaf,
  wholeLeaf,
  wordLeaf,
} from './text/leaf.ts';
import { durationLeaf, positiveSizeLeaf, spanLeaf } from './text/quantity-leaf.ts';

const limits = v.strictObject({
  nodes: may(wholeLeaf(1, HARD_CEILINGS.nodes), 'nodes; default 256'),
  events: may(wholeLeaf(1, HARD_CEILINGS.events), 'estimated events; default 200000000'),
  duration: may(spanLeaf, 'virtual time; default 3650d'),
  traceBytes: may(positiveSizeLeaf, 'estimated size of the trace; default 1GiB'),
});

/** The schema of a whole document. */
export const documentSchema = v.strictObject({
  hintlab: must(versionLeaf(SCENARIO_SCHEMA), 'version of this file format'),
  find: may(find, 'what its run violates, for a file of the corpus; no part of the scenario'),
  name: may(titleLeaf, 'how reports call it; default: the name of the file'),
  about: may(textLeaf, 'what happens and what to look at, in a sentence'),
  seed: may(wholeLeaf(0, MAX_SEED), 'root of all randomness; default 1'),
  system: may(wordLeaf(SYSTEM_NAMES), 'preset of all policy values; default dynomite'),
  duration: may(spanLeaf, 'virtual time to run'),
  record: may(wordLeaf(['auto', ...TRACE_LEVELS]), 'how much the trace keeps; default auto: as much as fits'),
  nodes: may(
    v.union([wholeLeaf(1, HARD_CEILINGS.nodes), v.array(nameLeaf)]),
    'how many (a, b, c …), or their names, each in a rack of its own; default 3',
  ),
  datacentres: may(
    v.record(labelLeaf, v.record(labelLeaf, v.array(nameLeaf))),
    'instead of nodes: racks of nodes; one replica of each key per rack',
  ),
  proxies: may(
    v.union([v.array(nameLeaf), v.record(labelLeaf, v.array(nameLeaf))]),
    'nodes that coordinate and own no key, in the first datacentre, or by datacentre; default none',
  ),
  clocks: may(v.record(nodeKeyLeaf, clock), 'wall clocks that are off, by node; default none'),
  hints: may(hints, "what a coordinator keeps for a peer that misses a write; default: the system's"),
  drain: may(drain, "how hints get delivered; default: the system's"),
  receiver: may(receiver, "what a replica does with a write that arrives; default: the system's"),
  reads: may(reads, "how a read is asked and answered; default: the system's"),
  channel: may(channel, "the bounded channel from each node to each other; default: the system's"),
  service: may(service, "a node's backend as a queueing system; default: the system's"),
  detector: may(detector, "how nodes come to believe that a peer is down; default: the system's"),
  consistency: may(consistency, "votes that make an answer; default: the system's"),
  network: may(network, 'latencies, and how long a client waits'),
  workload: may(
    v.union([workload, v.array(workload)]),
    'one class of clients, or several; default: one, or none where requests are written out',
  ),
  requests: may(v.array(request), 'requests written out one by one; default none'),
  faults: may(v.array(fault), 'what breaks; default nothing'),
  measure: may(
    v.strictObject({ from: may(durationLeaf, 'what came before is warm-up; default 0s') }),
    'what statistics count',
  ),
  limits: may(limits, 'refuse a run that is estimated above these'),
});

/** A document that passed the schema: values read, defaults not yet filled in. */
export type ScenarioDocument = v.InferOutput<typeof documentSchema>;
