/**
 * Scenarios for tests of single parts: plain data, built without the door. Three nodes a, b, c in racks of their own,
 * a policy like the reference's, and nothing that happens.
 */
import { bytes, duration, instant, microseconds } from '../../core/index.ts';
import type { Policy } from '../../sim/scenario/model/policy.ts';
import type { NodeSpec, Scenario } from '../../sim/scenario/model/scenario.ts';

const MILLISECOND = { kind: 'constant', value: 1_000 } as const;
const NOTHING = { kind: 'constant', value: 0 } as const;

/** Handoff after the reference, service at once, last arrival wins. */
export const BARE_POLICY: Policy = {
  hints: {
    enabled: true,
    ttl: duration(86_400_000_000),
    maxBytes: bytes(67_108_864),
    capScope: 'node',
    triggers: { peerDown: true, channelFull: true, timeout: 'never', error: false, queued: false },
    vote: 'full',
    holder: 'coordinator',
    self: true,
    coalesce: false,
    addressedBy: 'position',
    window: duration(0),
    windowPersistent: false,
    inFlightBytes: bytes(0),
    disk: { durability: 'ram', flush: duration(1), rate: 0, capacity: bytes(0), tornTail: 'kept' },
  },
  drain: {
    enabled: true,
    interval: duration(30_000_000),
    first: 'start',
    ack: 'none',
    hold: duration(0),
    concurrency: 1,
    adapt: 'fixed',
    throttle: 0,
    throttleShared: false,
    sessions: 0,
    timeout: duration(2_000_000),
    retryAfter: duration(1_000_000),
    retryUpTo: duration(0),
  },
  receiver: { conflict: 'arrival', gcGrace: duration(864_000_000_000) },
  reads: { fanout: 'needed', answer: 'bytes', repair: false, fallback: false },
  channel: {
    slots: 256,
    messageTime: duration(0),
    bandwidth: 0,
    reconnect: duration(0),
    afterClose: 'reconnect',
    order: 'fifo',
  },
  service: { time: NOTHING, workers: 1, queue: Number.MAX_SAFE_INTEGER, late: 'execute' },
  detector: { kind: 'fixed', downAfter: duration(0), upAfter: duration(0), start: 'down' },
  consistency: { write: 'DC_ONE', read: 'DC_ONE', unavailable: 'try' },
};

/** The scenario, with some fields changed. */
export function bareScenario(changes: Partial<Scenario> = {}): Scenario {
  return {
    schema: 1,
    name: 'bare',
    about: '',
    seed: 1,
    system: 'dynomite',
    duration: duration(60_000_000),
    nodes: ['a', 'b', 'c'].map(bareNode),
    policy: BARE_POLICY,
    network: {
      local: NOTHING,
      sameDatacentre: MILLISECOND,
      crossDatacentre: MILLISECOND,
      farExtra: microseconds(0),
      byPurpose: {},
      clientTimeout: duration(2_000_000),
    },
    workloads: [],
    requests: [],
    keyNames: ['k', 'l', 'm'],
    faults: [],
    measureFrom: instant(0),
    limits: {
      nodes: 1_000,
      events: 1_000_000_000,
      duration: duration(1_000_000_000_000),
      traceBytes: bytes(1_073_741_824),
    },
    record: 'full',
    ...changes,
  };
}

/** A node of datacentre dc1, in a rack of its own, whose clock is right. */
export function bareNode(name: string): NodeSpec {
  return { name, datacentre: 'dc1', rack: name, clockOffset: 0, clockDrift: 0 };
}
