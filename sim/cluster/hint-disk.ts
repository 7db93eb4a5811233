/**
 * The disk under each node's hint store: what has reached it, what a crash leaves of it, and what a restart reads back.
 *
 * One segment per position of the peer table, after hints.rs (handoff-systems §1.1): a record is 16 bytes of framing
 * and the payload, its deadline in wall-clock time (H25). Appends reach the disk one after the other at `rate`, so what
 * is still to be written follows from when the disk will be done, without an event per append. Rewriting a segment (a
 * sweep that leaves hints behind, an expiry) makes all its records fresh ones and mends a torn tail; it costs no time.
 */
import { assert, instant, MICROS_PER_SECOND, RECORD_FRAMING_BYTES, widen } from '../../core/index.ts';
import type { Instant } from '../../core/index.ts';
import type { HintPolicy } from '../scenario/model/policy.ts';
import { NONE } from '../trace/trace.ts';
import type { World } from './world.ts';

const INITIAL_ROWS = 1_024;

export class HintDisk {
  readonly #world: Pick<World, 'kernel' | 'clocks'>;
  readonly #policy: HintPolicy;
  readonly #count: number;
  /** By registry row: when the record is on disk, and by how much the wall clock was ahead of true time when written. */
  #appendedAt = new Float64Array(INITIAL_ROWS);
  #wallOffset = new Float64Array(INITIAL_ROWS);
  // By segment, which is holder × nodes + position. Empty without a disk.
  readonly #lastAppend: Float64Array;
  readonly #rewrittenAt: Float64Array;
  /** Records written until then have this wall offset instead of their own: they were written again, or read back. */
  readonly #anchoredAt: Float64Array;
  readonly #anchorOffset: Float64Array;
  /** What was appended from then on is behind a torn tail. */
  readonly #tornSince: Float64Array;
  // By node.
  readonly #busyUntil: Float64Array;
  readonly #faults: Uint16Array;
  /** The segment written to last, and the one that the latest crash tore. */
  readonly #lastSegment: Int32Array;
  readonly #torn: Int32Array;

  constructor(world: Pick<World, 'kernel' | 'clocks'>, policy: HintPolicy, count: number) {
    this.#world = world;
    this.#policy = policy;
    this.#count = count;
    const segments = this.isDurable ? count * count : 0;
    this.#lastAppend = new Float64Array(segments);
    this.#rewrittenAt = new Float64Array(segments).fill(-1);
    this.#anchoredAt = new Float64Array(segments).fill(-1);
    this.#anchorOffset = new Float64Array(segments);
    this.#tornSince = new Float64Array(segments).fill(Infinity);
    this.#busyUntil = new Float64Array(count);
    this.#faults = new Uint16Array(count);
    this.#lastSegment = new Int32Array(count).fill(NONE);
    this.#torn = new Int32Array(count).fill(NONE);
  }

  /** Hints are on a disk at all; without one, none of the rest matters. */
  get isDurable(): boolean {
    return this.#policy.disk.durability !== 'ram';
  }

  /** Bytes of the columns. */
  get weight(): number {
    return this.isDurable ? this.#appendedAt.length * 16 : 0;
  }

  /** The disk takes one more record. @param hints,bytes what the store holds now */
  hasRoom(node: number, added: number, hints: number, bytes: number): boolean {
    if (!this.isDurable) return true;
    if ((this.#faults[node] ?? 0) > 0) return false;
    const { capacity } = this.#policy.disk;
    return capacity === 0 || bytes + added + (hints + 1) * RECORD_FRAMING_BYTES <= capacity;
  }

  /** Payload bytes that are still on their way to the disk of a node; a record half written counts for its other half. */
  inFlightBytes(node: number): number {
    const ahead = (this.#busyUntil[node] ?? 0) - this.#world.kernel.now;
    return ahead > 0 ? (ahead * this.#policy.disk.rate) / MICROS_PER_SECOND : 0;
  }

  /** A record of the segment is still on its way to the disk. */
  isBehind(node: number, position: number): boolean {
    return (this.#lastAppend[this.#segment(node, position)] ?? 0) > this.#world.kernel.now;
  }

  /** Appends the record of a hint: it is on disk when all that was appended before it is. */
  append(node: number, position: number, row: number, bytes: number): void {
    if (!this.isDurable) return;
    const { now } = this.#world.kernel;
    const { rate } = this.#policy.disk;
    const doneAt = rate === 0 ? now : Math.max(now, this.#busyUntil[node] ?? 0) + (bytes * MICROS_PER_SECOND) / rate;
    const segment = this.#segment(node, position);
    if (row >= this.#appendedAt.length) this.#widen(row + 1);
    this.#busyUntil[node] = doneAt;
    this.#lastAppend[segment] = doneAt;
    this.#lastSegment[node] = segment;
    this.#appendedAt[row] = doneAt;
    this.#wallOffset[row] = this.#offset(node);
  }

  /** A segment was deleted, or written anew from what the store still holds of it. */
  rewritten(node: number, position: number): void {
    if (!this.isDurable) return;
    const segment = this.#segment(node, position);
    this.#rewrittenAt[segment] = this.#world.kernel.now;
    this.#tornSince[segment] = Infinity;
    this.#anchor(segment, this.#offset(node));
  }

  /** The record outlives a crash that happens now: of the process, or of the machine's power. */
  survives(node: number, position: number, row: number, isPower: boolean): boolean {
    const { durability, flush } = this.#policy.disk;
    if (durability === 'ram') return false;
    const onDisk = this.#writtenAt(node, position, row);
    const isFlushed = durability === 'synced' || (durability === 'written' && !isPower);
    return onDisk + (isFlushed ? 0 : flush) <= this.#world.kernel.now;
  }

  /** The node died. @param tornBytes > 0: in the middle of an append, which tears the segment written to last */
  crashed(node: number, tornBytes: number): void {
    this.#busyUntil[node] = 0;
    this.#lastAppend.fill(0, node * this.#count, (node + 1) * this.#count);
    if (this.isDurable && tornBytes > 0) this.#torn[node] = this.#lastSegment[node] ?? NONE;
  }

  /** The record is in front of a torn tail, where a restart can read it. Asked before {@link restarted}. */
  isReadable(node: number, position: number, row: number): boolean {
    return this.#writtenAt(node, position, row) < (this.#tornSince[this.#segment(node, position)] ?? Infinity);
  }

  /**
   * The deadline of a record that is read back now: the wall-clock time written with it, in true time by the clock that
   * the node has now. A deadline that has passed is now.
   */
  deadlineAfterRestart(node: number, position: number, row: number, deadline: Instant): Instant {
    const segment = this.#segment(node, position);
    const isAnchored = (this.#anchoredAt[segment] ?? -1) >= (this.#appendedAt[row] ?? 0);
    const written = (isAnchored ? this.#anchorOffset[segment] : this.#wallOffset[row]) ?? 0;
    const anchored = deadline + written - this.#offset(node);
    return instant(Math.min(Math.max(anchored, this.#world.kernel.now), Number.MAX_SAFE_INTEGER));
  }

  /** The process is up again and has read its segments. A torn tail that is kept spoils what is appended from here on. */
  restarted(node: number): void {
    const offset = this.#offset(node);
    for (let position = 0; position < this.#count; position++) this.#anchor(this.#segment(node, position), offset);
    const torn = this.#torn[node] ?? NONE;
    this.#torn[node] = NONE;
    if (torn === NONE || this.#policy.disk.tornTail === 'truncated') return;
    this.#tornSince[torn] = Math.min(this.#tornSince[torn] ?? Infinity, this.#world.kernel.now);
  }

  /** Another machine took the node's name: its disk is empty. */
  replaced(node: number): void {
    this.crashed(node, 0);
    this.#tornSince.fill(Infinity, node * this.#count, (node + 1) * this.#count);
    this.#rewrittenAt.fill(-1, node * this.#count, (node + 1) * this.#count);
    this.#anchoredAt.fill(-1, node * this.#count, (node + 1) * this.#count);
    this.#lastSegment[node] = NONE;
    this.#torn[node] = NONE;
  }

  /** A fault under which the disk takes no append begins or ends; they may overlap. */
  setFull(node: number, on: boolean): void {
    const faults = (this.#faults[node] ?? 0) + (on ? 1 : -1);
    assert(faults >= 0, 'a fault ends once', node);
    this.#faults[node] = faults;
  }

  #segment(node: number, position: number): number {
    return node * this.#count + position;
  }

  /** When the record as it is now was on disk: by its append, or by a rewrite since. */
  #writtenAt(node: number, position: number, row: number): number {
    return Math.max(this.#appendedAt[row] ?? 0, this.#rewrittenAt[this.#segment(node, position)] ?? -1);
  }

  /** The deadlines of the segment's records are now in step with the wall clock at this offset. */
  #anchor(segment: number, offset: number): void {
    this.#anchoredAt[segment] = this.#world.kernel.now;
    this.#anchorOffset[segment] = offset;
  }

  #offset(node: number): number {
    return this.#world.clocks.wall(node) - this.#world.kernel.now;
  }

  #widen(rows: number): void {
    const capacity = Math.max(rows, this.#appendedAt.length * 2);
    this.#appendedAt = widen(this.#appendedAt, new Float64Array(capacity));
    this.#wallOffset = widen(this.#wallOffset, new Float64Array(capacity));
  }
}
