/**
 * The data model of hinted handoff. When a write cannot reach one of its replicas, the coordinator keeps a
 * **hint**: which peer missed it, the request itself, and the instant after which replaying it is pointless.
 *
 * Types only. The rules live in `hint-columns.ts`; `hint-store.ts` puts these objects on top of them.
 */
import type { Bytes, Instant, PeerIndex } from './units.ts';

/** What a hint carries. Anything with a size will do: request bytes (`Uint8Array`) or a simulated write. */
export interface Payload {
  /** Integer bytes, 0 … 2^32−1; must not change while the payload is in a store. */
  readonly byteLength: number;
}

/** One pending hint, after hints.rs `Hint`. */
export interface Hint<P extends Payload> {
  /** The peer that missed the write. */
  readonly peer: PeerIndex;
  readonly payload: P;
  /** The hint is expired once `deadline <= now`. */
  readonly deadline: Instant;
}

/** A snapshot of a store's accounting, after hints.rs `HintStoreStats`. */
export interface HintStoreStats {
  /** Hints held, over all peers. Includes hints past their deadline that no sweep or take has met yet. */
  readonly hintCount: number;
  /** Sum of the payload bytes of those hints. */
  readonly bytes: Bytes;
  /** The cap on `bytes`; 0 means no cap. */
  readonly maxBytes: Bytes;
  /** Hints dropped because their deadline had passed, since the store began. */
  readonly expiredTotal: number;
  /** Enqueues refused at the cap, since the store began. */
  readonly rejectedOverCapacityTotal: number;
}

/** What became of an enqueue. Every outcome but `accepted` leaves the queues as they were. */
export type EnqueueResult =
  | { readonly kind: 'accepted'; readonly deadline: Instant }
  | {
      readonly kind: 'overCapacity';
      readonly maxBytes: Bytes;
      /** Bytes held when the hint was refused. */
      readonly bytes: Bytes;
      readonly payloadBytes: Bytes;
    }
  | { readonly kind: 'zeroTtl' }
  | { readonly kind: 'emptyPayload' };
