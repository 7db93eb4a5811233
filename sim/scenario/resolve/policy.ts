/**
 * The policy: the values of the preset, with those of the document in their place, and what of them has no meaning
 * beside the others.
 */
import { bytes, duration, MICROS_PER_SECOND } from '../../../core/index.ts';
import type { Duration } from '../../../core/index.ts';
import type { Preset } from '../presets/preset.ts';
import type { ConsistencyLevel } from '../model/levels.ts';
import type { ChannelPolicy, DrainPolicy, HintDisk, HintPolicy, Policy, ServicePolicy } from '../model/policy.ts';
import type { ScenarioDocument } from '../schema.ts';
import { writeDuration } from '../text/quantities.ts';
import { resolveDetector } from './detector.ts';
import { resolveDistribution } from './distribution.ts';
import { LATENCIES } from './network.ts';
import type { Resolution } from './resolution.ts';

/** Keys of `drain` that speak of sessions, of which there are none without acks. */
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

/** The policy of a document that starts from `preset`. */
export function resolvePolicy(
  document: ScenarioDocument,
  preset: Preset,
  nodes: number,
  resolution: Resolution,
): Policy {
  const { policy } = preset;
  const { receiver = {}, reads = {} } = document;
  const hints = resolveHints(document, policy.hints, resolution);
  return {
    hints,
    drain: resolveDrain(document, policy.drain, hints.ttl, resolution),
    receiver: {
      conflict: receiver.conflict ?? policy.receiver.conflict,
      gcGrace: duration(receiver.gcGrace ?? policy.receiver.gcGrace),
    },
    reads: {
      fanout: reads.fanout ?? policy.reads.fanout,
      answer: reads.answer ?? policy.reads.answer,
      repair: reads.repair ?? policy.reads.repair,
      fallback: reads.fallback ?? policy.reads.fallback,
    },
    channel: resolveChannel(document, policy.channel),
    service: resolveService(document, policy.service, resolution),
    detector: resolveDetector(document, preset, nodes, resolution),
    consistency: { ...policy.consistency, ...levelsOf(document.consistency) },
  };
}

/** A level for both, or one each, as a document says it. */
export function levelsOf(levels: ScenarioDocument['consistency']): {
  readonly write?: ConsistencyLevel;
  readonly read?: ConsistencyLevel;
} {
  if (levels === undefined) return {};
  return typeof levels === 'object' ? levels : { write: levels, read: levels };
}

function resolveHints(
  { hints = {}, faults = [] }: ScenarioDocument,
  preset: HintPolicy,
  resolution: Resolution,
): HintPolicy {
  const { on = {} } = hints;
  const addressedBy = hints.addressedBy ?? preset.addressedBy;
  for (const [index, fault] of faults.entries()) {
    if (addressedBy !== 'node' || !('reindex' in fault)) continue;
    resolution.note(['faults', index], 'reindex has no effect on hints that are for a node, wherever it stands');
  }
  const { triggers } = preset;
  const window = duration(hints.window ?? preset.window);
  if (window === 0 && hints.windowPersistent === true) {
    const text = 'without a window there is nothing for it to close: hints.windowPersistent has no effect';
    resolution.note(['hints', 'windowPersistent'], text);
  }
  return {
    enabled: hints.enabled ?? preset.enabled,
    ttl: duration(hints.ttl ?? preset.ttl),
    maxBytes: bytes(hints.cap ?? preset.maxBytes),
    capScope: hints.capScope ?? preset.capScope,
    triggers: {
      peerDown: on.peerDown ?? triggers.peerDown,
      channelFull: on.channelFull ?? triggers.channelFull,
      timeout: on.timeout ?? triggers.timeout,
      error: on.error ?? triggers.error,
      queued: on.queued ?? triggers.queued,
    },
    vote: hints.vote ?? preset.vote,
    holder: hints.holder ?? preset.holder,
    self: hints.self ?? preset.self,
    coalesce: hints.coalesce ?? preset.coalesce,
    addressedBy,
    window,
    windowPersistent: hints.windowPersistent ?? preset.windowPersistent,
    inFlightBytes: bytes(hints.inFlight ?? preset.inFlightBytes),
    disk: resolveDisk(hints.disk ?? {}, preset.disk, resolution),
  };
}

function resolveDisk(
  disk: NonNullable<NonNullable<ScenarioDocument['hints']>['disk']>,
  preset: HintDisk,
  resolution: Resolution,
): HintDisk {
  const durability = disk.durability ?? preset.durability;
  const idle = (key: 'flush' | 'rate' | 'capacity' | 'tornTail'): void => {
    if (disk[key] === undefined) return;
    resolution.note(['hints', 'disk', key], `hints.disk.${key} has no effect on hints that are ${durability}`);
  };
  if (durability === 'ram') (['flush', 'rate', 'capacity', 'tornTail'] as const).forEach(idle);
  if (durability === 'synced') idle('flush');
  return {
    durability,
    flush: duration(disk.flush ?? preset.flush),
    rate: disk.rate ?? preset.rate,
    capacity: bytes(disk.capacity ?? preset.capacity),
    tornTail: disk.tornTail ?? preset.tornTail,
  };
}

function resolveDrain(
  { drain = {} }: ScenarioDocument,
  preset: DrainPolicy,
  ttl: Duration,
  resolution: Resolution,
): DrainPolicy {
  const ack = drain.ack ?? preset.ack;
  for (const key of ack === 'none' ? SESSION_KEYS.filter((each) => resolution.has(['drain', each])) : []) {
    const expected = `ack: each beside ${key}, which is of the sessions that wait for acks`;
    resolution.problem(['drain', key], { code: 'conflict', expected, found: 'ack: none' });
  }
  if (ack === 'each' && resolution.has(['drain', 'hold'])) {
    const expected = 'ack: none beside hold: what is sent with acks stays in its queue';
    resolution.problem(['drain', 'hold'], { code: 'conflict', expected, found: 'ack: each' });
  }
  const interval = duration(drain.interval ?? preset.interval);
  const throttle = drain.throttle ?? preset.throttle;
  if (ack === 'each' && throttle === 0 && drain.throttleShared === true)
    resolution.note(['drain', 'throttleShared'], 'without a throttle drain.throttleShared has no effect');
  return {
    enabled: drain.enabled ?? preset.enabled,
    interval,
    first: drain.first ?? preset.first,
    ack,
    hold: resolveHold(drain.hold ?? preset.hold, interval, ttl, resolution),
    concurrency: drain.concurrency ?? preset.concurrency,
    adapt: drain.adapt ?? preset.adapt,
    throttle,
    throttleShared: drain.throttleShared ?? preset.throttleShared,
    sessions: drain.sessions ?? preset.sessions,
    timeout: duration(drain.timeout ?? preset.timeout),
    retryAfter: retryAfter(drain.retryAfter, interval, preset),
    retryUpTo: duration(drain.retryUpTo ?? preset.retryUpTo),
  };
}

/** A sweep is over before the next one, and before a hint that is stored meanwhile is due. */
function resolveHold(hold: number, interval: Duration, ttl: Duration, resolution: Resolution): Duration {
  const limit = Math.min(interval, ttl);
  if (hold >= limit) {
    const which = interval <= ttl ? 'drain.interval' : 'hints.ttl';
    resolution.problem(['drain', 'hold'], {
      code: 'conflict',
      expected: `less than ${which}, ${writeDuration(limit)}`,
      found: writeDuration(hold),
    });
  }
  return duration(hold);
}

/** `interval` is as long as the interval, and so is that of a preset which retries at its next look. */
function retryAfter(given: number | undefined, interval: Duration, preset: DrainPolicy): Duration {
  if (given !== undefined) return given === 0 ? interval : duration(given);
  return preset.retryAfter === preset.interval ? interval : preset.retryAfter;
}

function resolveChannel({ channel = {} }: ScenarioDocument, preset: ChannelPolicy): ChannelPolicy {
  return {
    slots: channel.slots ?? preset.slots,
    messageTime: channel.rate === undefined ? preset.messageTime : messageTime(channel.rate),
    bandwidth: channel.bandwidth ?? preset.bandwidth,
    reconnect: duration(channel.reconnect ?? preset.reconnect),
    afterClose: channel.afterClose ?? preset.afterClose,
    order: channel.order ?? preset.order,
  };
}

function resolveService(
  { service = {} }: ScenarioDocument,
  preset: ServicePolicy,
  resolution: Resolution,
): ServicePolicy {
  const { time } = service;
  return {
    time: time === undefined ? preset.time : resolveDistribution(time, ['service', 'time'], LATENCIES, resolution),
    workers: service.workers ?? preset.workers,
    queue: service.queue ?? preset.queue,
    late: service.late ?? preset.late,
  };
}

/** The time that a link of so many messages a second needs for one, in whole microseconds; 0 is unlimited. */
function messageTime(perSecond: number): Duration {
  return duration(perSecond === 0 ? 0 : Math.round(MICROS_PER_SECOND / perSecond));
}
