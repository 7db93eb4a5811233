/**
 * The shape of a resolved Scenario, as it lies in the header of a trace file: integers and positions, no units, no
 * defaults. It is the persisted twin of `Scenario`, checked when a file is opened; scenario files that people write
 * have a schema of their own in sim/scenario.
 *
 * Schemas are made when a file is opened, not when this module is loaded: a page that only draws carries none of it.
 */
import * as v from 'valibot';
import { GOODBYES } from '../scenario/model/detector.ts';
import { CONSISTENCY_NAMES } from '../scenario/model/levels.ts';
import { CAP_SCOPES, CONFLICT_RULES, HINT_ADDRESSES, HINT_HOLDERS, HINT_VOTES } from '../scenario/model/policy.ts';
import { SCENARIO_SCHEMA, SYSTEM_NAMES, TRACE_LEVELS } from '../scenario/model/scenario.ts';
import { OPERATIONS } from '../scenario/model/workload.ts';
import type { Scenario } from '../scenario/model/scenario.ts';
import { faultSchema, nodesOfFault } from './fault-schema.ts';
import {
  amount,
  bytesValue,
  count,
  distributionValue,
  durationValue,
  instantValue,
  integer,
  peerValue,
} from './value-schemas.ts';

const hintPolicy = () =>
  v.object({
    enabled: v.boolean(),
    ttl: durationValue(),
    maxBytes: bytesValue(),
    capScope: v.picklist(CAP_SCOPES),
    triggers: v.object({
      peerDown: v.boolean(),
      channelFull: v.boolean(),
      timeout: v.picklist(['never', 'always', 'acked']),
      error: v.boolean(),
      queued: v.boolean(),
    }),
    vote: v.picklist(HINT_VOTES),
    holder: v.picklist(HINT_HOLDERS),
    self: v.boolean(),
    coalesce: v.boolean(),
    addressedBy: v.picklist(HINT_ADDRESSES),
    window: durationValue(),
    windowPersistent: v.boolean(),
    inFlightBytes: bytesValue(),
    disk: v.object({
      durability: v.picklist(['ram', 'buffered', 'written', 'synced']),
      flush: durationValue(),
      rate: amount(),
      capacity: bytesValue(),
      tornTail: v.picklist(['kept', 'truncated']),
    }),
  });

const drainPolicy = () =>
  v.object({
    enabled: v.boolean(),
    interval: durationValue(),
    first: v.picklist(['start', 'interval']),
    ack: v.picklist(['none', 'each']),
    hold: durationValue(),
    concurrency: count(),
    adapt: v.picklist(['fixed', 'aimd']),
    throttle: amount(),
    throttleShared: v.boolean(),
    sessions: count(),
    timeout: durationValue(),
    retryAfter: durationValue(),
    retryUpTo: durationValue(),
  });

const gossip = () => ({
  gossip: durationValue(),
  gossipTo: v.picklist(['all', 'one']),
  threshold: amount(),
  window: count(),
  backlog: v.boolean(),
  goodbye: v.picklist(GOODBYES),
});

const detector = () =>
  v.variant('kind', [
    v.object({
      kind: v.literal('phi'),
      ...gossip(),
      meanFloor: durationValue(),
      firstInterval: durationValue(),
      ignoreAbove: durationValue(),
    }),
    v.object({
      kind: v.literal('normal'),
      ...gossip(),
      minDeviation: durationValue(),
      pause: durationValue(),
      firstInterval: durationValue(),
    }),
    v.object({
      kind: v.literal('fixed'),
      downAfter: durationValue(),
      upAfter: durationValue(),
      start: v.picklist(['down', 'up']),
    }),
  ]);

const level = () => v.union([v.picklist(CONSISTENCY_NAMES), count()]);

const policy = () =>
  v.object({
    hints: hintPolicy(),
    drain: drainPolicy(),
    receiver: v.object({ conflict: v.picklist(CONFLICT_RULES), gcGrace: durationValue() }),
    reads: v.object({
      fanout: v.picklist(['needed', 'all']),
      answer: v.picklist(['bytes', 'newest']),
      repair: v.boolean(),
      fallback: v.boolean(),
    }),
    channel: v.object({
      slots: count(),
      messageTime: durationValue(),
      bandwidth: amount(),
      reconnect: durationValue(),
      afterClose: v.picklist(['reconnect', 'ended']),
      order: v.picklist(['fifo', 'free']),
    }),
    service: v.object({
      time: distributionValue(),
      workers: count(),
      queue: count(),
      late: v.picklist(['execute', 'drop']),
    }),
    detector: detector(),
    consistency: v.object({ write: level(), read: level(), unavailable: v.picklist(['refuse', 'try']) }),
  });

const network = () =>
  v.object({
    local: distributionValue(),
    sameDatacentre: distributionValue(),
    crossDatacentre: distributionValue(),
    farExtra: durationValue(),
    byPurpose: v.object({
      write: v.exactOptional(distributionValue()),
      ack: v.exactOptional(distributionValue()),
      read: v.exactOptional(distributionValue()),
      response: v.exactOptional(distributionValue()),
      replay: v.exactOptional(distributionValue()),
      gossip: v.exactOptional(distributionValue()),
    }),
    clientTimeout: durationValue(),
  });

const arrivals = () =>
  v.variant('kind', [
    v.object({ kind: v.literal('steady'), rate: amount() }),
    v.object({ kind: v.literal('gaps'), gap: distributionValue(), rate: amount() }),
    v.object({ kind: v.literal('closed'), clients: count(), think: distributionValue() }),
  ]);

const workload = () =>
  v.object({
    name: v.string(),
    arrivals: arrivals(),
    from: instantValue(),
    until: instantValue(),
    readShare: amount(),
    deleteShare: amount(),
    incrementShare: amount(),
    keys: v.object({ count: count(), zipf: amount() }),
    size: v.variant('kind', [
      v.object({ kind: v.literal('payload'), payload: distributionValue() }),
      v.object({ kind: v.literal('keyValue'), key: distributionValue(), value: distributionValue() }),
    ]),
    coordinators: v.array(peerValue()),
    choose: v.picklist(['roundRobin', 'random']),
    consistency: v.object({ write: v.exactOptional(level()), read: v.exactOptional(level()) }),
    retries: count(),
    backoff: durationValue(),
    probes: v.array(durationValue()),
  });

const scriptedRequest = () =>
  v.pipe(
    v.object({
      at: instantValue(),
      operation: v.picklist(OPERATIONS),
      key: count(),
      bytes: bytesValue(),
      coordinator: peerValue(),
      level: v.optional(level()),
    }),
    // JSON leaves out what is undefined.
    v.transform((request) => ({ ...request, level: request.level })),
  );

/** Accepts what a Scenario looks like after JSON, and answers with the branded value. */
export const scenarioSchema = (): v.GenericSchema<unknown, Scenario> =>
  v.pipe(
    v.object({
      schema: v.literal(SCENARIO_SCHEMA),
      name: v.string(),
      about: v.string(),
      seed: count(),
      system: v.picklist(SYSTEM_NAMES),
      duration: durationValue(),
      nodes: v.array(
        v.object({
          name: v.string(),
          datacentre: v.string(),
          rack: v.string(),
          clockOffset: integer(),
          clockDrift: v.pipe(v.number(), v.finite()),
        }),
      ),
      policy: policy(),
      network: network(),
      workloads: v.array(workload()),
      requests: v.array(scriptedRequest()),
      keyNames: v.array(v.string()),
      faults: v.array(faultSchema()),
      measureFrom: instantValue(),
      limits: v.object({ nodes: count(), events: count(), duration: durationValue(), traceBytes: bytesValue() }),
      record: v.picklist(TRACE_LEVELS),
    }),
    v.check((scenario) => namesNodes(scenario), 'faults, workloads and requests name positions in nodes'),
  );

function namesNodes({ nodes, faults, workloads, requests }: Scenario): boolean {
  const named = [
    ...faults.flatMap(nodesOfFault),
    ...workloads.flatMap(({ coordinators }) => coordinators),
    ...requests.map(({ coordinator }) => coordinator),
  ];
  return named.every((node) => node < nodes.length);
}
