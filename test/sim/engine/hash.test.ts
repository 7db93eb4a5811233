/**
 * The hash: stable text digests, no collisions by accident, and a difference in one word that is never lost.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Lanes } from '../../../sim/engine/hash.ts';
import {
  avalanche,
  hashText,
  hexOf,
  mixFirst,
  mixSecond,
  mixText,
  mixWord,
  newLanes,
} from '../../../sim/engine/hash.ts';

const anyWord = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });

function lanesOfWords(words: readonly number[]): Lanes {
  const lanes = newLanes();
  for (const word of words) mixWord(lanes, word);
  return lanes;
}

function hashOfTexts(...texts: readonly string[]): string {
  const lanes = newLanes();
  for (const text of texts) mixText(lanes, text);
  return hexOf(lanes);
}

describe('the hash', () => {
  it('writes 16 hexadecimal digits', () => {
    for (const text of ['', 'a', 'cluster', 'ü→🜁']) expect(hashText(text)).toMatch(/^[0-9a-f]{16}$/);
  });

  it('gives the same digits for the same text, and can go on after it was read', () => {
    const lanes = newLanes();
    mixText(lanes, 'peer 1');
    expect(hexOf(lanes)).toBe(hashText('peer 1'));
    expect(hexOf(lanes)).toBe(hashText('peer 1'));
    mixText(lanes, 'peer 2');
    expect(hexOf(lanes)).toBe(hashOfTexts('peer 1', 'peer 2'));
  });

  it('tells apart a hundred thousand names that look alike', () => {
    // By the birthday bound, 10^5 values of 64 bits collide with probability 3e-10.
    const names = Array.from({ length: 100_000 }, (_, index) => `peer ${index}`);
    expect(new Set(names.map(hashText)).size).toBe(names.length);
  });

  it('has both halves different for names that look alike, so each lane is a hash by itself', () => {
    // 10^4 values of 32 bits: 0.012 collisions expected, so more than two mean a lane that does not spread.
    const hashes = Array.from({ length: 10_000 }, (_, index) => hashText(`peer ${index}`));
    expect(new Set(hashes.map((hash) => hash.slice(0, 8))).size).toBeGreaterThanOrEqual(9_998);
    expect(new Set(hashes.map((hash) => hash.slice(8))).size).toBeGreaterThanOrEqual(9_998);
  });

  it('knows where one text ends and the next begins', () => {
    expect(
      new Set([hashOfTexts('ab', 'c'), hashOfTexts('a', 'bc'), hashOfTexts('abc'), hashOfTexts('abc', '')]).size,
    ).toBe(4);
  });

  it('moves on from a lane of zeros that takes zeros', () => {
    expect(mixFirst(0, 0)).not.toBe(0);
    expect(mixSecond(0, 0)).not.toBe(0);
  });

  it('counts zeros: longer runs of them hash differently', () => {
    const hashes = Array.from({ length: 200 }, (_, length) => hexOf(lanesOfWords(Array.from({ length }, () => 0))));
    expect(new Set(hashes).size).toBe(200);
  });

  it('never loses a difference in a single word, whatever surrounds it: not in either lane, not by a single bit', () => {
    let changed = 0;
    fc.assert(
      fc.property(
        fc.array(anyWord, { minLength: 1, maxLength: 60, size: 'max' }),
        fc.nat(1_000),
        fc.oneof(anyWord, fc.nat(31).map((bit) => 1 << bit)), // prettier-ignore
        (words, position, difference) => {
          fc.pre(difference !== 0);
          changed += 1;
          const index = position % words.length;
          const [before, after] = [words, words.with(index, (words[index] ?? 0) ^ difference)].map(lanesOfWords);
          expect(after?.[0]).not.toBe(before?.[0]);
          expect(after?.[1]).not.toBe(before?.[1]);
        },
      ),
      { numRuns: 2_000, seed: 20_260_103 },
    );
    expect(changed).toBe(2_000);
  });

  it('reads both lanes: states that differ in one of them have different digits', () => {
    fc.assert(
      fc.property(anyWord, anyWord, anyWord, (kept, one, other) => {
        fc.pre(one !== other);
        expect(hexOf(Int32Array.of(kept, one))).not.toBe(hexOf(Int32Array.of(kept, other)));
        expect(hexOf(Int32Array.of(one, kept))).not.toBe(hexOf(Int32Array.of(other, kept)));
      }),
      { numRuns: 1_000, seed: 20_260_107 },
    );
  });
});

describe('the hash, word by word', () => {
  const WORD = 1n << 32n;
  const words = (...values: readonly bigint[]): number[] => values.map((value) => Number(BigInt.asIntN(32, value)));
  const rotated = (value: bigint, by: bigint): bigint => ((value << by) | (value >> (32n - by))) % WORD;

  it('begins with the fraction of pi: 3.243F6A88 85A308D3 in hexadecimal', () => {
    expect([...newLanes()]).toEqual(words(0x243f6a88n, 0x85a308d3n));
    expect([...newLanes()]).toEqual([0x243f6a88, 0x85a308d3 | 0]);
  });

  it('multiplies, rotates and adds in each lane, as in integers of any length', () => {
    let compared = 0;
    fc.assert(
      fc.property(anyWord, anyWord, (lane, word) => {
        compared += 1;
        const mixed = BigInt.asUintN(32, BigInt(lane) ^ BigInt(word));
        const first = rotated((mixed * 0x9e3779b1n) % WORD, 13n) + 0x52dce729n;
        const second = rotated((mixed * 0x85ebca6bn) % WORD, 17n) + 0x38495ab5n;
        expect([mixFirst(lane, word), mixSecond(lane, word)]).toEqual(words(first, second));
      }),
      { numRuns: 300, seed: 20_260_108 },
    );
    expect(compared).toBe(300);
  });

  it('takes a text as its UTF-16 units and then its length', () => {
    const lanes = newLanes();
    mixText(lanes, 'aü');
    expect([...lanes]).toEqual([...lanesOfWords([0x61, 0xfc, 2])]);
  });

  it('ends with the second lane and the sum of both, then the first and what that came to', () => {
    const lanes = Int32Array.of(5, 7);
    const second = avalanche(12);
    const first = avalanche(5 + second);
    const digits = (word: number): string => (word >>> 0).toString(16).padStart(8, '0');
    expect(hexOf(lanes)).toBe(digits(first) + digits(second));
  });
});

describe('the avalanche', () => {
  it('is the finaliser of MurmurHash3, as 32 signed bits', () => {
    // MurmurHash3_x86_32 of no bytes is fmix32(seed): 0 for seed 0, 514e28b7 for 1, 81f16f39 for ffffffff.
    expect([0, 1, -1].map((word) => avalanche(word) >>> 0)).toEqual([0, 0x514e28b7, 0x81f16f39]);
    expect(avalanche(-1)).toBe(0x81f16f39 | 0);
  });
});
