/**
 * The digest: the same for the same events, another for any difference, and bisected to the block of the first one.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AssertionFailure } from '../../../core/assert.ts';
import { hexOf, mixFirst, mixSecond, mixWord, newLanes } from '../../../sim/engine/hash.ts';
import { CHAIN_EVERY, Digest, firstDifference } from '../../../sim/engine/digest.ts';

type Event = readonly [at: number, kind: number, a: number, b: number];

const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const micros = fc.oneof(fc.nat(1_000), fc.maxSafeNat());
const anyEvent: fc.Arbitrary<Event> = fc.tuple(micros, fc.nat(255), int32, int32);

function digestOf(events: readonly Event[]): Digest {
  const digest = new Digest();
  for (const [at, kind, a, b] of events) digest.mix(at, kind, a, b);
  return digest;
}

/** Events that all differ: event number i is at 10 · i. */
const numbered = (count: number): Event[] =>
  Array.from({ length: count }, (_, index) => [10 * index, index % 7, index, -1]);

describe('the digest', () => {
  it('is 16 hexadecimal digits, of no events too', () => {
    expect(new Digest().hex()).toMatch(/^[0-9a-f]{16}$/);
    expect(digestOf(numbered(3)).hex()).toMatch(/^[0-9a-f]{16}$/);
  });

  it('is the same for the same events, and reading it changes nothing', () => {
    const watched = new Digest();
    for (const [at, kind, a, b] of numbered(600)) {
      watched.mix(at, kind, a, b);
      watched.hex();
      watched.chain();
    }
    expect(watched.hex()).toBe(digestOf(numbered(600)).hex());
    expect(watched.chain()).toEqual(digestOf(numbered(600)).chain());
    expect(watched.events).toBe(600);
  });

  it('changes with any single field of any event, whatever follows', () => {
    const changes = [0, 0, 0, 0];
    fc.assert(
      fc.property(
        fc.array(anyEvent, { minLength: 1, maxLength: 40, size: 'max' }),
        fc.nat(1_000),
        fc.nat(3),
        anyEvent,
        (events, position, field, other) => {
          const index = position % events.length;
          const [was, changed] = [events[index]?.[field] ?? 0, other[field] ?? 0];
          fc.pre(was !== changed);
          changes[field] = (changes[field] ?? 0) + 1;
          const tampered = events.map((event, i) => (i === index ? withField(event, field, changed) : event));
          expect(digestOf(tampered).hex()).not.toBe(digestOf(events).hex());
        },
      ),
      { numRuns: 4_000, seed: 20_260_104 },
    );
    for (const count of changes) expect(count).toBeGreaterThan(500);
  });

  it('changes when two events swap places', () => {
    const [first, second, ...rest] = numbered(10);
    if (first === undefined || second === undefined) throw new Error('ten events');
    expect(digestOf([second, first, ...rest]).hex()).not.toBe(digestOf([first, second, ...rest]).hex());
  });

  it('changes with every event, if it is all zeros too', () => {
    const zeros = Array.from({ length: 300 }, (_, count) =>
      digestOf(Array.from({ length: count }, () => [0, 0, 0, 0])).hex(),
    );
    expect(new Set(zeros).size).toBe(300);
  });

  it('takes the fields of an event side by side, each by odd factors of its own, as documented', () => {
    const word = (value: bigint): number => Number(BigInt.asIntN(32, value));
    let highInstants = 0;
    fc.assert(
      fc.property(fc.array(anyEvent, { minLength: 1, maxLength: 5, size: 'max' }), (events) => {
        const lanes = newLanes();
        for (const [at, kind, a, b] of events) {
          if (at >= 2 ** 32) highInstants += 1;
          // The low word of the instant; its high word, of 21 bits, below the kind; and the two numbers.
          const high = (BigInt(at) >> 32n) + (BigInt(kind) << 21n);
          const entering = (ofHigh: bigint, ofA: bigint, ofB: bigint): number =>
            word(BigInt(at) ^ (high * ofHigh) ^ (BigInt(a) * ofA) ^ (BigInt(b) * ofB));
          lanes[0] = mixFirst(lanes[0] ?? 0, entering(0x27d4eb2fn, 0x165667b1n, 0x2545f491n));
          lanes[1] = mixSecond(lanes[1] ?? 0, entering(0x7feb352dn, 0x846ca68bn, 0x1b873593n));
        }
        mixWord(lanes, events.length);
        mixWord(lanes, 0);
        expect(digestOf(events).hex()).toBe(hexOf(lanes));
      }),
      { numRuns: 300, seed: 20_260_109 },
    );
    expect(highInstants).toBeGreaterThan(50);
  });

  it('keeps one chain value for each full block of 256 events', () => {
    expect(CHAIN_EVERY).toBe(256);
    expect(digestOf(numbered(255)).chain().length).toBe(0);
    expect(digestOf(numbered(256)).chain().length).toBe(2);
    // Past the first 64 values, so that the chain grew.
    expect(digestOf(numbered(256 * 200 + 17)).chain().length).toBe(400);
    expect(
      digestOf(numbered(256 * 200))
        .chain()
        .slice(0, 6),
    ).toEqual(digestOf(numbered(256 * 3)).chain());
  });

  it('refuses a kind that would run into the instant', () => {
    expect(() => new Digest().mix(0, 2_048, 0, 0)).toThrow(AssertionFailure);
    expect(() => new Digest().mix(0, -1, 0, 0)).toThrow(AssertionFailure);
  });
});

describe('firstDifference', () => {
  const blocks = 37;
  const events = numbered(256 * blocks);

  it('finds the block of a single tampered event, wherever it is', () => {
    for (let block = 0; block < blocks; block += 1) {
      for (const index of [256 * block, 256 * block + 255]) {
        const tampered = events.map((event, i) => (i === index ? withField(event, 3, 0) : event));
        expect(firstDifference(digestOf(events).chain(), digestOf(tampered).chain())).toBe(block);
      }
    }
  });

  it('finds it in chains of any length, whichever word of the block tells', () => {
    for (let length = 1; length <= 9; length += 1) {
      const chain = Uint32Array.from({ length: 2 * length }, (_, word) => word);
      for (let block = 0; block < length; block += 1) {
        for (const word of [0, 1]) {
          // Chain values are cumulative: from the difference on, all differ.
          const other = chain.map((value, index) => (index >= 2 * block && index % 2 === word ? value + 100 : value));
          expect(firstDifference(chain, other)).toBe(block);
        }
      }
    }
  });

  it('finds it in the chains of two runs: a chain value covers all events up to its block, and none after it', () => {
    const short = numbered(4 * 256);
    const tampered = short.map((event, index) => (index === 2 * 256 ? withField(event, 3, 0) : event));
    const [one, other] = [digestOf(short).chain(), digestOf(tampered).chain()];
    expect(firstDifference(one, other)).toBe(2);
    expect(one.slice(0, 4)).toEqual(other.slice(0, 4));
    expect(one.filter((value, index) => value === other[index])).toHaveLength(4);
  });

  it('finds none between equal chains, nor between a chain and its beginning', () => {
    const chain = digestOf(events).chain();
    expect(firstDifference(chain, chain.slice())).toBeUndefined();
    expect(firstDifference(chain, chain.slice(0, 10))).toBeUndefined();
    expect(firstDifference(new Uint32Array(0), chain)).toBeUndefined();
  });
});

function withField([at, kind, a, b]: Event, field: number, value: number): Event {
  return [field === 0 ? value : at, field === 1 ? value : kind, field === 2 ? value : a, field === 3 ? value : b];
}
