/** Edits at a path: text in, text out, by hand; and what they have in common on every story that there is. */
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addItem,
  duplicateItem,
  removeAt,
  renameKey,
  setAt,
  unwrapItem,
  wrapItem,
  type TextChange,
} from '../../../web/state/text-edits.ts';
import { meaningOf, nodeAt, readTree, type TextNode, type TextPath } from '../../../web/state/text-tree.ts';

const TEXT = `# a lesson
hintlab: 1
duration: 10m   # long enough
hints: # kept
  # the life
  ttl: 1h # short
  cap: 64MiB
faults:
  # the first
  - { crash: b,  at: 60.5s, for: 5m } # power
  - slow: c
    at: 2m  # not before
    factor: 10
workload: { rate: 10/s, reads: 20% }
`;

/** The text with one stretch of it exchanged: what every edit is. */
function exchanged(from: string, to: string, text = TEXT): string {
  expect(text.split(from)).toHaveLength(2);
  return text.replace(from, to);
}

function textOf(change: TextChange): string {
  if (change.kind === 'refused') throw new Error(change.why);
  return change.text;
}

test('setting a value changes its letters and no others', () => {
  expect(textOf(setAt(TEXT, ['hints', 'ttl'], '2h'))).toBe(exchanged('1h # short', '2h # short'));
  expect(textOf(setAt(TEXT, ['faults', 0, 'for'], '6m'))).toBe(exchanged('for: 5m', 'for: 6m'));
  expect(textOf(setAt(TEXT, ['faults', 1, 'at'], '3m'))).toBe(exchanged('2m  # not', '3m  # not'));
});

test('a value that is emptied leaves its key and its comment, and can be filled again', () => {
  const emptied = textOf(setAt(TEXT, ['hints', 'ttl'], ''));
  expect(emptied).toBe(exchanged('1h # short', ' # short'));
  expect(textOf(setAt(emptied, ['hints', 'ttl'], '3h'))).toBe(exchanged('1h # short', '3h # short'));
  expect(textOf(setAt('a: # why\n', ['a'], '1'))).toBe('a: 1 # why\n');
  expect(textOf(setAt('a:\nb: [ ]\n', ['a'], '1'))).toBe('a: 1\nb: [ ]\n');
});

test('a new key goes behind the nearest one that comes before it', () => {
  const order = () => ['enabled', 'ttl', 'cap', 'capScope'];
  expect(textOf(setAt(TEXT, ['hints', 'capScope'], 'peer', order))).toBe(
    exchanged('  cap: 64MiB\n', '  cap: 64MiB\n  capScope: peer\n'),
  );
  expect(textOf(setAt(TEXT, ['hints', 'enabled'], 'false', order))).toBe(
    exchanged('ttl: 1h', 'enabled: false\n  ttl: 1h'),
  );
  expect(textOf(setAt(TEXT, ['workload', 'deletes'], '1%'))).toBe(exchanged('20% }', '20%, deletes: 1% }'));
});

test('maps on the way to a value are made', () => {
  expect(textOf(setAt(TEXT, ['drain', 'interval'], '5s'))).toBe(`${TEXT}drain:\n  interval: 5s\n`);
  expect(textOf(setAt(TEXT, ['hints', 'disk', 'flush'], '5s'))).toBe(
    exchanged('64MiB\n', '64MiB\n  disk: { flush: 5s }\n'),
  );
  expect(textOf(setAt('', ['hintlab'], '1'))).toBe('hintlab: 1\n');
  expect(textOf(setAt('{ a: 1 }', ['b', 'c'], '2'))).toBe('{ a: 1, b: { c: 2 } }');
  expect(textOf(setAt('a: 1\nb:\nc: 2\n', ['b', 'd'], '3'))).toBe('a: 1\nb:\n  d: 3\nc: 2\n');
});

test('a value takes the place of a map below its key', () => {
  expect(textOf(setAt(TEXT, ['hints'], '{}'))).toBe(
    exchanged('hints: # kept\n  # the life\n  ttl: 1h # short\n  cap: 64MiB\n', 'hints: {}\n'),
  );
});

test('taking a key away takes its line, and the maps that it leaves empty', () => {
  expect(textOf(removeAt(TEXT, ['hints', 'ttl']))).toBe(exchanged('  ttl: 1h # short\n', ''));
  expect(textOf(removeAt(TEXT, ['workload', 'rate']))).toBe(exchanged('rate: 10/s, ', ''));
  expect(textOf(removeAt(TEXT, ['workload', 'reads']))).toBe(exchanged(', reads: 20%', ''));
  expect(textOf(removeAt('a: 1\nb: { c: { d: 2 } }\n', ['b', 'c', 'd']))).toBe('a: 1\n');
});

test('a key that was emptied goes with the blank behind its colon', () => {
  expect(textOf(removeAt('{ a: 1, b: , c: 2 }', ['b']))).toBe('{ a: 1, c: 2 }');
  expect(textOf(removeAt('{ a: 1, b:  }', ['b']))).toBe('{ a: 1 }');
  expect(textOf(removeAt('{ a: 1, b: }', ['b']))).toBe('{ a: 1 }');
});

test('a list that loses its last item stays as an empty one, with its comments', () => {
  expect(textOf(removeAt('faults: # c\n# d\n- crash: b\n  at: 0\nseed: 1\n', ['faults', 0]))).toBe(
    'faults: [] # c\n# d\nseed: 1\n',
  );
  expect(textOf(removeAt('{ a: [1] }', ['a', 0]))).toBe('{ a: [] }');
  expect(textOf(addItem('a: [] # none\n', ['a'], '1'))).toBe('a:\n  - 1 # none\n');
});

test('a row stays when its last key goes', () => {
  expect(textOf(removeAt('a: 1\nb:\n  - c: 2\n', ['b', 0, 'c'], 2))).toBe('a: 1\nb:\n  - {}\n');
});

test('items are added, doubled and taken away', () => {
  expect(textOf(addItem(TEXT, ['faults'], '{ stop: a, at: 1s }'))).toBe(
    exchanged('    factor: 10\n', '    factor: 10\n  - { stop: a, at: 1s }\n'),
  );
  expect(textOf(addItem('a: 1\n', ['faults'], '{ stop: a }'))).toBe('a: 1\nfaults:\n  - { stop: a }\n');
  expect(textOf(addItem('a: [1]\n', ['a'], '2'))).toBe('a: [1, 2]\n');
  expect(textOf(duplicateItem(TEXT, ['faults'], 1))).toBe(
    exchanged('factor: 10\n', 'factor: 10\n  - slow: c\n    at: 2m  # not before\n    factor: 10\n'),
  );
  expect(textOf(duplicateItem('a: [1, 2]\n', ['a'], 0))).toBe('a: [1, 1, 2]\n');
  expect(textOf(removeAt(TEXT, ['faults', 0]))).toBe(exchanged('  - { crash: b,  at: 60.5s, for: 5m } # power\n', ''));
});

test('a key gets another name, but not one that is there', () => {
  expect(textOf(renameKey(TEXT, ['faults', 0, 'crash'], 'stop'))).toBe(exchanged('crash', 'stop'));
  expect(renameKey(TEXT, ['hints', 'ttl'], 'cap').kind).toBe('refused');
});

test('a map becomes the only item of a list, and the other way round', () => {
  const block = 'a: 1\nw:\n  rate: 5/s # slow\n  reads: 1%\n';
  const wrapped = textOf(wrapItem(block, ['w']));
  expect(wrapped).toBe('a: 1\nw:\n  - rate: 5/s # slow\n    reads: 1%\n');
  expect(textOf(unwrapItem(wrapped, ['w']))).toBe('a: 1\nw:\n    rate: 5/s # slow\n    reads: 1%\n');
  expect(textOf(wrapItem(TEXT, ['workload']))).toBe(
    exchanged('{ rate: 10/s, reads: 20% }', '[{ rate: 10/s, reads: 20% }]'),
  );
  expect(unwrapItem('w: [{ a: 1 }, { a: 2 }]\n', ['w']).kind).toBe('refused');
});

test('what cannot be read or written is refused and says so', () => {
  expect(setAt('a: [1,\nb: 2\n', ['a'], '1')).toMatchObject({ kind: 'refused', why: expect.stringContaining('mend') });
  expect(setAt(TEXT, ['hints', 'ttl'], 'a: b')).toMatchObject({ kind: 'refused' });
  expect(setAt(TEXT, ['hints', 'ttl'], '1h # and so on\ncap: 2')).toMatchObject({ kind: 'refused' });
  expect(setAt(TEXT, ['faults', 7, 'at'], '1s')).toMatchObject({ kind: 'refused' });
});

const STORIES = new URL('../../../sim/scenario/stories/', import.meta.url);
const TEXTS = readdirSync(STORIES)
  .filter((name) => name.endsWith('.yaml') && name !== 'lanl-23.yaml')
  .map((name) => readFileSync(new URL(name, STORIES), 'utf8'));

/** The paths of everything in a text. */
function pathsIn(node: TextNode, above: TextPath = []): readonly TextPath[] {
  const below =
    node.kind === 'map'
      ? node.entries.flatMap(({ key, value }) => pathsIn(value, [...above, key]))
      : node.kind === 'list'
        ? node.items.flatMap(({ value }, index) => pathsIn(value, [...above, index]))
        : [];
  return above.length === 0 ? below : [above, ...below];
}

function rootOf(text: string): TextNode {
  const reading = readTree(text);
  if (reading.kind !== 'tree') throw new Error(reading.expected);
  return reading.root;
}

/** The comments of a text; a `#` within a value of the stories never follows a blank. */
function commentsIn(text: string): readonly string[] {
  return text.match(/(?<=^|\s)#.*$/gm) ?? [];
}

const anywhere = fc.constantFrom(...TEXTS).chain((text) => {
  const paths = pathsIn(rootOf(text));
  return fc.record({ text: fc.constant(text), path: fc.constantFrom(...paths) });
});

test('a single value that is set stands there, every comment stays, and setting it back is as if nothing was', () => {
  let set = 0;
  fc.assert(
    fc.property(anywhere, ({ text, path }) => {
      const node = nodeAt(rootOf(text), path);
      if (node?.kind !== 'scalar' || node.style === 'lines') return;
      const changed = textOf(setAt(text, path, 'other'));
      expect(nodeAt(rootOf(changed), path)).toMatchObject({ plain: 'other' });
      expect(commentsIn(changed)).toEqual(commentsIn(text));
      const source = text.slice(node.from, node.until);
      expect(textOf(setAt(changed, path, source))).toBe(text);
      const isItem = typeof path.at(-1) === 'number';
      if (!isItem) expect(textOf(setAt(textOf(setAt(text, path, '')), path, source))).toBe(text);
      set++;
    }),
    { seed: 5, numRuns: 300 },
  );
  expect(set).toBeGreaterThan(100);
});

test('whatever is taken away, the rest says what it said', () => {
  let taken = 0;
  fc.assert(
    fc.property(anywhere, ({ text, path }) => {
      const before = rootOf(text);
      const changed = textOf(removeAt(text, path));
      const after = rootOf(changed);
      expect(pathsIn(before).some((each) => nodeAt(after, each) === undefined)).toBe(true);
      for (const each of pathsIn(before)) {
        const isRelated =
          typeof path.at(-1) === 'number' || each.every((step, i) => i >= path.length || step === path[i]);
        const [was, is] = [nodeAt(before, each), nodeAt(after, each)];
        if (!isRelated && was?.kind === 'scalar') expect(is && meaningOf(is)).toEqual(meaningOf(was));
      }
      taken++;
    }),
    { seed: 6, numRuns: 60 },
  );
  expect(taken).toBe(60);
});
