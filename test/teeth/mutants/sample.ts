/**
 * A sample of mutants, the same for the same seed, and how sure a share found in it is.
 */
import { RandomStreams } from '../../../sim/engine/index.ts';

/**
 * `count` of the items, each as likely, in the order in which they were drawn, so that its beginning is a sample as well; all
 * of them if there are no more.
 */
export function sampleOf<Item>(items: readonly Item[], count: number, seed: number): readonly Item[] {
  const streams = new RandomStreams(seed);
  const stream = streams.open('mutants', 'sample');
  const rest = [...items];
  const drawn: Item[] = [];
  while (drawn.length < count && rest.length > 0) drawn.push(...rest.splice(streams.below(stream, rest.length), 1));
  return drawn;
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
