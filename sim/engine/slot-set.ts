/**
 * A set of wheel slots that always knows its least member.
 *
 * The event queue marks a slot when its first event arrives and unmarks it when its last one leaves; `first()`
 * then finds the earliest slot that holds anything, so that a gap of a millisecond and a gap of a year are
 * skipped at the same cost. One bit per slot, and above them one summary bit per word of 32 slots.
 */
import { lowestBit } from './lowest-bit.ts';

/** How many slots a set can tell apart: two summary words of 32 words of 32 slots. */
export const MAX_SLOTS = 2_048;

/** A subset of 0 … {@link MAX_SLOTS} − 1. Every operation is O(1). */
export class SlotSet {
  // Typed arrays rather than fields: an engine with 31-bit small integers would box a field of 32 bits.
  readonly #words = new Int32Array(MAX_SLOTS / 32);
  readonly #summary = new Int32Array(MAX_SLOTS / 1_024);

  /** Puts `slot` into the set. */
  add(slot: number): void {
    const word = slot >>> 5;
    this.#words[word] = wordAt(this.#words, word) | (1 << (slot & 31));
    this.#summary[word >>> 5] = wordAt(this.#summary, word >>> 5) | (1 << (word & 31));
  }

  /** Takes `slot` out of the set. */
  delete(slot: number): void {
    const word = slot >>> 5;
    const rest = wordAt(this.#words, word) & ~(1 << (slot & 31));
    this.#words[word] = rest;
    if (rest === 0) this.#summary[word >>> 5] = wordAt(this.#summary, word >>> 5) & ~(1 << (word & 31));
  }

  /** The least slot of the set, or −1 if it is empty. */
  first(): number {
    const half = wordAt(this.#summary, 0) !== 0 ? 0 : 1;
    const summary = wordAt(this.#summary, half);
    if (summary === 0) return -1;
    const word = (half << 5) | lowestBit(summary);
    return (word << 5) | lowestBit(wordAt(this.#words, word));
  }
}

function wordAt(words: Int32Array, index: number): number {
  return words[index] ?? 0;
}
