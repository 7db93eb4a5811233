/**
 * The hint store as an application uses it: payloads in, `Hint` objects out. The rules and the memory are those of
 * `hint-columns.ts`; this file keeps the payloads beside the columns and makes an object for a hint only when one
 * is handed out.
 *
 *   const clock = new VirtualClock();
 *   const store = new HintStore(clock, { maxBytes: kibibytes(1) });
 *   store.enqueue(peerIndex(7), request, seconds(60)); // { kind: 'accepted', deadline: 60000000 }
 *   store.takeFor(peerIndex(7)); // [{ peer: 7, payload: request, deadline: 60000000 }]
 *   store.expireNow(clock.now()); // 0
 */
import { unreachable } from './assert.ts';
import type { Clock } from './clock.ts';
import { HintBatch } from './hint-batch.ts';
import { ACCEPTED, EMPTY_PAYLOAD, HintColumns, OVER_CAPACITY, ZERO_TTL } from './hint-columns.ts';
import type { EnqueueResult, Hint, HintStoreStats, Payload } from './hint.ts';
import { PayloadTable } from './payload-table.ts';
import { bytes } from './units.ts';
import type { Bytes, Duration, Instant, PeerIndex } from './units.ts';

export class HintStore<P extends Payload> {
  readonly #columns: HintColumns;
  readonly #payloads = new PayloadTable<P>();
  readonly #taken = new HintBatch();
  readonly #expired = new HintBatch();

  /**
   * @param clock the store's time; nothing else is read from the world.
   * @param options `maxBytes` is the cap on payload bytes over all peers; 0 means no cap.
   */
  constructor(clock: Clock, options: { readonly maxBytes: Bytes }) {
    this.#columns = new HintColumns(clock, options);
  }

  /**
   * Keeps `payload` for `peer` until it is taken or `ttl` has passed, after hints.rs `enqueue`. Refused, in this
   * order: a `ttl` of zero, a payload of no bytes, a payload that would push the store over its cap. Amortised O(1).
   */
  enqueue(peer: PeerIndex, payload: P, ttl: Duration): EnqueueResult {
    const { byteLength } = payload;
    const code = this.#columns.enqueue(peer, byteLength, this.#payloads.vacantSlot, ttl);
    switch (code) {
      case ACCEPTED:
        this.#payloads.put(payload);
        return { kind: 'accepted', deadline: this.#columns.newestDeadlineFor(peer) };
      case ZERO_TTL:
        return { kind: 'zeroTtl' };
      case EMPTY_PAYLOAD:
        return { kind: 'emptyPayload' };
      case OVER_CAPACITY: {
        const held = this.#columns.stats();
        return { kind: 'overCapacity', maxBytes: held.maxBytes, bytes: held.bytes, payloadBytes: bytes(byteLength) };
      }
      default:
        return unreachable(code);
    }
  }

  /** True if `enqueue` would accept `payload` for `peer` now. Nothing changes and nothing is counted. O(1). */
  admits(peer: PeerIndex, payload: P, ttl: Duration): boolean {
    return this.#columns.admits(peer, payload.byteLength, ttl);
  }

  /**
   * Keeps a payload of at least one byte for `peer` until `deadline`, without a look at the cap or the clock: a hint read
   * back from disk, or one that `admits` has let in. Amortised O(1).
   */
  restore(peer: PeerIndex, payload: P, deadline: Instant): void {
    this.#columns.restore(peer, payload.byteLength, this.#payloads.vacantSlot, deadline);
    this.#payloads.put(payload);
  }

  /** Every hint of `peer`, due or not, oldest first; nothing is removed. O(hints of the peer). */
  waitingFor(peer: PeerIndex): Hint<P>[] {
    const waiting = this.#taken;
    this.#columns.copyInto(peer, waiting);
    const hints: Hint<P>[] = [];
    for (let index = 0; index < waiting.length; index += 1) {
      const payload = this.#payloads.at(waiting.referenceAt(index));
      hints.push({ peer, payload, deadline: waiting.deadlineAt(index) });
    }
    waiting.clear();
    return hints;
  }

  /**
   * Removes and returns every live hint of `peer`, oldest first, after hints.rs `take_for`. Hints past their
   * deadline are dropped and counted as expired. O(hints of the peer).
   */
  takeFor(peer: PeerIndex): Hint<P>[] {
    const taken = this.#taken;
    this.#columns.takeInto(peer, taken, this.#expired);
    const hints: Hint<P>[] = [];
    for (let index = 0; index < taken.length; index += 1) {
      const payload = this.#payloads.remove(taken.referenceAt(index));
      hints.push({ peer, payload, deadline: taken.deadlineAt(index) });
    }
    taken.clear();
    this.#forgetExpired();
    return hints;
  }

  /**
   * The sweep: drops every hint whose deadline is `now` or earlier, after hints.rs `expire_now`. O(1) if nothing is.
   * @returns the number of hints dropped.
   */
  expireNow(now: Instant): number {
    const dropped = this.#columns.expireNow(now, this.#expired);
    this.#forgetExpired();
    return dropped;
  }

  /** Hints held, over all peers. O(1). */
  totalLength(): number {
    return this.#columns.totalLength();
  }

  /** Hints held for one peer; 0 for a peer never seen. O(1). */
  lengthFor(peer: PeerIndex): number {
    return this.#columns.lengthFor(peer);
  }

  /** A snapshot of the accounting. O(1). */
  stats(): HintStoreStats {
    return this.#columns.stats();
  }

  /** The peers that have hints, ascending. */
  peersWithHints(): PeerIndex[] {
    return this.#columns.peersWithHints();
  }

  #forgetExpired(): void {
    const expired = this.#expired;
    for (let index = 0; index < expired.length; index += 1) this.#payloads.remove(expired.referenceAt(index));
    expired.clear();
  }
}
