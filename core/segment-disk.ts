/**
 * The disk beneath a durable hint store, as the store sees it: one segment for each peer, appended to, replaced whole,
 * or removed. A folder of `peer-<idx>.hints` files is one such disk, the simulated disk of a node another.
 *
 * Types only. `durable-hint-store.ts` calls them; what a segment holds is said in `segment.ts`.
 */
import type { PeerIndex } from './units.ts';

/** A disk did not do what it was asked to; `message` says why, in the words of the disk. */
export interface DiskFailure {
  readonly kind: 'failed';
  readonly message: string;
}

/** What became of a removal or a rewrite. */
export type DiskResult = { readonly kind: 'done' } | DiskFailure;

/** What became of an append. After a failure the first `writtenBytes` are in the segment, and they stay there. */
export type AppendResult = { readonly kind: 'done' } | (DiskFailure & { readonly writtenBytes: number });

/** The bytes of a segment. */
export type ReadResult = { readonly kind: 'read'; readonly bytes: Uint8Array } | DiskFailure;

/** The peers that have a segment. */
export type ListResult = { readonly kind: 'listed'; readonly peers: readonly PeerIndex[] } | DiskFailure;

/** Segments, each known by its peer. */
export interface SegmentDisk {
  /**
   * Puts `bytes` at the end of the segment of `peer`, and makes the segment if there is none. `done` means that they
   * were handed to the operating system and would outlive the process; a power cut is another matter (hazard H22).
   */
  append(peer: PeerIndex, bytes: Uint8Array): AppendResult;
  /** Removes the segment of `peer`. One that is not there is removed already: `done`. */
  remove(peer: PeerIndex): DiskResult;
  /** Replaces the segment of `peer` by `bytes` at once: after a failure or a crash the old one stands, whole. */
  rewrite(peer: PeerIndex, bytes: Uint8Array): DiskResult;
  /** The whole segment of a peer that `list` named. */
  read(peer: PeerIndex): ReadResult;
  /** Each peer that has a segment, once, ascending. */
  list(): ListResult;
}
