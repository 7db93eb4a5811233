import fc from 'fast-check';
import { expect, it } from 'vitest';
import { KeyTable } from '../../../sim/engine/key-table.ts';

it('a table holds for each key the number set last, and nothing for a key never set', () => {
  const table = new KeyTable(10);
  expect(table.get(3)).toBe(-1);
  table.set(3, 7);
  table.set(4, 0);
  table.set(3, 9);
  expect([table.get(3), table.get(4), table.get(5)]).toEqual([9, 0, -1]);
});

it.each([10, 1_000_000])('a number is raised, and never lowered, in a table for %d keys', (keys) => {
  const table = new KeyTable(keys);
  for (const number of [5, 7, 6]) table.raise(3, number);
  table.raise(4, 0);
  expect([table.get(3), table.get(4), table.size]).toEqual([7, 0, 2]);
});

it('a table agrees with a map, whatever the keys and the key space', () => {
  let widest = 0;
  let rewrites = 0;
  let sparse = 0;
  const entry = fc.tuple(fc.oneof(fc.integer({ min: 0, max: 50 }), fc.nat()), fc.integer({ min: 0, max: 1_000_000 }));
  fc.assert(
    fc.property(
      fc.constantFrom(1, 40, 16_384, 16_385, 1_000_000_000),
      fc.array(entry, { size: 'max', maxLength: 400 }),
      (keys, entries) => {
        const table = new KeyTable(keys);
        const model = new Map<number, number>();
        sparse += keys > 16_384 ? 1 : 0;
        for (const [drawn, number] of entries) {
          const key = drawn % keys;
          if (model.has(key)) rewrites++;
          table.set(key, number);
          model.set(key, number);
          expect(table.get(key)).toBe(number);
        }
        for (const [key, number] of model) expect(table.get(key)).toBe(number);
        expect(table.size).toBe(model.size);
        expect(listed(table)).toEqual([...model].toSorted(([one], [other]) => one - other));
        widest = Math.max(widest, model.size);
      },
    ),
    { seed: 5, numRuns: 200 },
  );
  expect(widest).toBeGreaterThan(200);
  expect(rewrites).toBeGreaterThan(1_000);
  expect(sparse).toBeGreaterThan(50);
});

/** What the table lists, from row 1 on: rows before and behind stay as they were. */
function listed(table: KeyTable): (readonly [number, number])[] {
  const keys = new Uint32Array(table.size + 2).fill(99);
  const numbers = new Int32Array(table.size + 2).fill(99);
  expect(table.list(keys, numbers, 1)).toBe(table.size + 1);
  expect([keys[0], numbers[0], keys.at(-1), numbers.at(-1)]).toEqual([99, 99, 99, 99]);
  return [...keys.subarray(1, -1)].map((key, row) => [key, numbers[row + 1] ?? NaN] as const);
}
