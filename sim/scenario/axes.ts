/**
 * The axes of a policy as scenario files write them: `hints.ttl` and `10d`. What is printed here can be given to `--set` as
 * it stands. Capacities and latencies are no axes: they belong to a machine, and are the same in every preset.
 */
import type { Detector } from './model/detector.ts';
import type { DrainPolicy, HintPolicy, Policy } from './model/policy.ts';
import type { Network } from './model/scenario.ts';
import { writeDuration, writeSize } from './text/quantities.ts';

/** One axis of one policy. */
export interface Axis {
  /** Where it is in a scenario file. */
  readonly path: string;
  /** Its value there. */
  readonly value: string;
}

/** Every axis of a preset or a scenario, in the order of the policy; the same paths for every one. */
export function axesOf({ policy, network }: { readonly policy: Policy; readonly network: Network }): readonly Axis[] {
  const { receiver, reads, channel, service, detector, consistency } = policy;
  return [
    ...hintAxes(policy.hints),
    ...drainAxes(policy.drain),
    axis('receiver.conflict', receiver.conflict),
    axis('receiver.gcGrace', writeDuration(receiver.gcGrace)),
    axis('reads.fanout', reads.fanout),
    axis('reads.answer', reads.answer),
    axis('reads.repair', reads.repair),
    axis('reads.fallback', reads.fallback),
    axis('channel.slots', channel.slots),
    axis('channel.bandwidth', perSecond(channel.bandwidth)),
    axis('channel.reconnect', writeDuration(channel.reconnect)),
    axis('channel.afterClose', channel.afterClose),
    axis('channel.order', channel.order),
    axis('service.workers', service.workers),
    axis('service.queue', service.queue === Number.MAX_SAFE_INTEGER ? 'unlimited' : service.queue),
    axis('service.late', service.late),
    axis('detector', detectorText(detector)),
    axis('consistency.write', consistency.write),
    axis('consistency.read', consistency.read),
    axis('consistency.unavailable', consistency.unavailable),
    axis('network.timeout', writeDuration(network.clientTimeout)),
  ];
}

function axis(path: string, value: string | number | boolean): Axis {
  return { path, value: String(value) };
}

function hintAxes(hints: HintPolicy): Axis[] {
  const { triggers, disk } = hints;
  return [
    axis('hints.enabled', hints.enabled),
    axis('hints.ttl', writeDuration(hints.ttl)),
    axis('hints.cap', orNone(hints.maxBytes, writeSize)),
    axis('hints.capScope', hints.capScope),
    axis('hints.on.peerDown', triggers.peerDown),
    axis('hints.on.channelFull', triggers.channelFull),
    axis('hints.on.timeout', triggers.timeout),
    axis('hints.on.error', triggers.error),
    axis('hints.on.queued', triggers.queued),
    axis('hints.vote', hints.vote),
    axis('hints.holder', hints.holder),
    axis('hints.self', hints.self),
    axis('hints.coalesce', hints.coalesce),
    axis('hints.addressedBy', hints.addressedBy),
    axis('hints.window', orNone(hints.window, writeDuration)),
    axis('hints.windowPersistent', hints.windowPersistent),
    axis('hints.inFlight', orNone(hints.inFlightBytes, writeSize)),
    axis('hints.disk.durability', disk.durability),
    axis('hints.disk.flush', writeDuration(disk.flush)),
    axis('hints.disk.rate', perSecond(disk.rate)),
    axis('hints.disk.capacity', orNone(disk.capacity, writeSize)),
    axis('hints.disk.tornTail', disk.tornTail),
  ];
}

function drainAxes(drain: DrainPolicy): Axis[] {
  return [
    axis('drain.enabled', drain.enabled),
    axis('drain.interval', writeDuration(drain.interval)),
    axis('drain.first', drain.first),
    axis('drain.ack', drain.ack),
    axis('drain.hold', orNone(drain.hold, writeDuration)),
    axis('drain.concurrency', drain.concurrency),
    axis('drain.adapt', drain.adapt),
    axis('drain.throttle', perSecond(drain.throttle)),
    axis('drain.throttleShared', drain.throttleShared),
    axis('drain.sessions', drain.sessions),
    axis('drain.timeout', writeDuration(drain.timeout)),
    axis('drain.retryAfter', writeDuration(drain.retryAfter)),
    axis('drain.retryUpTo', orNone(drain.retryUpTo, writeDuration)),
  ];
}

function detectorText(detector: Detector): string {
  if (detector.kind === 'fixed') {
    return `{ fixed: { down: ${writeDuration(detector.downAfter)}, up: ${writeDuration(detector.upAfter)}, start: ${detector.start} } }`;
  }
  const { gossip, gossipTo, threshold, window, backlog, goodbye, firstInterval } = detector;
  const shared = `gossip: ${writeDuration(gossip)}, to: ${gossipTo}, threshold: ${threshold}, window: ${window}, backlog: ${backlog}, goodbye: ${goodbye}, first: ${writeDuration(firstInterval)}`;
  if (detector.kind === 'phi') {
    const { meanFloor, ignoreAbove } = detector;
    return `{ phi: { ${shared}, floor: ${writeDuration(meanFloor)}, ignoreAbove: ${writeDuration(ignoreAbove)} } }`;
  }
  const { minDeviation, pause } = detector;
  return `{ normal: { ${shared}, minDeviation: ${writeDuration(minDeviation)}, pause: ${writeDuration(pause)} } }`;
}

function orNone(value: number, text: (value: number) => string): string {
  return value === 0 ? 'none' : text(value);
}

function perSecond(bytes: number): string {
  return bytes === 0 ? 'unlimited' : `${writeSize(bytes)}/s`;
}
