/** `HintColumns` by example: codes, batches, extremes of the columns, and what a sweep touches. */
import { describe, expect, it } from 'vitest';

import { AssertionFailure } from '../../core/assert.ts';
import { VirtualClock } from '../../core/clock.ts';
import { HintBatch } from '../../core/hint-batch.ts';
import {
  ACCEPTED,
  EMPTY_PAYLOAD,
  HintColumns,
  MAX_PAYLOAD_BYTES,
  OVER_CAPACITY,
  ZERO_TTL,
} from '../../core/hint-columns.ts';
import { bytes, duration, END_OF_TIME, instant, peerIndex, seconds } from '../../core/units.ts';

const PEER = peerIndex(4);
const MINUTE = seconds(60);

function columnsOf(maxBytes: number): { readonly clock: VirtualClock; readonly columns: HintColumns } {
  const clock = new VirtualClock();
  return { clock, columns: new HintColumns(clock, { maxBytes: bytes(maxBytes) }) };
}

function rows(batch: HintBatch): { reference: number; byteLength: number; deadline: number }[] {
  return Array.from({ length: batch.length }, (_, index) => ({
    reference: batch.referenceAt(index),
    byteLength: batch.byteLengthAt(index),
    deadline: batch.deadlineAt(index),
  }));
}

const references = (batch: HintBatch): number[] => rows(batch).map((row) => row.reference);

describe('HintColumns.enqueue', () => {
  it('answers with a code for each outcome', () => {
    const { columns } = columnsOf(10);
    expect(columns.enqueue(PEER, 10, 1, seconds(0))).toBe(ZERO_TTL);
    expect(columns.enqueue(PEER, 0, 1, MINUTE)).toBe(EMPTY_PAYLOAD);
    expect(columns.enqueue(PEER, 11, 1, MINUTE)).toBe(OVER_CAPACITY);
    expect(columns.enqueue(PEER, 10, 1, MINUTE)).toBe(ACCEPTED);
    expect(columns.enqueue(PEER, 1, 1, MINUTE)).toBe(OVER_CAPACITY);
    expect([ACCEPTED, OVER_CAPACITY, ZERO_TTL, EMPTY_PAYLOAD]).toEqual([0, 1, 2, 3]);
  });

  it('changes nothing but one counter when it refuses', () => {
    const { columns } = columnsOf(10);
    columns.enqueue(PEER, 6, 1, seconds(1));
    columns.enqueue(peerIndex(9), 5, 2, duration(1)); // refused, with an earlier deadline and on a new peer
    expect(columns.peersWithHints()).toEqual([4]);
    expect(columns.expireNow(instant(999_999))).toBe(0);
    expect(columns.stats()).toEqual({
      hintCount: 1,
      bytes: 6,
      maxBytes: 10,
      expiredTotal: 0,
      rejectedOverCapacityTotal: 1,
    });
  });

  it('keeps every bit of the largest length and of both extreme references', () => {
    const { columns } = columnsOf(0);
    columns.enqueue(PEER, MAX_PAYLOAD_BYTES, -(2 ** 31), MINUTE);
    columns.enqueue(PEER, 2 ** 31, 2 ** 31 - 1, MINUTE);
    expect(columns.stats().bytes).toBe(6_442_450_943); // 2^32 − 1 + 2^31
    const taken = new HintBatch();
    columns.takeInto(PEER, taken);
    expect(rows(taken)).toEqual([
      { reference: -2_147_483_648, byteLength: 4_294_967_295, deadline: 60_000_000 },
      { reference: 2_147_483_647, byteLength: 2_147_483_648, deadline: 60_000_000 },
    ]);
    expect(columns.stats().bytes).toBe(0);
  });

  it('refuses, without a cap, the hint that would make the sum of bytes inexact', () => {
    const { columns } = columnsOf(0);
    const fits = 2 ** 21; // of 2^32 − 1 bytes each: 2^53 − 2^21 in all
    for (let i = 0; i < fits; i += 1) columns.enqueue(PEER, MAX_PAYLOAD_BYTES, i, MINUTE);
    expect(columns.stats()).toMatchObject({ hintCount: fits, bytes: 2 ** 53 - fits });
    expect(columns.enqueue(PEER, fits, 0, MINUTE)).toBe(OVER_CAPACITY);
    expect(columns.enqueue(PEER, fits - 1, 0, MINUTE)).toBe(ACCEPTED);
    expect(columns.stats().bytes).toBe(Number.MAX_SAFE_INTEGER);
  });

  it('treats a length or a reference that no column can hold as a bug', () => {
    const { columns } = columnsOf(0);
    for (const byteLength of [-1, 0.5, NaN, 2 ** 32]) {
      expect(() => columns.enqueue(PEER, byteLength, 0, MINUTE)).toThrow(AssertionFailure);
    }
    for (const reference of [0.5, NaN, 2 ** 31, -(2 ** 31) - 1]) {
      expect(() => columns.enqueue(PEER, 1, reference, MINUTE)).toThrow(AssertionFailure);
    }
    expect(columns.totalLength()).toBe(0);
  });

  it('serves the first and the last peer index there is', () => {
    const { columns } = columnsOf(0);
    columns.enqueue(peerIndex(65_534), 1, 2, MINUTE);
    columns.enqueue(peerIndex(0), 1, 1, MINUTE);
    expect(columns.peersWithHints()).toEqual([0, 65_534]);
    expect(columns.lengthFor(peerIndex(65_534))).toBe(1);
    expect(columns.lengthFor(peerIndex(65_533))).toBe(0);
    const expired = new HintBatch();
    expect(columns.expireNow(END_OF_TIME, expired)).toBe(2);
    expect(references(expired)).toEqual([1, 2]);
  });
});

describe('HintColumns.takeInto', () => {
  it('parts the live from the expired, each oldest first, after what the batches already hold', () => {
    const { clock, columns } = columnsOf(0);
    [10, 20, 30, 40].forEach((ttlMicros, nth) => columns.enqueue(PEER, 1, nth, duration(ttlMicros)));
    clock.advanceTo(instant(20));
    const taken = new HintBatch();
    const expired = new HintBatch();
    taken.append(77, 1, 1);
    expect(columns.takeInto(PEER, taken, expired)).toBe(2);
    expect(references(taken)).toEqual([77, 2, 3]);
    expect(references(expired)).toEqual([0, 1]);
    expect(columns.stats()).toMatchObject({ hintCount: 0, bytes: 0, expiredTotal: 2 });
  });

  it('takes nothing from a peer without hints, seen before or never', () => {
    const { columns } = columnsOf(0);
    const taken = new HintBatch();
    columns.enqueue(PEER, 1, 0, MINUTE);
    columns.takeInto(PEER, taken);
    taken.clear();
    expect(columns.takeInto(PEER, taken)).toBe(0);
    expect(columns.takeInto(peerIndex(60_000), taken)).toBe(0);
    expect(taken.length).toBe(0);
  });

  it('does not disturb a later sweep of the other peers', () => {
    const { columns } = columnsOf(0);
    columns.enqueue(peerIndex(0), 1, 0, duration(10));
    columns.enqueue(peerIndex(1), 1, 1, duration(20));
    columns.takeInto(peerIndex(0), new HintBatch());
    expect(columns.expireNow(instant(19))).toBe(0);
    expect(columns.expireNow(instant(20))).toBe(1);
  });
});

describe('HintColumns.expireNow', () => {
  it('drops from the middle of a queue and keeps the order of the rest', () => {
    const { columns } = columnsOf(0);
    for (let i = 0; i < 300; i += 1) columns.enqueue(PEER, 1, i, i % 3 === 1 ? duration(10) : MINUTE);
    const expired = new HintBatch();
    expect(columns.expireNow(instant(10), expired)).toBe(100);
    expect(references(expired)).toEqual(Array.from({ length: 100 }, (_, nth) => 3 * nth + 1));
    columns.enqueue(PEER, 1, 300, MINUTE);
    const taken = new HintBatch();
    columns.takeInto(PEER, taken);
    const survivors = Array.from({ length: 300 }, (_, i) => i).filter((i) => i % 3 !== 1);
    expect(references(taken)).toEqual([...survivors, 300]);
  });

  it('reports what it dropped by peer ascending, whatever the order of arrival', () => {
    const { columns } = columnsOf(0);
    for (const peer of [9, 2, 40, 2]) columns.enqueue(peerIndex(peer), 1, peer, duration(5));
    const expired = new HintBatch();
    columns.expireNow(instant(5), expired);
    expect(references(expired)).toEqual([2, 2, 9, 40]);
  });

  it('finds a hint that is due after one with a later deadline was swept past', () => {
    const { columns } = columnsOf(0);
    columns.enqueue(PEER, 1, 0, duration(30));
    columns.enqueue(PEER, 1, 1, duration(10));
    columns.enqueue(PEER, 1, 2, duration(20));
    expect([5, 10, 15, 20, 25, 30].map((at) => columns.expireNow(instant(at)))).toEqual([0, 1, 0, 1, 0, 1]);
  });
});

describe('HintColumns.clear', () => {
  it('drops everything, due or not, by peer ascending and oldest first, and starts the counters again', () => {
    const { clock, columns } = columnsOf(400);
    for (let i = 0; i < 300; i += 1) columns.enqueue(peerIndex(8), 1, 1_000 + i, i % 2 === 0 ? duration(1) : MINUTE);
    columns.enqueue(peerIndex(3), 1, 7, duration(1));
    columns.enqueue(peerIndex(3), 500, 8, MINUTE); // refused
    clock.advanceTo(instant(50));
    columns.enqueue(peerIndex(1), 1, 9, duration(1));
    columns.expireNow(instant(0));
    const dropped = new HintBatch();
    expect(columns.clear(dropped)).toBe(302);
    expect(references(dropped)).toEqual([9, 7, ...Array.from({ length: 300 }, (_, i) => 1_000 + i)]);
    expect(columns.stats()).toEqual({
      hintCount: 0,
      bytes: 0,
      maxBytes: 400,
      expiredTotal: 0,
      rejectedOverCapacityTotal: 0,
    });
    expect(columns.peersWithHints()).toEqual([]);
  });

  it('leaves a store that works as a new one', () => {
    const { columns } = columnsOf(10);
    columns.enqueue(PEER, 10, 0, duration(1));
    columns.clear();
    expect(columns.expireNow(instant(1))).toBe(0);
    expect(columns.enqueue(PEER, 10, 1, duration(5))).toBe(ACCEPTED);
    expect(columns.expireNow(instant(5))).toBe(1);
  });
});
