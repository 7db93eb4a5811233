/**
 * Staleness: how far clients and replicas were behind. A read is stale if it returned less than the newest write that
 * was acknowledged before it was issued. A replica is behind in a key while what it holds is older than the newest
 * acknowledged write that was meant for it; a late hint can put a replica behind again, where the last arrival wins.
 *
 * Sums of increments have no age and are left out. At level `full`; below it there is nothing to tell.
 */
import { DELETE, INCREMENT } from '../../scenario/model/workload.ts';
import { cell } from '../cell.ts';
import { LOG } from '../log-codes.ts';
import { isStale } from '../measurements.ts';
import { NEVER, NONE, WRITE_OUTCOMES } from '../trace.ts';
import type { Trace } from '../trace.ts';
import { writeApplied } from './applied-write.ts';
import { copiesOf } from './write-sentences.ts';

/** What clients saw. */
export interface StaleReads {
  /** Reads answered. */
  readonly answered: number;
  /** Ids of those that were stale, ascending. */
  readonly stale: Int32Array;
}

/** How far one replica was behind the newest acknowledged writes. Times are microseconds. */
export interface ReplicaStaleness {
  readonly replica: number;
  /** Time in which it was behind in at least one key. */
  readonly behind: number;
  /** The same for each key by itself, summed over keys: divided by the run's length, how many keys on average. */
  readonly keyTime: number;
  /** How often it fell behind in a key. */
  readonly spans: number;
  /** The longest that it was behind in one key; up to the end of the run. */
  readonly longest: number;
  /** The most acknowledged writes of one key that it was behind by. */
  readonly mostWrites: number;
  /** Keys in which it is behind when the run ends. */
  readonly keysBehindAtEnd: number;
}

const ACKED = WRITE_OUTCOMES.indexOf('acked');

/** Reads that returned less than they should have. O(reads). */
export function staleReads(trace: Trace): StaleReads {
  const { reads } = trace;
  const stale: number[] = [];
  let answered = 0;
  for (let read = 0; read < reads.outcome.length; read++) {
    if (reads.outcome[read] !== ACKED) continue;
    answered++;
    if (isStale(cell(reads.value, read), cell(reads.newest, read), isDelete(trace, cell(reads.newest, read)))) {
      stale.push(read);
    }
  }
  return { answered, stale: Int32Array.from(stale) };
}

/** A write is a delete: after it a read should return no value. */
export function isDelete({ writes }: Trace, write: number): boolean {
  return write !== NONE && writes.operation[write] === DELETE;
}

/** One row per node, in peer-table order. O(log rows), and more where a replica is behind by many writes of a key. */
export function replicaStaleness(trace: Trace): readonly ReplicaStaleness[] {
  const { log, scenario } = trace;
  const replicas = scenario.nodes.map(() => new ReplicaLag());
  for (let row = 0; row < log.at.length; row++) {
    const at = cell(log.at, row);
    const node = cell(log.node, row);
    const subject = cell(log.subject, row);
    switch (log.kind[row]) {
      case LOG.writeAcked:
        acknowledged(trace, replicas, subject, at);
        break;
      case LOG.faultEnded:
        if (scenario.faults[subject]?.kind === 'replace') replicas[node]?.emptied(at);
        break;
      default:
        arrived(trace, replicas[node], writeApplied(trace, row), at);
    }
  }
  return replicas.map((lag, replica) => ({ replica, ...lag.summary(trace.endedAt) }));
}

function acknowledged(trace: Trace, replicas: readonly ReplicaLag[], write: number, at: number): void {
  const { writes, copies } = trace;
  if (writes.operation[write] === INCREMENT) return;
  const { first, end } = copiesOf(trace, write);
  for (let copy = first; copy < end; copy++) {
    replicas[cell(copies.replica, copy)]?.acknowledged(cell(writes.key, write), write, at);
  }
}

function arrived({ writes }: Trace, replica: ReplicaLag | undefined, write: number, at: number): void {
  if (write !== NONE && writes.operation[write] !== INCREMENT) replica?.holds(cell(writes.key, write), write, at);
}

/** A key at a replica. */
interface KeyLag {
  /** The write it holds, or NONE. */
  held: number;
  /** The acknowledged writes of the key that were meant for the replica, ascending. */
  readonly acked: number[];
  /** When it fell behind, or NEVER while it is not. */
  since: number;
}

/** One replica, followed through the log. */
class ReplicaLag {
  readonly #keys = new Map<number, KeyLag>();
  #keysBehind = 0;
  #since = 0;
  #behind = 0;
  #keyTime = 0;
  #spans = 0;
  #longest = 0;
  #mostWrites = 0;

  acknowledged(key: number, write: number, at: number): void {
    const lag = this.#lagOf(key);
    let place = lag.acked.length;
    while (place > 0 && (lag.acked[place - 1] ?? NONE) > write) place--;
    lag.acked.splice(place, 0, write);
    this.#judge(lag, at);
  }

  holds(key: number, write: number, at: number): void {
    const lag = this.#lagOf(key);
    lag.held = write;
    this.#judge(lag, at);
  }

  /** An empty node took its place. */
  emptied(at: number): void {
    for (const lag of this.#keys.values()) {
      lag.held = NONE;
      this.#judge(lag, at);
    }
  }

  /** Everything up to the end of the run, where it stops counting. Called once. */
  summary(endedAt: number): Omit<ReplicaStaleness, 'replica'> {
    const keysBehindAtEnd = this.#keysBehind;
    for (const lag of this.#keys.values()) if (lag.since < NEVER) this.#caughtUp(lag, endedAt);
    return {
      behind: this.#behind,
      keyTime: this.#keyTime,
      spans: this.#spans,
      longest: this.#longest,
      mostWrites: this.#mostWrites,
      keysBehindAtEnd,
    };
  }

  #lagOf(key: number): KeyLag {
    const known = this.#keys.get(key);
    if (known !== undefined) return known;
    const lag = { held: NONE, acked: [], since: NEVER };
    this.#keys.set(key, lag);
    return lag;
  }

  #judge(lag: KeyLag, at: number): void {
    let by = 0;
    while (by < lag.acked.length && (lag.acked[lag.acked.length - 1 - by] ?? NONE) > lag.held) by++;
    this.#mostWrites = Math.max(this.#mostWrites, by);
    if (by > 0 && lag.since === NEVER) this.#fellBehind(lag, at);
    else if (by === 0 && lag.since < NEVER) this.#caughtUp(lag, at);
  }

  #fellBehind(lag: KeyLag, at: number): void {
    lag.since = at;
    this.#spans++;
    if (this.#keysBehind === 0) this.#since = at;
    this.#keysBehind++;
  }

  #caughtUp(lag: KeyLag, at: number): void {
    const span = at - lag.since;
    lag.since = NEVER;
    this.#keyTime += span;
    this.#longest = Math.max(this.#longest, span);
    this.#keysBehind--;
    if (this.#keysBehind === 0) this.#behind += at - this.#since;
  }
}
