/**
 * The hint store by example. The first block mirrors the reference's own tests, one by one, with a virtual clock in
 * place of sleeping; the second holds what its rules say beyond them.
 */
import { describe, expect, it } from 'vitest';

import { VirtualClock } from '../../core/clock.ts';
import { HintStore } from '../../core/hint-store.ts';
import { bytes, duration, END_OF_TIME, instant, later, milliseconds, peerIndex, seconds } from '../../core/units.ts';
import type { PeerIndex } from '../../core/units.ts';

const MINUTE = seconds(60);

/** Request bytes: `length` times the character `filler`. */
function payload(filler: string, length: number): Uint8Array {
  return new Uint8Array(length).fill(filler.charCodeAt(0));
}

function storeOf(maxBytes: number): { readonly clock: VirtualClock; readonly store: HintStore<Uint8Array> } {
  const clock = new VirtualClock();
  return { clock, store: new HintStore<Uint8Array>(clock, { maxBytes: bytes(maxBytes) }) };
}

function takenPayloads(store: HintStore<Uint8Array>, peer: PeerIndex): Uint8Array[] {
  return store.takeFor(peer).map((hint) => hint.payload);
}

describe('HintStore, as the tests of the reference have it', () => {
  it('gives back what was enqueued for a peer, oldest first, and nothing of the others', () => {
    const { store } = storeOf(1_024);
    store.enqueue(peerIndex(3), payload('a', 4), MINUTE);
    store.enqueue(peerIndex(3), payload('b', 4), MINUTE);
    store.enqueue(peerIndex(7), payload('c', 4), MINUTE);
    expect(store.totalLength()).toBe(3);
    expect(takenPayloads(store, peerIndex(3))).toEqual([payload('a', 4), payload('b', 4)]);
    expect(store.lengthFor(peerIndex(3))).toBe(0);
    expect(store.lengthFor(peerIndex(7))).toBe(1);
    expect(store.totalLength()).toBe(1);
  });

  it('refuses a hint over capacity, and a take makes room for it again', () => {
    const { store } = storeOf(8);
    store.enqueue(peerIndex(0), payload('x', 6), MINUTE);
    const refused = store.enqueue(peerIndex(0), payload('y', 4), MINUTE);
    expect(refused).toEqual({ kind: 'overCapacity', maxBytes: 8, bytes: 6, payloadBytes: 4 });
    expect(store.stats().bytes).toBe(6);
    expect(store.stats().rejectedOverCapacityTotal).toBe(1);
    expect(store.takeFor(peerIndex(0))).toHaveLength(1);
    expect(store.enqueue(peerIndex(0), payload('y', 4), MINUTE).kind).toBe('accepted');
  });

  it('drops the old hints at a sweep and keeps the others', () => {
    const { clock, store } = storeOf(64);
    store.enqueue(peerIndex(1), payload('a', 3), milliseconds(1));
    store.enqueue(peerIndex(1), payload('b', 3), MINUTE);
    clock.advanceTo(later(clock.now(), milliseconds(5)));
    expect(store.expireNow(clock.now())).toBe(1);
    expect(store.lengthFor(peerIndex(1))).toBe(1);
    expect(store.stats().expiredTotal).toBe(1);
    expect(store.stats().bytes).toBe(3);
    expect(takenPayloads(store, peerIndex(1))).toEqual([payload('b', 3)]);
  });

  it('skips expired hints at a take and counts them', () => {
    const { clock, store } = storeOf(64);
    store.enqueue(peerIndex(2), payload('a', 3), milliseconds(1));
    store.enqueue(peerIndex(2), payload('b', 3), MINUTE);
    clock.advanceTo(later(clock.now(), milliseconds(5)));
    expect(takenPayloads(store, peerIndex(2))).toEqual([payload('b', 3)]);
    expect(store.stats().expiredTotal).toBe(1);
  });

  it('refuses a time to live of zero and an empty payload', () => {
    const { store } = storeOf(64);
    expect(store.enqueue(peerIndex(0), payload('x', 1), seconds(0))).toEqual({ kind: 'zeroTtl' });
    expect(store.enqueue(peerIndex(0), payload('x', 0), MINUTE)).toEqual({ kind: 'emptyPayload' });
    expect(store.totalLength()).toBe(0);
  });

  it('keeps the queues of different peers apart', () => {
    const { store } = storeOf(0);
    store.enqueue(peerIndex(0), payload('a', 1), MINUTE);
    store.enqueue(peerIndex(1), payload('b', 1), MINUTE);
    store.enqueue(peerIndex(2), payload('c', 1), MINUTE);
    expect(store.totalLength()).toBe(3);
    expect(store.peersWithHints()).toEqual([0, 1, 2]);
    expect(takenPayloads(store, peerIndex(1))).toEqual([payload('b', 1)]);
    expect(store.lengthFor(peerIndex(0))).toBe(1);
    expect(store.lengthFor(peerIndex(1))).toBe(0);
    expect(store.lengthFor(peerIndex(2))).toBe(1);
  });

  it('has no cap when maxBytes is zero', () => {
    const { store } = storeOf(0);
    for (let i = 0; i < 1_024; i += 1) store.enqueue(peerIndex(0), payload('x', 1_024), MINUTE);
    expect(store.totalLength()).toBe(1_024);
    expect(store.stats().bytes).toBe(1_048_576);
  });

  it('leaves everything alone at a sweep with nothing old', () => {
    const { clock, store } = storeOf(64);
    store.enqueue(peerIndex(0), payload('x', 3), MINUTE);
    expect(store.expireNow(clock.now())).toBe(0);
    expect(store.totalLength()).toBe(1);
  });

  it('reports how much it holds and may hold', () => {
    const { store } = storeOf(1_024);
    store.enqueue(peerIndex(0), payload('x', 100), MINUTE);
    expect(store.stats()).toEqual({
      hintCount: 1,
      bytes: 100,
      maxBytes: 1_024,
      expiredTotal: 0,
      rejectedOverCapacityTotal: 0,
    });
  });

  it('does what its documentation shows', () => {
    const { clock, store } = storeOf(1_024);
    const request = new TextEncoder().encode('*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$1\r\nv\r\n');
    expect(store.enqueue(peerIndex(7), request, MINUTE)).toEqual({ kind: 'accepted', deadline: 60_000_000 });
    expect(store.takeFor(peerIndex(7))).toEqual([{ peer: 7, payload: request, deadline: 60_000_000 }]);
    expect(store.expireNow(clock.now())).toBe(0);
  });
});

describe('HintStore, by its rules', () => {
  it('keeps expired bytes against the cap until a sweep', () => {
    const { clock, store } = storeOf(10);
    store.enqueue(peerIndex(0), payload('x', 10), milliseconds(1));
    clock.advanceTo(instant(2_000));
    expect(store.enqueue(peerIndex(1), payload('y', 1), MINUTE).kind).toBe('overCapacity');
    expect(store.expireNow(clock.now())).toBe(1);
    expect(store.enqueue(peerIndex(1), payload('y', 1), MINUTE).kind).toBe('accepted');
  });

  it('keeps expired bytes against the cap until a take of their peer, not of another', () => {
    const { clock, store } = storeOf(10);
    store.enqueue(peerIndex(0), payload('x', 10), milliseconds(1));
    clock.advanceTo(instant(2_000));
    store.takeFor(peerIndex(1));
    expect(store.enqueue(peerIndex(1), payload('y', 1), MINUTE).kind).toBe('overCapacity');
    expect(store.takeFor(peerIndex(0))).toEqual([]);
    expect(store.enqueue(peerIndex(1), payload('y', 1), MINUTE).kind).toBe('accepted');
  });

  it('accepts a hint that fills it exactly to the cap, and not one byte more', () => {
    const { store } = storeOf(10);
    expect(store.enqueue(peerIndex(0), payload('x', 6), MINUTE).kind).toBe('accepted');
    expect(store.enqueue(peerIndex(1), payload('y', 4), MINUTE).kind).toBe('accepted');
    expect(store.enqueue(peerIndex(2), payload('z', 1), MINUTE).kind).toBe('overCapacity');
  });

  it('looks for a zero ttl first, then for an empty payload, then at the cap', () => {
    const { store } = storeOf(1);
    store.enqueue(peerIndex(0), payload('x', 1), MINUTE);
    expect(store.enqueue(peerIndex(0), payload('x', 0), seconds(0)).kind).toBe('zeroTtl');
    expect(store.enqueue(peerIndex(0), payload('x', 2), seconds(0)).kind).toBe('zeroTtl');
    expect(store.enqueue(peerIndex(0), payload('x', 0), MINUTE).kind).toBe('emptyPayload');
    expect(store.stats().rejectedOverCapacityTotal).toBe(0);
    expect(store.enqueue(peerIndex(0), payload('x', 2), MINUTE).kind).toBe('overCapacity');
    expect(store.stats().rejectedOverCapacityTotal).toBe(1);
  });

  it('holds a hint up to the microsecond before its deadline and expires it at the deadline', () => {
    const { clock, store } = storeOf(0);
    store.enqueue(peerIndex(0), payload('x', 1), milliseconds(1));
    expect(store.expireNow(instant(999))).toBe(0);
    expect(store.expireNow(instant(1_000))).toBe(1);

    store.enqueue(peerIndex(0), payload('y', 1), milliseconds(1));
    store.enqueue(peerIndex(1), payload('z', 1), milliseconds(1));
    clock.advanceTo(instant(999));
    expect(takenPayloads(store, peerIndex(0))).toEqual([payload('y', 1)]);
    clock.advanceTo(instant(1_000));
    expect(takenPayloads(store, peerIndex(1))).toEqual([]);
    expect(store.stats().expiredTotal).toBe(2);
  });

  it('expires nothing at an enqueue, nor when it is only asked', () => {
    const { clock, store } = storeOf(0);
    store.enqueue(peerIndex(0), payload('x', 3), milliseconds(1));
    clock.advanceTo(instant(5_000));
    store.enqueue(peerIndex(1), payload('y', 3), MINUTE);
    expect(store.stats()).toMatchObject({ hintCount: 2, bytes: 6, expiredTotal: 0 });
    expect(store.lengthFor(peerIndex(0))).toBe(1);
    expect(store.peersWithHints()).toEqual([0, 1]);
  });

  it('sweeps at the instant it is given, whatever the clock says', () => {
    const { clock, store } = storeOf(0);
    store.enqueue(peerIndex(0), payload('x', 1), milliseconds(1));
    clock.advanceTo(instant(5_000));
    expect(store.expireNow(instant(0))).toBe(0);
    store.enqueue(peerIndex(0), payload('y', 1), MINUTE);
    expect(store.expireNow(instant(60_005_000))).toBe(2);
  });

  it('lets a deadline past the end of time stop there', () => {
    const { clock, store } = storeOf(0);
    clock.advanceTo(instant(1));
    const longest = duration(Number.MAX_SAFE_INTEGER);
    expect(store.enqueue(peerIndex(0), payload('x', 1), longest)).toEqual({ kind: 'accepted', deadline: END_OF_TIME });
  });

  it('returns the payload objects themselves, and takes simulated ones as well as bytes', () => {
    const write = { byteLength: 5, key: 'k', version: 3 };
    const store = new HintStore<typeof write>(new VirtualClock(), { maxBytes: bytes(0) });
    store.enqueue(peerIndex(0), write, MINUTE);
    expect(store.takeFor(peerIndex(0))[0]?.payload).toBe(write);
  });

  it('hands every payload back once while slots are used again after takes, sweeps and refusals', () => {
    const { clock, store } = storeOf(4);
    store.enqueue(peerIndex(0), payload('a', 1), milliseconds(1));
    store.enqueue(peerIndex(1), payload('b', 1), MINUTE);
    store.enqueue(peerIndex(1), payload('c', 9), MINUTE); // refused
    clock.advanceTo(instant(1_000));
    store.expireNow(clock.now()); // a
    store.enqueue(peerIndex(0), payload('d', 1), MINUTE);
    store.enqueue(peerIndex(1), payload('e', 1), MINUTE);
    expect(takenPayloads(store, peerIndex(1))).toEqual([payload('b', 1), payload('e', 1)]);
    store.enqueue(peerIndex(1), payload('f', 1), MINUTE);
    expect(takenPayloads(store, peerIndex(0))).toEqual([payload('d', 1)]);
    expect(takenPayloads(store, peerIndex(1))).toEqual([payload('f', 1)]);
  });
});
