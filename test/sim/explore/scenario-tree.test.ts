import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isMap, textOfTree, treeOfText } from '../../../sim/explore/index.ts';
import type { ScenarioTree, Tree } from '../../../sim/explore/index.ts';

/** Texts that a careless writer would let YAML read as numbers, flags or brackets. */
const TRAPS = [
  '1e5',
  '0x10',
  '0o7',
  '.5',
  '5.',
  '12:30',
  'true',
  'null',
  '~',
  '',
  ' a',
  'a: b',
  'a, b',
  '[a]',
  '# a',
  '"',
  '1234567890123456',
];

const leaf: fc.Arbitrary<Tree> = fc.oneof(
  fc.constantFrom(...TRAPS, '1m 30s', '30%', '10/s', '-5s', 'k12'),
  fc.string(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);
const key = fc.string({ minLength: 1 }).filter((name) => name !== '__proto__');
const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.array(tie('tree'), { size: 'max', maxLength: 8 }),
    fc.dictionary(key, tie('tree')),
  ),
}));
const file = fc.dictionary(fc.constantFrom('hintlab', 'find', 'name', 'requests', 'faults', 'hints'), tree, {
  minKeys: 1,
});

describe('the text of a tree', () => {
  it('reads as the tree again, whatever stands in it', () => {
    let traps = 0;
    fc.assert(
      fc.property(file, (drawn: ScenarioTree) => {
        expect(treeOfText(textOfTree(drawn))).toEqual(drawn);
        if (TRAPS.some((trap) => trap !== '' && JSON.stringify(drawn).includes(JSON.stringify(trap)))) traps++;
      }),
      { seed: 1, numRuns: 1_000 },
    );
    expect(traps).toBeGreaterThan(100);
  });

  it('is written as people write it: known keys first, an event a line, and quotes only where they are needed', () => {
    const text = textOfTree({
      requests: [{ at: '1m 30s', set: 'k', on: 'a', size: '100B' }],
      duration: '2m',
      nodes: ['a', 'b'],
      find: { outcome: '1234567890123456' },
      network: { timeout: '2s' },
      hintlab: 1,
    });
    expect(text).toBe(`hintlab: 1
find: { outcome: "1234567890123456" }
duration: 2m
nodes: [a, b]
requests:
  - { at: 1m 30s, set: k, on: a, size: 100B }
network: { timeout: 2s }
`);
  });
});

describe('the tree of a text', () => {
  it('is nothing for what is no map, or no YAML', () => {
    expect([treeOfText('- a'), treeOfText('a: ['), treeOfText('7')]).toEqual([undefined, undefined, undefined]);
  });

  it('has no comments and no anchors, but what they stood for', () => {
    const read = treeOfText('a: &x { b: 1 } # why\nc: *x\n');
    expect(read).toEqual({ a: { b: 1 }, c: { b: 1 } });
    expect(isMap(read?.c)).toBe(true);
  });
});
