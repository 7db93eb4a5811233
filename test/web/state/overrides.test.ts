import { expect, test } from 'vitest';
import { parseScenario } from '../../../sim/scenario/index.ts';
import { NO_OVERRIDES, OVERRIDES, overrideSets, problemOf } from '../../../web/state/overrides.ts';

const TEXT = 'hintlab: 1\nduration: 10m\nnodes: 3\n';
const parse = (overrides: typeof NO_OVERRIDES) => parseScenario(TEXT, { file: 'test', sets: overrideSets(overrides) });

test('every field of the form is read by the scenario parser and changes its own value', () => {
  const parsed = parse({ system: 'riak', seed: '7', ttl: '90m', cap: '3MiB', drain: '45s' });
  if (parsed.kind === 'invalid') throw new Error(JSON.stringify(parsed.problems));
  expect(OVERRIDES.map(({ current }) => current(parsed.scenario))).toEqual(['riak', '7', '1h 30m', '3MiB', '45s']);
});

test('what stands in grey in an empty field can be typed into it and means the same', () => {
  const plain = parse(NO_OVERRIDES);
  if (plain.kind === 'invalid') throw new Error('the plain scenario is valid');
  const shown = Object.fromEntries(OVERRIDES.map(({ name, current }) => [name, current(plain.scenario)]));
  expect(parse({ ...NO_OVERRIDES, ...shown })).toEqual(plain);
});

test('a refused value is the problem of its own field, and of no other', () => {
  const typed = { ...NO_OVERRIDES, ttl: '24x', cap: 'plenty' };
  const parsed = parse(typed);
  if (parsed.kind !== 'invalid') throw new Error('24x is no duration');
  const found = OVERRIDES.map(({ name }) => problemOf(name, typed, parsed.problems)?.found);
  expect(found).toEqual([undefined, undefined, '24x', 'plenty', undefined]);
});

test('an empty field, or one of spaces, overrides nothing', () => {
  expect(overrideSets({ ...NO_OVERRIDES, ttl: '  ' })).toEqual([]);
});
