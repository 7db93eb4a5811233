/**
 * Policy and network: the values of the preset, with those of the document in their place.
 */
import { bytes, duration } from '../../../core/index.ts';
import type { Duration } from '../../../core/index.ts';
import { MAX_HEARTBEAT_INTERVALS } from '../bounds.ts';
import type { Preset } from '../presets.ts';
import type { Detector, DistributionSpec, Network, Policy } from '../scenario.ts';
import type { DistributionDocument, ScenarioDocument } from '../schema.ts';
import { resolveDistribution } from './distribution.ts';
import type { Domain } from './distribution.ts';
import type { Resolution } from './resolution.ts';

const MICROS_PER_SECOND = 1_000_000;
/** An hour: a latency beyond that is a partition, which is a fault. */
const LATENCIES: Domain = { min: 0, max: 3_600_000_000, bounds: 'a latency of at most 1h' };

/** The policy of a document that starts from `preset`. */
export function resolvePolicy(
  document: ScenarioDocument,
  preset: Preset,
  nodes: number,
  resolution: Resolution,
): Policy {
  const { hints = {}, drain = {}, channel = {}, consistency = {} } = document;
  const { policy } = preset;
  const detector = resolveDetector(document, preset);
  const intervals = detector.kind === 'phi' ? nodes * nodes * detector.window : 0;
  if (intervals > MAX_HEARTBEAT_INTERVALS) {
    const expected = `nodes² × window of at most ${MAX_HEARTBEAT_INTERVALS} heartbeat intervals (fewer nodes, or a smaller window)`;
    resolution.problem(['detector', 'phi', 'window'], { code: 'limit', expected, found: `${intervals}` });
  }
  const levels = typeof consistency === 'string' ? { write: consistency, read: consistency } : consistency;
  return {
    hints: {
      enabled: hints.enabled ?? policy.hints.enabled,
      ttl: duration(hints.ttl ?? policy.hints.ttl),
      maxBytes: bytes(hints.cap ?? policy.hints.maxBytes),
    },
    drain: { interval: duration(drain.interval ?? policy.drain.interval) },
    channel: {
      slots: channel.slots ?? policy.channel.slots,
      messageTime: channel.rate === undefined ? policy.channel.messageTime : messageTime(channel.rate),
      reconnect: duration(channel.reconnect ?? policy.channel.reconnect),
    },
    detector,
    consistency: { write: levels.write ?? policy.consistency.write, read: levels.read ?? policy.consistency.read },
  };
}

/** The network of a document that starts from `preset`. */
export function resolveNetwork(document: ScenarioDocument, preset: Preset, resolution: Resolution): Network {
  const { latency = {}, timeout } = document.network ?? {};
  const { network } = preset;
  const resolved = (
    key: string,
    of: DistributionDocument | undefined,
    otherwise: DistributionSpec,
  ): DistributionSpec =>
    of === undefined ? otherwise : resolveDistribution(of, ['network', 'latency', key], LATENCIES, resolution);
  return {
    local: resolved('local', latency.local, network.local),
    sameDatacentre: resolved('near', latency.near, network.sameDatacentre),
    crossDatacentre: resolved('far', latency.far, network.crossDatacentre),
    clientTimeout: duration(timeout ?? network.clientTimeout),
  };
}

function resolveDetector({ detector }: ScenarioDocument, preset: Preset): Detector {
  if (detector === undefined) return preset.policy.detector;
  if ('fixed' in detector) {
    const { down, up } = detector.fixed;
    const { fixed } = preset;
    return { kind: 'fixed', downAfter: duration(down ?? fixed.downAfter), upAfter: duration(up ?? fixed.upAfter) };
  }
  const { gossip, threshold, window, floor } = detector.phi;
  return {
    kind: 'phi',
    gossip: duration(gossip ?? preset.phi.gossip),
    threshold: threshold ?? preset.phi.threshold,
    window: window ?? preset.phi.window,
    meanFloor: duration(floor ?? preset.phi.meanFloor),
  };
}

/** The time that a link of so many messages a second needs for one, in whole microseconds; 0 is unlimited. */
function messageTime(perSecond: number): Duration {
  return duration(perSecond === 0 ? 0 : Math.round(MICROS_PER_SECOND / perSecond));
}
