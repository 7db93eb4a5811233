/**
 * How the schema says a key: whether it must be there, and what it means. The meaning is what editors show and what a
 * problem with a missing key says.
 */
import * as v from 'valibot';

/** Parameters without a unit are at most this: shapes, coefficients, weights, factors, thresholds. */
export const MAX_PARAMETER = 1_000_000;

/** A key that may be left out, and what it says. */
export function may<const Shape extends v.GenericSchema>(shape: Shape, meaning: string) {
  return v.exactOptional(v.pipe(shape, v.description(meaning)));
}

/** A key that must be there, and what it says. */
export function must<const Shape extends v.GenericSchema>(shape: Shape, meaning: string) {
  return v.pipe(shape, v.description(meaning));
}
