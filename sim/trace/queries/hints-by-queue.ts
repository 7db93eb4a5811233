/**
 * The hints of every queue: ids sorted by holder, then peer, then the order of storing, made once per table and kept as
 * long as the table. A run of 64 nodes has a thousand queues, and to walk all hints for each of them costs seconds.
 */
import { nodesOf, pairOf } from '../pairs.ts';
import type { HintTable } from '../trace.ts';

/** A pair that ever held a hint. */
export interface QueueHints {
  readonly holder: number;
  readonly peer: number;
  /** Where its hints lie among the ids, in the order of storing. */
  readonly from: number;
  readonly until: number;
}

const NO_HINTS = new Int32Array();

export class HintsByQueue {
  /** Every queue that ever held a hint, by holder, then peer. */
  readonly queues: readonly QueueHints[];
  readonly #ids: Int32Array;
  readonly #byPair: ReadonlyMap<number, QueueHints>;

  /** O(hints + q log q) in the q queues. */
  constructor({ holder, peer }: Pick<HintTable, 'holder' | 'peer'>) {
    const pairAt = (row: number): number => pairOf(holder[row] ?? 0, peer[row] ?? 0);
    const counts = new Map<number, number>();
    for (let row = 0; row < holder.length; row++) counts.set(pairAt(row), (counts.get(pairAt(row)) ?? 0) + 1);
    const pairs = [...counts].toSorted(([left], [right]) => left - right);
    const next = new Map<number, number>();
    let from = 0;
    this.queues = pairs.map(([pair, hints]) => {
      next.set(pair, from);
      const [holds, target] = nodesOf(pair);
      const queue = { holder: holds, peer: target, from, until: from + hints };
      from = queue.until;
      return queue;
    });
    this.#byPair = new Map(this.queues.map((queue) => [pairOf(queue.holder, queue.peer), queue]));
    this.#ids = new Int32Array(holder.length);
    for (let row = 0; row < holder.length; row++) {
      const place = next.get(pairAt(row)) ?? 0;
      this.#ids[place] = row;
      next.set(pairAt(row), place + 1);
    }
  }

  /** Ids of the hints that `holder` ever kept for `peer`, in the order of storing. O(1). */
  ofPair(holder: number, peer: number): Int32Array {
    const queue = this.#byPair.get(pairOf(holder, peer));
    return queue === undefined ? NO_HINTS : this.#ids.subarray(queue.from, queue.until);
  }

  /** Ids of the hints that `holder` ever kept, queue by queue. O(queues). */
  ofHolder(holder: number): Int32Array {
    const own = this.queues.filter((queue) => queue.holder === holder);
    return this.#ids.subarray(own[0]?.from ?? 0, own.at(-1)?.until ?? 0);
  }
}

const made = new WeakMap<HintTable, HintsByQueue>();

/** The queues of a table, made when they are first asked for. */
export function hintsByQueue(hints: HintTable): HintsByQueue {
  const known = made.get(hints) ?? new HintsByQueue(hints);
  made.set(hints, known);
  return known;
}
