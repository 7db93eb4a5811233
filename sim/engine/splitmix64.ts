/**
 * splitmix64, the expansion of one 64-bit number into as many unrelated ones as a generator's state needs
 * (Steele, Lea and Flood, 2014; the seeding that the authors of xoshiro recommend).
 *
 * Used once per stream, when it is opened, so big integers are quick enough.
 */

const GOLDEN_GAMMA = 0x9e3779b97f4a7c15n;

/** Output number `index` (0, 1, 2 …) of the generator seeded with `seed`: an unsigned 64-bit integer. */
export function splitmix64(seed: bigint, index: number): bigint {
  let z = BigInt.asUintN(64, seed + GOLDEN_GAMMA * BigInt(index + 1));
  z = BigInt.asUintN(64, (z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n);
  z = BigInt.asUintN(64, (z ^ (z >> 27n)) * 0x94d049bb133111ebn);
  return z ^ (z >> 31n);
}
