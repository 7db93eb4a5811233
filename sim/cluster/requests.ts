/**
 * Requests under way at their coordinators: who waits for how many votes, and when its client gives up.
 *
 * A row lives until every replica asked has voted or is known not to; the client may have its answer long before. A
 * request that has timed out is given up, whoever may still answer.
 *
 * The free list is the pool's own, as in messages.ts and hint-registry.ts: one class for the three of them was measured
 * and made a run 8 % slower, because the calls no longer fit into the hot loop.
 */
import { assert, widen } from '../../core/index.ts';
import type { Instant } from '../../core/index.ts';
import { lowestBit } from '../engine/index.ts';
import { NONE } from '../trace/trace.ts';
import { LimitReached } from './limit-reached.ts';

/** The most requests under way at once; a run that needs more ends there. */
export const MAX_REQUESTS = 4_194_304;

const INITIAL_ROWS = 256;

/** Replicas of a key over all datacentres at most: the fan-out of a request, and the votes that it may collect. */
export const MAX_TARGETS = 32;

export class Requests {
  /** Index into `OPERATIONS`; a get is a read, the rest are writes. */
  operation = new Uint8Array(INITIAL_ROWS);
  /** Its write id or read id. */
  id = new Int32Array(INITIAL_ROWS);
  coordinator = new Uint16Array(INITIAL_ROWS);
  /** The coordinator's incarnation: the next process knows nothing of the request. */
  incarnation = new Int32Array(INITIAL_ROWS);
  key = new Int32Array(INITIAL_ROWS);
  /** Request bytes. */
  bytes = new Float64Array(INITIAL_ROWS);
  issuedAt = new Float64Array(INITIAL_ROWS);
  /** Position of its level in the coordinator's table of levels. */
  level = new Uint8Array(INITIAL_ROWS);
  /** The class of clients that sent it, or NONE for a request of the script. */
  workload = new Int16Array(INITIAL_ROWS);
  /** Which client of a closed loop waits for it, or NONE. */
  client = new Int32Array(INITIAL_ROWS);
  /** Times it was sent before. */
  attempt = new Uint8Array(INITIAL_ROWS);
  /** Of a read: the newest acknowledged write of its key when it was issued, or NONE. */
  newest = new Int32Array(INITIAL_ROWS);
  /** Of a read: the write it probes and the position of its delay among the probe delays, or NONE. */
  probeOf = new Int32Array(INITIAL_ROWS);
  probeDelay = new Int16Array(INITIAL_ROWS);
  /** The client has its answer, or its error. */
  isResolved = new Uint8Array(INITIAL_ROWS);
  /** The client was told OK. */
  isAcked = new Uint8Array(INITIAL_ROWS);
  /** Votes that it takes, among those that count. */
  needed = new Uint8Array(INITIAL_ROWS);
  /** Replicas asked or hinted, a bit each that has voted, and votes that may still come. */
  targets = new Uint8Array(INITIAL_ROWS);
  voted = new Int32Array(INITIAL_ROWS);
  /** Targets that have voted, and whether all their votes have been the same reply. */
  votes = new Uint8Array(INITIAL_ROWS);
  isUnanimous = new Uint8Array(INITIAL_ROWS);
  outstanding = new Uint8Array(INITIAL_ROWS);
  /** Of the targets, a bit each that is to answer for itself: asked, or passed over because its channel had no room. */
  asked = new Int32Array(INITIAL_ROWS);
  /** By row and target: the node, and what it voted: a reply code, and of a read the value. */
  nodes = new Uint16Array(INITIAL_ROWS * MAX_TARGETS);
  codes = new Int32Array(INITIAL_ROWS * MAX_TARGETS);
  values = new Int32Array(INITIAL_ROWS * MAX_TARGETS);
  /** Distinguishes the request from earlier ones in the same row. */
  generation = new Int32Array(INITIAL_ROWS);
  #nextFree = new Int32Array(INITIAL_ROWS);
  #free = NONE;
  #used = 0;

  /** Rows that were ever used; a scan over them finds every live request. */
  get used(): number {
    return this.#used;
  }

  /** A row for a request; the fields that only some requests have begin at "none". */
  take(operation: number, id: number, coordinator: number, key: number, at: Instant): number {
    const row = this.#row();
    this.operation[row] = operation;
    this.id[row] = id;
    this.coordinator[row] = coordinator;
    this.key[row] = key;
    this.issuedAt[row] = at;
    this.isResolved[row] = 0;
    this.isAcked[row] = 0;
    this.targets[row] = 0;
    this.voted[row] = 0;
    this.votes[row] = 0;
    this.isUnanimous[row] = 1;
    this.outstanding[row] = 0;
    this.asked[row] = 0;
    return row;
  }

  /** Adds a replica that should vote; answers with its place among the targets. */
  addTarget(row: number, node: number): number {
    const target = this.targets[row] ?? 0;
    assert(target < MAX_TARGETS, 'a key has at most 32 replicas', target);
    this.nodes[row * MAX_TARGETS + target] = node;
    this.targets[row] = target + 1;
    return target;
  }

  /** A replica that should vote for itself, and may get a hint for its silence. Answers as {@link addTarget}. */
  ask(row: number, node: number): number {
    const target = this.addTarget(row, node);
    this.asked[row] = (this.asked[row] ?? 0) | (1 << target);
    return target;
  }

  /** The place of a node among the targets of a request, or NONE. O(targets). */
  targetOf(row: number, node: number): number {
    const first = row * MAX_TARGETS;
    const end = this.targets[row] ?? 0;
    for (let target = 0; target < end; target++) if (this.nodes[first + target] === node) return target;
    return NONE;
  }

  /** A target's vote; `code` is a reply code, `value` what a read found. */
  vote(row: number, target: number, code: number, value: number): void {
    const voted = this.voted[row] ?? 0;
    const place = row * MAX_TARGETS + target;
    if (voted !== 0) {
      const earlier = row * MAX_TARGETS + lowestBit(voted);
      if (this.codes[earlier] !== code || this.values[earlier] !== value) this.isUnanimous[row] = 0;
    }
    this.codes[place] = code;
    this.values[place] = value;
    if (((voted >>> target) & 1) === 0) this.votes[row] = (this.votes[row] ?? 0) + 1;
    this.voted[row] = voted | (1 << target);
  }

  /** The first target that has voted; there must be one. */
  firstVoter(row: number): number {
    return lowestBit(this.voted[row] ?? 0);
  }

  hasVoted(row: number, target: number): boolean {
    return (((this.voted[row] ?? 0) >>> target) & 1) === 1;
  }

  /** The target is to vote for itself: nobody stands in for it, with a hint or with what was kept for it. */
  isAsked(row: number, target: number): boolean {
    return (((this.asked[row] ?? 0) >>> target) & 1) === 1;
  }

  /** A target that should have voted for itself has not. */
  isSilent(row: number, target: number): boolean {
    return ((this.#silent(row) >>> target) & 1) === 1;
  }

  /** Some target is silent. */
  hasSilent(row: number): boolean {
    return this.#silent(row) !== 0;
  }

  /** Bytes of the pool. */
  get weight(): number {
    return this.id.length * (80 + 10 * MAX_TARGETS);
  }

  /** Nothing more can come in for this request; replies that name its generation are stale from now on. */
  free(row: number): void {
    this.isResolved[row] = 1;
    this.generation[row] = (this.generation[row] ?? 0) + 1;
    this.#nextFree[row] = this.#free;
    this.#free = row;
  }

  isCurrent(row: number, generation: number): boolean {
    return this.generation[row] === generation;
  }

  #silent(row: number): number {
    return (this.asked[row] ?? 0) & ~(this.voted[row] ?? 0);
  }

  #row(): number {
    const row = this.#free;
    if (row !== NONE) {
      this.#free = this.#nextFree[row] ?? NONE;
      return row;
    }
    if (this.#used === this.id.length) this.#widen();
    return this.#used++;
  }

  #widen(): void {
    const capacity = this.id.length * 2;
    if (capacity > MAX_REQUESTS) throw new LimitReached('requests', MAX_REQUESTS);
    this.operation = widen(this.operation, new Uint8Array(capacity));
    this.id = widen(this.id, new Int32Array(capacity));
    this.coordinator = widen(this.coordinator, new Uint16Array(capacity));
    this.incarnation = widen(this.incarnation, new Int32Array(capacity));
    this.key = widen(this.key, new Int32Array(capacity));
    this.bytes = widen(this.bytes, new Float64Array(capacity));
    this.issuedAt = widen(this.issuedAt, new Float64Array(capacity));
    this.level = widen(this.level, new Uint8Array(capacity));
    this.workload = widen(this.workload, new Int16Array(capacity));
    this.client = widen(this.client, new Int32Array(capacity));
    this.attempt = widen(this.attempt, new Uint8Array(capacity));
    this.newest = widen(this.newest, new Int32Array(capacity));
    this.probeOf = widen(this.probeOf, new Int32Array(capacity));
    this.probeDelay = widen(this.probeDelay, new Int16Array(capacity));
    this.isResolved = widen(this.isResolved, new Uint8Array(capacity));
    this.isAcked = widen(this.isAcked, new Uint8Array(capacity));
    this.needed = widen(this.needed, new Uint8Array(capacity));
    this.targets = widen(this.targets, new Uint8Array(capacity));
    this.voted = widen(this.voted, new Int32Array(capacity));
    this.votes = widen(this.votes, new Uint8Array(capacity));
    this.isUnanimous = widen(this.isUnanimous, new Uint8Array(capacity));
    this.outstanding = widen(this.outstanding, new Uint8Array(capacity));
    this.asked = widen(this.asked, new Int32Array(capacity));
    this.nodes = widen(this.nodes, new Uint16Array(capacity * MAX_TARGETS));
    this.codes = widen(this.codes, new Int32Array(capacity * MAX_TARGETS));
    this.values = widen(this.values, new Int32Array(capacity * MAX_TARGETS));
    this.generation = widen(this.generation, new Int32Array(capacity));
    this.#nextFree = widen(this.#nextFree, new Int32Array(capacity));
  }
}
