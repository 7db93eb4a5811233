/** What the controls of the form make of a text: by hand, and for every place and every choice that the schema has. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseScenario, scenarioJsonSchema } from '../../../sim/scenario/index.ts';
import { addNamed, addTo, choose, leaveOut, typeInto } from '../../../web/form/changes.ts';
import { choicesOf } from '../../../web/form/choices.ts';
import { childrenOf, itemAt, pathText, rootPlace, type FormSource, type Place } from '../../../web/form/place.ts';
import { presetValues } from '../../../web/form/preset-values.ts';
import { optionsOf } from '../../../web/editor/guide.ts';
import type { TextChange } from '../../../web/state/text-edits.ts';
import { readTree } from '../../../web/state/text-tree.ts';

const schema = scenarioJsonSchema();
const context = { schema, nodes: ['a', 'b', 'c'] };
const TEXT = `# a lesson
hintlab: 1
duration: 10m # long enough
nodes: [a, b, c]
faults:
  # the first
  - { crash: b, at: 1m, for: 5m, torn: 6B } # power
`;

function sourceOf(text: string): FormSource {
  const reading = readTree(text);
  if (reading.kind !== 'tree') throw new Error(`${reading.expected} in ${text}`);
  return { schema, root: reading.root, system: 'dynomite', preset: presetValues('dynomite') };
}

function placeIn(text: string, ...path: (string | number)[]): Place {
  const source = sourceOf(text);
  return path.reduce<Place>((place, step) => {
    if (place.chosen?.build.kind === 'list' && typeof step === 'number') return itemAt(place, step, source);
    const next = childrenOf(place, source).find((child) => child.path.at(-1) === step);
    if (next === undefined) throw new Error(`no ${step} in ${pathText(place.path)}`);
    return next;
  }, rootPlace(source));
}

function textOf(change: TextChange): string {
  if (change.kind === 'refused') throw new Error(change.why);
  return change.text;
}

function chosen(text: string, label: string, ...path: (string | number)[]): string {
  const place = placeIn(text, ...path);
  const choice = place.choices.find((each) => each.label === label);
  if (choice === undefined) throw new Error(`no ${label}`);
  return textOf(choose(text, place, choice, context));
}

function exchanged(from: string, to: string, text = TEXT): string {
  expect(text.split(from)).toHaveLength(2);
  return text.replace(from, to);
}

test('typing sets the value where it belongs', () => {
  const typed = (text: string, value: string, ...path: string[]) =>
    textOf(typeInto(text, placeIn(text, ...path), value, context));
  expect(typed(TEXT, '20m', 'duration')).toBe(exchanged('10m #', '20m #'));
  expect(typed(TEXT, '2h', 'hints', 'ttl')).toBe(TEXT.replace('faults:', 'hints:\n  ttl: 2h\nfaults:'));
  expect(typed(TEXT, '5', 'seed')).toBe(exchanged('hintlab: 1\n', 'hintlab: 1\nseed: 5\n'));
  expect(typed(TEXT, 'a, b, d', 'nodes')).toBe(exchanged('[a, b, c]', '[a, b, d]'));
});

test('names in a list of lines change line by line', () => {
  const text = 'nodes:\n  - a # first\n  - b\n  - c # last\n';
  const typed = (value: string) => textOf(typeInto(text, placeIn(text, 'nodes'), value, context));
  expect(typed('a, x, c')).toBe(exchanged('- b', '- x', text));
  expect(typed('a, b, c, d')).toBe(`${text}  - d\n`);
  expect(typed('a, c')).toBe(exchanged('  - b\n', '', text));
});

test('leaving a value out is the way back to the preset', () => {
  const set = textOf(typeInto(TEXT, placeIn(TEXT, 'hints', 'disk', 'flush'), '2s', context));
  expect(set).not.toBe(TEXT);
  expect(textOf(leaveOut(set, placeIn(set, 'hints', 'disk', 'flush')))).toBe(TEXT);
});

test('another kind of fault keeps what fits it and drops what does not', () => {
  expect(chosen(TEXT, 'stall', 'faults', 0)).toBe(
    exchanged('{ crash: b, at: 1m, for: 5m, torn: 6B }', '{ stall: b, at: 1m, for: 5m }'),
  );
  expect(chosen(TEXT, 'partition', 'faults', 0)).toBe(
    exchanged('{ crash: b, at: 1m, for: 5m, torn: 6B }', '{ partition: [[b], [c]], at: 1m, for: 5m }'),
  );
  expect(chosen(TEXT, 'slow', 'faults', 0)).toContain('slow: b');
});

test('another distribution begins with the amount that was there', () => {
  const text = 'hintlab: 1\nservice:\n  time: 5ms # measured\n';
  const exponential = chosen(text, 'exponential', 'service', 'time');
  expect(exponential).toBe(exchanged('5ms', '{ exponential: 5ms }', text));
  expect(chosen(exponential, 'uniform', 'service', 'time')).toBe(exchanged('5ms', '{ uniform: [5ms, 5ms] }', text));
  expect(chosen(exponential, 'quantiles', 'service', 'time')).toBe(
    exchanged('5ms', '{ quantiles: { p50: 5ms } }', text),
  );
  expect(chosen(exponential, 'value', 'service', 'time')).toBe(text);
});

test('a distribution that is not set yet begins with what the system or the schema gives', () => {
  expect(chosen('hintlab: 1\n', 'exponential', 'network', 'latency', 'near')).toBe(
    'hintlab: 1\nnetwork:\n  latency: { near: { exponential: 1ms } }\n',
  );
});

test('one class of clients becomes several without losing a letter', () => {
  const text = 'hintlab: 1\nworkload:\n  rate: 5/s # slow\n  reads: 1%\n';
  expect(chosen(text, 'several', 'workload')).toBe('hintlab: 1\nworkload:\n  - rate: 5/s # slow\n    reads: 1%\n');
});

test('a fault is added with what its kind needs', () => {
  const place = placeIn(TEXT, 'faults');
  const kinds = place.chosen?.build.kind === 'list' ? choicesOf(optionsOf(place.chosen.build.item)) : [];
  expect(kinds).toHaveLength(16);
  for (const kind of kinds.filter(({ label }) => label !== 'lanl')) {
    const text = textOf(addTo(TEXT, place, kind, context));
    const result = parseScenario(text, { file: 'x' });
    const problems = result.kind === 'invalid' ? result.problems.map(({ code }) => code) : [];
    // What only the user can know: the order of all nodes, and when the empty node takes over.
    const open: Record<string, readonly string[]> = { reindex: ['conflict'], replace: ['missingKey'] };
    expect([kind.label, ...problems]).toEqual([kind.label, ...(open[kind.label] ?? [])]);
  }
});

test('names of rows are free ones: of nodes, as the schema shows, or numbered', () => {
  const first = (text: string, ...path: string[]) => {
    const place = placeIn(text, ...path);
    const value = place.chosen?.build.kind === 'named' ? choicesOf(optionsOf(place.chosen.build.value))[0] : undefined;
    if (value === undefined) throw new Error('no rows');
    return textOf(addNamed(text, place, value, context));
  };
  expect(first('hintlab: 1\n', 'clocks')).toBe('hintlab: 1\nclocks:\n  a: {}\n');
  expect(first('hintlab: 1\nclocks: { a: {} }\n', 'clocks')).toContain('clocks: { a: {}, b: {} }');
  expect(
    first('hintlab: 1\nservice: { time: { quantiles: { p50: 1ms } } }\n', 'service', 'time', 'quantiles'),
  ).toContain('{ p50: 1ms, p99: 30s }');
  expect(first('hintlab: 1\n', 'datacentres')).toContain('datacentres:\n  d1: { ');
});

/** Every place that a scenario can have, lists with one item and unions taken one way each time, at most `depth` deep. */
function* placesBelow(text: string, path: (string | number)[], depth: number): Generator<readonly [string, Place]> {
  for (const child of childrenOf(
    path.length === 0 ? rootPlace(sourceOf(text)) : placeIn(text, ...path),
    sourceOf(text),
  )) {
    yield [text, child];
    if (depth === 0 || child.choices.length === 0) continue;
    const inner = child.chosen?.build.kind;
    if (inner === 'map') yield* placesBelow(text, [...child.path], depth - 1);
  }
}

/** Codes that say that a value is not of the form that the schema asks for. */
const FORM_CODES = new Set(['syntax', 'type', 'unit', 'unknownKey', 'unknownName', 'missingKey', 'duplicateKey']);

test('at every place each choice that is picked is one that the parser knows', () => {
  let picked = 0;
  for (const [text, place] of placesBelow(TEXT, [], 2)) {
    if (place.path[0] === 'find') continue; // for files of the corpus
    for (const choice of place.choices) {
      const change = choose(text, place, choice, context);
      expect([pathText(place.path), choice.label, change.kind]).toEqual([pathText(place.path), choice.label, 'edited']);
      const after = textOf(change);
      expect(after).toContain('# a lesson');
      const result = parseScenario(after, { file: 'x' });
      const own = (result.kind === 'invalid' ? result.problems : []).filter(
        ({ path, code }) =>
          FORM_CODES.has(code) && path.startsWith(pathText(place.path)) && !/file|cluster|proxies\./.test(path),
      );
      expect([pathText(place.path), choice.label, own]).toEqual([pathText(place.path), choice.label, []]);
      picked++;
    }
  }
  expect(picked).toBeGreaterThan(200);
});

test('at every single value of the stories, what is typed letter by letter is in the text, and nothing else changes', () => {
  const story = readFileSync(new URL('../../../sim/scenario/stories/window-flap-gc.yaml', import.meta.url), 'utf8');
  let typed = 0;
  for (const [, place] of placesBelow(story, [], 2)) {
    if (place.chosen?.build.kind !== 'scalar' || place.node === undefined || place.chosen.build.prose) continue;
    let text = story;
    for (const letters of ['9', '9 ', '9 x', '9'])
      text = textOf(typeInto(text, placeIn(text, ...place.path), letters, context));
    const { from, until } = place.node;
    const quoted = text.slice(from).startsWith('"') ? '"9"' : '9';
    expect(text).toBe(story.slice(0, from) + quoted + story.slice(until));
    typed++;
  }
  expect(typed).toBeGreaterThan(5);
});
