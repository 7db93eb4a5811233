/**
 * One 64-bit hash for everything that needs one: the digest of a run, the digest of a scenario, the seeds of streams.
 *
 * Two 32-bit lanes with different multipliers and rotations take one word at a time. Each step is a bijection, of
 * the lane for a given word and of the word for a given lane. So two sequences that differ in exactly one word
 * always end in different lanes, however much follows; any other difference is missed once in 2^64 times.
 * A hash against accidents, not against an adversary.
 */

const FIRST_START = 0x243f6a88; // the fraction of pi in binary, as is the next
const SECOND_START = 0x85a308d3 | 0;

/** The state of a hash: two words, first lane and second lane. A typed array, so that no engine boxes them. */
export type Lanes = Int32Array;

/** The state of a hash that has taken nothing yet. */
export function newLanes(): Lanes {
  return Int32Array.of(FIRST_START, SECOND_START);
}

/** The first lane after it took `word`. */
export function mixFirst(lane: number, word: number): number {
  const product = Math.imul(lane ^ word, 0x9e3779b1);
  // The added constant keeps a lane of zeros that takes zeros from standing still.
  return (((product << 13) | (product >>> 19)) + 0x52dce729) | 0;
}

/** The second lane after it took `word`. */
export function mixSecond(lane: number, word: number): number {
  const product = Math.imul(lane ^ word, 0x85ebca6b);
  return (((product << 17) | (product >>> 15)) + 0x38495ab5) | 0;
}

/** Makes `lanes` take the low 32 bits of `word`. */
export function mixWord(lanes: Lanes, word: number): void {
  lanes[0] = mixFirst(lanes[0] ?? 0, word);
  lanes[1] = mixSecond(lanes[1] ?? 0, word);
}

/** Makes `lanes` take a text, and its length: so ("ab", "c") and ("a", "bc") hash differently. */
export function mixText(lanes: Lanes, text: string): void {
  for (let index = 0; index < text.length; index += 1) mixWord(lanes, text.charCodeAt(index));
  mixWord(lanes, text.length);
}

/** The 64-bit value of what `lanes` took so far, as 16 hexadecimal digits. `lanes` can go on taking. */
export function hexOf(lanes: Lanes): string {
  const second = avalanche((lanes[1] ?? 0) + (lanes[0] ?? 0));
  const first = avalanche((lanes[0] ?? 0) + second);
  return hexWord(first) + hexWord(second);
}

/** The hash of a text: 16 hexadecimal digits. */
export function hashText(text: string): string {
  const lanes = newLanes();
  mixText(lanes, text);
  return hexOf(lanes);
}

/** Spreads every bit of a word over all of it: a bijection of 32 signed bits (Appleby, MurmurHash3 `fmix32`). */
export function avalanche(word: number): number {
  let x = word | 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return x ^ (x >>> 16);
}

function hexWord(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0');
}
