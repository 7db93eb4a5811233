/**
 * From a distribution in a scenario (plain data) to one that can be sampled.
 */
import { unreachable } from '../../core/index.ts';
import { Distribution } from '../engine/index.ts';
import type { DistributionSpec } from '../scenario/model/distribution.ts';

/** The sampler of a specification; values keep its unit (microseconds or bytes). */
export function samplerOf(spec: DistributionSpec): Distribution {
  switch (spec.kind) {
    case 'constant':
      return Distribution.constant(spec.value);
    case 'uniform':
      return Distribution.uniform(spec.low, spec.high);
    case 'exponential':
      return Distribution.exponential(spec.mean);
    case 'lognormal':
      return Distribution.lognormal(spec.mean, spec.cv);
    case 'pareto':
      return Distribution.pareto(spec.scale, spec.shape);
    case 'empirical':
      return Distribution.empirical(spec.quantiles);
    case 'shifted':
      return Distribution.shifted(spec.by, samplerOf(spec.of));
    case 'mixture':
      return Distribution.mixture(
        spec.parts.map((part) => ({ weight: part.weight, distribution: samplerOf(part.of) })),
      );
    default:
      return unreachable(spec);
  }
}
