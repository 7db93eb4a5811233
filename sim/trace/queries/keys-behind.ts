/**
 * How many keys replicas are behind in, over time: a replica is behind in a key while what it holds is older than the
 * newest acknowledged write that was meant for it. `staleness.ts` sums the same up per replica.
 *
 * Sums of increments have no age and are left out. At level `full`; below it there is nothing to tell.
 */
import { INCREMENT } from '../../scenario/model/workload.ts';
import { cell } from '../cell.ts';
import { LOG } from '../log-codes.ts';
import { NONE } from '../trace.ts';
import type { Trace } from '../trace.ts';
import { writeApplied } from './applied-write.ts';
import { copiesOf } from './write-sentences.ts';

/** A count that holds from `at[i]` up to `at[i + 1]`; before `at[0]` it is 0. `at` is ascending and distinct. */
export interface KeysBehind {
  readonly at: Float64Array;
  /** (replica, key) pairs that are behind. */
  readonly keys: Float64Array;
}

/**
 * Over all replicas, or of one. O(log rows + copies).
 *
 * @param only the replica, by position; undefined: all of them
 */
export function keysBehind(trace: Trace, only?: number): KeysBehind {
  const { log, scenario } = trace;
  const count = new BehindCount(scenario.nodes.length, only);
  for (let row = 0; row < log.at.length; row++) {
    const subject = cell(log.subject, row);
    const node = cell(log.node, row);
    switch (log.kind[row]) {
      case LOG.writeAcked:
        acknowledged(trace, count, subject);
        break;
      case LOG.faultEnded:
        if (scenario.faults[subject]?.kind === 'replace') count.emptied(node);
        break;
      default:
        arrived(trace, count, node, writeApplied(trace, row));
    }
    count.mark(cell(log.at, row));
  }
  return count.series();
}

function acknowledged(trace: Trace, count: BehindCount, write: number): void {
  const { writes, copies } = trace;
  if (writes.operation[write] === INCREMENT) return;
  const { first, end } = copiesOf(trace, write);
  for (let copy = first; copy < end; copy++) {
    count.expects(cell(copies.replica, copy), cell(writes.key, write), write);
  }
}

function arrived({ writes }: Trace, count: BehindCount, replica: number, write: number): void {
  if (write !== NONE && writes.operation[write] !== INCREMENT) count.holds(replica, cell(writes.key, write), write);
}

/** A key at a replica, as ids of writes. */
interface Held {
  held: number;
  /** The newest acknowledged one. */
  expected: number;
}

/** Counts the pairs that are behind, and writes down when the count changes. */
class BehindCount {
  readonly #replicas: readonly Map<number, Held>[];
  readonly #only: number | undefined;
  readonly #at: number[] = [];
  readonly #keys: number[] = [];
  #behind = 0;

  constructor(replicas: number, only: number | undefined) {
    this.#only = only;
    this.#replicas = Array.from({ length: replicas }, () => new Map<number, Held>());
  }

  expects(replica: number, key: number, write: number): void {
    if (this.#isOther(replica)) return;
    const pair = this.#pair(replica, key);
    this.#set(pair, pair.held, Math.max(pair.expected, write));
  }

  holds(replica: number, key: number, write: number): void {
    if (this.#isOther(replica)) return;
    const pair = this.#pair(replica, key);
    this.#set(pair, write, pair.expected);
  }

  /** An empty node took the place of the replica. */
  emptied(replica: number): void {
    if (this.#isOther(replica)) return;
    for (const pair of this.#replicas[replica]?.values() ?? []) this.#set(pair, NONE, pair.expected);
  }

  /** The instant is over for now: what changed in it is seen once. */
  mark(at: number): void {
    const last = this.#at.length - 1;
    if (this.#behind === (this.#keys[last] ?? 0)) return;
    if (this.#at[last] === at) this.#keys[last] = this.#behind;
    else {
      this.#at.push(at);
      this.#keys.push(this.#behind);
    }
  }

  series(): KeysBehind {
    return { at: Float64Array.from(this.#at), keys: Float64Array.from(this.#keys) };
  }

  #isOther(replica: number): boolean {
    return this.#only !== undefined && replica !== this.#only;
  }

  #pair(replica: number, key: number): Held {
    const known = this.#replicas[replica]?.get(key);
    if (known !== undefined) return known;
    const pair = { held: NONE, expected: NONE };
    this.#replicas[replica]?.set(key, pair);
    return pair;
  }

  #set(pair: Held, held: number, expected: number): void {
    const before = pair.expected > pair.held ? 1 : 0;
    pair.held = held;
    pair.expected = expected;
    this.#behind += (expected > held ? 1 : 0) - before;
  }
}
