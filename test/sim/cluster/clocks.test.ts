/**
 * Wall clocks: offset, drift and steps, in whole microseconds.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instant } from '../../../core/index.ts';
import { Clocks } from '../../../sim/cluster/clocks.ts';
import { ARRIVAL, Kernel } from '../../../sim/cluster/kernel.ts';
import { Reach } from '../../support/reach.ts';

/** The clock of one node, and a way to let true time pass. */
function clock(clockOffset: number, clockDrift: number): { wallAt: (micros: number) => number; clocks: Clocks } {
  const kernel = new Kernel(1);
  const node = { name: 'a', datacentre: 'dc1', rack: 'r1', clockOffset, clockDrift };
  const clocks = new Clocks(kernel, { nodes: [node] });
  const wallAt = (micros: number): number => {
    kernel.at(instant(micros), ARRIVAL, 0, 0);
    kernel.next();
    return clocks.wall(0);
  };
  return { wallAt, clocks };
}

describe('a wall clock', () => {
  it('is true time and its offset, which may be negative', () => {
    expect(clock(0, 0).wallAt(123)).toBe(123);
    expect(clock(-5_000_000, 0).wallAt(1_000_000)).toBe(-4_000_000);
  });

  it('gains or loses its drift every second: 100 ppm are 360 ms an hour', () => {
    expect(clock(0, 100).wallAt(3_600_000_000)).toBe(3_600_360_000);
    expect(clock(0, -100).wallAt(3_600_000_000)).toBe(3_599_640_000);
    // A hundredth of a second at 250 ppm is 2.5 µs: whole microseconds, rounded down.
    expect(clock(0, 250).wallAt(10_000)).toBe(10_002);
    expect(clock(0, -250).wallAt(10_000)).toBe(9_997);
  });

  it('jumps when it is stepped, and back', () => {
    const { wallAt, clocks } = clock(10, 0);
    clocks.step(0, -1_000);
    expect(wallAt(5_000)).toBe(4_010);
    clocks.step(0, 1_000);
    expect(wallAt(6_000)).toBe(6_010);
  });

  it('is whole and never goes back between steps, over years and at any drift', () => {
    const reach = new Reach<'stood still' | 'ten years'>();
    const micros = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 315_360_000_000_000 }));
    fc.assert(
      fc.property(fc.integer({ min: -999_999, max: 1_000_000 }), micros, micros, (drift, at, gap) => {
        const { wallAt } = clock(0, drift);
        const [before, after] = [wallAt(at), wallAt(at + gap)];
        expect(Number.isSafeInteger(before)).toBe(true);
        expect(after).toBeGreaterThanOrEqual(before);
        // Within the rounding of the exact drift, computed in integers without bound.
        const exact = BigInt(at) + (BigInt(at) * BigInt(drift)) / 1_000_000n;
        expect(Math.abs(Number(BigInt(before) - exact))).toBeLessThanOrEqual(1);
        reach.note('stood still', gap > 0 && after === before);
        reach.note('ten years', at > 1e14);
      }),
      { seed: 20_260_724, numRuns: 2_000 },
    );
    expect(reach.rarerThan(5, ['stood still', 'ten years'])).toEqual([]);
  });
});
