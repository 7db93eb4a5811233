/**
 * The checksum of a trace file: MurmurHash3 (x86, 32 bits) over whole little-endian words. Every step is a bijection
 * of the state and of the word, so damage within one word is always noticed, and any other with odds of 2^32 to 1.
 * It guards against accidents, not against intent. After Austin Appleby's public-domain MurmurHash3.
 */
import { assert } from '../../core/index.ts';
import { avalanche } from '../engine/index.ts';

const WORD_BYTES = 4;

/**
 * The hash of the bytes [from, until) of `view`, as 32 unsigned bits. O(until − from).
 *
 * @param until `from` plus a multiple of 4
 * @param seed the start state; hashes of several stretches are chained through it
 */
export function checksum(view: DataView, from: number, until: number, seed: number): number {
  assert((until - from) % WORD_BYTES === 0, 'a checksum covers whole words', until - from);
  let hash = seed | 0;
  for (let at = from; at < until; at += WORD_BYTES) {
    const spread = Math.imul(view.getInt32(at, true), 0xcc9e2d51);
    hash ^= Math.imul(rotate(spread, 15), 0x1b873593);
    hash = (Math.imul(rotate(hash, 13), 5) + 0xe6546b64) | 0;
  }
  return avalanche(hash ^ (until - from)) >>> 0;
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
