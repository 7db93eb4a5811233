/**
 * How one copy of an acknowledged write stands at the end: **present** (the replica's value is that write, or has it in
 * its sum), **superseded** (it is a newer one), or **missing with exactly one cause**. Newer means issued later by the
 * clients, whatever order the replicas saw and whatever their clocks said.
 *
 * A delete is a write like any other: present while it is what the replica kept last, even after its tombstone is gone;
 * what comes over it then is `resurrected`. A repeated attempt of a client is a write of its own.
 */
import { assert } from '../../core/index.ts';
import { INCREMENT } from '../scenario/model/workload.ts';
import { COPY_ROUTES, DROP_CAUSES, HINT_FATES, NEVER, NONE, WRITE_OUTCOMES } from '../trace/index.ts';
import type { CopyRoute, Trace } from '../trace/index.ts';
import { lastOfChains } from './coalesced-hints.ts';
import { HeldWrites, sumsOf } from './held-writes.ts';
import type { Sums } from './held-writes.ts';
import type { MissingCause } from './missing-causes.ts';

/** How a copy stands at the end. */
export const COPY_STANDINGS = ['present', 'superseded', 'missing'] as const;
/** One of {@link COPY_STANDINGS}. */
export type CopyStanding = (typeof COPY_STANDINGS)[number];

/** One (acknowledged write, intended replica) pair. */
export interface LedgerRow {
  /** Row in `trace.copies`. */
  readonly copy: number;
  readonly write: number;
  readonly replica: number;
  readonly standing: CopyStanding;
  /** Of a missing copy, and of no other. */
  readonly cause?: MissingCause;
}

const ACKED = WRITE_OUTCOMES.indexOf('acked');

/** What became of a copy that no hint carries. */
const CAUSE_OF_ROUTE: Readonly<Partial<Record<CopyRoute, MissingCause>>> = {
  refused: 'refusedAtCap',
  unsent: 'neverHinted',
  windowClosed: 'windowClosed',
  diskRefused: 'diskRefused',
  overloaded: 'overloaded',
};

/** Judges the copies of a trace at level `full`. */
export class CopyJudge {
  readonly #trace: Trace;
  readonly #held: HeldWrites;
  readonly #sums: Sums | undefined;
  /** Per hint the one that stands for it; undefined where hints are not coalesced. */
  readonly #lastOfChains: Int32Array | undefined;
  /** Per node: when it was last replaced by an empty one; before all time if it never was. */
  readonly #replacedAt: Float64Array;

  constructor(trace: Trace) {
    this.#trace = trace;
    this.#held = new HeldWrites(trace);
    this.#sums = sumsOf(trace);
    this.#lastOfChains = trace.scenario.policy.hints.coalesce ? lastOfChains(trace) : undefined;
    this.#replacedAt = new Float64Array(trace.scenario.nodes.length).fill(-Infinity);
    for (const fault of trace.scenario.faults) {
      // Faults are in the order of their beginnings.
      if (fault.kind === 'replace' && fault.from <= trace.endedAt) this.#replacedAt[fault.node] = fault.from;
    }
  }

  /** How a copy stands; undefined if its write was not acknowledged. O(log keys). */
  judge(copy: number): LedgerRow | undefined {
    const { copies, writes } = this.#trace;
    const write = copies.write[copy] ?? NONE;
    if (writes.outcome[write] !== ACKED) return undefined;
    const replica = copies.replica[copy] ?? 0;
    const held = this.#held.of(replica, writes.key[write] ?? 0);
    const standing =
      writes.operation[write] === INCREMENT
        ? this.#standingOfIncrement(copy, write, replica, held)
        : standingOfValue(write, this.#newestOf(replica, held));
    const pair = { copy, write, replica, standing };
    return standing === 'missing' ? { ...pair, cause: this.#causeOf(copy, held) } : pair;
  }

  /** An increment is there if it was added to what is there now; a set or a delete after it makes it history. */
  #standingOfIncrement(copy: number, write: number, replica: number, held: number): CopyStanding {
    const { copies, writes } = this.#trace;
    const reset = this.#sums?.reset(replica, writes.key[write] ?? 0) ?? NONE;
    const isReset = held !== NONE && writes.operation[held] !== INCREMENT;
    if (Math.max(reset, isReset ? held : NONE) > write) return 'superseded';
    const isAdded = copies.appliedAt[copy] !== NEVER && copies.ignored[copy] === 0;
    if (!isAdded || held === NONE || this.#lostData(copy)) return 'missing';
    return isReset ? 'missing' : 'present';
  }

  /** The newest write in what a replica holds: of a sum, it may not be the one that was added last. */
  #newestOf(replica: number, held: number): number {
    const { writes } = this.#trace;
    if (held === NONE || writes.operation[held] !== INCREMENT) return held;
    return Math.max(held, this.#sums?.increment(replica, writes.key[held] ?? 0) ?? NONE);
  }

  #causeOf(copy: number, held: number): MissingCause {
    const { copies } = this.#trace;
    if (copies.appliedAt[copy] !== NEVER) return this.#causeOfLanded(copy, held);
    const hint = copies.hint[copy] ?? NONE;
    if (hint !== NONE) return this.#causeOfHint(hint, held);
    const route = COPY_ROUTES[copies.route[copy] ?? 0] ?? 'direct';
    return CAUSE_OF_ROUTE[route] ?? this.#causeOfDirect(copy);
  }

  /** It has been at the replica, and is not what the replica holds. */
  #causeOfLanded(copy: number, held: number): MissingCause {
    const { copies, writes, scenario } = this.#trace;
    if (held === NONE || this.#lostData(copy)) return 'dataLost';
    if (scenario.policy.receiver.conflict === 'arrival') return 'overwritten';
    const write = copies.write[copy] ?? NONE;
    return (writes.timestamp[held] ?? 0) > (writes.timestamp[write] ?? 0) ? 'outranked' : 'resurrected';
  }

  #causeOfHint(hint: number, held: number): MissingCause {
    const { hints, copies, writes } = this.#trace;
    const last = this.#lastOfChains?.[hint] ?? hint;
    if (this.#isLostWith(hint, last)) return 'coalesced';
    const fate = HINT_FATES[hints.fate[last] ?? 0] ?? 'pending';
    if (fate === 'pending') return hints.leftAt[last] === NEVER ? 'waiting' : 'inFlight';
    if (fate !== 'delivered') return fate;
    // Only the hint that took its place can have been delivered; what became of that write became of this one.
    assert(last !== hint, 'a delivered hint has been applied', hint);
    const write = hints.write[last] ?? NONE;
    for (let copy = writes.firstCopy[write] ?? 0; copies.write[copy] === write; copy++) {
      if (copies.replica[copy] === hints.peer[last]) return this.#causeOfLanded(copy, held);
    }
    return 'coalesced';
  }

  /**
   * What took its place does not stand for it. A sum is not in a later increment; and hints meet at their holder in the
   * order of their arrival, so the last one may carry an older write.
   */
  #isLostWith(hint: number, last: number): boolean {
    const { hints, writes } = this.#trace;
    const [write, lastWrite] = [hints.write[hint] ?? NONE, hints.write[last] ?? NONE];
    return last !== hint && (lastWrite < write || writes.operation[write] === INCREMENT);
  }

  #causeOfDirect(copy: number): MissingCause {
    const { copies } = this.#trace;
    if (copies.droppedAt[copy] === NEVER) return 'inFlight';
    const cause = DROP_CAUSES[copies.dropCause[copy] ?? 0] ?? 'none';
    return cause === 'none' || cause === 'linkCut' ? 'dropped' : cause;
  }

  /** The replica was replaced by an empty node after the copy got there. */
  #lostData(copy: number): boolean {
    const { copies } = this.#trace;
    return (this.#replacedAt[copies.replica[copy] ?? 0] ?? 0) >= (copies.appliedAt[copy] ?? NEVER);
  }
}

function standingOfValue(write: number, held: number): CopyStanding {
  if (held === write) return 'present';
  return held > write ? 'superseded' : 'missing';
}
