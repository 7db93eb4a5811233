import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { peerOfSegmentName, segmentName } from '../../core/segment-name.ts';
import { MAX_PEER_INDEX, peerIndex } from '../../core/units.ts';
import { Reach } from '../support/reach.ts';

describe('names of segments', () => {
  it('carry the peer index and nothing else', () => {
    expect(segmentName(peerIndex(0))).toBe('peer-0.hints');
    expect(segmentName(peerIndex(65_534))).toBe('peer-65534.hints');
  });

  it('lead back to the peer', () => {
    const reach = new Reach<'first peer' | 'last peer' | 'between'>();
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom(0, MAX_PEER_INDEX), fc.nat({ max: MAX_PEER_INDEX })), (index) => {
        reach.note(index === 0 ? 'first peer' : index === MAX_PEER_INDEX ? 'last peer' : 'between');
        expect(peerOfSegmentName(segmentName(peerIndex(index)))).toBe(index);
      }),
      { seed: 0x4a3e, numRuns: 200 },
    );
    expect(reach.rarerThan(20, ['first peer', 'last peer', 'between'])).toEqual([]);
  });

  it.each([
    'peer-3.hints.tmp', // an unfinished rewrite
    'peer-.hints',
    'peer-+.hints',
    'peer--3.hints',
    'peer-++3.hints',
    'peer-3',
    'peer-3.hint',
    'Peer-3.hints',
    'peer-3a.hints',
    'peer- 3.hints',
    'peer-3.0.hints',
    'peer-1e3.hints',
    'peer-0x3.hints',
    'peer-٣.hints', // a digit, but not of ASCII
    'peer-3.hints\n',
    'a/peer-3.hints',
    'peer-4294967296.hints', // 2^32
    'peer-99999999999999999999999.hints',
    '',
  ])('are no other file: %j', (name) => {
    expect(peerOfSegmentName(name)).toBeUndefined();
  });

  it('may be written by hand as Rust reads an integer: a plus sign, zeros in front, up to 2^32−1', () => {
    expect(peerOfSegmentName('peer-+7.hints')).toBe(7);
    expect(peerOfSegmentName('peer-007.hints')).toBe(7);
    expect(peerOfSegmentName('peer-4294967295.hints')).toBe(4_294_967_295);
    expect(peerOfSegmentName('peer-00000000000000000000000001.hints')).toBe(1);
  });
});
