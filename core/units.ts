/**
 * Units: the numbers of hintlab, branded so that the compiler keeps them apart.
 *
 * Time is an integer count of **microseconds** in a double (exact to 2^53 µs, 285 years). A run starts at
 * instant 0; an `Instant` is a point on that axis and a `Duration` a distance along it. This file is the only
 * place where a plain number becomes a unit, so it is the only place that may cast.
 *
 * A comparison across brands still compiles (`duration < bytes`), so names carry the unit where it matters.
 */
import { assert } from './assert.ts';

declare const unit: unique symbol;
type Branded<Name extends string> = number & { readonly [unit]: Name };

/** A point in virtual time: integer microseconds since the start of the run, 0 … 2^53−1. */
export type Instant = Branded<'Instant'>;
/** A span of virtual time: integer microseconds, 0 … 2^53−1. */
export type Duration = Branded<'Duration'>;
/** A size: integer bytes, 0 … 2^53−1. */
export type Bytes = Branded<'Bytes'>;
/** The position of a peer in the peer table: 0 … {@link MAX_PEER_INDEX}. Identity is position, after dynomite-rs. */
export type PeerIndex = Branded<'PeerIndex'>;

/** The largest peer index; keeps per-peer tables dense and small. */
export const MAX_PEER_INDEX = 65_534;

/** Brands `micros` as an instant. Asserts that it is a safe integer ≥ 0. */
export function instant(micros: number): Instant {
  assert(Number.isSafeInteger(micros) && micros >= 0, 'an instant is an integer ≥ 0 in microseconds', micros);
  return micros as Instant;
}

/** Brands `micros` as a duration. Asserts that it is a safe integer ≥ 0. */
export function duration(micros: number): Duration {
  assert(Number.isSafeInteger(micros) && micros >= 0, 'a duration is an integer ≥ 0 in microseconds', micros);
  return micros as Duration;
}

/** Brands `count` as bytes. Asserts that it is a safe integer ≥ 0. */
export function bytes(count: number): Bytes {
  assert(Number.isSafeInteger(count) && count >= 0, 'a size is an integer ≥ 0 in bytes', count);
  return count as Bytes;
}

/** Brands `index` as a peer index. Asserts that it is an integer in 0 … {@link MAX_PEER_INDEX}. */
export function peerIndex(index: number): PeerIndex {
  assert(Number.isInteger(index) && index >= 0 && index <= MAX_PEER_INDEX, 'a peer index is 0 … 65534', index);
  return index as PeerIndex;
}

/** Microseconds in a second: what rates per second and times in microseconds meet by. */
export const MICROS_PER_SECOND = 1_000_000;

/** `count` microseconds; an integer ≥ 0. */
export const microseconds = (count: number): Duration => duration(count);
/** `count` milliseconds; the product in microseconds is an integer ≥ 0. */
export const milliseconds = (count: number): Duration => duration(count * 1_000);
/** `count` seconds. */
export const seconds = (count: number): Duration => duration(count * MICROS_PER_SECOND);
/** `count` minutes. */
export const minutes = (count: number): Duration => duration(count * 60_000_000);
/** `count` hours. */
export const hours = (count: number): Duration => duration(count * 3_600_000_000);
/** `count` days of 24 hours. */
export const days = (count: number): Duration => duration(count * 86_400_000_000);
/** `count` times 1 024 bytes. */
export const kibibytes = (count: number): Bytes => bytes(count * 1_024);
/** `count` times 1 048 576 bytes. */
export const mebibytes = (count: number): Bytes => bytes(count * 1_048_576);

/** The latest instant there is: "never" for a deadline that saturates. */
export const END_OF_TIME: Instant = instant(Number.MAX_SAFE_INTEGER);

/** `at + by`, saturating at {@link END_OF_TIME}: past 2^53 µs a double no longer counts single microseconds. */
export function later(at: Instant, by: Duration): Instant {
  const sum = at + by;
  return sum >= END_OF_TIME ? END_OF_TIME : (sum as Instant);
}

/** The duration from `from` to `to`. Asserts that `to` is not earlier. */
export function between(from: Instant, to: Instant): Duration {
  return duration(to - from);
}

/** Reads an instant out of a column that only ever held instants; no check, for places that run per event. */
export function instantAt(column: Float64Array, index: number): Instant {
  return column[index] as Instant;
}
