/**
 * The shape of a resolved Scenario, as it lies in the header of a trace file: integers and positions, no units, no
 * defaults. It is the persisted twin of `Scenario`, checked when a file is opened; scenario files that people write
 * have a schema of their own in sim/scenario.
 *
 * Schemas are made when a file is opened, not when this module is loaded: a page that only draws carries none of it.
 */
import * as v from 'valibot';
import { bytes, duration, instant, MAX_PEER_INDEX, peerIndex } from '../../core/index.ts';
import { CONSISTENCY_LEVELS, SCENARIO_SCHEMA, SYSTEM_NAMES, TRACE_LEVELS } from '../scenario/scenario.ts';
import type { DistributionSpec, Scenario } from '../scenario/scenario.ts';

/** Mixtures within mixtures at most this deep: a bound on the recursion over what a file claims. */
const MAX_MIXTURE_DEPTH = 8;

/** A count: an integer ≥ 0. */
export const count = () => v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const amount = () => v.pipe(v.number(), v.finite(), v.minValue(0));
/** An instant in microseconds. */
export const instantValue = () => v.pipe(count(), v.transform(instant));
const durationValue = () => v.pipe(count(), v.transform(duration));
/** A size in bytes. */
export const bytesValue = () => v.pipe(count(), v.transform(bytes));
const peerValue = () => v.pipe(count(), v.maxValue(MAX_PEER_INDEX), v.transform(peerIndex));

function distribution(depth: number): v.GenericSchema<unknown, DistributionSpec> {
  const simple = [
    v.object({ kind: v.literal('constant'), value: amount() }),
    v.object({ kind: v.literal('uniform'), low: amount(), high: amount() }),
    v.object({ kind: v.literal('exponential'), mean: amount() }),
    v.object({ kind: v.literal('lognormal'), mean: amount(), cv: amount() }),
    v.object({ kind: v.literal('pareto'), scale: amount(), shape: amount() }),
    v.object({ kind: v.literal('empirical'), quantiles: v.array(v.object({ p: amount(), value: amount() })) }),
  ] as const;
  if (depth === 0) return v.variant('kind', simple);
  const part = v.object({ weight: amount(), of: distribution(depth - 1) });
  return v.variant('kind', [...simple, v.object({ kind: v.literal('mixture'), parts: v.array(part) })]);
}

const distributionValue = () => distribution(MAX_MIXTURE_DEPTH);

const policy = () =>
  v.object({
    hints: v.object({ enabled: v.boolean(), ttl: durationValue(), maxBytes: bytesValue() }),
    drain: v.object({ interval: durationValue() }),
    channel: v.object({ slots: count(), messageTime: durationValue(), reconnect: durationValue() }),
    detector: v.variant('kind', [
      v.object({
        kind: v.literal('phi'),
        gossip: durationValue(),
        threshold: amount(),
        window: count(),
        meanFloor: durationValue(),
      }),
      v.object({ kind: v.literal('fixed'), downAfter: durationValue(), upAfter: durationValue() }),
    ]),
    consistency: v.object({ write: v.picklist(CONSISTENCY_LEVELS), read: v.picklist(CONSISTENCY_LEVELS) }),
  });

const network = () =>
  v.object({
    local: distributionValue(),
    sameDatacentre: distributionValue(),
    crossDatacentre: distributionValue(),
    clientTimeout: durationValue(),
  });

const workload = () =>
  v.object({
    name: v.string(),
    rate: amount(),
    arrivals: v.picklist(['steady', 'poisson']),
    from: instantValue(),
    until: instantValue(),
    readShare: amount(),
    keys: v.object({ count: count(), zipf: amount() }),
    size: v.variant('kind', [
      v.object({ kind: v.literal('payload'), payload: distributionValue() }),
      v.object({ kind: v.literal('keyValue'), key: distributionValue(), value: distributionValue() }),
    ]),
    coordinators: v.array(peerValue()),
    choose: v.picklist(['roundRobin', 'random']),
  });

const fault = () =>
  v.object({
    kind: v.literal('crash'),
    node: peerValue(),
    from: instantValue(),
    until: instantValue(),
    cause: v.string(),
  });

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
      nodes: v.array(v.object({ name: v.string(), datacentre: v.string(), rack: v.string() })),
      policy: policy(),
      network: network(),
      workloads: v.array(workload()),
      faults: v.array(fault()),
      limits: v.object({ nodes: count(), events: count(), duration: durationValue(), traceBytes: bytesValue() }),
      record: v.picklist(TRACE_LEVELS),
    }),
    v.check(
      ({ nodes, faults, workloads }) =>
        faults.every((one) => one.node < nodes.length) &&
        workloads.every((one) => one.coordinators.every((node) => node < nodes.length)),
      'faults and workloads name positions in nodes',
    ),
  );
