/**
 * The lowest bit of a set that is kept as the bits of a word: the least slot of the event queue that holds anything, the
 * first replica that has voted.
 */

/** The position of the lowest bit that is set, 0 … 31; −1 if none is. */
export function lowestBit(bits: number): number {
  return 31 - Math.clz32(bits & -bits);
}
