/**
 * The scenario of a trace that is made by hand: three nodes of one datacentre under dynomite's policy, of which a test
 * names the parts that matter to it.
 */
import { bytes, duration, instant, microseconds, peerIndex } from '../../core/index.ts';
import type { Fault } from '../../sim/scenario/model/fault.ts';
import type { Scenario, TraceLevel } from '../../sim/scenario/model/scenario.ts';

/** What may be different. */
export interface ScenarioParts {
  /** Default `hints`. */
  readonly level?: TraceLevel;
  /** Default a, b, c; each in its own rack of one datacentre. */
  readonly nodes?: readonly string[];
  /** Default 1 000. */
  readonly ttl?: number;
  readonly maxBytes?: number;
  readonly handoff?: boolean;
  readonly detector?: Scenario['policy']['detector'];
  /** Parts of the policy that differ from dynomite's. */
  readonly hintPolicy?: Partial<Scenario['policy']['hints']>;
  readonly drain?: Partial<Scenario['policy']['drain']>;
  readonly receiver?: Partial<Scenario['policy']['receiver']>;
  readonly readPolicy?: Partial<Scenario['policy']['reads']>;
  readonly consistency?: Partial<Scenario['policy']['consistency']>;
  readonly keyNames?: readonly string[];
  readonly faults?: readonly Fault[];
  /** Default 1 000 000. */
  readonly endedAt?: number;
}

export const DEFAULT_NODES = ['a', 'b', 'c'];
export const DEFAULT_TTL = 1_000;
export const DEFAULT_END = 1_000_000;

/** A plausible scenario of some nodes, dynomite's as far as the parts say nothing else. */
export function scenarioOf(rows: ScenarioParts, nodes: readonly string[]): Scenario {
  const second = duration(1_000_000);
  const latency = { kind: 'constant', value: 250 } as const;
  const end = rows.endedAt ?? DEFAULT_END;
  return {
    schema: 1,
    name: 'by hand',
    about: '',
    seed: 1,
    system: 'dynomite',
    duration: duration(end),
    nodes: nodes.map((name) => ({ name, datacentre: 'dc', rack: name, clockOffset: 0, clockDrift: 0 })),
    policy: policyOf(rows),
    network: {
      ...{
        local: latency,
        sameDatacentre: latency,
        crossDatacentre: latency,
        farExtra: microseconds(0),
        byPurpose: {},
      },
      clientTimeout: duration(5_000_000),
    },
    workloads: [workloadOf(end)],
    requests: [],
    keyNames: rows.keyNames ?? [],
    faults: rows.faults ?? [],
    measureFrom: instant(0),
    limits: { nodes: 64, events: 1_000, duration: second, traceBytes: bytes(1_000) },
    record: rows.level ?? 'hints',
  };
}

/** Dynomite's policy, as far as a row says nothing else. */
function policyOf(rows: ScenarioParts): Scenario['policy'] {
  const second = duration(1_000_000);
  const none = bytes(0);
  const never = duration(0);
  return {
    hints: {
      enabled: rows.handoff ?? true,
      ttl: duration(rows.ttl ?? DEFAULT_TTL),
      maxBytes: bytes(rows.maxBytes ?? 0),
      capScope: 'node',
      triggers: { peerDown: true, channelFull: true, timeout: 'never', error: false, queued: false },
      ...{
        vote: 'full',
        holder: 'coordinator',
        self: true,
        coalesce: false,
        addressedBy: 'position',
        window: never,
        windowPersistent: false,
      },
      inFlightBytes: none,
      disk: { durability: 'ram', flush: second, rate: 0, capacity: none, tornTail: 'kept' },
      ...rows.hintPolicy,
    },
    drain: {
      ...{
        enabled: true,
        interval: duration(30_000_000),
        first: 'start',
        ack: 'none',
        hold: never,
        concurrency: 1,
        adapt: 'fixed',
      },
      ...{ throttle: 0, throttleShared: false, sessions: 0, timeout: second, retryAfter: second, retryUpTo: never },
      ...rows.drain,
    },
    receiver: { conflict: 'arrival', gcGrace: duration(864_000_000_000), ...rows.receiver },
    reads: { fanout: 'needed', answer: 'bytes', repair: false, fallback: false, ...rows.readPolicy },
    channel: {
      ...{ slots: 256, messageTime: never, bandwidth: 0, reconnect: second },
      ...{ afterClose: 'reconnect', order: 'fifo' },
    },
    service: { time: { kind: 'constant', value: 0 }, workers: 1, queue: 0, late: 'execute' },
    detector: rows.detector ?? { kind: 'fixed', downAfter: duration(20), upAfter: duration(10), start: 'down' },
    consistency: { write: 'DC_QUORUM', read: 'DC_ONE', unavailable: 'try', ...rows.consistency },
  };
}

function workloadOf(until: number): Scenario['workloads'][number] {
  return {
    name: 'clients',
    arrivals: { kind: 'steady', rate: 100 },
    from: instant(0),
    until: instant(until),
    ...{ readShare: 0, deleteShare: 0, incrementShare: 0 },
    keys: { count: 10, zipf: 0 },
    size: { kind: 'payload', payload: { kind: 'constant', value: 1_039 } },
    coordinators: [peerIndex(0)],
    choose: 'roundRobin',
    consistency: {},
    ...{ retries: 0, backoff: duration(0), probes: [] },
  };
}
