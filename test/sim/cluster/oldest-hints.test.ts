/** The oldest hint that waits for a peer, by which a window that persists is judged (CASSANDRA-14309). */
import { describe, expect, it } from 'vitest';
import { duration } from '../../../core/index.ts';
import { HandoffRig, SECOND } from '../../support/handoff-rig.ts';

const [A, B] = [0, 1];

describe('a hint', () => {
  it('is refused for the oldest hint that waits, also where a sweep has put that behind a newer one', () => {
    const rig = new HandoffRig({
      hints: { window: duration(35 * SECOND), windowPersistent: true },
      channel: { slots: 1 },
    });
    rig.runTo(1);
    for (const key of [1, 2]) rig.keep(A, B, { key });
    // Of 30 s, while the sweep has the second in its hands: the new one is ahead of it, and is sent at 60 s, that at 90 s.
    rig.runTo(30 * SECOND + 1);
    expect(rig.keep(A, B, { key: 3 })).toBe(true);
    const kept = [35 * SECOND + 1, 35 * SECOND + 2, 66 * SECOND, 89 * SECOND, 91 * SECOND].map((at) => {
      rig.runTo(at);
      return rig.keep(A, B, { key: 4 });
    });
    expect(kept).toEqual([true, false, false, false, false]);
    rig.runTo(121 * SECOND);
    expect(rig.keep(A, B, { key: 4 })).toBe(true);
    expect(rig.fates()).toEqual(['delivered', 'delivered', 'delivered', 'delivered', 'pending']);
  });

  it('is refused for the oldest hint also while a sweep has that in its hands', () => {
    const rig = new HandoffRig({
      hints: { window: duration(29 * SECOND), windowPersistent: true },
      channel: { slots: 1 },
      drain: { hold: duration(2 * SECOND) },
    });
    rig.runTo(1);
    for (const key of [1, 2]) rig.keep(A, B, { key });
    rig.runTo(31 * SECOND);
    expect(rig.keep(A, B, { key: 3 })).toBe(false);
    expect(rig.fates()).toEqual(['delivered', 'pending']);
  });
});
