/** The order guard: what makes a coordinator let a write wait behind the hints of its replica. */
import { describe, expect, it } from 'vitest';
import { duration } from '../../../core/index.ts';
import { HandoffRig, SECOND } from '../../support/handoff-rig.ts';

const [A, B, C] = [0, 1, 2];

describe('the order guard', () => {
  it('holds while any hint for the peer waits or is under way, and no longer', () => {
    // A message a second: of two hints swept at 30 s one arrives at 31.001 s and the other at 32.001 s.
    const rig = new HandoffRig({ channel: { messageTime: duration(SECOND) } });
    rig.runTo(1);
    expect(rig.handoff.queues(A, B)).toBe(false);
    for (const key of [1, 2]) rig.keep(A, B, { key });
    const guards = [29, 30.5, 31.5, 32.5].map((at) => {
      rig.runTo(at * SECOND);
      return [rig.handoff.stats(A).hintCount, rig.handoff.queues(A, B)];
    });
    expect(guards).toEqual([
      [2, true],
      [0, true],
      [0, true],
      [0, false],
    ]);
    expect(rig.handoff.queues(A, C)).toBe(false);
  });
});
