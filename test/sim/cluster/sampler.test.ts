/** From the distributions of a scenario to those of the engine: each kind by its mean and its largest value. */
import { describe, expect, it } from 'vitest';
import { samplerOf } from '../../../sim/cluster/sampler.ts';
import type { DistributionSpec } from '../../../sim/scenario/model/distribution.ts';

const QUANTILES = [
  { p: 0, value: 2 },
  { p: 0.5, value: 4 },
  { p: 1, value: 12 },
];

const CASES: readonly (readonly [spec: DistributionSpec, mean: number, max: number])[] = [
  [{ kind: 'constant', value: 7 }, 7, 7],
  [{ kind: 'uniform', low: 2, high: 6 }, 4, 6],
  [{ kind: 'exponential', mean: 5 }, 5, Infinity],
  [{ kind: 'lognormal', mean: 5, cv: 0.5 }, 5, Infinity],
  // scale · shape / (shape − 1)
  [{ kind: 'pareto', scale: 2, shape: 3 }, 3, Infinity],
  // Half within 2 … 4, half within 4 … 12.
  [{ kind: 'empirical', quantiles: QUANTILES }, 0.5 * 3 + 0.5 * 8, 12],
  [{ kind: 'shifted', by: 10, of: { kind: 'uniform', low: 2, high: 6 } }, 14, 16],
  [
    {
      kind: 'mixture',
      parts: [
        { weight: 3, of: { kind: 'constant', value: 4 } },
        { weight: 1, of: { kind: 'uniform', low: 0, high: 16 } },
      ],
    },
    5,
    16,
  ],
];

describe('the sampler of a distribution', () => {
  it.each(CASES)('%j is that distribution', (spec, mean, max) => {
    const sampler = samplerOf(spec);
    expect(sampler.mean()).toBeCloseTo(mean, 12);
    expect(sampler.max()).toBe(max);
  });
});
