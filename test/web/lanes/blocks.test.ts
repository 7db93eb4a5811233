import { expect, test } from 'vitest';
import { blocksOf, LANES_PER_BLOCK } from '../../../web/lanes/blocks.ts';
import type { Lane } from '../../../web/lanes/lane.ts';

function lanes(count: number): Lane[] {
  return Array.from({ length: count }, (_, node): Lane => ({
    kind: 'node', id: `n${node}`, label: `n${node}`, about: '', height: 20, node, outages: [], faults: [], beliefs: [],
  })); // prettier-ignore
}

test('every lane is in one block, in order, and only the last block is short', () => {
  for (const count of [1, LANES_PER_BLOCK - 1, LANES_PER_BLOCK, LANES_PER_BLOCK + 1, 5 * LANES_PER_BLOCK + 3]) {
    const all = lanes(count);
    const blocks = blocksOf(all);
    expect(blocks.flat()).toEqual(all);
    expect(blocks.slice(0, -1).every(({ length }) => length === LANES_PER_BLOCK)).toBe(true);
    expect(blocks.at(-1)?.length).toBeGreaterThan(0);
  }
});

test('a group without lanes has no blocks, so that it says what it says when empty', () => {
  expect(blocksOf([])).toEqual([]);
});
