/**
 * splitmix64 against its published sequence.
 */
import { expect, it } from 'vitest';
import { splitmix64 } from '../../../sim/engine/splitmix64.ts';

it('splitmix64 gives the published outputs from the seed 1234567', () => {
  expect([0, 1, 2, 3, 4].map((index) => splitmix64(1234567n, index))).toEqual([
    6457827717110365317n,
    3203168211198807973n,
    9817491932198370423n,
    4593380528125082431n,
    16408922859458223821n,
  ]);
});
