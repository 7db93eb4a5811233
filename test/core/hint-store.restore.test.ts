/** What a store with a disk beneath it needs of the store in memory: asking first, putting back, and looking on. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { AssertionFailure } from '../../core/assert.ts';
import { VirtualClock } from '../../core/clock.ts';
import { HintBatch } from '../../core/hint-batch.ts';
import { ACCEPTED, HintColumns, OVER_CAPACITY } from '../../core/hint-columns.ts';
import { HintStore } from '../../core/hint-store.ts';
import { PayloadTable } from '../../core/payload-table.ts';
import { bytes, duration, END_OF_TIME, instant, milliseconds, peerIndex, seconds } from '../../core/units.ts';
import { Reach } from '../support/reach.ts';

const A = peerIndex(0);
const B = peerIndex(7);

interface Named {
  readonly name: string;
  readonly byteLength: number;
}
const named = (name: string, byteLength = 1): Named => ({ name, byteLength });

function storeOf(maxBytes: number): { readonly clock: VirtualClock; readonly store: HintStore<Named> } {
  const clock = new VirtualClock();
  return { clock, store: new HintStore<Named>(clock, { maxBytes: bytes(maxBytes) }) };
}

describe('admits', () => {
  it('says what an enqueue would do, and changes nothing', () => {
    const reach = new Reach<'accepted' | 'zeroTtl' | 'emptyPayload' | 'overCapacity' | 'exactly full'>();
    const hint = fc.record({ byteLength: fc.nat({ max: 5 }), ttl: fc.nat({ max: 3 }) });
    const lives = fc.record({
      maxBytes: fc.constantFrom(0, 6, 20),
      hints: fc.array(hint, { maxLength: 20, size: 'max' }),
    });
    fc.assert(
      fc.property(lives, ({ maxBytes, hints }) => {
        const { store } = storeOf(maxBytes);
        for (const { byteLength, ttl } of hints) {
          const before = store.stats();
          const admitted = store.admits(A, named('x', byteLength), duration(ttl));
          expect(store.stats()).toEqual(before);
          const { kind } = store.enqueue(A, named('x', byteLength), duration(ttl));
          expect(admitted).toBe(kind === 'accepted');
          reach.note(kind);
          reach.note('exactly full', kind === 'accepted' && store.stats().bytes === maxBytes);
        }
      }),
      { seed: 0xad317, numRuns: 200 },
    );
    const states = ['accepted', 'zeroTtl', 'emptyPayload', 'overCapacity', 'exactly full'] as const;
    expect(reach.rarerThan(20, states)).toEqual([]);
  });

  it('asks the cap that is in force: of all hints, or of those of one peer', () => {
    const reach = new Reach<
      'over the cap of its peer' | 'over the cap of the other peer alone' | 'over the cap of all'
    >();
    const hint = fc.record({ peer: fc.constantFrom(A, B), byteLength: fc.integer({ min: 1, max: 5 }) });
    const lives = fc.record({
      capScope: fc.constantFrom('node', 'peer'),
      hints: fc.array(hint, { maxLength: 20, size: 'max' }),
    });
    fc.assert(
      fc.property(lives, ({ capScope, hints }) => {
        const store = new HintColumns(new VirtualClock(), { maxBytes: bytes(8), capScope });
        const held = new Map([A, B].map((peer) => [peer, 0]));
        for (const { peer, byteLength } of hints) {
          const counted = capScope === 'peer' ? (held.get(peer) ?? 0) : store.totalBytes();
          const fits = counted + byteLength <= 8;
          expect(store.admits(peer, byteLength, seconds(1))).toBe(fits);
          expect(store.enqueue(peer, byteLength, 0, seconds(1))).toBe(fits ? ACCEPTED : OVER_CAPACITY);
          if (fits) held.set(peer, (held.get(peer) ?? 0) + byteLength);
          reach.note('over the cap of all', capScope === 'node' && !fits);
          reach.note('over the cap of its peer', capScope === 'peer' && !fits);
          reach.note('over the cap of the other peer alone', capScope === 'peer' && fits && store.totalBytes() > 8);
        }
      }),
      { seed: 0xad318, numRuns: 200 },
    );
    const states = ['over the cap of its peer', 'over the cap of the other peer alone', 'over the cap of all'] as const;
    expect(reach.rarerThan(20, states)).toEqual([]);
  });
});

describe('restore', () => {
  it('puts a hint at the tail with the deadline it is given, over the cap if need be', () => {
    const { store } = storeOf(4);
    store.enqueue(A, named('a', 4), seconds(1));
    store.restore(A, named('b', 90), instant(5));
    expect(store.stats()).toMatchObject({ hintCount: 2, bytes: 94, maxBytes: 4, rejectedOverCapacityTotal: 0 });
    expect(store.takeFor(A)).toEqual([
      { peer: A, payload: named('a', 4), deadline: 1_000_000 },
      { peer: A, payload: named('b', 90), deadline: 5 },
    ]);
  });

  it('is seen by the next sweep, even when it is due before everything else or at instant 0', () => {
    const { store } = storeOf(0);
    store.enqueue(A, named('a'), seconds(1));
    store.restore(B, named('b'), instant(0));
    store.restore(B, named('c'), instant(3));
    store.restore(B, named('d'), END_OF_TIME);
    expect(store.expireNow(instant(0))).toBe(1);
    expect(store.expireNow(instant(2))).toBe(0);
    expect(store.expireNow(instant(3))).toBe(1);
    expect(store.stats()).toMatchObject({ hintCount: 2, expiredTotal: 2 });
  });

  it('takes payloads of at least one byte: no store holds an empty one', () => {
    const columns = new HintColumns(new VirtualClock(), { maxBytes: bytes(0) });
    for (const wrong of [0, -1, 0.5, 2 ** 32]) {
      expect(() => columns.restore(A, wrong, 0, instant(1))).toThrow(AssertionFailure);
    }
    expect(() => columns.restore(A, 1, 2 ** 31, instant(1))).toThrow(AssertionFailure);
    columns.restore(A, 2 ** 32 - 1, -1, instant(1));
    const batch = new HintBatch();
    columns.copyInto(A, batch);
    expect([batch.length, batch.referenceAt(0), batch.byteLengthAt(0), batch.deadlineAt(0)]).toEqual([
      1,
      -1,
      2 ** 32 - 1,
      1,
    ]);
  });
});

describe('waitingFor', () => {
  it('shows the hints of a peer in order, due ones too, and leaves them where they are', () => {
    const { clock, store } = storeOf(0);
    store.enqueue(A, named('a'), milliseconds(1));
    store.enqueue(B, named('b'), seconds(1));
    store.enqueue(A, named('c'), seconds(1));
    clock.advanceTo(instant(1_000));
    const waiting = [
      { peer: A, payload: named('a'), deadline: 1_000 },
      { peer: A, payload: named('c'), deadline: 1_000_000 },
    ];
    expect(store.waitingFor(A)).toEqual(waiting);
    expect(store.waitingFor(A)).toEqual(waiting);
    expect(store.waitingFor(peerIndex(3))).toEqual([]);
    expect(store.takeFor(A).map(({ payload }) => payload.name)).toEqual(['c']);
  });

  it('reads a payload only from a slot that has one', () => {
    const table = new PayloadTable<Named>();
    table.put(named('a'));
    expect(table.at(0)).toEqual(named('a'));
    expect(table.remove(0)).toEqual(named('a'));
    expect(() => table.at(0)).toThrow(AssertionFailure);
  });
});
