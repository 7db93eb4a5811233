/** The tree of a text: where every key and value stands, and what stands under an offset. */
import { expect, test } from 'vitest';
import { nodeAt, pathAt, readTree, type MapText } from '../../../web/state/text-tree.ts';

const TEXT = `# head
hintlab: 1
about: >-
  Two lines
  folded.
hints: { ttl: "1h", on: { error: } } # why
faults:
  - crash: b # the only one
    at: 1s

  - { stop: a, at: 2s }
nodes:
`;

function rootOf(text: string): MapText {
  const reading = readTree(text);
  if (reading.kind !== 'tree') throw new Error(reading.expected);
  return reading.root;
}

/** The letters of the value at a path. */
function written(...path: (string | number)[]): string | undefined {
  const node = nodeAt(rootOf(TEXT), path);
  return node && TEXT.slice(node.from, node.until);
}

test('every value knows its letters, without the comments around it', () => {
  expect(written('hintlab')).toBe('1');
  expect(written('hints', 'ttl')).toBe('"1h"');
  expect(written('hints')).toBe('{ ttl: "1h", on: { error: } }');
  expect(written('faults', 0)).toBe('crash: b # the only one\n    at: 1s');
  expect(written('faults', 1, 'at')).toBe('2s');
  expect(written('about')).toBe('>-\n  Two lines\n  folded.');
});

test('a key without a value has an empty one behind its colon', () => {
  const node = nodeAt(rootOf(TEXT), ['nodes']);
  expect(node).toMatchObject({ kind: 'scalar', plain: '', from: TEXT.length - 1, until: TEXT.length - 1 });
  expect(written('hints', 'on', 'error')).toBe('');
});

test('a value is told without quotes, and a folded one in one line', () => {
  expect(nodeAt(rootOf(TEXT), ['hints', 'ttl'])).toMatchObject({ plain: '1h', style: 'quoted' });
  expect(nodeAt(rootOf(TEXT), ['about'])).toMatchObject({ plain: 'Two lines folded.', style: 'lines' });
});

test('an offset stands on the innermost key or value', () => {
  const on = (letters: string) => pathAt(rootOf(TEXT), TEXT.indexOf(letters)).join('.');
  expect(on('ttl')).toBe('hints.ttl');
  expect(on('1h')).toBe('hints.ttl');
  expect(on('error')).toBe('hints.on.error');
  expect(on('stop: a')).toBe('faults.1.stop');
  expect(on('2s')).toBe('faults.1.at');
  expect(on('faults:')).toBe('faults');
  expect(on('# head')).toBe('');
  expect(on('# why')).toBe('');
});

test('a block ends with the last thing in it, whatever comments follow', () => {
  const text = 'faults:\n  - crash:\n      - b\n      # within\n  # beside\n# outside\nseed: 1\n';
  const faults = nodeAt(rootOf(text), ['faults']);
  expect(faults && text.slice(faults.from, faults.until)).toBe('- crash:\n      - b');
});

test('a text without keys is an empty scenario', () => {
  for (const text of ['', '# only a comment\n']) expect(rootOf(text).entries).toEqual([]);
});

test.each([
  ['a: [1,\nb: 2\n', 'consistent indentation and closed brackets'],
  ['- a\n', 'keys and values'],
  ['a: 1\n---\nb: 2\n', 'one document'],
  ['['.repeat(40), 'maps and lists at most 32 deep, counting aliases'],
  [`a: [${'1,'.repeat(200_000)}]`, 'at most 200000 keys and values, counting aliases'],
  [`a: ${'x'.repeat(1_048_576)}`, 'at most 1048576 characters'],
])('what is no tree says what was expected: %#', (text, expected) => {
  expect(readTree(text)).toMatchObject({ kind: 'unreadable', expected });
});
