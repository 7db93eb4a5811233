/** Rows of lists put in another order: by hand, on every list of every story, and on texts made to be awkward. */
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { moveItem, type TextChange } from '../../../web/state/text-edits.ts';
import {
  meaningOf,
  nodeAt,
  readTree,
  type ListText,
  type TextNode,
  type TextPath,
} from '../../../web/state/text-tree.ts';
import { Reach } from '../../support/reach.ts';

function textOf(change: TextChange): string {
  if (change.kind === 'refused') throw new Error(change.why);
  return change.text;
}

function rootOf(text: string): TextNode {
  const reading = readTree(text);
  if (reading.kind !== 'tree') throw new Error(reading.expected);
  return reading.root;
}

const LINES = `faults: # what breaks
  # the first
  # of all
  - { crash: b, at: 1m } # power

  # apart

  - slow: c
    at: 2m  # not before
    # and no more
  - stop: a
    at: 5m
seed: 1
`;

test('a row of lines takes its comments along; blank lines and comments that stand apart stay', () => {
  expect(textOf(moveItem(LINES, ['faults'], 0, 1))).toBe(`faults: # what breaks
  - slow: c
    at: 2m  # not before
    # and no more

  # apart

  # the first
  # of all
  - { crash: b, at: 1m } # power
  - stop: a
    at: 5m
seed: 1
`);
  expect(textOf(moveItem(LINES, ['faults'], 2, 0))).toBe(`faults: # what breaks
  - stop: a
    at: 5m

  # apart

  # the first
  # of all
  - { crash: b, at: 1m } # power
  - slow: c
    at: 2m  # not before
    # and no more
seed: 1
`);
});

test('rows in brackets and rows in the line of another change places between their commas', () => {
  expect(textOf(moveItem('a: [1, { b: 2 },  3]\n', ['a'], 2, 0))).toBe('a: [3, 1,  { b: 2 }]\n');
  expect(textOf(moveItem('a: [\n  1, # one\n  2,\n]\n', ['a'], 0, 1))).toBe('a: [\n  2, # one\n  1,\n]\n');
  expect(textOf(moveItem('a:\n  - - x # cross\n    - y\n', ['a', 0], 1, 0))).toBe('a:\n  - - y # cross\n    - x\n');
});

test('lines end as they did: with a carriage return, or with the text', () => {
  expect(textOf(moveItem('a:\r\n- x # 1\r\n# 2\r\n- y', ['a'], 1, 0))).toBe('a:\r\n# 2\r\n- y\r\n- x # 1');
});

test('what is no row is not moved', () => {
  for (const [from, to] of [
    [3, 0],
    [0, 3],
    [-1, 0],
    [0, -1],
  ] as const)
    expect(moveItem(LINES, ['faults'], from, to).kind).toBe('refused');
  expect(moveItem(LINES, ['seed'], 0, 0).kind).toBe('refused');
  expect(moveItem('a: [1,\n', ['a'], 0, 0)).toMatchObject({ kind: 'refused' });
});

/** Moves a row there and back, and holds what every move has to keep. */
function holds(text: string, path: TextPath, list: ListText, [i, j]: readonly [number, number]): string {
  const moved = textOf(moveItem(text, path, i, j));
  const meanings = list.items.map(({ value }) => meaningOf(value));
  const after = nodeAt(rootOf(moved), path);
  const taken = meanings.toSpliced(i, 1).toSpliced(j, 0, meanings[i]);
  expect(after && meaningOf(after)).toEqual(taken);
  expect(commentsIn(moved).toSorted()).toEqual(commentsIn(text).toSorted());
  expect(moved).toHaveLength(text.length);
  expect(textOf(moveItem(moved, path, j, i))).toBe(text);
  return moved;
}

/** The comments of a text; a `#` within a value of these texts never follows a blank. */
function commentsIn(text: string): readonly string[] {
  return text.match(/(?<=^|\s)#.*$/gm)?.map((comment) => comment.trimEnd()) ?? [];
}

interface Listed {
  readonly path: TextPath;
  readonly list: ListText;
}

/** The lists of a text with more than one item. */
function listsIn(node: TextNode, path: TextPath = []): readonly Listed[] {
  if (node.kind === 'map') return node.entries.flatMap(({ key, value }) => listsIn(value, [...path, key]));
  if (node.kind !== 'list') return [];
  const inner = node.items.flatMap(({ value }, index) => listsIn(value, [...path, index]));
  return node.items.length > 1 ? [{ path, list: node }, ...inner] : inner;
}

const STORIES = new URL('../../../sim/scenario/stories/', import.meta.url);
const TEXTS = readdirSync(STORIES)
  .filter((name) => name.endsWith('.yaml') && name !== 'lanl-23.yaml')
  .map((name) => readFileSync(new URL(name, STORIES), 'utf8'));

test('in every story, a row moved there and back leaves every letter as it was', () => {
  const lists = TEXTS.flatMap((text) => listsIn(rootOf(text)).map((listed) => ({ text, ...listed })));
  const reach = new Reach<'in lines' | 'in brackets' | 'other letters' | 'the last'>();
  fc.assert(
    fc.property(fc.constantFrom(...lists), fc.nat(), fc.nat(), ({ text, path, list }, a, b) => {
      const [i, j] = [a % list.items.length, b % list.items.length];
      const moved = holds(text, path, list, [i, j]);
      reach.note(list.flow ? 'in brackets' : 'in lines');
      reach.note('other letters', moved !== text);
      reach.note('the last', j === list.items.length - 1 && i !== j);
    }),
    { seed: 20_261_123, numRuns: 300 },
  );
  expect(reach.rarerThan(20, ['in lines', 'in brackets', 'other letters', 'the last'])).toEqual([]);
});

/** What may stand between two rows whose hyphens are two blanks in. */
const gap = fc.array(fc.constantFrom('', '# far out', '  # beside', '    # further in', '      # deep', '   '), {
  maxLength: 4,
  size: 'max',
});
const item = fc.constantFrom(
  ['  - x'],
  ['  - { crash: b, at: 1m } # power'],
  ['  - slow: c # so', '    at: 2m'],
  ['  - at:', '    # within', '      - 1', '      - 2'],
  ['  - "quoted', '    over lines"'],
  ['  - |', '    as it', '    # is'],
  ['  - [a,', '    b] # both'],
);
const awkward = fc.record({
  before: gap,
  rows: fc.array(fc.tuple(item, gap), { minLength: 2, maxLength: 5, size: 'max' }),
  after: fc.constantFrom(['seed: 1', ''], [''], []),
  newline: fc.constantFrom('\n', '\r\n'),
});

test('whatever stands between rows, a row moved there and back leaves every letter as it was, or is not moved', () => {
  const reach = new Reach<'moved' | 'refused' | 'with a comment above' | 'with a comment below' | 'carriage returns'>();
  fc.assert(
    fc.property(awkward, fc.nat(), fc.nat(), ({ before, rows, after, newline }, a, b) => {
      const lines = ['list:', ...before, ...rows.flatMap(([own, below]) => [...own, ...below]), ...after];
      const text = lines.join(newline);
      const list = nodeAt(rootOf(text), ['list']);
      if (list?.kind !== 'list') throw new Error(`no list in ${text}`);
      const [i, j] = [a % list.items.length, b % list.items.length];
      const change = moveItem(text, ['list'], i, j);
      reach.note(change.kind === 'edited' ? 'moved' : 'refused');
      // Only lines that a value keeps as they are can take a comment for their own.
      if (change.kind === 'refused') {
        expect(rows.some(([[first]]) => first === '  - |')).toBe(true);
        return;
      }
      holds(text, ['list'], list, [i, j]);
      reach.note('carriage returns', newline !== '\n');
      reach.note('with a comment above', i !== j && rows[i - 1]?.[1].at(-1) === '  # beside');
      reach.note('with a comment below', i !== j && rows[i]?.[1][0] === '    # further in');
    }),
    { seed: 20_261_124, numRuns: 1_000 },
  );
  const all = ['moved', 'refused', 'with a comment above', 'with a comment below', 'carriage returns'] as const;
  expect(reach.rarerThan(10, all)).toEqual([]);
});
