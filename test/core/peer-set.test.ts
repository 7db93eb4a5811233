import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { PeerSet } from '../../core/peer-set.ts';
import { peerIndex } from '../../core/units.ts';

function members(set: PeerSet): number[] {
  const found: number[] = [];
  for (let peer = set.first(); peer !== undefined; peer = set.after(peer)) found.push(peer);
  return found;
}

describe('PeerSet', () => {
  it('is empty at first', () => {
    expect(members(new PeerSet())).toEqual([]);
  });

  it('finds peers on both sides of every 32, up to the last index', () => {
    const set = new PeerSet();
    for (const peer of [65_534, 64, 63, 32, 31, 1, 0]) set.add(peerIndex(peer));
    expect(members(set)).toEqual([0, 1, 31, 32, 63, 64, 65_534]);
  });

  it('can be walked while the peer under the walk is deleted', () => {
    const set = new PeerSet();
    for (const peer of [3, 31, 40]) set.add(peerIndex(peer));
    const found: number[] = [];
    for (let peer = set.first(); peer !== undefined; peer = set.after(peer)) {
      found.push(peer);
      set.delete(peer);
    }
    expect(found).toEqual([3, 31, 40]);
    expect(members(set)).toEqual([]);
  });

  it('holds what was added and not deleted, ascending', () => {
    let largest = 0;
    const change = fc.record({
      add: fc.boolean(),
      peer: fc.oneof(fc.integer({ min: 0, max: 70 }), fc.integer({ min: 0, max: 65_534 })),
    });
    fc.assert(
      fc.property(fc.array(change, { minLength: 20, maxLength: 100, size: 'max' }), (changes) => {
        const set = new PeerSet();
        const expected = new Set<number>();
        for (const { add, peer } of changes) {
          if (add) set.add(peerIndex(peer));
          else set.delete(peerIndex(peer));
          if (add) expected.add(peer);
          else expected.delete(peer);
        }
        largest = Math.max(largest, expected.size);
        expect(members(set)).toEqual([...expected].toSorted((a, b) => a - b));
      }),
      { seed: 7, numRuns: 200 },
    );
    expect(largest).toBeGreaterThan(30);
  });
});
