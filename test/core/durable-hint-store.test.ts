/**
 * The hint store on disk by example. The first block mirrors the durable tests of the reference, one by one; the others
 * hold the hazards that its rules bring about (handoff-systems §9), and what happens when the disk does not obey.
 */
import { describe, expect, it } from 'vitest';

import type { DurableHintStore } from '../../core/durable-hint-store.ts';
import { encodeRecord, encodeSegment, MAX_DEADLINE_MILLIS, readSegment } from '../../core/segment.ts';
import { END_OF_TIME, instant, microseconds, milliseconds, minutes, peerIndex, seconds } from '../../core/units.ts';
import type { PeerIndex } from '../../core/units.ts';
import { FIRST_BOOT_MICROS, Machine } from '../support/machine.ts';

const TEN_MINUTES = minutes(10);
const A = peerIndex(0);
const B = peerIndex(1);
const C = peerIndex(2);

function payload(filler: string, length: number): Uint8Array {
  return new Uint8Array(length).fill(filler.charCodeAt(0));
}

/** The payloads of a take as text. */
function taken(store: DurableHintStore, peer: PeerIndex): string[] {
  return store.takeFor(peer).map((hint) => new TextDecoder().decode(hint.payload));
}

/** Puts stray bytes behind what the segment of `peer` holds. */
function tear(machine: Machine, peer: PeerIndex, stray: readonly number[]): void {
  machine.disk.append(peer, Uint8Array.from(stray));
}

function sizeOf(machine: Machine, peer: PeerIndex): number | undefined {
  return machine.disk.segments.get(peer)?.length;
}

describe('DurableHintStore, as the tests of the reference have it', () => {
  it('gives back after a restart what was enqueued before it, in order', () => {
    const machine = new Machine();
    const { store } = machine.open(1_024);
    store.enqueue(peerIndex(3), payload('a', 4), TEN_MINUTES);
    store.enqueue(peerIndex(3), payload('b', 5), TEN_MINUTES);
    store.enqueue(peerIndex(7), payload('c', 6), TEN_MINUTES);
    const reopened = machine.restart(1_024).store;
    expect(reopened.totalLength()).toBe(3);
    expect(reopened.stats().bytes).toBe(15);
    expect(taken(reopened, peerIndex(3))).toEqual(['aaaa', 'bbbbb']);
    expect(taken(reopened, peerIndex(7))).toEqual(['cccccc']);
    expect(reopened.stats().bytes).toBe(0);
  });

  it('recovers the whole records before a torn tail', () => {
    const machine = new Machine();
    machine.open(1_024).store.enqueue(C, payload('a', 8), TEN_MINUTES);
    tear(machine, C, [100, 0, 0, 0, 0, 0, 0, 0, 0xab, 0xcd, 0xef]);
    const { store, replays } = machine.restart(1_024);
    expect(replays).toMatchObject([{ peer: 2, restored: 1, end: { kind: 'torn', offset: 24, trailingBytes: 11 } }]);
    expect(taken(store, C)).toEqual(['aaaaaaaa']);
  });

  it('discards a record whose checksum is wrong', () => {
    const machine = new Machine();
    machine.open(1_024).store.enqueue(C, payload('z', 4), TEN_MINUTES);
    tear(machine, C, [12, 0, 0, 0, 0xef, 0xbe, 0xad, 0xde, ...payload('\0', 12)]);
    expect(taken(machine.restart(1_024).store, C)).toEqual(['zzzz']);
  });

  it('removes the segment of a peer at a take', () => {
    const machine = new Machine();
    const { store } = machine.open(1_024);
    store.enqueue(A, payload('a', 4), TEN_MINUTES);
    expect(sizeOf(machine, A)).toBe(20);
    expect(store.takeFor(A)).toHaveLength(1);
    expect(sizeOf(machine, A)).toBeUndefined();
    expect(machine.restart(1_024).store.lengthFor(A)).toBe(0);
  });

  it('makes the segment smaller at a sweep that drops hints', () => {
    const machine = new Machine();
    const { store } = machine.open(1_024);
    store.enqueue(B, payload('a', 3), milliseconds(1));
    store.enqueue(B, payload('b', 3), TEN_MINUTES);
    expect(sizeOf(machine, B)).toBe(38);
    machine.pass(milliseconds(5));
    expect(store.expireNow(machine.clock.now())).toBe(1);
    expect(sizeOf(machine, B)).toBe(19);
    expect(taken(machine.restart(1_024).store, B)).toEqual(['bbb']);
  });

  it('removes the segment at a sweep that leaves nothing', () => {
    const machine = new Machine();
    const { store } = machine.open(1_024);
    store.enqueue(B, payload('a', 3), milliseconds(1));
    machine.pass(milliseconds(5));
    expect(store.expireNow(machine.clock.now())).toBe(1);
    expect(sizeOf(machine, B)).toBeUndefined();
  });

  it('counts replayed bytes against the cap', () => {
    const machine = new Machine();
    machine.open(8).store.enqueue(A, payload('x', 6), TEN_MINUTES);
    const { store } = machine.restart(8);
    expect(store.stats().bytes).toBe(6);
    const refused = { kind: 'overCapacity', maxBytes: 8, bytes: 6, payloadBytes: 4 };
    expect(store.enqueue(A, payload('y', 4), TEN_MINUTES)).toEqual(refused);
  });

  it('does not replay a record that expired in between', () => {
    const machine = new Machine();
    const { store } = machine.open(1_024);
    store.enqueue(A, payload('a', 4), milliseconds(1));
    store.enqueue(A, payload('b', 4), TEN_MINUTES);
    machine.pass(milliseconds(5));
    const reopened = machine.restart(1_024);
    expect(reopened.replays).toMatchObject([{ restored: 1, passed: 1, end: { kind: 'clean' } }]);
    expect(taken(reopened.store, A)).toEqual(['bbbb']);
  });
});

describe('DurableHintStore, what an enqueue leaves behind', () => {
  it('is one record with the deadline on the wall clock, rounded down to milliseconds', () => {
    const machine = new Machine();
    const { store } = machine.open(0);
    expect(store.enqueue(A, payload('a', 2), seconds(60))).toEqual({ kind: 'accepted', deadline: 60_000_000 });
    const { records, end } = readSegment(machine.disk.segments.get(A) ?? new Uint8Array());
    expect(records).toEqual([{ offset: 0, deadlineMillis: 1_700_000_060_000n, payload: payload('a', 2) }]);
    expect(end.kind).toBe('clean');
  });

  it('is nothing, not even a call of the disk, when the rules refuse it, in their order', () => {
    const machine = new Machine();
    const { store } = machine.open(1);
    machine.disk.forgetCalls();
    machine.disk.failNext('append');
    expect(store.enqueue(A, payload('x', 0), seconds(0)).kind).toBe('zeroTtl');
    expect(store.enqueue(A, payload('x', 2), seconds(0)).kind).toBe('zeroTtl');
    expect(store.enqueue(A, payload('x', 0), TEN_MINUTES).kind).toBe('emptyPayload');
    expect(store.enqueue(A, payload('x', 2), TEN_MINUTES).kind).toBe('overCapacity');
    expect(machine.disk.calls).toEqual([]);
    expect(store.stats()).toMatchObject({ hintCount: 0, rejectedOverCapacityTotal: 1 });
    expect(store.enqueue(A, payload('x', 1), TEN_MINUTES).kind).toBe('io');
  });

  it('is nothing in memory and in the counters when the disk fails, and torn bytes on disk if some were written', () => {
    const machine = new Machine();
    const { store } = machine.open(0);
    machine.disk.failNext('append', 6);
    const failed = { kind: 'io', message: 'disk full', recordBytes: 18, writtenBytes: 6 };
    expect(store.enqueue(A, payload('a', 2), TEN_MINUTES)).toEqual(failed);
    const nothing = { hintCount: 0, bytes: 0, maxBytes: 0, expiredTotal: 0, rejectedOverCapacityTotal: 0 };
    expect(store.stats()).toEqual(nothing);
    expect(store.peersWithHints()).toEqual([]);
    expect(sizeOf(machine, A)).toBe(6);
  });
});

describe('DurableHintStore, hazards copied from the reference', () => {
  it('loses what was appended behind torn bytes: A, torn, restart, B, C, restart leaves 1 of 3 (H21)', () => {
    const machine = new Machine();
    machine.open(0).store.enqueue(A, payload('A', 1), TEN_MINUTES);
    tear(machine, A, [17, 0, 0, 0, 1, 2]); // six stray bytes of an append that a crash cut short
    const { store } = machine.restart(0);
    expect(store.lengthFor(A)).toBe(1);
    store.enqueue(A, payload('B', 1), TEN_MINUTES);
    store.enqueue(A, payload('C', 1), TEN_MINUTES);
    expect(store.lengthFor(A)).toBe(3);
    const again = machine.restart(0);
    expect(again.replays).toMatchObject([{ restored: 1, end: { kind: 'torn', offset: 17, trailingBytes: 40 } }]);
    expect(taken(again.store, A)).toEqual(['A']);
  });

  it('loses them too behind an append that a full disk cut short, without any crash before (H21)', () => {
    const machine = new Machine();
    const { store } = machine.open(0);
    store.enqueue(A, payload('A', 1), TEN_MINUTES);
    machine.disk.failNext('append', 10);
    expect(store.enqueue(A, payload('B', 1), TEN_MINUTES).kind).toBe('io');
    expect(store.enqueue(A, payload('C', 1), TEN_MINUTES).kind).toBe('accepted');
    expect(taken(machine.restart(0).store, A)).toEqual(['A']);
  });

  it('is healed of torn bytes by a take, and by a sweep that drops a hint of the peer, but not by other sweeps', () => {
    const machine = new Machine();
    const { store } = machine.open(0);
    for (const peer of [A, B, C]) {
      store.enqueue(peer, payload('o', 1), peer === B ? milliseconds(1) : TEN_MINUTES);
      machine.disk.failNext('append', 10);
      store.enqueue(peer, payload('t', 1), TEN_MINUTES);
    }
    machine.pass(milliseconds(1));
    store.takeFor(A);
    store.expireNow(machine.clock.now());
    for (const peer of [A, B, C]) store.enqueue(peer, payload('n', 1), TEN_MINUTES);
    const reopened = machine.restart(0).store;
    expect([A, B, C].map((peer) => taken(reopened, peer))).toEqual([['n'], ['n'], ['o']]);
  });

  it('has no hint left on disk once a take returns: a crash before the send loses them all (H8)', () => {
    const machine = new Machine();
    const { store } = machine.open(0);
    for (let i = 0; i < 5; i += 1) store.enqueue(A, payload('x', 1), TEN_MINUTES);
    expect(store.takeFor(A)).toHaveLength(5);
    const { store: reopened, replays } = machine.restart(0);
    expect(reopened.totalLength()).toBe(0);
    expect(replays).toEqual([]);
  });

  it('opens over its cap: 90 bytes on disk, cap 10, and refuses until it is below', () => {
    const machine = new Machine();
    const first = machine.open(0).store;
    for (const peer of [A, B, C]) first.enqueue(peer, payload('x', 30), TEN_MINUTES);
    const { store } = machine.restart(10);
    expect(store.stats()).toMatchObject({ hintCount: 3, bytes: 90, maxBytes: 10, rejectedOverCapacityTotal: 0 });
    expect(store.enqueue(A, payload('y', 1), TEN_MINUTES).kind).toBe('overCapacity');
    for (const peer of [A, B, C]) expect(store.takeFor(peer)).toHaveLength(1);
    expect(store.enqueue(A, payload('y', 10), TEN_MINUTES).kind).toBe('accepted');
  });

  it('counts from 0 again after a restart', () => {
    const machine = new Machine();
    const { store } = machine.open(4);
    store.enqueue(A, payload('x', 3), milliseconds(1));
    store.enqueue(A, payload('x', 3), TEN_MINUTES);
    machine.pass(milliseconds(1));
    store.expireNow(machine.clock.now());
    expect(store.stats()).toMatchObject({ expiredTotal: 1, rejectedOverCapacityTotal: 1 });
    expect(machine.restart(4).store.stats()).toMatchObject({ expiredTotal: 0, rejectedOverCapacityTotal: 0 });
  });

  it('keeps a hint longer when the wall clock was set back, and drops it when it was set forward (H25)', () => {
    const [back, forward] = [new Machine(), new Machine()];
    for (const machine of [back, forward]) machine.open(0).store.enqueue(A, payload('x', 1), seconds(60));
    back.setWallBy(-3_600_000_000);
    forward.setWallBy(3_600_000_000);
    // 60 s and an hour, less the 250 µs that the whole milliseconds of the record left out.
    expect(back.restart(0).store.takeFor(A)[0]?.deadline).toBe(3_659_999_750);
    const late = forward.restart(0);
    expect(late.replays).toMatchObject([{ restored: 0, passed: 1 }]);
    expect(late.store.stats().expiredTotal).toBe(0);
  });

  it('replays a hint whose deadline is this very moment, for the next sweep to drop, and none a microsecond older', () => {
    const machine = new Machine();
    machine.open(0).store.enqueue(A, payload('x', 1), seconds(1));
    machine.pass(microseconds(999_750)); // the record left out the 250 µs over a whole millisecond
    const { store } = machine.restart(0);
    expect(store.lengthFor(A)).toBe(1);
    machine.pass(microseconds(1));
    expect(machine.restart(0).replays).toMatchObject([{ restored: 0, passed: 1 }]);
    expect(store.expireNow(instant(0))).toBe(1);
  });

  it('leaves a segment with nothing to restore where it is, through takes and sweeps', () => {
    const machine = new Machine();
    machine.open(0).store.enqueue(A, payload('x', 1), milliseconds(1));
    machine.pass(seconds(1));
    const { store } = machine.restart(0);
    machine.disk.forgetCalls();
    expect(store.takeFor(A)).toEqual([]);
    expect(store.expireNow(END_OF_TIME)).toBe(0);
    expect(machine.disk.calls).toEqual([]);
    expect(sizeOf(machine, A)).toBe(17);
  });
});

describe('DurableHintStore, the segments that a sweep touches', () => {
  it('are those of peers that lost a hint, and no other', () => {
    const machine = new Machine();
    const { store } = machine.open(0);
    store.enqueue(A, payload('a', 1), TEN_MINUTES);
    store.enqueue(B, payload('b', 1), milliseconds(1));
    store.enqueue(B, payload('b', 1), TEN_MINUTES);
    store.enqueue(C, payload('c', 1), milliseconds(1));
    machine.disk.forgetCalls();
    expect(store.expireNow(instant(999))).toBe(0);
    expect(machine.disk.calls).toEqual([]);
    expect(store.expireNow(instant(1_000))).toBe(2);
    expect(machine.disk.calls).toEqual(['rewrite 1', 'remove 2']);
  });

  it('hold the deadlines by the wall clock as it stands, so a step before the sweep is mended for them', () => {
    const machine = new Machine();
    const { store } = machine.open(0);
    store.enqueue(A, payload('a', 1), seconds(60));
    store.enqueue(A, payload('b', 1), milliseconds(1));
    store.enqueue(B, payload('c', 1), seconds(60));
    machine.setWallBy(seconds(3_600));
    machine.pass(milliseconds(1));
    store.expireNow(machine.clock.now());
    const { store: reopened } = machine.restart(0);
    expect(taken(reopened, A)).toEqual(['a']);
    expect(taken(reopened, B)).toEqual([]);
  });

  it('hold the wall clock itself as the deadline of a hint that is due, but not for the sweep', () => {
    const machine = new Machine();
    const { store } = machine.open(0);
    store.enqueue(A, payload('a', 1), milliseconds(1));
    store.enqueue(A, payload('b', 1), milliseconds(2));
    machine.pass(seconds(1));
    machine.setWallBy(749); // to the last microsecond of its millisecond: one more would be the next
    expect(store.expireNow(instant(1_000))).toBe(1);
    const { records } = readSegment(machine.disk.segments.get(A) ?? new Uint8Array());
    expect(records.map(({ deadlineMillis }) => deadlineMillis)).toEqual([1_700_000_001_000n]);
  });
});

describe('DurableHintStore, a segment from elsewhere', () => {
  const wallMillis = BigInt(Math.floor(FIRST_BOOT_MICROS / 1_000));

  it('may hold deadlines beyond the end of time: said at the open, and not lost in a rewrite', () => {
    const machine = new Machine();
    const far = [MAX_DEADLINE_MILLIS, 2n ** 60n + 7n].map((deadlineMillis) => ({
      deadlineMillis,
      payload: payload('f', 1),
    }));
    const near = { deadlineMillis: wallMillis + 1_000n, payload: payload('n', 1) };
    machine.disk.segments.set(A, encodeSegment([...far, near]));
    const { store, replays } = machine.open(0);
    expect(replays).toEqual([{ peer: 0, restored: 3, beyond: 2, passed: 0, empty: 0, end: { kind: 'clean' } }]);
    machine.pass(seconds(1));
    expect(store.expireNow(machine.clock.now())).toBe(1);
    expect(machine.disk.segments.get(A)).toEqual(encodeSegment(far));
    expect(store.takeFor(A).map(({ deadline }) => deadline)).toEqual([END_OF_TIME, END_OF_TIME]);
  });

  it('may hold a record without a payload: set aside, and said so', () => {
    const machine = new Machine();
    const deadlineMillis = wallMillis + 1_000n;
    machine.disk.segments.set(A, encodeRecord({ deadlineMillis, payload: new Uint8Array() }));
    const { store, replays } = machine.open(0);
    expect(replays).toMatchObject([{ restored: 0, passed: 0, empty: 1, end: { kind: 'clean' } }]);
    expect(store.totalLength()).toBe(0);
  });

  it('may be changed after the open without changing the hints', () => {
    const machine = new Machine();
    const segment = encodeRecord({ deadlineMillis: wallMillis + 1_000n, payload: payload('k', 3) });
    machine.disk.read = () => ({ kind: 'read', bytes: segment });
    machine.disk.segments.set(A, segment);
    const { store } = machine.open(0);
    segment.fill(0);
    expect(taken(store, A)).toEqual(['kkk']);
  });
});

describe('DurableHintStore, on a disk that does not obey', () => {
  it('returns the hints of a segment that cannot be removed, and finds them again after a restart (H24)', () => {
    const machine = new Machine();
    const { store } = machine.open(0);
    store.enqueue(A, payload('i', 1), TEN_MINUTES);
    machine.disk.failNext('remove');
    expect(taken(store, A)).toEqual(['i']);
    expect(store.warnings()).toEqual({ removalsFailed: 1, rewritesFailed: 0 });
    expect(taken(machine.restart(0).store, A)).toEqual(['i']);
  });

  it('drops hints at a sweep whose rewrite fails, and leaves the old segment whole', () => {
    const machine = new Machine();
    const { store } = machine.open(0);
    store.enqueue(A, payload('a', 1), milliseconds(1));
    store.enqueue(A, payload('b', 1), TEN_MINUTES);
    store.enqueue(B, payload('c', 1), milliseconds(1));
    machine.pass(milliseconds(1));
    machine.disk.failNext('rewrite');
    machine.disk.failNext('remove');
    expect(store.expireNow(machine.clock.now())).toBe(2);
    expect(store.totalLength()).toBe(1);
    expect(store.warnings()).toEqual({ removalsFailed: 1, rewritesFailed: 1 });
    expect([sizeOf(machine, A), sizeOf(machine, B)]).toEqual([34, 17]);
  });

  it('is not opened where the segments cannot be listed or one cannot be read', () => {
    const machine = new Machine();
    machine.open(0).store.enqueue(B, payload('x', 1), TEN_MINUTES);
    machine.disk.failNext('list');
    expect(machine.tryOpen(0)).toEqual({ kind: 'unlisted', message: 'permission denied' });
    machine.disk.failNext('read');
    expect(machine.tryOpen(0)).toEqual({ kind: 'unreadable', peer: 1, message: 'permission denied' });
    expect(machine.tryOpen(0).kind).toBe('opened');
  });
});
