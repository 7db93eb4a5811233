/**
 * Distributions as data: of durations in microseconds, or of sizes in bytes, by the place where they stand.
 */

/** A distribution of non-negative numbers: microseconds or bytes, by place. */
export type DistributionSpec =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'uniform'; readonly low: number; readonly high: number }
  | { readonly kind: 'exponential'; readonly mean: number }
  | { readonly kind: 'lognormal'; readonly mean: number; readonly cv: number }
  | { readonly kind: 'pareto'; readonly scale: number; readonly shape: number }
  | { readonly kind: 'empirical'; readonly quantiles: readonly { readonly p: number; readonly value: number }[] }
  | { readonly kind: 'shifted'; readonly by: number; readonly of: DistributionSpec }
  | { readonly kind: 'mixture'; readonly parts: readonly { readonly weight: number; readonly of: DistributionSpec }[] };
