/**
 * Which of many hints wait at a moment, fast enough to ask at every frame: hints lie in blocks of 64 in the order of
 * storing, and a block of which the last hint has left is passed over at one look.
 *
 * A run of a million hints of which a thousand wait costs some 16 000 looks instead of a million.
 */
import { bisectRight } from 'd3-array';
import { hintsByQueue, type Trace } from '../../sim/trace/index.ts';

const BLOCK = 64;

export class WaitingHints {
  readonly #ids: Int32Array;
  readonly #storedAt: Float64Array;
  readonly #leftAt: Float64Array;
  /** When the last hint of each block left. */
  readonly #clearAt: Float64Array;

  /**
   * @param ids ascending; hints are numbered in the order of storing
   * @param leavesAt of a hint, when it stops to count
   */
  private constructor({ hints }: Trace, ids: Int32Array, leavesAt: (id: number) => number) {
    this.#ids = ids;
    this.#storedAt = new Float64Array(ids.length);
    this.#leftAt = new Float64Array(ids.length);
    this.#clearAt = new Float64Array(Math.ceil(ids.length / BLOCK));
    for (let i = 0; i < ids.length; i++) {
      const id = ids[i] ?? 0;
      const left = leavesAt(id);
      const block = Math.floor(i / BLOCK);
      this.#storedAt[i] = hints.storedAt[id] ?? 0;
      this.#leftAt[i] = left;
      this.#clearAt[block] = Math.max(this.#clearAt[block] ?? 0, left);
    }
  }

  /** The hints of a run that may yet expire: in a store, and not applied so far. */
  static atStake(trace: Trace): WaitingHints {
    const all = new Int32Array(trace.hints.storedAt.length).map((_, id) => id);
    return new WaitingHints(trace, all, (id) => stakeEnd(trace, id));
  }

  /** The hints of one holder for one peer; one that was applied waits on until its acknowledgement is in. */
  static ofQueue(trace: Trace, holder: number, peer: number): WaitingHints {
    const own = hintsByQueue(trace.hints).ofPair(holder, peer);
    return new WaitingHints(trace, own, (id) => trace.hints.leftAt[id] ?? 0);
  }

  /** Ids of those stored by `moment` that have not left, ascending. O(hints / 64 + waiting, in whole blocks). */
  at(moment: number): Int32Array {
    const stored = bisectRight(this.#storedAt, moment);
    const waiting: number[] = [];
    for (let from = 0; from < stored; from += BLOCK) {
      if ((this.#clearAt[from / BLOCK] ?? 0) <= moment) continue;
      for (let i = from; i < Math.min(stored, from + BLOCK); i++) {
        if ((this.#leftAt[i] ?? 0) > moment) waiting.push(this.#ids[i] ?? 0);
      }
    }
    return Int32Array.from(waiting);
  }
}

/**
 * When it is decided whether a hint expires in its store: when it leaves, or is applied before its acknowledgement is in;
 * Infinity if neither happens in the run.
 */
export function stakeEnd({ hints }: Trace, id: number): number {
  return Math.min(hints.leftAt[id] ?? Infinity, hints.endedAt[id] ?? Infinity);
}
