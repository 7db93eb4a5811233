/**
 * The least time that a message can be on its way, from the laws of the scenario alone: nothing arrives sooner.
 */
import { unreachable } from '../../../core/index.ts';
import type { DistributionSpec } from '../../scenario/model/distribution.ts';
import type { MessagePurpose, Scenario } from '../../scenario/model/scenario.ts';

/** For a message of a purpose between two different nodes, whichever they are; whole microseconds. */
export function fastest({ network, nodes }: Scenario, purpose: MessagePurpose): number {
  const own = network.byPurpose[purpose];
  const near = leastOf(own ?? network.sameDatacentre);
  const far = leastOf(own ?? network.crossDatacentre) + network.farExtra;
  const isOne = nodes.every(({ datacentre }) => datacentre === nodes[0]?.datacentre);
  return isOne ? near : Math.min(near, far);
}

/** A value that no sample stays below: the least one, or 0 where that is all one can tell. */
export function leastOf(spec: DistributionSpec): number {
  switch (spec.kind) {
    case 'constant':
      return Math.floor(spec.value);
    case 'uniform':
      return Math.floor(spec.low);
    case 'exponential':
    case 'lognormal':
      return 0;
    case 'pareto':
      return Math.floor(spec.scale);
    case 'empirical':
      return Math.floor(spec.quantiles[0]?.value ?? 0);
    case 'shifted':
      return Math.floor(spec.by) + leastOf(spec.of);
    case 'mixture':
      return spec.parts.reduce((least, part) => Math.min(least, leastOf(part.of)), Infinity);
    default:
      return unreachable(spec);
  }
}
