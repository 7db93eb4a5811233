import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { crc32 } from '../../core/crc32.ts';
import { Reach } from '../support/reach.ts';

const SEED = 0x5e6;

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The definition by long division, highest bit first and nothing reflected but what goes in and what comes out. */
function byDefinition(bytes: Uint8Array): number {
  let register = 0xffff_ffff;
  for (const byte of bytes) {
    for (let bit = 0; bit < 8; bit += 1) {
      const input = (byte >>> bit) & 1;
      const top = (register >>> 31) & 1;
      register = (register << 1) ^ (top === input ? 0 : 0x04c1_1db7);
    }
  }
  let reflected = 0;
  for (let bit = 0; bit < 32; bit += 1) reflected |= ((register >>> bit) & 1) << (31 - bit);
  return ~reflected >>> 0;
}

describe('crc32', () => {
  it.each([
    ['123456789', 0xcbf4_3926], // the check value of the catalogue
    ['', 0],
    ['a', 0xe8b7_be43],
    ['abc', 0x3524_41c2],
    ['The quick brown fox jumps over the lazy dog', 0x414f_a339],
  ])('of «%s» is the published value', (text, published) => {
    expect(crc32(ascii(text))).toBe(published);
  });

  it('tells runs of zeros, and of ones, by their length', () => {
    expect(crc32(new Uint8Array(32))).toBe(0x190a_55ad);
    expect(crc32(new Uint8Array(32).fill(0xff))).toBe(0xff6c_ab0b);
    expect(crc32(new Uint8Array(31))).not.toBe(crc32(new Uint8Array(32)));
  });

  it('is the remainder of the long division, for any range of any bytes', () => {
    const reach = new Reach<'empty range' | 'inner range' | 'high bit set'>();
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 96, size: 'max' }),
        fc.nat({ max: 96 }),
        fc.nat({ max: 96 }),
        (bytes, a, b) => {
          const start = Math.min(a, b, bytes.length);
          const end = Math.min(Math.max(a, b), bytes.length);
          const sum = crc32(bytes, start, end);
          reach.note('empty range', start === end);
          reach.note('inner range', start > 0 && end < bytes.length && start < end);
          reach.note('high bit set', sum > 0x7fff_ffff);
          expect(sum).toBe(byDefinition(bytes.subarray(start, end)));
        },
      ),
      { seed: SEED, numRuns: 500 },
    );
    expect(reach.rarerThan(20, ['empty range', 'inner range', 'high bit set'])).toEqual([]);
  });
});
