/**
 * xoshiro128** against its published sequence.
 */
import { describe, expect, it } from 'vitest';
import { nextXoshiro128 } from '../../../sim/engine/xoshiro128.ts';

const PUBLISHED = [11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849];

describe('xoshiro128**', () => {
  it('gives the published outputs from the state 1, 2, 3, 4', () => {
    const state = Int32Array.of(1, 2, 3, 4);
    expect(PUBLISHED.map(() => nextXoshiro128(state, 0))).toEqual(PUBLISHED);
  });

  it('steps the state at its offset and no other', () => {
    const states = Int32Array.of(9, 9, 9, 9, 1, 2, 3, 4, 9, 9, 9, 9);
    expect(PUBLISHED.map(() => nextXoshiro128(states, 4))).toEqual(PUBLISHED);
    expect([...states.slice(0, 4), ...states.slice(8)]).toEqual(Array.from({ length: 8 }, () => 9));
  });
});
