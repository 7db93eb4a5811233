/**
 * The yardstick of the hint store's bench: the reference ported line by line, a `Map` from peer to an array of hint
 * objects. A sweep filters every queue and then counts all bytes afresh; stats and lengths add up the queues. What
 * `core/` does differently is measured against this.
 */
import type { Clock } from '../../core/clock.ts';
import type { HintStoreStats } from '../../core/hint.ts';
import { bytes, later } from '../../core/units.ts';
import type { Bytes, Duration, Instant, PeerIndex } from '../../core/units.ts';

interface PortedHint {
  readonly peer: PeerIndex;
  readonly payload: { readonly byteLength: number };
  readonly deadline: Instant;
}

export class DirectPort {
  readonly #clock: Clock;
  readonly #maxBytes: Bytes;
  readonly #queues = new Map<PeerIndex, PortedHint[]>();
  #bytes = 0;
  #expiredTotal = 0;
  #rejectedTotal = 0;

  constructor(clock: Clock, maxBytes: Bytes) {
    this.#clock = clock;
    this.#maxBytes = maxBytes;
  }

  /** Whether the hint was stored. */
  enqueue(peer: PeerIndex, payload: PortedHint['payload'], ttl: Duration): boolean {
    if (ttl === 0 || payload.byteLength === 0) return false;
    if (this.#maxBytes > 0 && this.#bytes + payload.byteLength > this.#maxBytes) {
      this.#rejectedTotal += 1;
      return false;
    }
    const hint = { peer, payload, deadline: later(this.#clock.now(), ttl) };
    const queue = this.#queues.get(peer);
    if (queue === undefined) this.#queues.set(peer, [hint]);
    else queue.push(hint);
    this.#bytes += payload.byteLength;
    return true;
  }

  takeFor(peer: PeerIndex): PortedHint[] {
    const now = this.#clock.now();
    const queue = this.#queues.get(peer) ?? [];
    this.#queues.delete(peer);
    const live: PortedHint[] = [];
    for (const hint of queue) {
      this.#bytes -= hint.payload.byteLength;
      if (hint.deadline <= now) this.#expiredTotal += 1;
      else live.push(hint);
    }
    return live;
  }

  expireNow(now: Instant): number {
    let dropped = 0;
    for (const [peer, queue] of this.#queues) {
      const kept = queue.filter((hint) => hint.deadline > now);
      dropped += queue.length - kept.length;
      if (kept.length === 0) this.#queues.delete(peer);
      else this.#queues.set(peer, kept);
    }
    let recounted = 0;
    for (const queue of this.#queues.values()) for (const hint of queue) recounted += hint.payload.byteLength;
    this.#bytes = recounted;
    this.#expiredTotal += dropped;
    return dropped;
  }

  stats(): HintStoreStats {
    let hintCount = 0;
    for (const queue of this.#queues.values()) hintCount += queue.length;
    return {
      hintCount,
      bytes: bytes(this.#bytes),
      maxBytes: this.#maxBytes,
      expiredTotal: this.#expiredTotal,
      rejectedOverCapacityTotal: this.#rejectedTotal,
    };
  }
}
