/**
 * What to expect of a distribution, from its specification alone: its mean, and a value that most samples stay below.
 */
import { unreachable } from '../../../core/index.ts';
import type { DistributionSpec } from './distribution.ts';

/** Below this tail index few samples of a Pareto distribution come near its mean; at 1 there is none. */
const HEAVY_TAIL = 2;

/** The mean; of a tail heavier than a shape of 2 the least value, as a mean that few samples reach misleads an estimate. */
export function meanOf(spec: DistributionSpec): number {
  switch (spec.kind) {
    case 'constant':
      return spec.value;
    case 'uniform':
      return (spec.low + spec.high) / 2;
    case 'exponential':
    case 'lognormal':
      return spec.mean;
    case 'pareto':
      return spec.shape < HEAVY_TAIL ? spec.scale : (spec.scale * spec.shape) / (spec.shape - 1);
    case 'empirical':
      return meanOfQuantiles(spec.quantiles);
    case 'shifted':
      return spec.by + meanOf(spec.of);
    case 'mixture': {
      const weights = spec.parts.reduce((total, { weight }) => total + weight, 0);
      return spec.parts.reduce((total, { weight, of }) => total + (weight / weights) * meanOf(of), 0);
    }
    default:
      return unreachable(spec);
  }
}

/** Straight lines between the quantiles, and nothing beyond the first and the last. */
function meanOfQuantiles(quantiles: readonly { readonly p: number; readonly value: number }[]): number {
  let mean = 0;
  let before = { p: 0, value: quantiles[0]?.value ?? 0 };
  for (const quantile of quantiles) {
    mean += ((quantile.p - before.p) * (quantile.value + before.value)) / 2;
    before = quantile;
  }
  return mean + (1 - before.p) * before.value;
}

/** The value below which most samples lie; for bounds, not for statistics. */
export function typicalOf(spec: DistributionSpec): number {
  switch (spec.kind) {
    case 'constant':
      return spec.value;
    case 'uniform':
      return spec.high;
    case 'exponential':
    case 'lognormal':
      return spec.mean * 2;
    case 'pareto':
      return spec.scale * 4;
    case 'empirical':
      return spec.quantiles.at(-1)?.value ?? 0;
    case 'shifted':
      return spec.by + typicalOf(spec.of);
    case 'mixture':
      return spec.parts.reduce((most, part) => Math.max(most, typicalOf(part.of)), 0);
    default:
      return unreachable(spec);
  }
}
