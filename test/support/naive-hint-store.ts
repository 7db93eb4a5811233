/**
 * A second, deliberately slow hint store to hold the real one against: one flat list of hints in arrival order, and
 * every number counted afresh from it. Written from the rules of the reference, not from `core/`; it shares no code
 * with the store, only the shapes of the results.
 */
import type { EnqueueResult, HintStoreStats } from '../../core/hint.ts';
import { bytes, instant } from '../../core/units.ts';
import type { Bytes, Instant, PeerIndex } from '../../core/units.ts';

export interface NaiveHint {
  readonly peer: PeerIndex;
  /** Identity: the position of the enqueue in the test. */
  readonly serial: number;
  readonly byteLength: number;
  readonly deadline: number;
}

export class NaiveHintStore {
  readonly maxBytes: Bytes;
  hints: NaiveHint[] = [];
  expiredTotal = 0;
  rejectedTotal = 0;

  constructor(maxBytes: Bytes) {
    this.maxBytes = maxBytes;
  }

  heldBytes(): number {
    let sum = 0;
    for (const hint of this.hints) sum += hint.byteLength;
    return sum;
  }

  enqueue(now: number, peer: PeerIndex, serial: number, byteLength: number, ttl: number): EnqueueResult {
    if (ttl === 0) return { kind: 'zeroTtl' };
    if (byteLength === 0) return { kind: 'emptyPayload' };
    const held = this.heldBytes();
    const fits = this.maxBytes === 0 || held + byteLength <= this.maxBytes;
    if (!fits) {
      this.rejectedTotal += 1;
      return { kind: 'overCapacity', maxBytes: this.maxBytes, bytes: bytes(held), payloadBytes: bytes(byteLength) };
    }
    const exact = BigInt(now) + BigInt(ttl);
    const deadline = exact > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(exact);
    this.hints.push({ peer, serial, byteLength, deadline });
    return { kind: 'accepted', deadline: instant(deadline) };
  }

  /** Every hint of `peer` leaves: the live ones to the caller, the expired ones into the counter. */
  take(now: number, peer: PeerIndex): { readonly live: NaiveHint[]; readonly expired: NaiveHint[] } {
    const queue = this.hints.filter((hint) => hint.peer === peer);
    this.hints = this.hints.filter((hint) => hint.peer !== peer);
    const expired = queue.filter((hint) => hint.deadline <= now);
    this.expiredTotal += expired.length;
    return { live: queue.filter((hint) => hint.deadline > now), expired };
  }

  /** Drops what is due at `now`; returned by peer ascending, oldest first. */
  sweep(now: Instant): NaiveHint[] {
    const expired = this.hints.filter((hint) => hint.deadline <= now);
    this.hints = this.hints.filter((hint) => hint.deadline > now);
    this.expiredTotal += expired.length;
    return byPeer(expired);
  }

  /** The RAM-only crash: the hints are lost and the counters start again. */
  clear(): NaiveHint[] {
    const lost = byPeer(this.hints);
    this.hints = [];
    this.expiredTotal = 0;
    this.rejectedTotal = 0;
    return lost;
  }

  totalLength(): number {
    return this.hints.length;
  }

  lengthFor(peer: PeerIndex): number {
    let length = 0;
    for (const hint of this.hints) if (hint.peer === peer) length += 1;
    return length;
  }

  peersWithHints(): PeerIndex[] {
    const peers = new Set<PeerIndex>();
    for (const hint of this.hints) peers.add(hint.peer);
    return [...peers].toSorted((a, b) => a - b);
  }

  stats(): HintStoreStats {
    return {
      hintCount: this.hints.length,
      bytes: bytes(this.heldBytes()),
      maxBytes: this.maxBytes,
      expiredTotal: this.expiredTotal,
      rejectedOverCapacityTotal: this.rejectedTotal,
    };
  }
}

/** Stable, so that the order of arrival stays within each peer. */
function byPeer(hints: readonly NaiveHint[]): NaiveHint[] {
  return hints.toSorted((a, b) => a.peer - b.peer);
}
