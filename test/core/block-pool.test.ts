import { describe, expect, it } from 'vitest';

import { AssertionFailure } from '../../core/assert.ts';
import { BlockPool, NO_BLOCK, NO_SLOT, SLOTS_PER_BLOCK } from '../../core/block-pool.ts';
import { HintBatch } from '../../core/hint-batch.ts';
import { instant } from '../../core/units.ts';

/** A full block of hints of one byte each, numbered from `from`. */
function fill(pool: BlockPool, block: number, from: number): void {
  for (let hint = 0; hint < SLOTS_PER_BLOCK; hint += 1) pool.push(block, 1, from + hint, instant(10));
}

describe('BlockPool', () => {
  it('never hands out the block that stands for none, and that one counts as full', () => {
    const pool = new BlockPool();
    expect(pool.isFull(NO_BLOCK)).toBe(true);
    const blocks = Array.from({ length: 20 }, () => pool.acquire());
    expect(blocks).not.toContain(NO_BLOCK);
    expect(new Set(blocks).size).toBe(20);
    expect(pool.blockCount).toBe(20);
  });

  it('fills a block with 128 hints', () => {
    const pool = new BlockPool();
    const block = pool.acquire();
    for (let i = 1; i < SLOTS_PER_BLOCK; i += 1) pool.push(block, 1, i, instant(10));
    expect(pool.isFull(block)).toBe(false);
    pool.push(block, 1, SLOTS_PER_BLOCK, instant(10));
    expect(pool.isFull(block)).toBe(true);
    expect([pool.hintCount, pool.bytes]).toEqual([128, 128]);
  });

  it('knows the earliest deadline of each block, before and after some of it expired', () => {
    const pool = new BlockPool();
    const block = pool.acquire();
    for (const deadline of [300, 100, 200]) pool.push(block, 2, deadline, instant(deadline));
    expect(pool.earliestIn(block)).toBe(100);
    const expired = new HintBatch();
    expect(pool.expire(block, instant(100), expired)).toBe(1);
    expect(expired.referenceAt(0)).toBe(100);
    expect(pool.earliestIn(block)).toBe(200);
    expect([pool.hintCount, pool.bytes]).toEqual([2, 4]);
    pool.expire(block, instant(300), undefined);
    expect(pool.isDead(block)).toBe(true);
    expect(pool.earliestIn(block)).toBe(Infinity);
  });

  it('keeps what it knows of a block while it grows', () => {
    const pool = new BlockPool();
    const [block, next] = [pool.acquire(), pool.acquire()];
    pool.push(block, 7, -3, instant(100));
    pool.link(block, next);
    for (let i = 0; i < 100; i += 1) pool.acquire();
    expect(pool.earliestIn(block)).toBe(100);
    expect(pool.next(block)).toBe(next);
    expect([pool.isDead(block), pool.isDead(next)]).toEqual([false, true]);
    const live = new HintBatch();
    expect(pool.empty(block, instant(99), live, undefined)).toBe(1);
    expect([live.referenceAt(0), live.byteLengthAt(0), live.deadlineAt(0)]).toEqual([-3, 7, 100]);
  });

  it('knows the slots of a block from its first to its newest, and none of its neighbours', () => {
    const pool = new BlockPool();
    const blocks = [pool.acquire(), pool.acquire(), pool.acquire()];
    blocks.forEach((block, index) => fill(pool, block, 1_000 * index));
    for (const [index, block] of blocks.entries()) {
      const numbers: number[] = [];
      for (let slot = pool.firstSlot(block); slot !== NO_SLOT; slot = pool.slotAfter(block, slot)) {
        numbers.push(pool.referenceIn(slot));
      }
      expect(numbers).toEqual(Array.from({ length: SLOTS_PER_BLOCK }, (_, hint) => 1_000 * index + hint));
      expect(pool.referenceIn(pool.newestSlot(block))).toBe(1_000 * index + 127);
    }
  });

  it('takes all there is in a block, however many more are asked for, and nothing of its neighbours', () => {
    const pool = new BlockPool();
    const [first, second] = [pool.acquire(), pool.acquire()];
    fill(pool, first, 0);
    fill(pool, second, 1_000);
    const live = new HintBatch();
    expect(pool.takeSome(first, instant(0), Infinity, live, undefined)).toBe(128);
    expect(live.referenceAt(127)).toBe(127);
    expect([pool.hintCount, pool.isDead(second)]).toEqual([128, false]);
  });

  it('hands a released block out again as if it were new', () => {
    const pool = new BlockPool();
    const block = pool.acquire();
    pool.link(block, pool.acquire());
    pool.push(block, 1, 1, instant(10));
    pool.empty(block, instant(0), undefined, undefined);
    pool.release(block);
    expect(pool.acquire()).toBe(block);
    expect(pool.next(block)).toBe(NO_BLOCK);
    expect(pool.earliestIn(block)).toBe(Infinity);
    expect(pool.isDead(block)).toBe(true);
    expect(pool.isFull(block)).toBe(false);
    expect(pool.blockCount).toBe(2);
  });

  it('refuses to take back a block with a hint in it', () => {
    const pool = new BlockPool();
    const block = pool.acquire();
    pool.push(block, 1, 1, instant(10));
    expect(() => pool.release(block)).toThrow(AssertionFailure);
  });
});
