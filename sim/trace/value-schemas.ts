/**
 * Schemas of the values that the header of a trace file is made of: counts, instants, sizes, positions, distributions.
 * Each is a function, because schemas are made when a file is opened, not when a module is loaded.
 */
import * as v from 'valibot';
import { bytes, duration, instant, MAX_PEER_INDEX, peerIndex } from '../../core/index.ts';
import type { DistributionSpec } from '../scenario/model/distribution.ts';

/** Distributions within distributions at most this deep: a bound on the recursion over what a file claims. */
const MAX_DISTRIBUTION_DEPTH = 8;

/** A count: an integer ≥ 0. */
export const count = () => v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** A finite number ≥ 0. */
export const amount = () => v.pipe(v.number(), v.finite(), v.minValue(0));
/** An instant in microseconds. */
export const instantValue = () => v.pipe(count(), v.transform(instant));
/** A duration in microseconds. */
export const durationValue = () => v.pipe(count(), v.transform(duration));
/** A size in bytes. */
export const bytesValue = () => v.pipe(count(), v.transform(bytes));
/** An integer of either sign. */
export const integer = () => v.pipe(v.number(), v.safeInteger());
/** A position in the peer table, as far as one can tell without the table. */
export const peerValue = () => v.pipe(count(), v.maxValue(MAX_PEER_INDEX), v.transform(peerIndex));

function distribution(depth: number): v.GenericSchema<unknown, DistributionSpec> {
  const simple = [
    v.object({ kind: v.literal('constant'), value: amount() }),
    v.object({ kind: v.literal('uniform'), low: amount(), high: amount() }),
    v.object({ kind: v.literal('exponential'), mean: amount() }),
    v.object({ kind: v.literal('lognormal'), mean: amount(), cv: amount() }),
    v.object({ kind: v.literal('pareto'), scale: amount(), shape: amount() }),
    v.object({ kind: v.literal('empirical'), quantiles: v.array(v.object({ p: amount(), value: amount() })) }),
  ] as const;
  if (depth === 0) return v.variant('kind', simple);
  const inner = distribution(depth - 1);
  const part = v.object({ weight: amount(), of: inner });
  return v.variant('kind', [
    ...simple,
    v.object({ kind: v.literal('shifted'), by: amount(), of: inner }),
    v.object({ kind: v.literal('mixture'), parts: v.array(part) }),
  ]);
}

/** A distribution of times or sizes. */
export const distributionValue = () => distribution(MAX_DISTRIBUTION_DEPTH);
