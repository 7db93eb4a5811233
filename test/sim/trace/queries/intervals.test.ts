import { describe, expect, it } from 'vitest';
import { believersAt, believesDown, isDown } from '../../../../sim/trace/queries/intervals.ts';
import { buildTrace } from '../../../support/trace-builder.ts';

const trace = buildTrace({
  outages: [
    { node: 'b', from: 10, until: 20 },
    { node: 'c', from: 15 },
    { node: 'b', from: 30, until: 40 },
  ],
  beliefs: [
    { observer: 'a', peer: 'b', from: 12, until: 22 },
    { observer: 'c', peer: 'b', from: 13 },
  ],
});

describe('isDown', () => {
  it('holds from the crash up to the restart', () => {
    const down = (node: number, instants: readonly number[]): boolean[] =>
      instants.map((at) => isDown(trace, node, at));
    expect(down(1, [9, 10, 19, 20, 29, 30, 39, 40])).toEqual([false, true, true, false, false, true, true, false]);
    expect(down(2, [14, 15, 1_000_000])).toEqual([false, true, true]);
    expect(down(0, [15])).toEqual([false]);
  });
});

describe('believesDown', () => {
  it('is the belief of one observer, not of others, and not the fact', () => {
    expect(believesDown(trace, 0, 1, 11)).toBe(false);
    expect(believesDown(trace, 0, 1, 12)).toBe(true);
    expect(believesDown(trace, 0, 1, 22)).toBe(false);
    expect(believesDown(trace, 2, 1, 22)).toBe(true);
    expect(believesDown(trace, 1, 2, 22)).toBe(false);
  });
});

describe('believersAt', () => {
  it('counts the others that take a node for Down: from a alone to both, and to c when a thinks better of it', () => {
    expect([11, 12, 13, 21, 22].map((at) => believersAt(trace, 1, at))).toEqual([0, 1, 2, 2, 1]);
    expect(believersAt(trace, 2, 15)).toBe(0); // it is down, and nobody has noticed
  });
});
