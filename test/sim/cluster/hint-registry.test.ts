/** The pool of live hints: rows keep what was written into them, however many there are. */
import { expect, it } from 'vitest';
import { HintRegistry } from '../../../sim/cluster/hint-registry.ts';

it('more hints than there were rows to begin with keep all that is known of each', () => {
  const registry = new HintRegistry();
  const weight = registry.weight;
  const count = 5_000;
  for (let hint = 0; hint < count; hint++) {
    const row = registry.take(hint % 7, hint % 5, hint, hint + 1, hint + 2);
    registry.id[row] = hint + 3;
    registry.position[row] = hint % 11;
    registry.storedAt[row] = hint + 4;
    registry.slot[row] = hint + 5;
    registry.underWay[row] = hint % 3;
    registry.isStored[row] = hint % 2;
    registry.isDelivered[row] = (hint + 1) % 2;
    registry.verdict[row] = hint % 4;
  }
  expect(registry.weight).toBeGreaterThan(weight);
  for (let row = 0; row < count; row++) {
    const { holder, peer, write, key, bytes, id, position, storedAt, slot } = registry;
    const who = [holder[row], peer[row], position[row]];
    expect(who).toEqual([row % 7, row % 5, row % 11]);
    const what = [write, key, bytes, id, storedAt, slot].map((column) => (column[row] ?? NaN) - row);
    expect(what).toEqual([0, 1, 2, 3, 4, 5]);
    const { underWay, isStored, isDelivered, verdict } = registry;
    expect([underWay, isStored, isDelivered, verdict].map((column) => column[row])).toEqual([
      row % 3,
      row % 2,
      (row + 1) % 2,
      row % 4,
    ]);
  }
});
