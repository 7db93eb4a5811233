/** What `HintColumns` cannot show from outside: which blocks the queues hold, and that they come back to the pool. */
import { describe, expect, it } from 'vitest';

import { SLOTS_PER_BLOCK } from '../../core/block-pool.ts';
import { HintBatch } from '../../core/hint-batch.ts';
import { PeerQueues } from '../../core/peer-queues.ts';
import { instant, peerIndex } from '../../core/units.ts';

const PEER = peerIndex(5);
const NOW = instant(100);

/** Appends hints with the references `from` … `from + count − 1`, all with the same deadline. */
function fill(queues: PeerQueues, from: number, count: number, deadline: number): void {
  for (let i = 0; i < count; i += 1) queues.append(PEER, 1, from + i, instant(deadline));
}

function referencesOf(batch: HintBatch): number[] {
  return Array.from({ length: batch.length }, (_, index) => batch.referenceAt(index));
}

const range = (from: number, count: number): number[] => Array.from({ length: count }, (_, index) => from + index);

describe('PeerQueues', () => {
  it('takes a new block with the 129th hint, not with the 128th', () => {
    const queues = new PeerQueues();
    fill(queues, 0, SLOTS_PER_BLOCK, 500);
    expect(queues.blockCount).toBe(1);
    fill(queues, SLOTS_PER_BLOCK, 1, 500);
    expect(queues.blockCount).toBe(2);
  });

  it('uses the blocks of a taken queue again, so that a steady load needs no more memory', () => {
    const queues = new PeerQueues();
    const taken = new HintBatch();
    for (let round = 0; round < 50; round += 1) {
      fill(queues, 0, 1_000, 500);
      taken.clear();
      queues.take(PEER, NOW, taken, undefined);
      expect(referencesOf(taken)).toEqual(range(0, 1_000));
    }
    expect(queues.blockCount).toBe(8); // 1000 hints in blocks of 128
  });

  it('takes part of a queue across its blocks, no hint more than was asked for, and uses them again', () => {
    const queues = new PeerQueues();
    for (let round = 0; round < 20; round += 1) {
      fill(queues, 0, 600, 500);
      const taken = new HintBatch();
      // The first two blocks, and a third of the next one.
      expect(queues.takeSome(PEER, NOW, 300, taken, undefined)).toBe(300);
      expect(queues.lengthFor(PEER)).toBe(300);
      expect(queues.takeSome(PEER, NOW, 1_000, taken, undefined)).toBe(300);
      expect(referencesOf(taken)).toEqual(range(0, 600));
    }
    expect(queues.blockCount).toBe(5); // 600 hints in blocks of 128
  });

  it.each([15, 16, 17, 31, 32, 33])('has room for a hint of peer %i before any other', (index) => {
    const queues = new PeerQueues();
    const peer = peerIndex(index);
    queues.append(peer, 7, 1, instant(500));
    expect([queues.lengthFor(peer), queues.earliestFor(peer), queues.bytes]).toEqual([1, 500, 7]);
    const taken = new HintBatch();
    expect(queues.take(peer, NOW, taken, undefined)).toBe(1);
  });

  it.each([
    { where: 'first', lifetimes: [50, 500, 500] },
    { where: 'middle', lifetimes: [500, 50, 500] },
    { where: 'last', lifetimes: [500, 500, 50] },
  ])('gives the $where block back when all in it expired, and keeps the order of the rest', ({ lifetimes }) => {
    const queues = new PeerQueues();
    lifetimes.forEach((deadline, nth) => fill(queues, nth * SLOTS_PER_BLOCK, SLOTS_PER_BLOCK, deadline));
    expect(queues.expire(PEER, NOW, undefined)).toBe(128);
    expect(queues.lengthFor(PEER)).toBe(256);
    expect(queues.earliestFor(PEER)).toBe(500);

    fill(queues, 1_000, SLOTS_PER_BLOCK, 500); // into the block that came back
    expect(queues.blockCount).toBe(3);
    const survivors = lifetimes.flatMap((deadline, nth) => (deadline > NOW ? range(nth * 128, 128) : []));
    const taken = new HintBatch();
    expect(queues.take(PEER, NOW, taken, undefined)).toBe(384);
    expect(referencesOf(taken)).toEqual([...survivors, ...range(1_000, 128)]);
  });

  it('ends with the last block that stayed when those behind it expired, and gives those back once', () => {
    const queues = new PeerQueues();
    const other = peerIndex(6);
    fill(queues, 0, SLOTS_PER_BLOCK, 500);
    fill(queues, SLOTS_PER_BLOCK, SLOTS_PER_BLOCK, 50);
    expect(queues.expire(PEER, NOW, undefined)).toBe(128);
    expect(queues.take(PEER, NOW, new HintBatch(), undefined)).toBe(128);
    // A block that was given back twice would now be in both queues.
    for (let hint = 0; hint < 4 * SLOTS_PER_BLOCK; hint += 1) {
      queues.append(hint % 2 === 0 ? PEER : other, 1, hint, instant(500));
    }
    const taken = new HintBatch();
    expect(queues.take(PEER, NOW, taken, undefined)).toBe(256);
    expect(referencesOf(taken)).toEqual(range(0, 2 * SLOTS_PER_BLOCK).map((hint) => 2 * hint));
    expect(queues.take(other, NOW, taken, undefined)).toBe(256);
    expect(queues.blockCount).toBe(4);
  });

  it('knows the earliest deadline that a sweep left, wherever in the chain it is', () => {
    const queues = new PeerQueues();
    fill(queues, 0, 100, 500);
    fill(queues, 100, 100, 50);
    fill(queues, 200, 100, 300);
    expect(queues.earliestFor(PEER)).toBe(50);
    expect(queues.expire(PEER, NOW, undefined)).toBe(100);
    expect(queues.earliestFor(PEER)).toBe(300);
  });

  it('forgets a peer with its last hint and all blocks with it', () => {
    const queues = new PeerQueues();
    fill(queues, 0, 300, 50);
    expect(queues.firstPeer()).toBe(PEER);
    expect(queues.expire(PEER, NOW, undefined)).toBe(300);
    expect(queues.firstPeer()).toBeUndefined();
    expect(queues.lengthFor(PEER)).toBe(0);
    fill(queues, 0, 300, 500);
    expect(queues.blockCount).toBe(3);
    expect(queues.earliestFor(PEER)).toBe(500);
  });

  it('knows the deadline of the hint appended last, in a fresh block too', () => {
    const queues = new PeerQueues();
    fill(queues, 0, SLOTS_PER_BLOCK, 500);
    expect(queues.newestDeadlineFor(PEER)).toBe(500);
    fill(queues, 0, 1, 300);
    expect(queues.newestDeadlineFor(PEER)).toBe(300);
    expect(queues.earliestFor(PEER)).toBe(300);
  });
});
