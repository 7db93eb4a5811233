/**
 * Partial takes and copies, which the reference does not have: held against the law that defines them. Taking some and
 * leaving the rest is a take of everything followed by an enqueue of the rest with the time it had left.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bytes, duration, HintBatch, HintColumns, instant, peerIndex, VirtualClock } from '../../core/index.ts';
import { Reach } from '../support/reach.ts';

const PEERS = [peerIndex(0), peerIndex(3)];

type Operation =
  | {
      readonly kind: 'enqueue';
      readonly peer: number;
      readonly size: number;
      readonly ttl: number;
      readonly count: number;
    }
  | { readonly kind: 'advance'; readonly by: number }
  | { readonly kind: 'sweep' }
  | { readonly kind: 'takeSome'; readonly peer: number; readonly atMost: number };

const operation: fc.Arbitrary<Operation> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('enqueue' as const),
      peer: fc.integer({ min: 0, max: 1 }),
      size: fc.integer({ min: 1, max: 9 }),
      ttl: fc.integer({ min: 1, max: 400 }),
      count: fc.constantFrom(1, 1, 1, 70),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('advance' as const), by: fc.integer({ min: 0, max: 30 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('sweep' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('takeSome' as const),
      peer: fc.integer({ min: 0, max: 1 }),
      atMost: fc.oneof(fc.integer({ min: 0, max: 6 }), fc.constant(1_000)),
    }),
  },
);

function listed(batch: HintBatch): number[][] {
  return Array.from({ length: batch.length }, (_, i) => [
    batch.referenceAt(i),
    batch.byteLengthAt(i),
    batch.deadlineAt(i),
  ]);
}

/** The same partial take by the reference's means: take everything, then enqueue what was not wanted. */
function takeAndPutBack(store: HintColumns, now: number, peer: (typeof PEERS)[number], atMost: number): number[][] {
  const taken = new HintBatch();
  store.takeInto(peer, taken);
  const all = listed(taken);
  for (const [reference = 0, size = 0, deadline = 0] of all.slice(atMost)) {
    store.enqueue(peer, size, reference, duration(deadline - now));
  }
  return all.slice(0, atMost);
}

it('a partial take is a take of all and an enqueue of the rest, operation by operation', () => {
  const reach = new Reach<'some left' | 'all taken' | 'none wanted' | 'expired on the way' | 'several blocks'>();
  fc.assert(
    fc.property(fc.array(operation, { minLength: 20, maxLength: 100, size: 'max' }), (operations) => {
      const clock = new VirtualClock();
      const [partial, whole] = [0, 1].map(() => new HintColumns(clock, { maxBytes: bytes(0) }));
      if (partial === undefined || whole === undefined) return;
      let reference = 0;
      for (const step of operations) {
        const peer = PEERS['peer' in step ? step.peer : 0] ?? peerIndex(0);
        if (step.kind === 'enqueue') {
          for (let copy = 0; copy < step.count; copy++, reference++) {
            for (const store of [partial, whole]) store.enqueue(peer, step.size, reference, duration(step.ttl));
          }
        } else if (step.kind === 'advance') clock.advanceTo(instant(clock.now() + step.by));
        else if (step.kind === 'sweep') expect(partial.expireNow(clock.now())).toBe(whole.expireNow(clock.now()));
        else {
          reach.note('several blocks', partial.lengthFor(peer) > 128);
          // Sweep both first, as the drainer does: a partial take leaves expired hints behind it where they are.
          const due = partial.expireNow(clock.now()) + whole.expireNow(clock.now());
          const taken = new HintBatch();
          const before = partial.lengthFor(peer);
          expect(partial.takeSomeInto(peer, step.atMost, taken)).toBe(taken.length);
          expect(listed(taken)).toEqual(takeAndPutBack(whole, clock.now(), peer, step.atMost));
          reach.note('some left', taken.length > 0 && taken.length < before);
          reach.note('all taken', before > 0 && taken.length === before);
          reach.note('none wanted', before > 0 && step.atMost === 0);
          reach.note('expired on the way', due > 0);
        }
        expect(partial.stats()).toEqual(whole.stats());
        for (const known of PEERS) {
          const [left, right] = [new HintBatch(), new HintBatch()];
          partial.copyInto(known, left);
          whole.copyInto(known, right);
          expect(listed(left)).toEqual(listed(right));
          expect(left.length).toBe(partial.lengthFor(known));
        }
      }
    }),
    { seed: 20_261_122, numRuns: 150 },
  );
  expect(
    reach.rarerThan(30, ['some left', 'all taken', 'none wanted', 'expired on the way', 'several blocks']),
  ).toEqual([]);
});

it('a partial take drops and counts the expired hints that it passes, and no others', () => {
  const clock = new VirtualClock();
  const store = new HintColumns(clock, { maxBytes: bytes(0) });
  const peer = peerIndex(1);
  for (const [reference, ttl] of [
    [0, 5],
    [1, 50],
    [2, 5],
    [3, 50],
    [4, 5],
  ] as const) {
    store.enqueue(peer, 10, reference, duration(ttl));
  }
  clock.advanceTo(instant(5));
  const [taken, expired] = [new HintBatch(), new HintBatch()];
  expect(store.takeSomeInto(peer, 2, taken, expired)).toBe(2);
  expect([listed(taken).map(([reference]) => reference), listed(expired).map(([reference]) => reference)]).toEqual([
    [1, 3],
    [0, 2],
  ]);
  // The last one is due as well, but behind what was wanted: it waits for a sweep.
  expect(store.stats()).toMatchObject({ hintCount: 1, bytes: 10, expiredTotal: 2 });
  expect(store.expireNow(instant(5))).toBe(1);
  expect(store.peersWithHints()).toEqual([]);
});
