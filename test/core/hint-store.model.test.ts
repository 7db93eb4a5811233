/**
 * The model property of the hint store: whatever is done to it, it does what the naive flat list does, and the whole
 * accounting agrees after every single operation. `HintColumns` and `HintStore` live the same life side by side.
 *
 * Beside the model, three laws are checked from the store's own answers, so that a mistake shared with the model
 * would still be seen: hints and bytes are conserved, order within a peer is kept, and no hint leaves on the wrong
 * side of its deadline.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { VirtualClock } from '../../core/clock.ts';
import { SLOTS_PER_BLOCK } from '../../core/block-pool.ts';
import { HintBatch } from '../../core/hint-batch.ts';
import { ACCEPTED, EMPTY_PAYLOAD, HintColumns, OVER_CAPACITY, ZERO_TTL } from '../../core/hint-columns.ts';
import { HintStore } from '../../core/hint-store.ts';
import type { EnqueueResult, HintStoreStats } from '../../core/hint.ts';
import { bytes, duration, END_OF_TIME, instant, later, peerIndex } from '../../core/units.ts';
import type { Bytes, Instant, PeerIndex } from '../../core/units.ts';
import { NaiveHintStore } from '../support/naive-hint-store.ts';
import type { NaiveHint } from '../support/naive-hint-store.ts';
import { Reach } from '../support/reach.ts';
import { PROFILES, STATES } from '../support/store-scenarios.ts';
import type { Operation, State, StoreScenario } from '../support/store-scenarios.ts';

const CODES = { accepted: ACCEPTED, overCapacity: OVER_CAPACITY, zeroTtl: ZERO_TTL, emptyPayload: EMPTY_PAYLOAD };

/** Any run of this many neighbours covers a whole block, however the queue lies in its blocks. */
const COVERS_A_BLOCK = 2 * SLOTS_PER_BLOCK - 1;

interface SerialPayload {
  readonly byteLength: number;
  readonly serial: number;
}

interface Accountable {
  totalLength(): number;
  lengthFor(peer: PeerIndex): number;
  stats(): HintStoreStats;
  peersWithHints(): PeerIndex[];
}

/** What has come and gone, in hints and in bytes, added up from the columns' own answers. */
class Ledger {
  hints = 0;
  bytes = 0;

  add(batch: HintBatch): void {
    this.hints += batch.length;
    for (let index = 0; index < batch.length; index += 1) this.bytes += batch.byteLengthAt(index);
  }
}

/** One life of the two stores and their model. */
class Life {
  readonly #clock = new VirtualClock();
  readonly #peers: readonly PeerIndex[];
  readonly #maxBytes: Bytes;
  readonly #reach: Reach<State>;
  readonly #model: NaiveHintStore;
  readonly #columns: HintColumns;
  #store: HintStore<SerialPayload>;
  readonly #accepted = new Ledger();
  readonly #left = new Ledger();
  #serial = 0;

  constructor(scenario: StoreScenario, peers: readonly number[], reach: Reach<State>) {
    this.#peers = peers.map(peerIndex);
    this.#maxBytes = bytes(scenario.maxBytes);
    this.#reach = reach;
    this.#model = new NaiveHintStore(this.#maxBytes);
    this.#columns = new HintColumns(this.#clock, { maxBytes: this.#maxBytes });
    this.#store = new HintStore(this.#clock, { maxBytes: this.#maxBytes });
  }

  do(operation: Operation): void {
    switch (operation.op) {
      case 'enqueue':
        for (let i = 0; i < operation.count; i += 1) {
          this.#enqueue(peerIndex(operation.peer), operation.byteLength, operation.ttl);
          this.#compareAccounting();
        }
        return;
      case 'take':
        this.#take(peerIndex(operation.peer));
        break;
      case 'advance':
        this.#clock.advanceTo(later(this.#clock.now(), duration(operation.by)));
        break;
      case 'sweep':
        this.#sweep(instant(Math.min(Math.max(this.#clock.now() + operation.offset, 0), END_OF_TIME)));
        break;
      case 'clear':
        this.#clear();
        break;
    }
    this.#compareAccounting();
  }

  #enqueue(peer: PeerIndex, byteLength: number, ttl: number): void {
    const now = this.#clock.now();
    const serial = (this.#serial += 1);
    this.#noteBeforeEnqueue(now, byteLength, ttl);
    const expected = this.#model.enqueue(now, peer, serial, byteLength, ttl);
    expectSameResult(this.#store.enqueue(peer, { byteLength, serial }, duration(ttl)), expected);
    const code = this.#columns.enqueue(peer, byteLength, referenceOf(serial), duration(ttl));
    expectSame([code], [CODES[expected.kind]], 'code of the enqueue');
    if (expected.kind !== 'accepted') return;

    this.#accepted.hints += 1;
    this.#accepted.bytes += byteLength;
    const held = this.#model.heldBytes();
    this.#reach.note('filled exactly to the cap', held === this.#maxBytes);
    this.#reach.note('held more than 2^32 bytes', held > 2 ** 32);
    this.#reach.note('deadline saturated', now + ttl > END_OF_TIME);
    this.#reach.note('queue of several blocks', this.#model.lengthFor(peer) > 2 * SLOTS_PER_BLOCK);
  }

  #take(peer: PeerIndex): void {
    const now = this.#clock.now();
    const expected = this.#model.take(now, peer);
    const taken = new HintBatch();
    const expired = new HintBatch();
    const count = this.#columns.takeInto(peer, taken, expired);
    expect(count).toBe(expected.live.length);
    expectSameHints(taken, expected.live);
    expectSameHints(expired, expected.expired);
    expectDeadlines(taken, expired, now);
    expectOldestFirst(taken);

    const hints = this.#store.takeFor(peer);
    expectSame(
      hints.map((hint) => hint.payload.serial),
      expected.live.map((hint) => hint.serial),
      'payloads taken',
    );
    expectSame(
      hints.map((hint) => hint.deadline),
      expected.live.map((hint) => hint.deadline),
      'deadlines taken',
    );
    expect(hints.every((hint) => hint.peer === peer)).toBe(true);

    this.#left.add(taken);
    this.#left.add(expired);
    this.#noteTaken(now, expected.live, expected.expired);
  }

  #sweep(at: Instant): void {
    const before = this.#model.hints;
    const peersBefore = this.#model.peersWithHints();
    const expected = this.#model.sweep(at);
    const expired = new HintBatch();
    expect(this.#columns.expireNow(at, expired)).toBe(expected.length);
    expectSameHints(expired, expected);
    expectDeadlines(undefined, expired, at);
    expect(this.#store.expireNow(at)).toBe(expected.length);
    expect(this.#columns.expireNow(at), 'a second sweep at the same instant').toBe(0);

    this.#left.add(expired);
    this.#reach.note('swept earlier than the clock', at < this.#clock.now());
    this.#reach.note('swept later than the clock', at > this.#clock.now());
    this.#reach.note('peer vanished at a sweep', this.#model.peersWithHints().length < peersBefore.length);
    for (const peer of peersBefore) {
      this.#noteSwept(
        at,
        before.filter((hint) => hint.peer === peer),
      );
    }
  }

  #clear(): void {
    const expected = this.#model.clear();
    const dropped = new HintBatch();
    expect(this.#columns.clear(dropped)).toBe(expected.length);
    expectSameHints(dropped, expected);
    this.#store = new HintStore(this.#clock, { maxBytes: this.#maxBytes });

    this.#left.add(dropped);
    this.#reach.note('cleared while holding hints', expected.length > 0);
  }

  #compareAccounting(): void {
    const expected = this.#accountingOf(this.#model);
    expectSame(this.#accountingOf(this.#columns), expected, 'accounting of the columns');
    expectSame(this.#accountingOf(this.#store), expected, 'accounting of the store');
    const pending = this.#columns.stats();
    expectSame([this.#left.hints + pending.hintCount], [this.#accepted.hints], 'hints gone and pending');
    expectSame([this.#left.bytes + pending.bytes], [this.#accepted.bytes], 'bytes gone and pending');
  }

  #accountingOf(store: Accountable): number[] {
    const stats = store.stats();
    return [
      stats.hintCount,
      stats.bytes,
      stats.maxBytes,
      stats.expiredTotal,
      stats.rejectedOverCapacityTotal,
      store.totalLength(),
      ...this.#peers.map((peer) => store.lengthFor(peer)),
      ...store.peersWithHints(),
    ];
  }

  #noteBeforeEnqueue(now: Instant, byteLength: number, ttl: number): void {
    const fits = (held: number): boolean => this.#maxBytes === 0 || held + byteLength <= this.#maxBytes;
    const full = !fits(this.#model.heldBytes());
    const refused = full && ttl > 0 && byteLength > 0;
    this.#reach.note('zero ttl refused', ttl === 0);
    this.#reach.note('zero ttl of an empty payload', ttl === 0 && byteLength === 0);
    this.#reach.note('zero ttl at a full store', ttl === 0 && full);
    this.#reach.note('empty payload refused', ttl > 0 && byteLength === 0);
    this.#reach.note('refused at the cap', refused);
    this.#reach.note('expired bytes blocked the cap', refused && fits(this.#liveBytes(now)));
  }

  #liveBytes(now: Instant): number {
    let sum = 0;
    for (const hint of this.#model.hints) if (hint.deadline > now) sum += hint.byteLength;
    return sum;
  }

  #noteTaken(now: Instant, live: readonly NaiveHint[], expired: readonly NaiveHint[]): void {
    this.#reach.note('took from a peer without hints', live.length + expired.length === 0);
    this.#reach.note('peer vanished at a take', live.length + expired.length > 0);
    this.#reach.note('a take dropped some and delivered some', live.length > 0 && expired.length > 0);
    this.#reach.note(
      'expired at its exact deadline',
      expired.some((hint) => hint.deadline === now),
    );
    this.#reach.note(
      'delivered one microsecond before its deadline',
      live.some((hint) => hint.deadline === now + 1),
    );
  }

  #noteSwept(at: Instant, queue: readonly NaiveHint[]): void {
    const isDue = (hint: NaiveHint): boolean => hint.deadline <= at;
    const firstKept = queue.findIndex((hint) => !isDue(hint));
    const lastKept = queue.findLastIndex((hint) => !isDue(hint));
    const inside = firstKept === -1 ? [] : queue.slice(firstKept, lastKept + 1);
    this.#reach.note('expired inside a queue', inside.some(isDue));
    this.#reach.note('a whole block expired inside a queue', longestRun(inside, isDue) >= COVERS_A_BLOCK);
    this.#reach.note(
      'expired at its exact deadline',
      queue.some((hint) => hint.deadline === at),
    );
    this.#reach.note(
      'kept one microsecond before its deadline',
      queue.some((hint) => hint.deadline === at + 1),
    );
  }
}

/** Distinct, and negative: every int32 is a good reference. */
function referenceOf(serial: number): number {
  return -serial;
}

function longestRun<Item>(items: readonly Item[], matches: (item: Item) => boolean): number {
  let longest = 0;
  let run = 0;
  for (const item of items) {
    run = matches(item) ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}

/** Equality of rows of numbers, quick when they agree and readable when they do not. */
function expectSame(actual: readonly number[], expected: readonly number[], what: string): void {
  const same = actual.length === expected.length && actual.every((value, index) => value === expected[index]);
  if (!same) expect(actual, what).toEqual(expected);
}

function expectSameResult(actual: EnqueueResult, expected: EnqueueResult): void {
  const bothAccepted = actual.kind === 'accepted' && expected.kind === 'accepted';
  if (bothAccepted && actual.deadline === expected.deadline) return;
  expect(actual).toEqual(expected);
}

function expectSameHints(batch: HintBatch, expected: readonly NaiveHint[]): void {
  const indices = expected.map((_, index) => index);
  expect(batch.length).toBe(expected.length);
  expectSame(
    indices.map((at) => batch.referenceAt(at)),
    expected.map((hint) => referenceOf(hint.serial)),
    'references',
  );
  expectSame(
    indices.map((at) => batch.byteLengthAt(at)),
    expected.map((hint) => hint.byteLength),
    'byte lengths',
  );
  expectSame(
    indices.map((at) => batch.deadlineAt(at)),
    expected.map((hint) => hint.deadline),
    'deadlines',
  );
}

/** No hint is handed out at its deadline or later, and none expires before it. */
function expectDeadlines(taken: HintBatch | undefined, expired: HintBatch, now: Instant): void {
  for (let index = 0; index < (taken?.length ?? 0); index += 1) {
    if ((taken?.deadlineAt(index) ?? 0) <= now) expect.fail('a hint was handed out at its deadline or later');
  }
  for (let index = 0; index < expired.length; index += 1) {
    if (expired.deadlineAt(index) > now) expect.fail('a hint expired before its deadline');
  }
}

function expectOldestFirst(taken: HintBatch): void {
  for (let index = 1; index < taken.length; index += 1) {
    // References fall as serials rise.
    if (taken.referenceAt(index) >= taken.referenceAt(index - 1)) expect.fail('a hint overtook an older one');
  }
}

/** Generous: the deep queues alone are some hundred thousand comparisons of the whole accounting. */
const TIMEOUT_MILLIS = 60_000;

describe('a hint store, against a naive flat list', () => {
  it.each(PROFILES)(
    'agrees on every answer and on all accounting after every operation: $name',
    (profile) => {
      const reach = new Reach<State>();
      let operationCount = 0;
      let runCount = 0;
      fc.assert(
        fc.property(profile.scenarios, (scenario) => {
          const life = new Life(scenario, profile.peers, reach);
          for (const operation of scenario.operations) life.do(operation);
          operationCount += scenario.operations.length;
          runCount += 1;
        }),
        { seed: 20_260_523, numRuns: profile.numRuns },
      );
      expect(reach.rarerThan(30, profile.reaches)).toEqual([]);
      expect(operationCount / runCount).toBeGreaterThan(profile.meanLengthFloor);
    },
    TIMEOUT_MILLIS,
  );

  it('has a profile for every state that matters', () => {
    const reached = new Set(PROFILES.flatMap((profile) => profile.reaches));
    expect(STATES.filter((state) => !reached.has(state))).toEqual([]);
  });
});
