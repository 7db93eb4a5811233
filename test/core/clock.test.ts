import { describe, expect, it } from 'vitest';

import { AssertionFailure } from '../../core/assert.ts';
import { VirtualClock } from '../../core/clock.ts';
import { instant } from '../../core/units.ts';

describe('VirtualClock', () => {
  it('starts at instant 0', () => {
    expect(new VirtualClock().now()).toBe(0);
  });

  it('moves to the instant it is told and stands still until then', () => {
    const clock = new VirtualClock();
    clock.advanceTo(instant(1_500));
    expect(clock.now()).toBe(1_500);
    expect(clock.now()).toBe(1_500);
  });

  it('may be told the instant it is at', () => {
    const clock = new VirtualClock();
    clock.advanceTo(instant(7));
    clock.advanceTo(instant(7));
    expect(clock.now()).toBe(7);
  });

  it('refuses to go back, by a single microsecond even, and stays where it was', () => {
    const clock = new VirtualClock();
    clock.advanceTo(instant(7));
    expect(() => clock.advanceTo(instant(6))).toThrow(AssertionFailure);
    expect(clock.now()).toBe(7);
  });
});
