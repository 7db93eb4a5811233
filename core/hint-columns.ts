/**
 * The hint store of a node as columns: the rules of dynomite-rs `hints.rs`, RAM only, without an object for a hint.
 * A hint is a peer, a length, a deadline and an int32 `reference` by which the caller knows its payload. The
 * simulator uses this class as it is; `hint-store.ts` adds payloads and objects on top.
 *
 * The rules, from the reference: queues are FIFO per peer; one cap on payload bytes spans all peers; a hint is
 * expired once `deadline <= now`; expiry happens **only** at a sweep or a take, so bytes past their deadline keep
 * counting against the cap until then; a take removes the whole queue of a peer.
 */
import { assert } from './assert.ts';
import type { Clock } from './clock.ts';
import type { HintBatch } from './hint-batch.ts';
import type { HintStoreStats } from './hint.ts';
import { PeerQueues } from './peer-queues.ts';
import { bytes, instant, later } from './units.ts';
import type { Bytes, Duration, Instant, PeerIndex } from './units.ts';

/** The hint was stored. */
export const ACCEPTED = 0;
/** The hint would have pushed the bytes held over the cap; only `rejectedOverCapacityTotal` changed. */
export const OVER_CAPACITY = 1;
/** The time to live is zero, so the hint would be expired at once; nothing changed. */
export const ZERO_TTL = 2;
/** The payload has no bytes, so there is nothing to replay; nothing changed. */
export const EMPTY_PAYLOAD = 3;

/** What became of an enqueue. */
export type EnqueueCode = typeof ACCEPTED | typeof OVER_CAPACITY | typeof ZERO_TTL | typeof EMPTY_PAYLOAD;

/** The largest payload: its length is kept in 32 bits. */
export const MAX_PAYLOAD_BYTES = 0xffff_ffff;

/** Earlier than every deadline, since a time to live is at least 1 µs. */
const START_OF_TIME = instant(0);

/** What a cap is over: all hints of the store, as in the reference, or those of one peer. */
export type CapScope = 'node' | 'peer';

export class HintColumns {
  readonly #clock: Clock;
  readonly #maxBytes: Bytes;
  /**
   * The cap over all hints and the cap over those of one peer; one of the two is in force, and the other is
   * −∞, under which nothing fits. Without a cap, the sum of bytes must still be an exact integer.
   */
  readonly #capBytes: number;
  readonly #peerCapBytes: number;
  readonly #queues = new PeerQueues();
  /** No hint is due before this, in microseconds. Exact after a sweep; too early, at worst, after a take or a removal. */
  #nothingDueBefore = Infinity;
  #expiredTotal = 0;
  #rejectedOverCapacityTotal = 0;

  /**
   * @param clock read once by each accepted enqueue and each take.
   * @param options `maxBytes` is the cap on payload bytes over all peers, or over each peer's own with `capScope` set
   * to `peer`; 0 means no cap.
   */
  constructor(clock: Clock, options: { readonly maxBytes: Bytes; readonly capScope?: CapScope }) {
    this.#clock = clock;
    this.#maxBytes = options.maxBytes;
    const cap = options.maxBytes === 0 ? Number.MAX_SAFE_INTEGER : options.maxBytes;
    this.#capBytes = options.capScope === 'peer' ? -Infinity : cap;
    this.#peerCapBytes = options.capScope === 'peer' ? cap : -Infinity;
  }

  /**
   * Appends a hint for `peer` that expires `ttl` from now, after hints.rs `enqueue`. The rejections are looked for
   * in the order `ZERO_TTL`, `EMPTY_PAYLOAD`, `OVER_CAPACITY`; filling the store exactly to its cap is accepted.
   * A deadline saturates at `END_OF_TIME`. Amortised O(1).
   * @param byteLength size of the payload, 0 … {@link MAX_PAYLOAD_BYTES}.
   * @param reference any int32; it comes back with the hint.
   */
  enqueue(peer: PeerIndex, byteLength: number, reference: number, ttl: Duration): EnqueueCode {
    assert(byteLength >>> 0 === byteLength, 'a payload has 0 … 2^32−1 bytes', byteLength);
    assert((reference | 0) === reference, 'a reference is an int32', reference);
    if (ttl === 0) return ZERO_TTL;
    if (byteLength === 0) return EMPTY_PAYLOAD;
    if (this.#queues.bytes + byteLength > this.#capBytes) return this.#enqueueAtCap(peer, byteLength, reference, ttl);
    const deadline = later(this.#clock.now(), ttl);
    this.#queues.append(peer, byteLength, reference, deadline);
    if (deadline < this.#nothingDueBefore) this.#nothingDueBefore = deadline;
    return ACCEPTED;
  }

  /** A hint that does not fit under the cap over all hints may fit under that of its peer, where there is one. */
  #enqueueAtCap(peer: PeerIndex, byteLength: number, reference: number, ttl: Duration): EnqueueCode {
    if (this.#queues.bytesFor(peer) + byteLength > this.#peerCapBytes) {
      this.#rejectedOverCapacityTotal += 1;
      return OVER_CAPACITY;
    }
    this.restore(peer, byteLength, reference, later(this.#clock.now(), ttl));
    return ACCEPTED;
  }

  /** True if `enqueue` would accept such a hint for `peer` now. Nothing changes and nothing is counted. O(1). */
  admits(peer: PeerIndex, byteLength: number, ttl: Duration): boolean {
    if (ttl === 0 || byteLength === 0) return false;
    if (this.#queues.bytes + byteLength <= this.#capBytes) return true;
    return this.#queues.bytesFor(peer) + byteLength <= this.#peerCapBytes;
  }

  /**
   * Appends a hint for `peer` that expires at `deadline`, without a look at the cap or the clock: a hint read back from
   * disk, or one that `admits` has let in. After hints.rs `open`. Amortised O(1).
   * @param byteLength size of the payload, 1 … {@link MAX_PAYLOAD_BYTES}.
   * @param reference any int32; it comes back with the hint.
   */
  restore(peer: PeerIndex, byteLength: number, reference: number, deadline: Instant): void {
    assert(byteLength >>> 0 === byteLength && byteLength > 0, 'a restored payload has 1 … 2^32−1 bytes', byteLength);
    assert((reference | 0) === reference, 'a reference is an int32', reference);
    this.#queues.appendCounted(peer, byteLength, reference, deadline);
    if (deadline < this.#nothingDueBefore) this.#nothingDueBefore = deadline;
  }

  /**
   * Removes every hint of `peer`, after hints.rs `take_for`: live ones are appended to `taken`, oldest first;
   * expired ones are counted, and appended to `expired` if that is given. O(hints of the peer).
   * @returns the number of live hints.
   */
  takeInto(peer: PeerIndex, taken: HintBatch, expired?: HintBatch): number {
    const pending = this.#queues.lengthFor(peer);
    if (pending === 0) return 0;
    const live = this.#queues.take(peer, this.#clock.now(), taken, expired);
    this.#expiredTotal += pending - live;
    this.#assertTotalsAgree();
    return live;
  }

  /**
   * Removes hints of `peer` from the front of its queue until `atMost` live ones are in `taken`, and leaves the rest in
   * place: what a take of the whole queue comes to when all that could not be sent is enqueued again at once. Beyond
   * the reference. Expired hints on the way are counted, and appended to `expired` if that is given. O(hints removed).
   * @returns the number of live hints.
   */
  takeSomeInto(peer: PeerIndex, atMost: number, taken: HintBatch, expired?: HintBatch): number {
    const before = this.#queues.lengthFor(peer);
    if (before === 0) return 0;
    const live = this.#queues.takeSome(peer, this.#clock.now(), atMost, taken, expired);
    this.#expiredTotal += before - this.#queues.lengthFor(peer) - live;
    this.#assertTotalsAgree();
    return live;
  }

  /**
   * Where a hint stands, for delivery that removes a hint only once its peer has acknowledged it. Beyond the reference.
   * A slot is good until its hint leaves; none is {@link NO_SLOT}.
   */
  firstSlotFor(peer: PeerIndex): number {
    return this.#queues.firstSlotFor(peer);
  }

  /** Where the hint enqueued last for a peer that has hints stands. O(1). */
  newestSlotFor(peer: PeerIndex): number {
    return this.#queues.newestSlotFor(peer);
  }

  /** Where the hint behind the one in `slot` stands, or {@link NO_SLOT} at the tail. */
  slotAfter(slot: number): number {
    return this.#queues.slotAfter(slot);
  }

  /** The reference of the hint in `slot`. */
  referenceIn(slot: number): number {
    return this.#queues.referenceIn(slot);
  }

  /** The hint in `slot` is past its deadline. */
  isDueIn(slot: number): boolean {
    return this.#queues.deadlineIn(slot) <= this.#clock.now();
  }

  /** Removes the hint in `slot` of `peer`: delivered, or replaced. Amortised O(1) at the head of the queue. */
  removeAt(peer: PeerIndex, slot: number): void {
    this.#queues.removeAt(peer, slot);
    this.#assertTotalsAgree();
  }

  /** Removes the hint in `slot` of `peer`, which is due, and counts it as expired. */
  expireAt(peer: PeerIndex, slot: number): void {
    assert(this.isDueIn(slot), 'a hint expires once its deadline is here', slot);
    this.#expiredTotal += 1;
    this.removeAt(peer, slot);
  }

  /** Copies the hints of `peer` into `waiting`, oldest first; nothing is removed. O(hints of the peer). */
  copyInto(peer: PeerIndex, waiting: HintBatch): void {
    this.#queues.copyInto(peer, waiting);
  }

  /**
   * The sweep: drops every hint whose deadline is `now` or earlier, after hints.rs `expire_now`. `now` is the
   * caller's and need not agree with the clock. Dropped hints are appended to `expired` if that is given, peers
   * ascending, oldest first. O(1) if nothing is due; otherwise it looks at the peers that have hints, at the blocks
   * of those with something due, and at the hints of the blocks with something due.
   * @returns the number of hints dropped.
   */
  expireNow(now: Instant, expired?: HintBatch): number {
    if (now < this.#nothingDueBefore) return 0;
    const queues = this.#queues;
    let dropped = 0;
    let earliest = Infinity;
    for (let peer = queues.firstPeer(); peer !== undefined; peer = queues.peerAfter(peer)) {
      if (queues.earliestFor(peer) <= now) dropped += queues.expire(peer, now, expired);
      if (queues.lengthFor(peer) > 0) earliest = Math.min(earliest, queues.earliestFor(peer));
    }
    this.#nothingDueBefore = earliest;
    this.#expiredTotal += dropped;
    this.#assertTotalsAgree();
    return dropped;
  }

  /**
   * The crash of a node that keeps hints in RAM only: everything pending is gone, due or not, and the counters
   * start again at 0. Dropped hints are appended to `dropped` if that is given, peers ascending, oldest first.
   * @returns the number of hints dropped.
   */
  clear(dropped?: HintBatch): number {
    const queues = this.#queues;
    let count = 0;
    for (let peer = queues.firstPeer(); peer !== undefined; peer = queues.peerAfter(peer)) {
      count += queues.take(peer, START_OF_TIME, dropped, undefined);
    }
    this.#expiredTotal = 0;
    this.#rejectedOverCapacityTotal = 0;
    this.#assertTotalsAgree();
    assert(queues.hintCount === 0, 'a cleared store holds no hint', queues.hintCount);
    return count;
  }

  /** Hints held, over all peers. O(1). */
  totalLength(): number {
    return this.#queues.hintCount;
  }

  /** Hints held for one peer; 0 for a peer never seen. O(1). */
  lengthFor(peer: PeerIndex): number {
    return this.#queues.lengthFor(peer);
  }

  /** Payload bytes held, over all peers. O(1). */
  totalBytes(): Bytes {
    return bytes(this.#queues.bytes);
  }

  /** The peers that have hints, ascending (the reference leaves the order open). */
  peersWithHints(): PeerIndex[] {
    const peers: PeerIndex[] = [];
    const queues = this.#queues;
    for (let peer = queues.firstPeer(); peer !== undefined; peer = queues.peerAfter(peer)) peers.push(peer);
    return peers;
  }

  /** The deadline of the hint enqueued last for a peer that has hints. O(1). */
  newestDeadlineFor(peer: PeerIndex): Instant {
    return this.#queues.newestDeadlineFor(peer);
  }

  /** A snapshot of the accounting. O(1): all of it is kept as running totals. */
  stats(): HintStoreStats {
    return {
      hintCount: this.#queues.hintCount,
      bytes: bytes(this.#queues.bytes),
      maxBytes: this.#maxBytes,
      expiredTotal: this.#expiredTotal,
      rejectedOverCapacityTotal: this.#rejectedOverCapacityTotal,
    };
  }

  /** Every hint holds at least one byte, so the two totals reach zero together. */
  #assertTotalsAgree(): void {
    const { hintCount, bytes: heldBytes } = this.#queues;
    assert(
      heldBytes >= hintCount && (hintCount > 0 || heldBytes === 0),
      'hints and bytes are let go together',
      heldBytes,
    );
  }
}
