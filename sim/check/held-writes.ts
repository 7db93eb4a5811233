/**
 * What replicas hold at the end of a run, looked up by replica and key in the trace's value table, and what of it an
 * increment is to be measured by: the writes of its key that began a sum anew, or added to it.
 */
import { INCREMENT } from '../scenario/model/workload.ts';
import { NEVER, NONE } from '../trace/index.ts';
import type { Trace } from '../trace/index.ts';

/** The values of a trace at level `full`; below it every replica holds nothing. */
export class HeldWrites {
  readonly #values: Trace['values'];
  /** Per replica, the first row of its values; one more at the end. */
  readonly #first: Uint32Array;

  constructor({ values, scenario }: Trace) {
    this.#values = values;
    this.#first = new Uint32Array(scenario.nodes.length + 1);
    values.replica.forEach((replica) => (this.#first[replica + 1] = (this.#first[replica + 1] ?? 0) + 1));
    for (let node = 1; node < this.#first.length; node++) {
      this.#first[node] = (this.#first[node] ?? 0) + (this.#first[node - 1] ?? 0);
    }
  }

  /** The write that a replica kept last for a key, be it a delete; NONE for a key it never had. O(log keys). */
  of(replica: number, key: number): number {
    const { key: keys, write } = this.#values;
    const end = this.#first[replica + 1] ?? 0;
    let low = this.#first[replica] ?? 0;
    let high = end;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((keys[middle] ?? 0) < key) low = middle + 1;
      else high = middle;
    }
    return low < end && keys[low] === key ? (write[low] ?? NONE) : NONE;
  }
}

/** Of a replica and key, the newest set or delete, and the newest increment, that the replica applied; NONE for none. */
export interface Sums {
  /** Increments begin anew with it. */
  reset(replica: number, key: number): number;
  /** An older increment that came later is what the replica kept last, and yet this one is in the sum. */
  increment(replica: number, key: number): number;
}

/** Built only where increments occur. O(copies). */
export function sumsOf({ writes, copies, scenario }: Trace): Sums | undefined {
  if (!writes.operation.includes(INCREMENT)) return undefined;
  const resets = scenario.nodes.map(() => new Map<number, number>());
  const increments = scenario.nodes.map(() => new Map<number, number>());
  for (let copy = 0; copy < copies.write.length; copy++) {
    if (copies.appliedAt[copy] === NEVER || copies.ignored[copy] === 1) continue;
    const write = copies.write[copy] ?? NONE;
    const newest = writes.operation[write] === INCREMENT ? increments : resets;
    // Copies are in the order of their writes, so the last one set stays.
    newest[copies.replica[copy] ?? 0]?.set(writes.key[write] ?? 0, write);
  }
  return {
    reset: (replica, key) => resets[replica]?.get(key) ?? NONE,
    increment: (replica, key) => increments[replica]?.get(key) ?? NONE,
  };
}
