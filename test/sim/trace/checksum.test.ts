import { describe, expect, it } from 'vitest';
import { checksum } from '../../../sim/trace/checksum.ts';

function hash(text: string, seed: number): number {
  const view = new DataView(new TextEncoder().encode(text).buffer);
  return checksum(view, 0, view.byteLength, seed);
}

describe('checksum', () => {
  it('is MurmurHash3 of whole words: published values', () => {
    expect(hash('', 0)).toBe(0);
    expect(hash('', 1)).toBe(0x514e28b7);
    expect(hash('test', 0)).toBe(0xba6bd213);
    expect(hash('aaaa', 0x9747b28c)).toBe(0x5a97808a);
    expect(hash('abcd', 0x9747b28c)).toBe(0xf0478627);
  });

  it('refuses a stretch that is not whole words', () => {
    expect(() => hash('abc', 0)).toThrow('whole words');
  });
});
