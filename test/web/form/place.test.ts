/** Places of the form: what the schema says of them, what the text has, and what the preset gives. */
import { expect, test } from 'vitest';
import { scenarioJsonSchema } from '../../../sim/scenario/index.ts';
import { choicesOf } from '../../../web/form/choices.ts';
import { childrenOf, itemAt, lineOf, rootPlace, type FormSource, type Place } from '../../../web/form/place.ts';
import { presetValues } from '../../../web/form/preset-values.ts';
import { sectionsOf } from '../../../web/form/sections.ts';
import { readTree } from '../../../web/state/text-tree.ts';

const schema = scenarioJsonSchema();

function sourceOf(text: string, system = 'dynomite'): FormSource {
  const reading = readTree(text);
  if (reading.kind !== 'tree') throw new Error(reading.expected);
  return { schema, root: reading.root, system, preset: presetValues(system) };
}

function placeIn(source: FormSource, ...path: (string | number)[]): Place {
  return path.reduce<Place>((place, step) => {
    const next =
      typeof step === 'number'
        ? itemAt(place, step, source)
        : childrenOf(place, source).find(({ name }) => name === step);
    if (next === undefined) throw new Error(`no ${step} in ${place.path.join('.')}`);
    return next;
  }, rootPlace(source));
}

test('every key of the schema is in one section', () => {
  const keys = childrenOf(rootPlace(sourceOf('')), sourceOf('')).map(({ name }) => name);
  expect(keys).toEqual(Object.keys(schema.properties ?? {}));
  expect(
    sectionsOf(keys)
      .flatMap((section) => section.keys)
      .toSorted(),
  ).toEqual(keys.toSorted());
});

test('what the text does not say has the value of the system, or the default of the schema', () => {
  const source = sourceOf('hints: { cap: 1MiB }');
  expect(placeIn(source, 'hints', 'ttl').inherited).toBe('dynomite: 1d');
  expect(placeIn(source, 'hints', 'cap').node).toMatchObject({ plain: '1MiB' });
  expect(placeIn(source, 'workload', 'keys').inherited).toBe('10000');
  expect(placeIn(source, 'seed').inherited).toBe('1');
  expect(placeIn(source, 'hintlab').inherited).toBe('');
  // Cassandra keeps hints for gc_grace_seconds: 10 days (handoff-systems §3).
  expect(placeIn(sourceOf('', 'cassandra'), 'hints', 'ttl').inherited).toBe('cassandra: 10d');
  expect(presetValues('no such system').size).toBe(0);
});

test('a detector that is not said is that of the system, and each kind has its parameters', () => {
  const source = sourceOf('');
  expect(placeIn(source, 'detector').chosen?.label).toBe('phi');
  expect(placeIn(source, 'detector', 'phi', 'threshold').inherited).toBe('dynomite: 8');
  const fixed = sourceOf('detector: { fixed: {} }');
  expect(placeIn(fixed, 'detector').chosen?.label).toBe('fixed');
  expect(placeIn(fixed, 'detector', 'fixed', 'down').inherited).toMatch(/^dynomite: \d/);
});

test('what may stand at a place is told by the schema', () => {
  const source = sourceOf('faults: [{ crash: b, at: 1s }]');
  expect(placeIn(source, 'hints', 'vote').choices).toMatchObject([{ build: { words: ['full', 'any', 'none'] } }]);
  expect(placeIn(source, 'hints', 'enabled').choices).toMatchObject([{ build: { flag: true } }]);
  expect(placeIn(source, 'nodes').choices.map(({ label }) => label)).toEqual(['value', 'a list']);
  expect(placeIn(source, 'nodes').choices[0]?.build).toMatchObject({ form: 'a whole number from 1 to 1000' });
  expect(placeIn(source, 'workload').choices.map(({ label }) => label)).toEqual(['one', 'several']);
  expect(placeIn(source, 'service', 'time').choices.map(({ label }) => label)).toEqual([
    'value',
    'constant',
    'uniform',
    'exponential',
    'lognormal',
    'pareto',
    'quantiles',
    'mixture',
  ]);
  expect(placeIn(source, 'faults', 0).chosen?.label).toBe('crash');
  expect(placeIn(source, 'faults', 0).choices).toHaveLength(16);
  expect(placeIn(source, 'faults', 0, 'at').required).toBe(true);
  expect(placeIn(source, 'detector', 'phi', 'window').choices[0]?.build).toMatchObject({
    form: 'a whole number from 1 to 10000',
    numbers: true,
    texts: false,
  });
});

test('a key that the schema does not know is a place without a choice, so that nothing is hidden', () => {
  const source = sourceOf('hints: { tttl: 1h }');
  expect(placeIn(source, 'hints', 'tttl')).toMatchObject({ choices: [], chosen: undefined });
});

test('what is written in another way than any choice has none chosen', () => {
  expect(placeIn(sourceOf('hints: 3'), 'hints').chosen).toBeUndefined();
  expect(placeIn(sourceOf('a: &x 1h\nhints: { ttl: *x }'), 'hints', 'ttl').chosen).toBeUndefined();
  expect(choicesOf([])).toEqual([]);
});

test('a row says what it is in one line', () => {
  const source = sourceOf(
    'faults:\n  - partition: [[a], [b, c]]\n    at: 1s # then\n  - { flap: a, up: { constant: 1s }, down: 2s }',
  );
  const says = (index: number) => {
    const { node } = placeIn(source, 'faults', index);
    return node && lineOf(node);
  };
  expect(says(0)).toBe('partition a, b, c · at 1s');
  expect(says(1)).toBe('flap a · up (constant 1s) · down 2s');
});
