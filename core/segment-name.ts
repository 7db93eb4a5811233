/**
 * The name of a segment: `peer-<idx>.hints`. The name is the only place that says which peer the hints are for, and the
 * index in it is a position in the seed list: other seeds at the next start, other peer (hazard H23).
 */
import type { PeerIndex } from './units.ts';

/** Digits with an optional plus sign and any leading zeros: what Rust's `u32::from_str` reads. */
const SEGMENT_NAME = /^peer-\+?([0-9]+)\.hints$/;
const MAX_U32 = 0xffff_ffff;

/** The file name of the segment of `peer`, after hints.rs `segment_path`. */
export function segmentName(peer: PeerIndex): string {
  return `peer-${peer}.hints`;
}

/**
 * The peer index in a file name without its folder, after hints.rs `parse_segment_name`; undefined for every other
 * file, `peer-3.hints.tmp` of an unfinished rewrite included. `peer-07.hints` and `peer-+7.hints` name peer 7 too, and
 * are replayed, but never written or removed.
 * @returns 0 … 2^32−1. A file may name a peer above `MAX_PEER_INDEX`, so look before making it a `PeerIndex`.
 */
export function peerOfSegmentName(name: string): number | undefined {
  const digits = SEGMENT_NAME.exec(name)?.[1];
  if (digits === undefined) return undefined;
  const peer = Number(digits);
  return peer <= MAX_U32 ? peer : undefined;
}
