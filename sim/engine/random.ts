/**
 * Named random streams: one per (entity, purpose), such as ("link A>B", "latency").
 *
 * A stream's draws follow from the seed of the run and its two names alone, never from the order in which streams
 * are opened or drawn from. So adding a peer or deleting a write leaves every other draw as it was: a scenario can
 * be reduced without leaving its failure, and two designs meet the same luck.
 */
import { assert } from '../../core/assert.ts';
import { hexOf, mixText, mixWord, newLanes } from './hash.ts';
import { splitmix64 } from './splitmix64.ts';
import { nextXoshiro128, XOSHIRO128_WORDS } from './xoshiro128.ts';

/** An open stream of one {@link RandomStreams}: 0, 1, 2 … in order of opening. */
export type StreamId = number;

/** The most streams that a run can open; opening one more fails an assertion. 16 MB of state. */
export const MAX_STREAMS = 4_194_304;

const INITIAL_STREAMS = 64;
/** More redraws than this in a row happen once in 2^128 draws: the generator is broken. */
const MAX_REDRAWS = 128;
const TWO_TO_26 = 67_108_864;
const TWO_TO_32 = 4_294_967_296;
const TWO_TO_53 = 9_007_199_254_740_992;

/**
 * All random streams of one run.
 *
 * @example
 * const streams = new RandomStreams(7);
 * const latency = streams.open('link A>B', 'latency');
 * streams.uniform(latency); // 0 ≤ u < 1
 */
export class RandomStreams {
  readonly #seed: number;
  readonly #names = new Set<string>();
  #states = new Int32Array(INITIAL_STREAMS * XOSHIRO128_WORDS);
  #opened = 0;

  /** @param seed the seed of the run: a safe integer ≥ 0 */
  constructor(seed: number) {
    assert(Number.isSafeInteger(seed) && seed >= 0, 'a seed is a safe integer ≥ 0', seed);
    this.#seed = seed;
  }

  /** Opens the stream of an entity for a purpose. Opening it twice is a bug: the two users would share draws. */
  open(entity: string, purpose: string): StreamId {
    const name = `${entity.length}:${entity}${purpose}`;
    assert(!this.#names.has(name), 'a stream is opened once', `${entity}, ${purpose}`);
    assert(this.#opened < MAX_STREAMS, `a run opens at most ${MAX_STREAMS} streams`, this.#opened);
    this.#names.add(name);
    const stream = this.#opened;
    this.#opened += 1;
    if (stream * XOSHIRO128_WORDS === this.#states.length) this.#grow();
    this.#states.set(initialState(this.#seed, entity, purpose), stream * XOSHIRO128_WORDS);
    return stream;
  }

  /** An integer, each of 0 … 2^32 − 1 as likely. */
  uint32(stream: StreamId): number {
    assert(stream >= 0 && stream < this.#opened, 'a stream is opened before it is drawn from', stream);
    return nextXoshiro128(this.#states, stream * XOSHIRO128_WORDS);
  }

  /** A real number 0 ≤ u < 1, each multiple of 2^−53 as likely. Takes two draws of the generator. */
  uniform(stream: StreamId): number {
    const high = this.uint32(stream) >>> 5;
    const low = this.uint32(stream) >>> 6;
    return (high * TWO_TO_26 + low) / TWO_TO_53;
  }

  /** An integer, each of 0 … `count` − 1 exactly as likely. `count` is an integer 1 … 2^32. */
  below(stream: StreamId, count: number): number {
    assert(Number.isInteger(count) && count >= 1 && count <= TWO_TO_32, 'a count is 1 … 2^32', count);
    // Draws at or above the largest multiple of count would favour small results: they are drawn again.
    const limit = TWO_TO_32 - (TWO_TO_32 % count);
    let draw = this.uint32(stream);
    for (let redraws = 0; draw >= limit; redraws += 1) {
      assert(redraws < MAX_REDRAWS, 'a draw is accepted within 128 attempts', count);
      draw = this.uint32(stream);
    }
    return draw % count;
  }

  #grow(): void {
    const larger = new Int32Array(2 * this.#states.length);
    larger.set(this.#states);
    this.#states = larger;
  }
}

/** Two outputs of splitmix64 make the four words, which are never all 0 because its outputs do not repeat. */
function initialState(seed: number, entity: string, purpose: string): readonly number[] {
  const lanes = newLanes();
  mixWord(lanes, seed);
  mixWord(lanes, Math.floor(seed / TWO_TO_32));
  mixText(lanes, entity);
  mixText(lanes, purpose);
  const start = BigInt(`0x${hexOf(lanes)}`);
  return [splitmix64(start, 0), splitmix64(start, 1)].flatMap(wordsOf);
}

/** The low and the high word of a 64-bit integer; not by a view on its bytes, whose order depends on the machine. */
function wordsOf(value: bigint): number[] {
  return [Number(BigInt.asIntN(32, value)), Number(BigInt.asIntN(32, value >> 32n))];
}
