/**
 * What a replica's backend holds: for each key the write that it kept, by the receiver's conflict rule. It survives a
 * crash of its node's process.
 *
 * The reference knows no version: the last arrival wins (handoff-systems §1.2, H1). With deletes, counters or another
 * rule a key has a row of its own. A delete then leaves a tombstone, which refuses older writes until it is gone: a
 * grace after it was applied, or when the node collects. Whatever arrives after that is taken, however old: a late
 * hint brings a deleted value back (§11, scenario 9c). Increments add up, twice if they arrive twice (H24).
 */
import { widen } from '../../core/index.ts';
import type { Duration, Instant } from '../../core/index.ts';
import { KeyTable } from '../engine/index.ts';
import { DELETE, INCREMENT } from '../scenario/model/workload.ts';
import { NONE } from '../trace/trace.ts';
import type { ValueTable } from '../trace/trace.ts';
import type { Versions } from './versions.ts';

/** What became of a write that arrived: it was kept, or it is older than what the replica holds. */
export const APPLIED = 0;
export const IGNORED = 1;
/** One of {@link APPLIED} and {@link IGNORED}. */
export type ApplyResult = typeof APPLIED | typeof IGNORED;

/** How a counter that stands at n is read: `COUNTER - n`, below every write id and NONE. */
export const COUNTER = -2;

const INITIAL_ROWS = 256;

/** Whatever knows the time; the kernel does. */
export interface StoreClock {
  readonly now: Instant;
}

/** The data of one backend. */
export class ReplicaStore {
  readonly #versions: Versions;
  /** A key's row is more than its write. */
  readonly #hasRows: boolean;
  readonly #gcGrace: Duration;
  readonly #clock: StoreClock;
  readonly #keys: number;
  /** By key: the write it has; with versions, its row. */
  #table: KeyTable;
  /** By row: the write that the key has. */
  #held = new Int32Array(0);
  /** By row: of a tombstone when it was applied (−Infinity once collected), of a counter where it stands. */
  #detail = new Float64Array(0);
  #concurrent = 0;

  /**
   * @param keys how many keys the scenario can name, ≥ 1
   * @param gcGrace how long a tombstone lives
   * @param clock read when there is a tombstone, and not handed in with each write: that would box it per event
   */
  constructor(keys: number, versions: Versions, gcGrace: Duration, clock: StoreClock) {
    this.#keys = keys;
    this.#versions = versions;
    this.#hasRows = versions.isNeeded;
    this.#gcGrace = gcGrace;
    this.#clock = clock;
    this.#table = new KeyTable(keys);
  }

  /** Bytes of the tables. */
  get weight(): number {
    return this.#table.weight + this.#held.byteLength + this.#detail.byteLength;
  }

  /** Keys that were ever written. */
  get size(): number {
    return this.#table.size;
  }

  /** Times that a write met one that neither knew of, and the timestamp decided. */
  get concurrent(): number {
    return this.#concurrent;
  }

  /** A write arrives. Amortised O(1); O(log writes) under vector clocks. */
  apply(key: number, write: number): ApplyResult {
    if (this.#hasRows) return this.#applyVersion(key, write);
    this.#table.set(key, write);
    return APPLIED;
  }

  /**
   * The reply to a read: the write whose value the key has, a counter, or NONE if it has no value. Where versions are
   * ordered a deleted key has a version too, its delete, until the tombstone is gone.
   */
  read(key: number): number {
    const stored = this.#table.get(key);
    if (stored === NONE || !this.#hasRows) return stored;
    const held = this.#held[stored] ?? NONE;
    switch (this.#versions.operationOf(held)) {
      case DELETE:
        return this.#versions.areOrdered && !this.#isGone(stored) ? held : NONE;
      case INCREMENT:
        return COUNTER - (this.#detail[stored] ?? 0);
      default:
        return held;
    }
  }

  /** The write that was kept last, be it a delete whose tombstone is gone; NONE for a key never written. */
  held(key: number): number {
    const stored = this.#table.get(key);
    return stored === NONE || !this.#hasRows ? stored : (this.#held[stored] ?? NONE);
  }

  /** The write that one made here now is made upon: what an arriving write is compared with, or NONE. */
  version(key: number): number {
    const held = this.held(key);
    if (held === NONE || !this.#hasRows) return held;
    return this.#isGone(this.#table.get(key)) ? NONE : held;
  }

  /**
   * Writes a row for every key ever written, ascending, from row `first` on; answers with the row behind them.
   * O(keys); O(size log size) where keys are too many for a column.
   */
  list(values: ValueTable, first: number, replica: number): number {
    const end = this.#table.list(values.key, values.write, first);
    values.replica.fill(replica, first, end);
    if (!this.#hasRows) return end;
    for (let at = first; at < end; at++) values.write[at] = this.#held[values.write[at] ?? NONE] ?? NONE;
    return end;
  }

  /** All tombstones are gone, whatever their age. O(size). */
  collect(): void {
    if (!this.#hasRows) return;
    for (let row = 0; row < this.#table.size; row++) {
      if (this.#versions.operationOf(this.#held[row] ?? NONE) === DELETE) this.#detail[row] = -Infinity;
    }
  }

  /** All data is gone. */
  clear(): void {
    this.#table = new KeyTable(this.#keys);
  }

  #applyVersion(key: number, write: number): ApplyResult {
    const row = this.#table.get(key);
    if (row === NONE) {
      this.#keep(this.#newRow(key), write, 1);
      return APPLIED;
    }
    if (this.#isGone(row)) {
      this.#keep(row, write, 1);
      return APPLIED;
    }
    return this.#merge(row, write);
  }

  /** The row holds something that an arriving write has to be compared with. */
  #merge(row: number, write: number): ApplyResult {
    const versions = this.#versions;
    const held = this.#held[row] ?? NONE;
    const operation = versions.operationOf(write);
    if (operation === INCREMENT && versions.operationOf(held) === INCREMENT) {
      this.#keep(row, versions.supersedes(write, held) ? write : held, (this.#detail[row] ?? 0) + 1);
      return APPLIED;
    }
    // The same write again changes nothing: its tombstone is not younger for it.
    if (write === held) return APPLIED;
    if (versions.isConcurrent(write, held)) this.#concurrent++;
    if (!versions.supersedes(write, held)) return IGNORED;
    this.#keep(row, write, 1);
    return APPLIED;
  }

  #keep(row: number, write: number, count: number): void {
    this.#held[row] = write;
    this.#detail[row] = this.#versions.operationOf(write) === DELETE ? this.#clock.now : count;
  }

  /** The row holds a tombstone that is as good as collected. Where arrival decides it stands for nothing anyway. */
  #isGone(row: number): boolean {
    if (this.#versions.operationOf(this.#held[row] ?? NONE) !== DELETE) return false;
    return (this.#detail[row] ?? 0) + this.#gcGrace <= this.#clock.now;
  }

  #newRow(key: number): number {
    const row = this.#table.size;
    if (row === this.#held.length) {
      const rows = Math.max(row * 2, INITIAL_ROWS);
      this.#held = widen(this.#held, new Int32Array(rows));
      this.#detail = widen(this.#detail, new Float64Array(rows));
    }
    this.#table.set(key, row);
    return row;
  }
}
