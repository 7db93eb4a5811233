/**
 * Distributions in the schema: `5ms`, `{ uniform: [1ms, 5ms] }`, `{ exponential: 1ms, plus: 75ms }`, mixtures of those.
 */
import * as v from 'valibot';
import { labelLeaf, numberLeaf, positiveLeaf } from '../text/leaf.ts';
import { durationLeaf, sizeLeaf } from '../text/quantity-leaf.ts';
import { MAX_PARAMETER, may, must } from './keys.ts';

type AmountLeaf = typeof durationLeaf | typeof sizeLeaf;

/** A distribution of durations or of sizes. A bare value is a constant. */
function distribution<const Leaf extends AmountLeaf>(leaf: Leaf) {
  const plus = { plus: may(leaf, 'added to every value; default nothing') };
  const constant = { constant: must(leaf, 'always this value'), ...plus };
  const uniform = { uniform: must(v.strictTuple([leaf, leaf]), 'anywhere from the first to the second'), ...plus };
  const exponential = { exponential: must(leaf, 'independent of the past, with this mean'), ...plus };
  const lognormal = {
    lognormal: must(
      v.strictObject({
        mean: must(leaf, 'the mean, above 0'),
        cv: must(numberLeaf(MAX_PARAMETER), 'standard deviation over mean'),
      }),
      'the logarithm is normal',
    ),
    ...plus,
  };
  const pareto = {
    pareto: must(
      v.strictObject({
        scale: must(leaf, 'the least value, above 0'),
        shape: must(positiveLeaf(MAX_PARAMETER), 'the tail index: the smaller, the heavier the tail'),
      }),
      'a power-law tail',
    ),
    ...plus,
  };
  const quantiles = {
    quantiles: must(v.record(labelLeaf, leaf), 'measured values by percentile, such as p50, p99, p99.9'),
    ...plus,
  };
  const weight = { weight: must(positiveLeaf(MAX_PARAMETER), 'its share, over the sum of all weights') };
  const part = v.union([
    v.strictObject({ ...weight, ...constant }),
    v.strictObject({ ...weight, ...uniform }),
    v.strictObject({ ...weight, ...exponential }),
    v.strictObject({ ...weight, ...lognormal }),
    v.strictObject({ ...weight, ...pareto }),
    v.strictObject({ ...weight, ...quantiles }),
  ]);
  return v.union([
    leaf,
    v.strictObject(constant),
    v.strictObject(uniform),
    v.strictObject(exponential),
    v.strictObject(lognormal),
    v.strictObject(pareto),
    v.strictObject(quantiles),
    v.strictObject({ mixture: must(v.array(part), 'one of several, by weight'), ...plus }),
  ]);
}

/** A distribution of durations: microseconds. */
export const durations = distribution(durationLeaf);
/** A distribution of sizes: bytes. */
export const sizes = distribution(sizeLeaf);

/** A distribution of a document: microseconds or bytes. */
export type DistributionDocument = v.InferOutput<typeof durations> | v.InferOutput<typeof sizes>;
