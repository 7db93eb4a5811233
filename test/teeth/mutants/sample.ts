/**
 * A sample of mutants, the same for the same seed, and how sure a share found in it is.
 */
import { RandomStreams } from '../../../sim/engine/index.ts';

/** `count` of the items, each as likely, in their order; all of them if there are no more. */
export function sampleOf<Item>(items: readonly Item[], count: number, seed: number): readonly Item[] {
  if (count >= items.length) return items;
  const streams = new RandomStreams(seed);
  const stream = streams.open('mutants', 'sample');
  const rest = items.map((_, index) => index);
  const chosen = new Set<number>();
  while (chosen.size < count) {
    const [index] = rest.splice(streams.below(stream, rest.length), 1);
    if (index !== undefined) chosen.add(index);
  }
  return items.filter((_, index) => chosen.has(index));
}

/** A share with its 95 % interval. */
export interface Share {
  readonly share: number;
  readonly from: number;
  readonly to: number;
}

/** z of 95 %. */
const Z = 1.96;

/** After Wilson (1927): good for shares close to 1, where the usual interval leaves the scale. `of` is at least 1. */
export function wilson(hits: number, of: number): Share {
  const share = hits / of;
  const weight = (Z * Z) / of;
  const middle = (share + weight / 2) / (1 + weight);
  const reach = (Z / (1 + weight)) * Math.sqrt((share * (1 - share)) / of + weight / (4 * of));
  return { share, from: Math.max(0, middle - reach), to: Math.min(1, middle + reach) };
}
