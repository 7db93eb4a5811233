/**
 * The hint store with a disk beneath it, so that hints outlive the process: what dynomite-rs runs once `hint_dir` is
 * set, after hints.rs `HintStore::open`. The queues in memory are those of `hint-store.ts`; each has a segment on disk.
 *
 *   enqueue     looks at the rules, appends a record, and only then keeps the hint in memory
 *   takeFor     removes the segment before the caller has sent anything: a crash in between loses the hints (H8)
 *   expireNow   rewrites the segments that lost a hint, and no other
 *   open        replays every segment up to its first damage (H21), without a look at the cap
 *
 * A peer without hints in memory is not on disk as far as the store knows: its segment, if a replay left one with
 * nothing to restore, is neither removed nor cut, and the next append lands behind what is in it.
 */
import type { Clock } from './clock.ts';
import { HintStore } from './hint-store.ts';
import type { EnqueueResult, Hint, HintStoreStats } from './hint.ts';
import type { SegmentDisk } from './segment-disk.ts';
import { encodeRecord, encodeSegment, readSegment } from './segment.ts';
import type { SegmentEnd } from './segment.ts';
import { duration, END_OF_TIME, later } from './units.ts';
import type { Bytes, Duration, Instant, PeerIndex } from './units.ts';
import { anchorDeadline, wallDeadlineMillis } from './wall-clock.ts';
import type { ClockPair, WallClock } from './wall-clock.ts';

/** What a durable store is put into: its two clocks and its disk. */
export interface Surroundings {
  readonly clock: Clock;
  readonly wallClock: WallClock;
  readonly disk: SegmentDisk;
}

/** What became of an enqueue; `io` is the reference's `Io`: not kept in memory, in no counter, perhaps in part on disk. */
export type DurableEnqueueResult =
  | EnqueueResult
  | {
      readonly kind: 'io';
      readonly message: string;
      readonly recordBytes: number;
      /** Bytes of the record that the segment now ends with; if there are any, it is torn. */
      readonly writtenBytes: number;
    };

/** What the replay of one segment came to. Its whole records are `restored + passed + empty`. */
export interface SegmentReplay {
  readonly peer: PeerIndex;
  /** Hints put back into the queue. */
  readonly restored: number;
  /** Of those, hints whose deadline is later than an `Instant` can say. */
  readonly beyond: number;
  /** Records whose deadline had passed: dropped, in no counter, and still in the segment. */
  readonly passed: number;
  /** Live records without a payload, which no store writes: dropped, where the reference would hold hints of no bytes. */
  readonly empty: number;
  readonly end: SegmentEnd;
}

/** What became of an open. A torn segment is no failure, one that cannot be read is. */
export type OpenResult =
  | {
      readonly kind: 'opened';
      readonly store: DurableHintStore;
      /** One for each segment, in the order of the disk's list. */
      readonly replays: readonly SegmentReplay[];
    }
  | { readonly kind: 'unlisted'; readonly message: string }
  | { readonly kind: 'unreadable'; readonly peer: PeerIndex; readonly message: string };

/** Where the reference logs a warning and goes on: hints and segment disagree from then on, until the next crash tells. */
export interface DiskWarnings {
  /** Segments of queues taken or expired whole that could not be removed: replayed, and delivered again (H24). */
  readonly removalsFailed: number;
  /** Segments that still hold the hints a sweep dropped. */
  readonly rewritesFailed: number;
}

/** A payload in memory, with the deadline of its record. */
interface Recorded {
  readonly byteLength: number;
  readonly payload: Uint8Array;
  readonly deadlineMillis: bigint;
}

export class DurableHintStore {
  readonly #surroundings: Surroundings;
  readonly #queues: HintStore<Recorded>;
  #removalsFailed = 0;
  #rewritesFailed = 0;

  private constructor(surroundings: Surroundings, options: { readonly maxBytes: Bytes }) {
    this.#surroundings = surroundings;
    this.#queues = new HintStore(surroundings.clock, options);
  }

  /**
   * A store with the hints that the disk holds, after hints.rs `open` and `replay`. Deadlines are carried over to the
   * clock, both clocks being read once; counters start at 0; the cap is not looked at, so the store may hold more than
   * it, and refuses until it holds less. Nothing on the disk changes. O(bytes on disk).
   */
  static open(surroundings: Surroundings, options: { readonly maxBytes: Bytes }): OpenResult {
    const { clock, wallClock, disk } = surroundings;
    const listed = disk.list();
    if (listed.kind === 'failed') return { kind: 'unlisted', message: listed.message };
    const at = { wallNowMicros: wallClock.nowMicros(), now: clock.now() };
    const store = new DurableHintStore(surroundings, options);
    const replays: SegmentReplay[] = [];
    for (const peer of listed.peers) {
      const segment = disk.read(peer);
      if (segment.kind === 'failed') return { kind: 'unreadable', peer, message: segment.message };
      replays.push(store.#replay(peer, segment.bytes, at));
    }
    return { kind: 'opened', store, replays };
  }

  /**
   * Keeps `payload` for `peer` in memory and on disk until it is taken or `ttl` has passed, after hints.rs `enqueue`.
   * Refused, in this order: a `ttl` of zero, a payload of no bytes, a payload over the cap, a record that the disk did
   * not take. O(payload).
   */
  enqueue(peer: PeerIndex, payload: Uint8Array, ttl: Duration): DurableEnqueueResult {
    const { clock, wallClock, disk } = this.#surroundings;
    const deadlineMillis = wallDeadlineMillis(wallClock.nowMicros(), ttl);
    const recorded = { byteLength: payload.byteLength, payload, deadlineMillis };
    if (!this.#queues.admits(peer, recorded, ttl)) return this.#queues.enqueue(peer, recorded, ttl); // refuses, and counts
    const deadline = later(clock.now(), ttl);
    const record = encodeRecord(recorded);
    const appended = disk.append(peer, record);
    if (appended.kind === 'failed') {
      const { message, writtenBytes } = appended;
      return { kind: 'io', message, recordBytes: record.byteLength, writtenBytes };
    }
    this.#queues.restore(peer, recorded, deadline);
    return { kind: 'accepted', deadline };
  }

  /**
   * Removes the queue of `peer` and its segment, and returns the live hints, oldest first, after hints.rs `take_for`.
   * The hints are on no disk once this returns, and nothing has been sent yet: at most once, whatever comes (H8). If
   * the segment cannot be removed they are returned all the same. For a peer without hints the disk is left alone.
   * O(hints of the peer).
   */
  takeFor(peer: PeerIndex): Hint<Uint8Array>[] {
    if (this.#queues.lengthFor(peer) === 0) return [];
    const taken = this.#queues.takeFor(peer);
    this.#removeSegment(peer);
    return taken.map(({ payload, deadline }) => ({ peer, payload: payload.payload, deadline }));
  }

  /**
   * The sweep: drops every hint whose deadline is `now` or earlier, after hints.rs `expire_now`. The segment of each
   * peer that lost one is rewritten from memory, or removed if nothing is left; that also cuts off a torn tail, and
   * writes deadlines anew by both clocks as they stand. O(peers), and O(bytes of those peers).
   * @returns the number of hints dropped.
   */
  expireNow(now: Instant): number {
    const peers = this.#queues.peersWithHints();
    const lengths = peers.map((peer) => this.#queues.lengthFor(peer));
    const dropped = this.#queues.expireNow(now);
    if (dropped === 0) return 0;
    const { clock, wallClock } = this.#surroundings;
    const at = { wallNowMicros: wallClock.nowMicros(), now: clock.now() };
    for (const [index, peer] of peers.entries()) {
      if (this.#queues.lengthFor(peer) !== lengths[index]) this.#compact(peer, at);
    }
    return dropped;
  }

  /** Hints held, over all peers. O(1). */
  totalLength(): number {
    return this.#queues.totalLength();
  }

  /** Hints held for one peer; 0 for a peer never seen. O(1). */
  lengthFor(peer: PeerIndex): number {
    return this.#queues.lengthFor(peer);
  }

  /** A snapshot of the accounting; `bytes` may exceed `maxBytes` after an open. O(1). */
  stats(): HintStoreStats {
    return this.#queues.stats();
  }

  /** The peers that have hints, ascending. */
  peersWithHints(): PeerIndex[] {
    return this.#queues.peersWithHints();
  }

  /** What the disk failed to do behind calls that went on regardless, since the store was opened. O(1). */
  warnings(): DiskWarnings {
    return { removalsFailed: this.#removalsFailed, rewritesFailed: this.#rewritesFailed };
  }

  #replay(peer: PeerIndex, segment: Uint8Array, at: ClockPair): SegmentReplay {
    const { records, end } = readSegment(segment);
    let [restored, beyond, passed, empty] = [0, 0, 0, 0];
    for (const { deadlineMillis, payload } of records) {
      const anchored = anchorDeadline(deadlineMillis, at);
      if (anchored.kind === 'passed') {
        passed += 1;
      } else if (payload.byteLength === 0) {
        empty += 1;
      } else {
        // A copy, so that one hint does not keep the whole segment in memory.
        const recorded = { byteLength: payload.byteLength, payload: payload.slice(), deadlineMillis };
        this.#queues.restore(peer, recorded, anchored.deadline);
        restored += 1;
        if (anchored.kind === 'beyond') beyond += 1;
      }
    }
    return { peer, restored, beyond, passed, empty, end };
  }

  /** Makes the segment of `peer` say what its queue in memory says. */
  #compact(peer: PeerIndex, at: ClockPair): void {
    const hints = this.#queues.waitingFor(peer);
    if (hints.length === 0) {
      this.#removeSegment(peer);
      return;
    }
    const records = hints.map(({ payload: { payload, deadlineMillis }, deadline }) =>
      // A deadline that stopped at the end of time is not known here any more: the record keeps the one it had.
      deadline === END_OF_TIME
        ? { deadlineMillis, payload }
        : { deadlineMillis: wallDeadlineMillis(at.wallNowMicros, remainingUntil(deadline, at.now)), payload },
    );
    if (this.#surroundings.disk.rewrite(peer, encodeSegment(records)).kind === 'failed') this.#rewritesFailed += 1;
  }

  #removeSegment(peer: PeerIndex): void {
    if (this.#surroundings.disk.remove(peer).kind === 'failed') this.#removalsFailed += 1;
  }
}

/** The time left, 0 for a deadline in the past: a sweep may be given an earlier `now` than the clock's. */
function remainingUntil(deadline: Instant, now: Instant): Duration {
  return duration(Math.max(deadline - now, 0));
}
