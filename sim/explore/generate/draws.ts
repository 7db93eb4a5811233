/**
 * How generators draw: weighted choices, and lists of a stated length. Plain data only, no arbitrary that depends on the
 * value of another (properties §5.1), so that any field of a scenario can be drawn, and cut, on its own.
 *
 * Every list says `size: 'max'`: without it fast-check draws five elements on average, whatever the maximum (§0, F1).
 */
import fc from 'fast-check';

/** A value and how often it comes up beside the others, ≥ 0. */
export type Weighted<T> = readonly [weight: number, value: T];

/** One of these values, each as often as its weight says; at least one weight is above 0. */
export function oneOf<const T>(...choices: readonly Weighted<T>[]): fc.Arbitrary<T> {
  const possible = choices.filter(([weight]) => weight > 0);
  return fc.oneof(...possible.map(([weight, value]) => ({ weight, arbitrary: fc.constant(value) })));
}

/** One of these values or, `left` times as often as any of them, undefined: the value is left to the system. */
export function maybe<const T>(left: number, ...values: readonly T[]): fc.Arbitrary<T | undefined> {
  return oneOf<T | undefined>([left, undefined], ...values.map((value) => [1, value] as const));
}

/** A list of `min` to `max` elements, every length as likely. */
export function listOf<T>(element: fc.Arbitrary<T>, min: number, max: number): fc.Arbitrary<T[]> {
  return fc.array(element, { minLength: min, maxLength: max, size: 'max' });
}

/** A whole number from `min` to `max`, both included. */
export function whole(min: number, max: number): fc.Arbitrary<number> {
  return fc.integer({ min, max });
}

/** True in so many of a hundred draws. */
export function chance(percent: number): fc.Arbitrary<boolean> {
  return oneOf([percent, true], [100 - percent, false]);
}

/** An element of a list that is not empty, by any whole number ≥ 0: what is drawn needs not know the length. */
export function pick<T>(list: readonly T[], index: number, otherwise: T): T {
  return list[index % list.length] ?? otherwise;
}
