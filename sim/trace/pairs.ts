/**
 * Pairs of nodes as one integer, for the facts of a digest and for maps: who holds hints for whom, who suspects whom.
 * A scenario has a thousand nodes at most; 15 bits hold the first of a pair, 16 the second.
 */

const BITS = 16;
const MASK = 0xffff;

/** The integer of a pair; those of one `from` are neighbours, in the order of `to`. */
export function pairOf(from: number, to: number): number {
  return (from << BITS) | to;
}

/** The two of a pair: {@link pairOf} taken back. */
export function nodesOf(pair: number): readonly [from: number, to: number] {
  return [pair >>> BITS, pair & MASK];
}
