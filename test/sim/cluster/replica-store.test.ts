import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ReplicaStore } from '../../../sim/cluster/replica-store.ts';

it('a replica holds for each key the write applied last, and nothing for a key never written', () => {
  const store = new ReplicaStore(10);
  expect(store.read(3)).toBe(-1);
  store.apply(3, 7);
  store.apply(4, 8);
  store.apply(3, 9);
  expect([store.read(3), store.read(4), store.read(5)]).toEqual([9, 8, -1]);
});

it('a replica agrees with a map, whatever the keys and the key space', () => {
  let widest = 0;
  let rewrites = 0;
  let sparse = 0;
  const write = fc.tuple(fc.oneof(fc.integer({ min: 0, max: 50 }), fc.nat()), fc.integer({ min: 0, max: 1_000_000 }));
  fc.assert(
    fc.property(
      fc.constantFrom(1, 40, 16_384, 16_385, 1_000_000_000),
      fc.array(write, { size: 'max', maxLength: 400 }),
      (keys, writes) => {
        const store = new ReplicaStore(keys);
        const model = new Map<number, number>();
        sparse += keys > 16_384 ? 1 : 0;
        for (const [drawn, id] of writes) {
          const key = drawn % keys;
          if (model.has(key)) rewrites++;
          store.apply(key, id);
          model.set(key, id);
          expect(store.read(key)).toBe(id);
        }
        for (const [key, id] of model) expect(store.read(key)).toBe(id);
        expect([...store.keys()]).toEqual([...model.keys()].toSorted((one, other) => one - other));
        expect(store.size).toBe(model.size);
        widest = Math.max(widest, model.size);
      },
    ),
    { seed: 5, numRuns: 200 },
  );
  expect(widest).toBeGreaterThan(200);
  expect(rewrites).toBeGreaterThan(1_000);
  expect(sparse).toBeGreaterThan(50);
});
