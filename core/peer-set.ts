/**
 * A set of peer indices as a bitmap, walked in ascending order. Order matters: a walk over peers reaches the
 * trace, so it must depend on which peers have hints and never on the history that led there.
 *
 * Thirty-two peers share a word, so a lone peer at index 65534 costs a walk of 2048 words, a microsecond or two.
 */
import { peerIndex } from './units.ts';
import type { PeerIndex } from './units.ts';
import { widen } from './widen.ts';

export class PeerSet {
  #words = new Int32Array(1);

  /** Adds `peer`; a peer already in the set stays. */
  add(peer: PeerIndex): void {
    const word = peer >>> 5;
    if (word >= this.#words.length) this.#growTo(word + 1);
    this.#words[word] = (this.#words[word] ?? 0) | (1 << (peer & 31));
  }

  /** Removes `peer`; a peer not in the set stays out. */
  delete(peer: PeerIndex): void {
    const word = peer >>> 5;
    if (word < this.#words.length) this.#words[word] = (this.#words[word] ?? 0) & ~(1 << (peer & 31));
  }

  /** The lowest member, if there is one. */
  first(): PeerIndex | undefined {
    return this.#atOrAfter(0);
  }

  /** The lowest member above `peer`, which may have been deleted since the walk reached it. */
  after(peer: PeerIndex): PeerIndex | undefined {
    return this.#atOrAfter(peer + 1);
  }

  #atOrAfter(from: number): PeerIndex | undefined {
    const words = this.#words;
    let word = from >>> 5;
    let bits = (words[word] ?? 0) & (-1 << (from & 31));
    while (bits === 0) {
      word += 1;
      if (word >= words.length) return undefined;
      bits = words[word] ?? 0;
    }
    const lowestBit = bits & -bits;
    return peerIndex(word * 32 + 31 - Math.clz32(lowestBit));
  }

  #growTo(words: number): void {
    this.#words = widen(this.#words, new Int32Array(Math.max(words, this.#words.length * 2)));
  }
}
