/**
 * The model property of the durable hint store: whatever is done to it, to its clocks and to its disk, it holds, hands
 * out and recovers what a naive model does. The model keeps, for each peer, a list of hints in memory and a list of what
 * is in the segment, hints or a torn place; it knows nothing of bytes, checksums or columns.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { DurableHintStore } from '../../core/durable-hint-store.ts';
import { duration, milliseconds, peerIndex } from '../../core/units.ts';
import { Machine } from '../support/machine.ts';
import { Reach } from '../support/reach.ts';

const PEERS = [0, 1, 40].map(peerIndex);

const STATES = [
  'refused at the cap',
  'append failed with nothing written',
  'append failed and tore the segment',
  'accepted behind torn bytes',
  'restart lost hints behind torn bytes',
  'restart dropped hints that had passed',
  'restart recovered all of several hints',
  'restart over the cap',
  'restart found a hint after its removal had failed',
  'segment left with nothing to restore, then appended to',
  'sweep rewrote a torn segment',
  'sweep removed a segment',
  'sweep failed to rewrite',
  'take removed a torn segment',
  'take dropped an expired hint',
  'wall clock was set back under hints on disk',
] as const;
type State = (typeof STATES)[number];

type Operation =
  | { readonly op: 'enqueue'; readonly peer: number; readonly size: number; readonly ttl: number }
  | {
      readonly op: 'failingEnqueue';
      readonly peer: number;
      readonly size: number;
      readonly ttl: number;
      readonly writtenBytes: number;
    }
  | { readonly op: 'take' | 'failingTake'; readonly peer: number }
  | { readonly op: 'sweep' | 'failingSweep' | 'restart' }
  | { readonly op: 'pass' | 'setWall'; readonly micros: number };

const peer = fc.nat({ max: PEERS.length - 1 });
const size = fc.integer({ min: 1, max: 12 });
const ttl = fc.integer({ min: 1, max: 40_000 });
const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ op: fc.constant('enqueue' as const), peer, size, ttl }) },
  {
    weight: 1,
    arbitrary: fc.record({
      op: fc.constant('failingEnqueue' as const),
      peer,
      size,
      ttl,
      writtenBytes: fc.nat({ max: 27 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ op: fc.constantFrom('take' as const, 'failingTake' as const), peer }) },
  {
    weight: 4,
    arbitrary: fc.record({ op: fc.constantFrom('sweep' as const, 'failingSweep' as const, 'restart' as const) }),
  },
  { weight: 4, arbitrary: fc.record({ op: fc.constant('pass' as const), micros: fc.nat({ max: 12_000 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      op: fc.constant('setWall' as const),
      micros: fc.integer({ min: -15_000, max: 15_000 }),
    }),
  },
);
const scenarios = fc.record({
  maxBytes: fc.constantFrom(0, 20, 60),
  operations: fc.array(operation, { minLength: 40, maxLength: 80, size: 'max' }),
});

/** A hint in memory: its deadline is on the monotonic clock. */
interface Waiting {
  readonly text: string;
  readonly deadline: number;
}
/** A hint on disk: its deadline is on the wall clock, in whole milliseconds. */
interface Written {
  readonly text: string;
  readonly millis: number;
}
type Place = Written | 'torn';

/** One peer of the model. */
class Side {
  waiting: Waiting[] = [];
  segment: Place[] = [];
  /** A removal failed, so the segment holds hints that were handed out. */
  stale = false;

  get torn(): boolean {
    return this.segment.includes('torn');
  }

  /** The hints that a replay would see. */
  readable(): Written[] {
    const whole: Written[] = [];
    for (const place of this.segment) {
      if (place === 'torn') break;
      whole.push(place);
    }
    return whole;
  }
}

/** One life of the store, its machine and their model. */
class Life {
  readonly #machine = new Machine();
  readonly #sides = PEERS.map(() => new Side());
  readonly #maxBytes: number;
  readonly #reach: Reach<State>;
  #store: DurableHintStore;
  #expired = 0;
  #rejected = 0;
  #serial = 0;

  constructor(maxBytes: number, reach: Reach<State>) {
    this.#maxBytes = maxBytes;
    this.#reach = reach;
    this.#store = this.#machine.open(maxBytes).store;
  }

  do(operation: Operation): void {
    switch (operation.op) {
      case 'enqueue':
        this.#enqueue(operation.peer, operation.size, operation.ttl);
        break;
      case 'failingEnqueue':
        this.#machine.disk.failNext('append', operation.writtenBytes);
        this.#enqueue(operation.peer, operation.size, operation.ttl, operation.writtenBytes);
        break;
      case 'take':
      case 'failingTake':
        this.#take(operation.peer, operation.op === 'failingTake');
        break;
      case 'sweep':
      case 'failingSweep':
        this.#sweep(operation.op === 'failingSweep');
        break;
      case 'restart':
        this.#restart();
        break;
      case 'pass':
        this.#machine.pass(duration(operation.micros));
        break;
      case 'setWall':
        this.#machine.setWallBy(operation.micros);
        this.#note('wall clock was set back under hints on disk', operation.micros < 0 && this.#anyOnDisk());
        break;
    }
    this.#machine.disk.forgetFailures();
    this.#compare();
  }

  #enqueue(index: number, byteLength: number, ttlMicros: number, writtenBytes?: number): void {
    const side = this.#side(index);
    this.#serial += 1;
    const text = String(this.#serial).padStart(byteLength, '.').slice(-byteLength);
    const payload = new TextEncoder().encode(text);
    const result = this.#store.enqueue(PEERS[index] ?? peerIndex(0), payload, duration(ttlMicros));
    if (this.#maxBytes > 0 && this.#held() + byteLength > this.#maxBytes) {
      this.#rejected += 1;
      this.#note('refused at the cap');
      expect(result.kind).toBe('overCapacity');
    } else if (writtenBytes !== undefined) {
      const written = Math.min(writtenBytes, 16 + byteLength - 1);
      expect(result).toMatchObject({ kind: 'io', recordBytes: 16 + byteLength, writtenBytes: written });
      if (written > 0) side.segment.push('torn');
      this.#note(written > 0 ? 'append failed and tore the segment' : 'append failed with nothing written');
    } else {
      this.#note('accepted behind torn bytes', side.torn);
      this.#note(
        'segment left with nothing to restore, then appended to',
        side.waiting.length === 0 && side.readable().length > 0 && !side.stale,
      );
      const deadline = this.#machine.clock.now() + ttlMicros;
      expect(result).toEqual({ kind: 'accepted', deadline });
      side.waiting.push({ text, deadline });
      side.segment.push({ text, millis: this.#wallMillisAfter(ttlMicros) });
    }
  }

  #take(index: number, failing: boolean): void {
    const side = this.#side(index);
    const now = this.#machine.clock.now();
    if (failing) this.#machine.disk.failNext('remove');
    const taken = this.#store.takeFor(PEERS[index] ?? peerIndex(0));
    const live = side.waiting.filter((hint) => hint.deadline > now);
    expect(readable(taken)).toEqual(live);
    this.#expired += side.waiting.length - live.length;
    this.#note('take dropped an expired hint', live.length < side.waiting.length);
    if (side.waiting.length === 0) return;
    side.waiting = [];
    this.#note('take removed a torn segment', side.torn && !failing);
    this.#remove(side, failing);
  }

  #sweep(failing: boolean): void {
    const now = this.#machine.clock.now();
    if (failing) this.#machine.disk.failNext('rewrite');
    let rewriteFails = failing;
    let dropped = 0;
    for (const side of this.#sides) {
      const before = side.waiting.length;
      side.waiting = side.waiting.filter((hint) => hint.deadline > now);
      dropped += before - side.waiting.length;
      if (side.waiting.length === before) continue;
      if (side.waiting.length === 0) {
        this.#note('sweep removed a segment');
        this.#remove(side, false);
      } else if (rewriteFails) {
        rewriteFails = false; // the first rewrite of the sweep; peers go in ascending order
        this.#note('sweep failed to rewrite');
      } else {
        this.#note('sweep rewrote a torn segment', side.torn);
        side.stale = false;
        side.segment = side.waiting.map(({ text, deadline }) => ({
          text,
          millis: this.#wallMillisAfter(deadline - now),
        }));
      }
    }
    expect(this.#store.expireNow(this.#machine.clock.now())).toBe(dropped);
    this.#expired += dropped;
  }

  #restart(): void {
    const { store, replays } = this.#machine.restart(this.#maxBytes);
    this.#store = store;
    this.#expired = 0;
    this.#rejected = 0;
    const wall = this.#machine.nowMicros();
    for (const side of this.#sides) {
      const whole = side.readable();
      const pending = whole.filter(({ millis }) => millis * 1_000 >= wall);
      this.#noteRestart(side, whole, pending);
      side.waiting = pending.map(({ text, millis }) => ({ text, deadline: millis * 1_000 - wall }));
      side.stale = false;
    }
    const expected = this.#sides.flatMap((side, index) =>
      side.segment.length === 0
        ? []
        : [[PEERS[index], side.waiting.length, side.readable().length, side.torn ? 'torn' : 'clean']],
    );
    expect(replays.map((it) => [it.peer, it.restored, it.restored + it.passed, it.end.kind])).toEqual(expected);
    this.#note('restart over the cap', this.#maxBytes > 0 && this.#held() > this.#maxBytes);
  }

  #noteRestart(side: Side, whole: readonly Written[], pending: readonly Written[]): void {
    const written = side.segment.filter((place) => place !== 'torn').length;
    this.#note('restart lost hints behind torn bytes', written > whole.length);
    this.#note('restart dropped hints that had passed', pending.length < whole.length);
    this.#note('restart recovered all of several hints', pending.length > 1 && pending.length === written);
    this.#note('restart found a hint after its removal had failed', side.stale && pending.length > 0);
  }

  #remove(side: Side, failing: boolean): void {
    if (failing) side.stale = true;
    else {
      side.segment = [];
      side.stale = false;
    }
  }

  #compare(): void {
    const stats = this.#store.stats();
    expect([stats.hintCount, stats.bytes, stats.expiredTotal, stats.rejectedOverCapacityTotal]).toEqual([
      this.#sides.reduce((sum, side) => sum + side.waiting.length, 0),
      this.#held(),
      this.#expired,
      this.#rejected,
    ]);
    expect(PEERS.map((it) => this.#store.lengthFor(it))).toEqual(this.#sides.map((side) => side.waiting.length));
  }

  #held(): number {
    return this.#sides.flatMap((side) => side.waiting).reduce((sum, { text }) => sum + text.length, 0);
  }

  #anyOnDisk(): boolean {
    return this.#sides.some((side) => side.segment.length > 0);
  }

  #wallMillisAfter(micros: number): number {
    return Math.floor((this.#machine.nowMicros() + micros) / milliseconds(1));
  }

  #side(index: number): Side {
    const side = this.#sides[index];
    if (side === undefined) throw new Error(`no peer ${index}`);
    return side;
  }

  #note(state: State, met = true): void {
    this.#reach.note(state, met);
  }
}

function readable(hints: ReturnType<DurableHintStore['takeFor']>): Waiting[] {
  return hints.map(({ payload, deadline }) => ({ text: new TextDecoder().decode(payload), deadline }));
}

describe('DurableHintStore', () => {
  it('lives every life as the naive model does, through crashes, torn appends and a wall clock that is set', () => {
    const reach = new Reach<State>();
    let operationCount = 0;
    let runCount = 0;
    fc.assert(
      fc.property(scenarios, ({ maxBytes, operations }) => {
        const life = new Life(maxBytes, reach);
        for (const each of operations) life.do(each);
        operationCount += operations.length;
        runCount += 1;
      }),
      { seed: 0xd15c, numRuns: 600 },
    );
    expect(operationCount / runCount).toBeGreaterThan(50);
    expect(reach.rarerThan(20, STATES)).toEqual([]);
  });
});
