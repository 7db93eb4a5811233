/** What is typed into a field as YAML, and back: nothing typed can be anything else than what it says. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scenarioJsonSchema } from '../../../sim/scenario/index.ts';
import { guidesAt } from '../../../web/editor/guide.ts';
import { choicesOf, type ScalarBuild } from '../../../web/form/choices.ts';
import { namesIn, namesSource, saysSame, shownIn, typedSource } from '../../../web/form/typed.ts';
import { setAt } from '../../../web/state/text-edits.ts';
import { nodeAt, readTree, type TextNode } from '../../../web/state/text-tree.ts';

const schema = scenarioJsonSchema();

function buildAt(...path: string[]): ScalarBuild {
  const [choice] = choicesOf(guidesAt(schema, path).map(({ guide }) => guide));
  if (choice?.build.kind !== 'scalar') throw new Error(`no single value at ${path.join('.')}`);
  return choice.build;
}

const SITES = {
  block: { text: 'hintlab: 1\nabout: x\nhints:\n  ttl: 1h # why\n', prose: ['about'], amount: ['hints', 'ttl'] },
  flow: { text: '{ hintlab: 1, about: x, hints: { ttl: 1h } }', prose: ['about'], amount: ['hints', 'ttl'] },
} as const;

/** The node after typing. */
function typedAt(site: keyof typeof SITES, place: 'prose' | 'amount', typed: string): TextNode | undefined {
  const { text, [place]: path } = SITES[site];
  const build = place === 'prose' ? buildAt('about') : buildAt('hints', 'ttl');
  const change = setAt(text, path, typedSource(typed, build));
  if (change.kind === 'refused') throw new Error(`${JSON.stringify(typed)}: ${change.why}`);
  const reading = readTree(change.text);
  return reading.kind === 'tree' ? nodeAt(reading.root, path) : undefined;
}

test('a plain value stays plain, and what would be something else is quoted', () => {
  const source = (typed: string, ...path: string[]) => {
    const made = typedSource(typed, buildAt(...path));
    return typeof made === 'string' ? made : made({ flow: false, column: 0 });
  };
  expect(source(' 3 h ', 'hints', 'ttl')).toBe('3 h');
  expect(source('5', 'seed')).toBe('5');
  expect(source('true', 'hints', 'enabled')).toBe('true');
  expect(source('5', 'name')).toBe('"5"');
  expect(source('true', 'name')).toBe('"true"');
  expect(source('a: b', 'name')).toBe('"a: b"');
  expect(source('a, b', 'name')).toBe('a, b');
  expect(source('none', 'hints', 'cap')).toBe('none');
});

test('long prose is folded below its key, short prose stays beside it', () => {
  const build = buildAt('about');
  const made = typedSource('word '.repeat(40), build);
  const folded = typeof made === 'string' ? made : made({ flow: false, column: 0 });
  expect(folded.split('\n')[0]).toBe('>-');
  for (const line of folded.split('\n').slice(1)) expect(line).toMatch(/^ {2}word/);
  for (const line of folded.split('\n')) expect(line.length).toBeLessThanOrEqual(120);
});

test('whatever is typed stands in the text as it was typed, and the text stays YAML', () => {
  const reached = new Map<string, number>();
  const letters = fc.constantFrom(...' ,:#[]{}&*!|>%@`"\'\\-?~01.5hes\n\té');
  const typing = fc.oneof(
    fc.string({ unit: letters, maxLength: 30, size: 'max' }),
    fc.lorem({ mode: 'sentences', maxCount: 6, size: 'max' }),
  );
  fc.assert(
    fc.property(fc.constantFrom('block', 'flow'), fc.constantFrom('prose', 'amount'), typing, (site, place, typed) => {
      const node = typedAt(site, place, typed);
      expect(shownIn(node)).toBe(typed.trim());
      expect(saysSame(typed, node)).toBe(true);
      const style = node?.kind === 'scalar' ? node.style : 'none';
      reached.set(style, (reached.get(style) ?? 0) + 1);
    }),
    { seed: 7, numRuns: 2_000 },
  );
  for (const style of ['plain', 'quoted', 'lines']) expect(reached.get(style)).toBeGreaterThan(20);
});

test('names are typed with commas and written as a list', () => {
  const item = buildAt('name');
  expect(namesIn(' a, b ,, c,')).toEqual(['a', 'b', 'c']);
  expect(namesSource('a, 1,', { ...item, prose: false })).toBe('[a, "1"]');
});
