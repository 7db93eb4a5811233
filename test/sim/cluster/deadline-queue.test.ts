/**
 * The deadlines of requests: first in, first out, whatever the ring has been through.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instant } from '../../../core/index.ts';
import { DeadlineQueue } from '../../../sim/cluster/deadline-queue.ts';
import { Reach } from '../../support/reach.ts';

describe('a deadline queue', () => {
  it('gives back what was put in, oldest first', () => {
    const queue = new DeadlineQueue();
    queue.push(instant(10), 3, 1);
    queue.push(instant(10), 4, 7);
    expect([queue.length, queue.deadline, queue.row, queue.generation]).toEqual([2, 10, 3, 1]);
    queue.shift();
    expect([queue.length, queue.deadline, queue.row, queue.generation]).toEqual([1, 10, 4, 7]);
    queue.shift();
    expect(queue.length).toBe(0);
  });

  it('is a first-in-first-out queue through growth and wrap-around', () => {
    const reach = new Reach<'grew with its head in the middle'>();
    // Runs of pushes and shifts, long enough to widen a ring of 256 places more than once.
    const steps = fc.array(fc.record({ pushes: fc.nat(400), shifts: fc.nat(300) }), { maxLength: 12, size: 'max' });
    fc.assert(
      fc.property(steps, (runs) => {
        const queue = new DeadlineQueue();
        const model: (readonly [number, number, number])[] = [];
        let next = 0;
        let hasShifted = false;
        for (const { pushes, shifts } of runs) {
          for (let push = 0; push < pushes; push++, next++) {
            queue.push(instant(next), next * 2, next * 3);
            model.push([next, next * 2, next * 3]);
          }
          reach.note('grew with its head in the middle', hasShifted && model.length > 256);
          for (let shift = 0; shift < shifts && model.length > 0; shift++) {
            expect([queue.deadline, queue.row, queue.generation]).toEqual(model.shift());
            queue.shift();
            hasShifted = true;
          }
          expect(queue.length).toBe(model.length);
        }
      }),
      { seed: 31, numRuns: 60 },
    );
    expect(reach.rarerThan(10, ['grew with its head in the middle'])).toEqual([]);
  });
});
