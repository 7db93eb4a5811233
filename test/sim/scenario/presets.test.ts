/**
 * The presets: what the reference says of each system, and that a scenario can override every axis of every one of them
 * without moving any other.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { days, hours, mebibytes, minutes, seconds } from '../../../core/index.ts';
import { canonicalText, parseScenario, PRESETS, SYSTEM_NAMES } from '../../../sim/scenario/index.ts';
import type { Policy, Scenario, SystemName } from '../../../sim/scenario/index.ts';
import { Reach } from '../../support/reach.ts';

function scenarioOf(system: SystemName, sets: readonly string[] = []): Scenario {
  const parsed = parseScenario('hintlab: 1\nduration: 1m\nrecord: hints', { file: 'preset.yaml', system, sets });
  if (parsed.kind === 'invalid') throw new Error(JSON.stringify(parsed.problems));
  return parsed.scenario;
}

/** Every axis: what a scenario says, where in the policy that has to arrive, and what it means there. */
const AXES: readonly (readonly [key: string, text: string, at: string, meaning: unknown])[] = [
  ['hints.enabled', 'true', 'hints.enabled', true],
  ['hints.enabled', 'false', 'hints.enabled', false],
  ['hints.ttl', '1h', 'hints.ttl', 3_600_000_000],
  ['hints.ttl', '2s', 'hints.ttl', 2_000_000],
  ['hints.cap', '1KiB', 'hints.maxBytes', 1_024],
  ['hints.cap', 'none', 'hints.maxBytes', 0],
  ['hints.capScope', 'node', 'hints.capScope', 'node'],
  ['hints.capScope', 'peer', 'hints.capScope', 'peer'],
  ['hints.on.peerDown', 'true', 'hints.triggers.peerDown', true],
  ['hints.on.peerDown', 'false', 'hints.triggers.peerDown', false],
  ['hints.on.channelFull', 'true', 'hints.triggers.channelFull', true],
  ['hints.on.channelFull', 'false', 'hints.triggers.channelFull', false],
  ['hints.on.timeout', 'never', 'hints.triggers.timeout', 'never'],
  ['hints.on.timeout', 'always', 'hints.triggers.timeout', 'always'],
  ['hints.on.timeout', 'acked', 'hints.triggers.timeout', 'acked'],
  ['hints.on.error', 'true', 'hints.triggers.error', true],
  ['hints.on.error', 'false', 'hints.triggers.error', false],
  ['hints.on.queued', 'true', 'hints.triggers.queued', true],
  ['hints.on.queued', 'false', 'hints.triggers.queued', false],
  ['hints.vote', 'full', 'hints.vote', 'full'],
  ['hints.vote', 'any', 'hints.vote', 'any'],
  ['hints.vote', 'none', 'hints.vote', 'none'],
  ['hints.holder', 'coordinator', 'hints.holder', 'coordinator'],
  ['hints.holder', 'fallback', 'hints.holder', 'fallback'],
  ['hints.self', 'true', 'hints.self', true],
  ['hints.self', 'false', 'hints.self', false],
  ['hints.coalesce', 'true', 'hints.coalesce', true],
  ['hints.coalesce', 'false', 'hints.coalesce', false],
  ['hints.addressedBy', 'position', 'hints.addressedBy', 'position'],
  ['hints.addressedBy', 'node', 'hints.addressedBy', 'node'],
  ['hints.window', '1h', 'hints.window', 3_600_000_000],
  ['hints.window', 'none', 'hints.window', 0],
  ['hints.windowPersistent', 'true', 'hints.windowPersistent', true],
  ['hints.windowPersistent', 'false', 'hints.windowPersistent', false],
  ['hints.inFlight', '1MiB', 'hints.inFlightBytes', 1_048_576],
  ['hints.inFlight', 'none', 'hints.inFlightBytes', 0],
  ['hints.disk.durability', 'ram', 'hints.disk.durability', 'ram'],
  ['hints.disk.durability', 'synced', 'hints.disk.durability', 'synced'],
  ['hints.disk.flush', '1s', 'hints.disk.flush', 1_000_000],
  ['hints.disk.flush', '3s', 'hints.disk.flush', 3_000_000],
  ['hints.disk.rate', '50MiB/s', 'hints.disk.rate', 52_428_800],
  ['hints.disk.rate', 'unlimited', 'hints.disk.rate', 0],
  ['hints.disk.capacity', '1GiB', 'hints.disk.capacity', 1_073_741_824],
  ['hints.disk.capacity', 'none', 'hints.disk.capacity', 0],
  ['hints.disk.tornTail', 'kept', 'hints.disk.tornTail', 'kept'],
  ['hints.disk.tornTail', 'truncated', 'hints.disk.tornTail', 'truncated'],
  ['drain.enabled', 'true', 'drain.enabled', true],
  ['drain.enabled', 'false', 'drain.enabled', false],
  ['drain.first', 'start', 'drain.first', 'start'],
  ['drain.first', 'interval', 'drain.first', 'interval'],
  ['drain.hold', '500ms', 'drain.hold', 500_000],
  ['drain.hold', 'none', 'drain.hold', 0],
  ['drain.concurrency', '3', 'drain.concurrency', 3],
  ['drain.concurrency', '4', 'drain.concurrency', 4],
  ['drain.adapt', 'fixed', 'drain.adapt', 'fixed'],
  ['drain.adapt', 'aimd', 'drain.adapt', 'aimd'],
  ['drain.throttle', '1kB/s', 'drain.throttle', 1_000],
  ['drain.throttle', 'none', 'drain.throttle', 0],
  ['drain.throttleShared', 'true', 'drain.throttleShared', true],
  ['drain.throttleShared', 'false', 'drain.throttleShared', false],
  ['drain.sessions', '0', 'drain.sessions', 0],
  ['drain.sessions', '7', 'drain.sessions', 7],
  ['drain.timeout', '1s', 'drain.timeout', 1_000_000],
  ['drain.timeout', '3s', 'drain.timeout', 3_000_000],
  ['drain.retryAfter', '2s', 'drain.retryAfter', 2_000_000],
  ['drain.retryAfter', '4s', 'drain.retryAfter', 4_000_000],
  ['drain.retryUpTo', '1m', 'drain.retryUpTo', 60_000_000],
  ['drain.retryUpTo', 'none', 'drain.retryUpTo', 0],
  ['receiver.conflict', 'arrival', 'receiver.conflict', 'arrival'],
  ['receiver.conflict', 'timestamp', 'receiver.conflict', 'timestamp'],
  ['receiver.gcGrace', '1h', 'receiver.gcGrace', 3_600_000_000],
  ['receiver.gcGrace', '0s', 'receiver.gcGrace', 0],
  ['reads.fanout', 'needed', 'reads.fanout', 'needed'],
  ['reads.fanout', 'all', 'reads.fanout', 'all'],
  ['reads.answer', 'bytes', 'reads.answer', 'bytes'],
  ['reads.answer', 'newest', 'reads.answer', 'newest'],
  ['reads.repair', 'true', 'reads.repair', true],
  ['reads.repair', 'false', 'reads.repair', false],
  ['reads.fallback', 'true', 'reads.fallback', true],
  ['reads.fallback', 'false', 'reads.fallback', false],
  ['channel.slots', '3', 'channel.slots', 3],
  ['channel.slots', '4', 'channel.slots', 4],
  ['channel.rate', '1000/s', 'channel.messageTime', 1_000],
  ['channel.rate', 'unlimited', 'channel.messageTime', 0],
  ['channel.bandwidth', '1MiB/s', 'channel.bandwidth', 1_048_576],
  ['channel.bandwidth', 'unlimited', 'channel.bandwidth', 0],
  ['channel.reconnect', '5s', 'channel.reconnect', 5_000_000],
  ['channel.reconnect', '0s', 'channel.reconnect', 0],
  ['channel.afterClose', 'reconnect', 'channel.afterClose', 'reconnect'],
  ['channel.afterClose', 'ended', 'channel.afterClose', 'ended'],
  ['channel.order', 'fifo', 'channel.order', 'fifo'],
  ['channel.order', 'free', 'channel.order', 'free'],
  ['service.time', '{ exponential: 10ms }', 'service.time', { kind: 'exponential', mean: 10_000 }],
  ['service.workers', '3', 'service.workers', 3],
  ['service.workers', '4', 'service.workers', 4],
  ['service.queue', '3', 'service.queue', 3],
  ['service.queue', '0', 'service.queue', 0],
  ['service.late', 'execute', 'service.late', 'execute'],
  ['service.late', 'drop', 'service.late', 'drop'],
  ['consistency.write', 'ANY', 'consistency.write', 'ANY'],
  ['consistency.write', '2', 'consistency.write', 2],
  ['consistency.read', 'ALL', 'consistency.read', 'ALL'],
  ['consistency.read', '1', 'consistency.read', 1],
  ['consistency.unavailable', 'refuse', 'consistency.unavailable', 'refuse'],
  ['consistency.unavailable', 'try', 'consistency.unavailable', 'try'],
];

/** The session keys mean nothing without acks. */
const SESSION_KEYS = [
  'concurrency',
  'adapt',
  'throttle',
  'throttleShared',
  'sessions',
  'timeout',
  'retryAfter',
  'retryUpTo',
];

/** The leaves of a policy by path; distributions are leaves. */
function leavesOf(value: unknown, path = ''): ReadonlyMap<string, unknown> {
  if (typeof value !== 'object' || value === null || path.endsWith('.time')) return new Map([[path, value]]);
  return new Map(
    Object.entries(value).flatMap(([key, each]) => [...leavesOf(each, path === '' ? key : `${path}.${key}`)]),
  );
}

function withoutDetector({ detector: _, ...policy }: Policy): Omit<Policy, 'detector'> {
  return policy;
}

describe('every preset', () => {
  it.each(SYSTEM_NAMES)('%s resolves to its own policy and network', (system) => {
    const { policy, network } = scenarioOf(system);
    expect(policy).toEqual(PRESETS[system].policy);
    expect(network).toEqual(PRESETS[system].network);
  });

  it('is another scenario than every other', () => {
    expect(new Set(SYSTEM_NAMES.map((system) => canonicalText(scenarioOf(system)))).size).toBe(SYSTEM_NAMES.length);
  });

  it('has every axis in the list below', () => {
    const axes = new Set([...AXES.map(([, , at]) => at), 'drain.ack', 'drain.interval']);
    const leaves = leavesOf(withoutDetector(PRESETS.dynomite.policy));
    expect([...leaves.keys()].filter((leaf) => !axes.has(leaf))).toEqual([]);
  });

  it('takes any value on any axis, and moves no other', () => {
    const reach = new Reach<SystemName | 'changed' | 'ack'>();
    const axis = fc.constantFrom(...AXES);
    fc.assert(
      fc.property(fc.constantFrom(...SYSTEM_NAMES), axis, (system, [key, text, at, meaning]) => {
        const [topic = '', leaf = ''] = key.split('.');
        const needsAck = topic === 'drain' && SESSION_KEYS.includes(leaf);
        const acks = needsAck ? ['drain.ack=each'] : at === 'drain.hold' ? ['drain.ack=none'] : [];
        const before = leavesOf(scenarioOf(system, acks).policy);
        const after = leavesOf(scenarioOf(system, [...acks, `${key}=${text}`]).policy);
        expect(after.get(at)).toEqual(meaning);
        expect([...after].filter(([path]) => path !== at)).toEqual([...before].filter(([path]) => path !== at));
        reach.note(system);
        reach.note('changed', JSON.stringify(before.get(at)) !== JSON.stringify(meaning));
        reach.note('ack', needsAck);
      }),
      { seed: 31, numRuns: 800 },
    );
    expect(reach.rarerThan(50, [...SYSTEM_NAMES, 'changed', 'ack'])).toEqual([]);
  });

  it('takes any detector, with the parameters it has for it', () => {
    for (const system of SYSTEM_NAMES) {
      const { phi, normal, fixed } = PRESETS[system];
      expect(scenarioOf(system, ['detector={ phi: {} }']).policy.detector).toEqual(phi);
      expect(scenarioOf(system, ['detector={ normal: {} }']).policy.detector).toEqual(normal);
      expect(scenarioOf(system, ['detector={ fixed: {} }']).policy.detector).toEqual(fixed);
      const text =
        'detector={ normal: { gossip: 2s, to: one, threshold: 3, window: 10, backlog: true, goodbye: forgotten, minDeviation: 1ms, pause: 0s, first: 4s } }';
      expect(scenarioOf(system, [text]).policy.detector).toEqual({
        kind: 'normal',
        gossip: seconds(2),
        gossipTo: 'one',
        threshold: 3,
        window: 10,
        backlog: true,
        goodbye: 'forgotten',
        minDeviation: 1_000,
        pause: 0,
        firstInterval: seconds(4),
      });
    }
  });

  it('retries at its next look, however often it looks, where the system does', () => {
    // Cassandra tries again at the next tick (§2), Scylla after a second (§3).
    expect(scenarioOf('cassandra', ['drain.interval=7s']).policy.drain.retryAfter).toBe(seconds(7));
    expect(scenarioOf('scylla', ['drain.interval=7s']).policy.drain.retryAfter).toBe(seconds(1));
    expect(scenarioOf('scylla', ['drain.retryAfter=interval']).policy.drain.retryAfter).toBe(seconds(10));
  });
});

describe('what the reference says', () => {
  it('of dynomite: RAM, full votes, sweeps without acks, 24 h, 64 MiB, 30 s, 256 slots', () => {
    const { hints, drain, receiver, channel, service } = PRESETS.dynomite.policy;
    expect(hints).toMatchObject({ ttl: hours(24), maxBytes: mebibytes(64), vote: 'full', disk: { durability: 'ram' } });
    expect(hints.triggers).toEqual({
      peerDown: true,
      channelFull: true,
      timeout: 'never',
      error: false,
      queued: false,
    });
    expect(drain).toMatchObject({ interval: seconds(30), first: 'start', ack: 'none' });
    expect([receiver.conflict, channel.slots, channel.afterClose, service.queue]).toEqual([
      'arrival',
      256,
      'ended',
      512,
    ]);
  });

  it('of dynomite with a directory: nothing else, but segments that are written and not synced', () => {
    const { policy } = PRESETS['dynomite-durable'];
    const { disk } = policy.hints;
    expect(disk.durability).toBe('written');
    const inRam = { ...policy.hints, disk: { ...disk, durability: 'ram' } };
    expect({ ...policy, hints: inRam }).toEqual(PRESETS.dynomite.policy);
  });

  it('of Cassandra: window 3 h, 10 s ticks, two sessions, 1024 KiB/s over the others, hints for ANY alone', () => {
    const { hints, drain, receiver } = PRESETS.cassandra.policy;
    expect(hints).toMatchObject({ window: hours(3), windowPersistent: true, vote: 'any', ttl: days(10) });
    expect(hints.disk).toMatchObject({ durability: 'buffered', flush: seconds(10) });
    expect(drain).toMatchObject({ interval: seconds(10), sessions: 2, throttle: 1_048_576, throttleShared: true });
    expect(receiver).toEqual({ conflict: 'timestamp', gcGrace: days(10) });
  });

  it('of Scylla: acked timeouts, 10 MiB in flight, eight hints at once, 128 before', () => {
    const { hints, drain } = PRESETS.scylla.policy;
    expect(hints).toMatchObject({
      inFlightBytes: mebibytes(10),
      windowPersistent: false,
      triggers: { timeout: 'acked' },
    });
    expect(drain).toMatchObject({ concurrency: 8, timeout: seconds(2), retryAfter: seconds(1), throttle: 0 });
    expect(PRESETS['scylla-old'].policy).toEqual({ ...PRESETS.scylla.policy, drain: { ...drain, concurrency: 128 } });
  });

  it('of InfluxDB: an order guard over a synced queue of 10 GiB, one at a time, for a week', () => {
    const { hints, drain } = PRESETS.influxdb.policy;
    expect(hints.triggers).toMatchObject({ queued: true, error: true, timeout: 'always' });
    expect(hints).toMatchObject({ maxBytes: 10 * 1_073_741_824, ttl: days(7), disk: { durability: 'synced' } });
    expect(drain.concurrency).toBe(1);
    // `retry-interval` 1 s, doubled by the first failure already, up to `retry-max-interval`.
    expect([drain.interval, drain.retryAfter, drain.retryUpTo]).toEqual([seconds(1), seconds(2), seconds(10)]);
  });

  it('of Riak: fallbacks that count, vector clocks, majorities, tombstones of 3 s', () => {
    const { hints, receiver, consistency } = PRESETS.riak.policy;
    expect(hints).toMatchObject({
      holder: 'fallback',
      vote: 'full',
      maxBytes: 0,
      triggers: { peerDown: true, timeout: 'never' },
    });
    expect(receiver).toEqual({ conflict: 'vectorClock', gcGrace: seconds(3) });
    expect(consistency).toMatchObject({ write: 'QUORUM', read: 'QUORUM' });
  });

  it('of Voldemort: slop on another node, newest per key, every 5 min at 10 MB/s, never a vote', () => {
    const { hints, drain } = PRESETS.voldemort.policy;
    expect(hints).toMatchObject({ holder: 'fallback', coalesce: true, vote: 'none' });
    expect(drain).toMatchObject({ interval: minutes(5), throttle: 10_000_000, concurrency: 100 });
  });
});

it('dynomite with an order guard and acknowledged delivery is three more lines', () => {
  const text = 'hintlab: 1\nduration: 1m\nhints: { on: { queued: true } }\ndrain: { ack: each }\n';
  const parsed = parseScenario(text, { file: 'x.yaml' });
  const { hints, drain } = PRESETS.dynomite.policy;
  expect(parsed).toMatchObject({
    kind: 'scenario',
    scenario: {
      policy: {
        ...PRESETS.dynomite.policy,
        hints: { ...hints, triggers: { ...hints.triggers, queued: true } },
        drain: { ...drain, ack: 'each' },
      },
    },
  });
});
