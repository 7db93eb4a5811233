/**
 * The running digest of a run: 64 bits over every event, with a chain value every 256 events.
 *
 * Two runs are the same run if their digests are. If they are not, their chains are bisected to the first block in
 * which they part, and only that block is run again with full logs.
 */
import { assert } from '../../core/assert.ts';
import { hexOf, mixFirst, mixSecond, mixWord, newLanes } from './hash.ts';

/** How many events one chain value covers. A power of two. */
export const CHAIN_EVERY = 256;

/** The most chain values a digest keeps (4.3 · 10^9 events, 128 MB); one more fails an assertion. */
export const MAX_CHAIN_VALUES = 16_777_216;

const INITIAL_CHAIN_VALUES = 64;
const HIGH_BYTES = 1 / 4_294_967_296;

/** A digest under construction. `mix` is constant time and allocates only when the chain doubles. */
export class Digest {
  readonly #lanes = newLanes();
  #events = 0;
  #chain = new Uint32Array(2 * INITIAL_CHAIN_VALUES);

  /** How many events were mixed in. */
  get events(): number {
    return this.#events;
  }

  /**
   * Mixes one event in. A different kind, `a` or `b` of a single event always changes the digest; any other
   * difference between two runs does too, but for one chance in 2^64.
   *
   * @param at integer microseconds, 0 … 2^53 − 1
   * @param kind an integer 0 … 2047
   * @param a an int32, as is `b`
   */
  mix(at: number, kind: number, a: number, b: number): void {
    assert(kind >>> 11 === 0, 'a kind is 0 … 2047', kind);
    // The high word of an instant has 21 bits; the kind goes above them.
    const highAndKind = ((at * HIGH_BYTES) | 0) ^ (kind << 21);
    // One round a lane: the fields enter it side by side, under odd factors that differ from lane to lane, so a change
    // of one field always shows and a pair of changes cannot hide in both.
    const lanes = this.#lanes;
    const forFirst = at ^ Math.imul(highAndKind, 0x27d4eb2f) ^ Math.imul(a, 0x165667b1) ^ Math.imul(b, 0x2545f491);
    const forSecond = at ^ Math.imul(highAndKind, 0x7feb352d) ^ Math.imul(a, 0x846ca68b) ^ Math.imul(b, 0x1b873593);
    lanes[0] = mixFirst(lanes[0] ?? 0, forFirst);
    lanes[1] = mixSecond(lanes[1] ?? 0, forSecond);
    this.#events += 1;
    if ((this.#events & (CHAIN_EVERY - 1)) === 0) this.#keepChainValue();
  }

  /** The digest so far, number of events included: 16 hexadecimal digits. */
  hex(): string {
    const lanes = this.#lanes.slice();
    mixWord(lanes, this.#events);
    mixWord(lanes, this.#events * HIGH_BYTES);
    return hexOf(lanes);
  }

  /** A copy of the chain: two words for each full block of {@link CHAIN_EVERY} events. Each value covers all before. */
  chain(): Uint32Array {
    return this.#chain.slice(0, 2 * this.#chainValues());
  }

  #chainValues(): number {
    return Math.floor(this.#events / CHAIN_EVERY);
  }

  #keepChainValue(): void {
    const values = this.#chainValues();
    assert(values <= MAX_CHAIN_VALUES, `a digest keeps at most ${MAX_CHAIN_VALUES} chain values`, values);
    if (2 * values > this.#chain.length) {
      const larger = new Uint32Array(2 * this.#chain.length);
      larger.set(this.#chain);
      this.#chain = larger;
    }
    this.#chain.set(this.#lanes, 2 * values - 2);
  }
}

/**
 * The first block in which two runs part, or undefined if one chain is a prefix of the other. O(log blocks):
 * chain values are cumulative, so once two chains differ they stay different.
 *
 * Blocks count from 0; block i holds events 256·i … 256·i + 255.
 */
export function firstDifference(chainA: Uint32Array, chainB: Uint32Array): number | undefined {
  const blocks = Math.min(chainA.length, chainB.length) / 2;
  let low = 0;
  let high = blocks;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (sameAt(chainA, chainB, middle)) low = middle + 1;
    else high = middle;
  }
  return low < blocks ? low : undefined;
}

function sameAt(chainA: Uint32Array, chainB: Uint32Array, block: number): boolean {
  return chainA[2 * block] === chainB[2 * block] && chainA[2 * block + 1] === chainB[2 * block + 1];
}
