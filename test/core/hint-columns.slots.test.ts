/**
 * What acknowledged delivery and disks add to the columns: hints removed one by one from where they stand, hints
 * restored with the deadline they had, and a cap over each peer. Held against arrays.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ACCEPTED,
  AssertionFailure,
  bytes,
  duration,
  HintBatch,
  HintColumns,
  instant,
  NO_SLOT,
  OVER_CAPACITY,
  peerIndex,
  seconds,
  VirtualClock,
} from '../../core/index.ts';
import { Reach } from '../support/reach.ts';

const PEERS = [peerIndex(0), peerIndex(2)];
const PEER = peerIndex(1);
const MINUTE = seconds(60);

interface Stored {
  readonly reference: number;
  readonly size: number;
  readonly deadline: number;
}

/** The references of a queue, read slot by slot. */
function walk(store: HintColumns, peer: (typeof PEERS)[number]): number[] {
  const found: number[] = [];
  for (let slot = store.firstSlotFor(peer); slot !== NO_SLOT; slot = store.slotAfter(slot)) {
    found.push(store.referenceIn(slot));
  }
  return found;
}

type Step =
  | { readonly kind: 'enqueue' | 'restore'; readonly peer: number; readonly size: number; readonly count: number }
  | { readonly kind: 'remove'; readonly peer: number; readonly position: number; readonly count: number }
  | { readonly kind: 'takeSome' | 'sweep' | 'clear'; readonly peer: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constantFrom('enqueue' as const, 'restore' as const),
      peer: fc.integer({ min: 0, max: 1 }),
      size: fc.integer({ min: 1, max: 9 }),
      count: fc.constantFrom(1, 1, 1, 90),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('remove' as const),
      peer: fc.integer({ min: 0, max: 1 }),
      position: fc.oneof(fc.constant(0), fc.nat({ max: 400 })),
      count: fc.constantFrom(1, 1, 60),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('takeSome' as const, 'sweep' as const, 'clear' as const),
      peer: fc.integer({ min: 0, max: 1 }),
    }),
  },
);

const REACHED = [
  'middle removed',
  'removed among several blocks',
  'peer emptied',
  'several blocks',
  'swept',
  'cleared',
] as const;

/** A store and the arrays that it should equal. */
class Twins {
  readonly #clock = new VirtualClock();
  readonly #store = new HintColumns(this.#clock, { maxBytes: bytes(0) });
  readonly #queues: [Stored[], Stored[]] = [[], []];
  readonly #reach: Reach<(typeof REACHED)[number]>;
  #reference = 0;

  constructor(reach: Reach<(typeof REACHED)[number]>) {
    this.#reach = reach;
  }

  do(each: Step): void {
    this.#clock.advanceTo(instant(this.#clock.now() + 1));
    const peer = PEERS[each.peer] ?? PEER;
    const queue = this.#queues[each.peer === 0 ? 0 : 1];
    switch (each.kind) {
      case 'enqueue':
      case 'restore':
        for (let copy = 0; copy < each.count; copy++) this.#add(peer, queue, each.size, each.kind === 'restore');
        return;
      case 'remove':
        for (let turn = 0; turn < each.count && queue.length > 0; turn++) this.#remove(peer, queue, each.position);
        return;
      case 'takeSome':
        this.#store.takeSomeInto(peer, 3, new HintBatch(), new HintBatch());
        for (let live = 0; live < 3 && queue.length > 0;) if (!this.#isDue(queue.shift())) live++;
        return;
      case 'sweep':
        this.#reach.note('swept', this.#store.expireNow(this.#clock.now()) > 0);
        for (const known of this.#queues) known.splice(0, known.length, ...known.filter((hint) => !this.#isDue(hint)));
        return;
      default:
        this.#reach.note('cleared', this.#store.clear() > 0);
        for (const known of this.#queues) known.length = 0;
    }
  }

  compare(): void {
    const [left, right] = this.#queues;
    for (const [known, queue] of [
      [PEERS[0] ?? PEER, left],
      [PEERS[1] ?? PEER, right],
    ] as const) {
      this.#reach.note('several blocks', queue.length > 256);
      expect(walk(this.#store, known)).toEqual(queue.map((hint) => hint.reference));
      expect(this.#store.lengthFor(known)).toBe(queue.length);
    }
    expect(this.#store.totalBytes()).toBe([...left, ...right].reduce((sum, hint) => sum + hint.size, 0));
  }

  #add(peer: (typeof PEERS)[number], queue: Stored[], size: number, isRestored: boolean): void {
    const reference = this.#reference++;
    const ttl = 12 + (reference % 7);
    const deadline = this.#clock.now() + ttl;
    if (isRestored) this.#store.restore(peer, size, reference, instant(deadline));
    else expect(this.#store.enqueue(peer, size, reference, duration(ttl))).toBe(ACCEPTED);
    queue.push({ reference, size, deadline });
    expect(this.#store.referenceIn(this.#store.newestSlotFor(peer))).toBe(reference);
  }

  #remove(peer: (typeof PEERS)[number], queue: Stored[], wanted: number): void {
    const position = Math.min(wanted, queue.length - 1);
    this.#reach.note('middle removed', position > 0);
    this.#reach.note('removed among several blocks', queue.length > 256);
    let slot = this.#store.firstSlotFor(peer);
    for (let passed = 0; passed < position; passed++) slot = this.#store.slotAfter(slot);
    expect(this.#store.referenceIn(slot)).toBe(queue[position]?.reference);
    expect(this.#store.isDueIn(slot)).toBe(this.#isDue(queue[position]));
    this.#store.removeAt(peer, slot);
    queue.splice(position, 1);
    this.#reach.note('peer emptied', queue.length === 0);
  }

  #isDue(hint: Stored | undefined): boolean {
    return hint !== undefined && hint.deadline <= this.#clock.now();
  }
}

it('the queues are arrays of which any hint may be removed, whatever else is done to them', () => {
  const reach = new Reach<(typeof REACHED)[number]>();
  fc.assert(
    fc.property(fc.array(step, { minLength: 20, maxLength: 80, size: 'max' }), (steps) => {
      const twins = new Twins(reach);
      for (const each of steps) {
        twins.do(each);
        twins.compare();
      }
    }),
    { seed: 20_261_123, numRuns: 150 },
  );
  expect(reach.rarerThan(20, REACHED)).toEqual([]);
});

describe('the slots of a queue', () => {
  // Two peers in turn, so that their blocks of 128 hints alternate: the first has 0, 2, 4 … and the second 1, 3, 5 …
  const [first = PEER, second = PEER] = PEERS;
  const ofFirst = Array.from({ length: 300 }, (_, index) => 2 * index);
  const filled = (): HintColumns => {
    const store = new HintColumns(new VirtualClock(), { maxBytes: bytes(0) });
    for (let hint = 0; hint < 600; hint += 1) store.enqueue(hint % 2 === 0 ? first : second, 1, hint, MINUTE);
    return store;
  };
  /** Removes the hints of the first peer that stand at `from` … `to` − 1. */
  const remove = (store: HintColumns, from: number, to: number): void => {
    const slots: number[] = [];
    for (let slot = store.firstSlotFor(first); slot !== NO_SLOT; slot = store.slotAfter(slot)) slots.push(slot);
    for (const slot of slots.slice(from, to)) store.removeAt(first, slot);
  };

  it('lead through its blocks alone, from the oldest hint to the newest, whatever stands between them', () => {
    const store = filled();
    expect(walk(store, first)).toEqual(ofFirst);
    expect(walk(store, second)).toEqual(ofFirst.map((reference) => reference + 1));
    expect(store.referenceIn(store.newestSlotFor(first))).toBe(598);
    expect(store.referenceIn(store.newestSlotFor(second))).toBe(599);
  });

  it.each([
    ['first', 0, 128],
    ['second', 128, 256],
    ['last', 256, 300],
  ] as const)(
    'pass over its %s block when all of that was removed, and what comes then is behind the rest',
    (_, from, to) => {
      const store = filled();
      remove(store, from, to);
      store.enqueue(first, 1, 600, MINUTE);
      expect(walk(store, first)).toEqual([...ofFirst.slice(0, from), ...ofFirst.slice(to), 600]);
      expect(walk(store, second)).toHaveLength(300);
    },
  );
});

describe('HintColumns with a cap over each peer', () => {
  it('fills the queue of each peer to the cap, and refuses what is beyond it', () => {
    const store = new HintColumns(new VirtualClock(), { maxBytes: bytes(10), capScope: 'peer' });
    const other = peerIndex(40); // beyond the first size of the tables
    expect(store.enqueue(PEER, 10, 1, MINUTE)).toBe(ACCEPTED);
    expect(store.enqueue(PEER, 1, 2, MINUTE)).toBe(OVER_CAPACITY);
    expect(store.enqueue(other, 10, 3, MINUTE)).toBe(ACCEPTED);
    expect(store.enqueue(other, 1, 4, MINUTE)).toBe(OVER_CAPACITY);
    expect(store.stats()).toMatchObject({ bytes: 20, maxBytes: 10, rejectedOverCapacityTotal: 2 });
    store.removeAt(PEER, store.firstSlotFor(PEER));
    expect(store.enqueue(PEER, 10, 5, MINUTE)).toBe(ACCEPTED);
  });

  it('counts what each way out of a queue gives back, and what a restart brings in', () => {
    const clock = new VirtualClock();
    const store = new HintColumns(clock, { maxBytes: bytes(10), capScope: 'peer' });
    const fits = (size: number): boolean => store.enqueue(PEER, size, 0, seconds(1)) === ACCEPTED;
    const fill = (): void => {
      for (let hint = 0; hint < 5; hint++) expect(fits(2)).toBe(true);
      expect(fits(1)).toBe(false);
    };
    fill();
    store.takeInto(PEER, new HintBatch());
    fill();
    store.takeSomeInto(PEER, 2, new HintBatch());
    expect([fits(5), fits(4), fits(1)]).toEqual([false, true, false]);
    clock.advanceTo(instant(1_000_000));
    store.expireNow(clock.now());
    fill();
    store.clear();
    store.restore(PEER, 9, 0, instant(2_000_000));
    expect([fits(2), fits(1)]).toEqual([false, true]);
    store.restore(PEER, 9, 0, instant(2_000_000));
    clock.advanceTo(instant(1_999_999));
    store.expireNow(clock.now());
    // Two restored hints of 9 bytes are left, past the cap; the one of 1 byte was due at 2 s and is as well.
    expect([store.totalLength(), fits(1)]).toEqual([3, false]);
    clock.advanceTo(instant(2_000_000));
    store.expireAt(PEER, store.firstSlotFor(PEER));
    expect(fits(1)).toBe(false);
    store.expireNow(clock.now());
    expect([store.totalLength(), fits(10)]).toEqual([0, true]);
  });
});

describe('HintColumns.restore', () => {
  it('does not look at the cap: 90 bytes come back under a cap of 10', () => {
    const store = new HintColumns(new VirtualClock(), { maxBytes: bytes(10) });
    for (let hint = 0; hint < 9; hint++) store.restore(PEER, 10, hint, instant(5));
    expect(store.stats()).toMatchObject({ hintCount: 9, bytes: 90, maxBytes: 10, rejectedOverCapacityTotal: 0 });
    expect(store.enqueue(PEER, 1, 9, MINUTE)).toBe(OVER_CAPACITY);
  });

  it('keeps the deadline it is given, even one that has passed', () => {
    const clock = new VirtualClock();
    clock.advanceTo(instant(100));
    const store = new HintColumns(clock, { maxBytes: bytes(0) });
    store.restore(PEER, 1, 1, instant(100));
    store.restore(PEER, 1, 2, instant(101));
    expect(store.expireNow(instant(100))).toBe(1);
    expect(walk(store, PEER)).toEqual([2]);
  });
});

describe('HintColumns.expireAt', () => {
  it('counts the hint as expired, which removing does not', () => {
    const clock = new VirtualClock();
    const store = new HintColumns(clock, { maxBytes: bytes(0) });
    store.enqueue(PEER, 1, 1, duration(5));
    store.enqueue(PEER, 1, 2, duration(5));
    clock.advanceTo(instant(5));
    store.removeAt(PEER, store.firstSlotFor(PEER));
    expect(store.stats()).toMatchObject({ hintCount: 1, expiredTotal: 0 });
    store.expireAt(PEER, store.firstSlotFor(PEER));
    expect(store.stats()).toMatchObject({ hintCount: 0, bytes: 0, expiredTotal: 1 });
  });

  it('takes a hint that is not due for our bug', () => {
    const store = new HintColumns(new VirtualClock(), { maxBytes: bytes(0) });
    store.enqueue(PEER, 1, 1, MINUTE);
    expect(() => store.expireAt(PEER, store.firstSlotFor(PEER))).toThrow(AssertionFailure);
  });
});
