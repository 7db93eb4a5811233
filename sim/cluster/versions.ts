/**
 * What is known of each write beyond its number: what it does, the wall clock of its coordinator, and which write it
 * was made upon. From that follows which of two writes of a key a receiver keeps (handoff-systems §10, conflict rule).
 *
 * A plain run (last arrival wins, nothing is deleted or counted) asks none of this: then nothing is kept. Histories are
 * chains, each write pointing to the one that its coordinator's own replica held. Ids grow along a chain, and every
 * write has a second pointer further down it (Myers, "An applicative random-access stack", 1983), so that looking for
 * an ancestor takes O(log n) steps even for one hot key.
 */
import { assert, widen } from '../../core/index.ts';
import { DELETE, SET } from '../scenario/model/workload.ts';
import type { ConflictRule } from '../scenario/model/policy.ts';
import type { Scenario } from '../scenario/model/scenario.ts';
import { NONE } from '../trace/trace.ts';

const INITIAL_ROWS = 1_024;

/** Every write of a run, and the receivers' rule for two of them. */
export class Versions {
  /** False: the last arrival wins and every write sets, so nothing is kept here. */
  readonly isNeeded: boolean;
  /** Receivers tell newer from older: a tombstone is a version too, until it is gone. */
  readonly areOrdered: boolean;
  readonly #rule: ConflictRule;
  #length = 0;
  #operation = new Uint8Array(0);
  /** Micros of the coordinator's wall clock. Empty under rule `arrival`. */
  #timestamp = new Float64Array(0);
  /** By write: the one it was made upon, one further down, and the length of its chain. Only under `vectorClock`. */
  #parent = new Int32Array(0);
  #jump = new Int32Array(0);
  #depth = new Int32Array(0);

  constructor(scenario: Scenario) {
    this.#rule = scenario.policy.receiver.conflict;
    this.areOrdered = this.#rule !== 'arrival';
    this.isNeeded = this.areOrdered || mayDeleteOrCount(scenario);
  }

  /** Bytes of the columns. */
  get weight(): number {
    const { byteLength } = this.#operation;
    return byteLength + this.#timestamp.byteLength + 3 * this.#parent.byteLength;
  }

  /**
   * Adds the next write; writes are numbered 0, 1, 2 … Amortised O(1).
   *
   * @param operation SET, DELETE or INCREMENT
   * @param timestamp micros of the coordinator's wall clock
   * @param parent the write that the coordinator's own replica held for the key; negative if none
   */
  add(write: number, operation: number, timestamp: number, parent: number): void {
    if (!this.isNeeded) return;
    assert(write === this.#length && parent < write, 'writes are added in order, after what they are made upon', write);
    if (this.#length === this.#operation.length) this.#widen();
    this.#length++;
    this.#operation[write] = operation;
    if (!this.areOrdered) return;
    this.#timestamp[write] = timestamp;
    if (this.#rule === 'vectorClock') this.#chain(write, Math.max(parent, NONE));
  }

  /** What a write does: SET, DELETE or INCREMENT. */
  operationOf(write: number): number {
    return this.isNeeded ? (this.#operation[write] ?? SET) : SET;
  }

  /** What a client sees of a value that a replica answered: a delete is no value. */
  visible(value: number): number {
    return value !== NONE && this.operationOf(value) === DELETE ? NONE : value;
  }

  /**
   * A replica that holds `older` keeps `newer` when it arrives. Rule `arrival`: always. `timestamp`: the larger one wins,
   * and of equal ones the later write. `vectorClock`: a write wins over what it was made upon; where neither was made
   * upon the other, as by timestamp. A write does not supersede itself, but on arrival. Readings of counters have no
   * version: the higher one supersedes, and any supersedes a write. Anything supersedes NONE. O(log n).
   */
  supersedes(newer: number, older: number): boolean {
    if (!this.areOrdered) return true;
    if (newer === NONE || older === NONE) return newer !== NONE;
    if (newer < NONE || older < NONE) return newer < older;
    if (this.#rule === 'vectorClock') {
      if (this.#descends(newer, older)) return true;
      if (this.#descends(older, newer)) return false;
    }
    const [one, other] = [this.#timestamp[newer] ?? 0, this.#timestamp[older] ?? 0];
    return one > other || (one === other && newer > older);
  }

  /** Neither write was made upon the other. Always false unless the rule is `vectorClock`. O(log n). */
  isConcurrent(one: number, other: number): boolean {
    if (this.#rule !== 'vectorClock' || one === other) return false;
    return !this.#descends(one, other) && !this.#descends(other, one);
  }

  /** `older` is among the writes that `newer` was made upon, directly or not. */
  #descends(newer: number, older: number): boolean {
    if (newer <= older) return false;
    let at = newer;
    while (at > older) {
      const jump = this.#jump[at] ?? NONE;
      at = jump >= older ? jump : (this.#parent[at] ?? NONE);
    }
    return at === older;
  }

  /** The jump of a write spans the last two jumps of its parent if those are equally long, else it is one step. */
  #chain(write: number, parent: number): void {
    this.#parent[write] = parent;
    this.#depth[write] = this.#depthOf(parent) + 1;
    const jump = this.#jumpOf(parent);
    const further = this.#jumpOf(jump);
    const isEven = this.#depthOf(parent) - this.#depthOf(jump) === this.#depthOf(jump) - this.#depthOf(further);
    this.#jump[write] = isEven ? further : parent;
  }

  /** NONE is the root of all chains: at depth 0, and its own jump. */
  #depthOf(write: number): number {
    return write === NONE ? 0 : (this.#depth[write] ?? 0);
  }

  #jumpOf(write: number): number {
    return write === NONE ? NONE : (this.#jump[write] ?? NONE);
  }

  #widen(): void {
    const rows = Math.max(this.#operation.length * 2, INITIAL_ROWS);
    this.#operation = widen(this.#operation, new Uint8Array(rows));
    if (!this.areOrdered) return;
    this.#timestamp = widen(this.#timestamp, new Float64Array(rows));
    if (this.#rule !== 'vectorClock') return;
    this.#parent = widen(this.#parent, new Int32Array(rows));
    this.#jump = widen(this.#jump, new Int32Array(rows));
    this.#depth = widen(this.#depth, new Int32Array(rows));
  }
}

function mayDeleteOrCount(scenario: Scenario): boolean {
  return (
    scenario.workloads.some((workload) => workload.deleteShare > 0 || workload.incrementShare > 0) ||
    scenario.requests.some(({ operation }) => operation === 'delete' || operation === 'increment')
  );
}
