/**
 * xoshiro128**, the generator behind every random draw (Blackman and Vigna, 2018, `xoshiro128starstar.c`).
 *
 * Only 32-bit integer operations, so every engine draws the same numbers. The state of a generator is four words
 * of an array that the caller keeps, which lets one array hold the states of all streams of a run.
 */

/** The words of state that one generator needs. They must not all be 0. */
export const XOSHIRO128_WORDS = 4;

/**
 * The next output of the generator whose state is the four words of `states` from `offset` on; steps that state.
 *
 * @returns an integer 0 … 2^32 − 1
 */
export function nextXoshiro128(states: Int32Array, offset: number): number {
  const s0 = states[offset] ?? 0;
  const s1 = states[offset + 1] ?? 0;
  const s2 = (states[offset + 2] ?? 0) ^ s0;
  const s3 = (states[offset + 3] ?? 0) ^ s1;
  states[offset] = s0 ^ s3;
  states[offset + 1] = s1 ^ s2;
  states[offset + 2] = s2 ^ (s1 << 9);
  states[offset + 3] = rotateLeft(s3, 11);
  return Math.imul(rotateLeft(Math.imul(s1, 5), 7), 9) >>> 0;
}

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
