/**
 * The network: latencies by distance and by purpose, and how long a client waits.
 */
import { duration } from '../../../core/index.ts';
import type { Preset } from '../presets/preset.ts';
import { MESSAGE_PURPOSES } from '../model/scenario.ts';
import type { DistributionSpec } from '../model/distribution.ts';
import type { Network } from '../model/scenario.ts';
import type { ScenarioDocument } from '../schema.ts';
import { resolveDistribution } from './distribution.ts';
import type { Domain } from './distribution.ts';
import type { Resolution } from './resolution.ts';

/** An hour: a latency beyond that is a partition, which is a fault; and work that takes longer is none of a cache. */
export const LATENCIES: Domain = { min: 0, max: 3_600_000_000, bounds: 'a time of at most 1h' };

/** The network of a document that starts from `preset`. */
export function resolveNetwork(document: ScenarioDocument, preset: Preset, resolution: Resolution): Network {
  const { latency = {}, timeout } = document.network ?? {};
  const { network } = preset;
  const resolved = (key: Exclude<keyof typeof latency, 'farExtra'>): DistributionSpec | undefined => {
    const of = latency[key];
    return of === undefined ? undefined : resolveDistribution(of, ['network', 'latency', key], LATENCIES, resolution);
  };
  const given = MESSAGE_PURPOSES.flatMap((purpose) => {
    const spec = resolved(purpose);
    return spec === undefined ? [] : [[purpose, spec] as const];
  });
  return {
    local: resolved('local') ?? network.local,
    sameDatacentre: resolved('near') ?? network.sameDatacentre,
    crossDatacentre: resolved('far') ?? network.crossDatacentre,
    farExtra: duration(latency.farExtra ?? network.farExtra),
    byPurpose: { ...network.byPurpose, ...Object.fromEntries(given) },
    clientTimeout: duration(timeout ?? network.clientTimeout),
  };
}
