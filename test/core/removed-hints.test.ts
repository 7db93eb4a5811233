/**
 * What a hint gives back when it is removed from its slot: its bytes to the cap of its peer, and its block to the pool.
 * Found missing by the mutation run: no other test noticed when either was kept.
 */
import { describe, expect, it } from 'vitest';
import { SLOTS_PER_BLOCK } from '../../core/block-pool.ts';
import { VirtualClock } from '../../core/clock.ts';
import { ACCEPTED, HintColumns, OVER_CAPACITY } from '../../core/hint-columns.ts';
import { PeerQueues } from '../../core/peer-queues.ts';
import { bytes, instant, peerIndex, seconds } from '../../core/units.ts';

const PEER = peerIndex(3);

describe('a hint that is removed', () => {
  it('makes room under the cap of its peer, to the byte', () => {
    const store = new HintColumns(new VirtualClock(), { maxBytes: bytes(10), capScope: 'peer' });
    const offer = (byteLength: number, reference: number): number =>
      store.enqueue(PEER, byteLength, reference, seconds(1));
    expect([offer(4, 1), offer(6, 2), offer(1, 3)]).toEqual([ACCEPTED, ACCEPTED, OVER_CAPACITY]);
    store.removeAt(PEER, store.firstSlotFor(PEER));
    // 10 - 4 are held, so 4 fit and 5 do not.
    expect([offer(5, 4), offer(4, 5), offer(1, 6)]).toEqual([OVER_CAPACITY, ACCEPTED, OVER_CAPACITY]);
  });

  it('and has expired, in the middle of its queue, makes that room as well', () => {
    const clock = new VirtualClock();
    const store = new HintColumns(clock, { maxBytes: bytes(10), capScope: 'peer' });
    const offer = (byteLength: number, ttl: number): number => store.enqueue(PEER, byteLength, 0, seconds(ttl));
    expect([offer(4, 1), offer(6, 60)]).toEqual([ACCEPTED, ACCEPTED]);
    clock.advanceTo(instant(1_000_000));
    expect(store.expireNow(clock.now())).toBe(1);
    expect([offer(5, 1), offer(4, 1), offer(1, 1)]).toEqual([OVER_CAPACITY, ACCEPTED, OVER_CAPACITY]);
  });

  it('gives its block back with the last of it, so that a steady load needs no more memory', () => {
    const queues = new PeerQueues();
    for (let round = 0; round < 20; round += 1) {
      for (let i = 0; i < 2 * SLOTS_PER_BLOCK; i += 1) queues.append(PEER, 1, i, instant(500));
      while (queues.lengthFor(PEER) > 0) queues.removeAt(PEER, queues.firstSlotFor(PEER));
    }
    // Two blocks are in use at a time.
    expect(queues.blockCount).toBe(2);
  });
});
