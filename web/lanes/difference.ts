/**
 * The difference of two step series over time: how much more the second holds than the first, and less where negative.
 */
import { steps, type Steps } from './steps.ts';

/** A difference is drawn many times, and made of two series that never change. */
const made = new WeakMap<Steps, WeakMap<Steps, Steps>>();

/** `other` − `base`, with a change wherever one of them changes. O(changes), once for each pair. */
export function difference(base: Steps, other: Steps): Steps {
  const ofBase = made.get(base) ?? new WeakMap<Steps, Steps>();
  made.set(base, ofBase);
  const known = ofBase.get(other) ?? differenceOf(base, other);
  ofBase.set(other, known);
  return known;
}

function differenceOf(base: Steps, other: Steps): Steps {
  const at = new Float64Array(base.at.length + other.at.length);
  const value = new Float64Array(at.length);
  let length = 0;
  let i = 0;
  let j = 0;
  while (i < base.at.length || j < other.at.length) {
    const next = Math.min(base.at[i] ?? Infinity, other.at[j] ?? Infinity);
    while (i < base.at.length && base.at[i] === next) i++;
    while (j < other.at.length && other.at[j] === next) j++;
    at[length] = next;
    value[length] = (other.value[j - 1] ?? 0) - (base.value[i - 1] ?? 0);
    length++;
  }
  return steps(at.slice(0, length), value.slice(0, length));
}

/** The most that a difference is away from 0, either way. */
export function greatestDifference(series: Steps): number {
  return series.blockMin.reduce((most, least) => Math.max(most, -least), series.max);
}
