/**
 * The JSON Schema that editors get: it has every key the parser knows, with what it means, and accepts what it accepts.
 * A small reading of the parts of JSON Schema that it uses stands in for a validator.
 */
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { parseScenario, scenarioJsonSchema } from '../../../sim/scenario/index.ts';
import { storyText } from '../../support/scenarios.ts';

/** Parts of JSON Schema (draft-07). Anything else in the schema fails the test that lists them. */
const KEYWORDS = new Set([
  '$schema',
  'title',
  'description',
  'examples',
  'type',
  'properties',
  'required',
  'additionalProperties',
  'propertyNames',
  'items',
  'minItems',
  'maxItems',
  'additionalItems',
  'anyOf',
  'enum',
  'const',
  'pattern',
  'maxLength',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'not',
]);

type Schema = Readonly<Record<string, unknown>>;

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function schemasOf(value: unknown): readonly Schema[] {
  return Array.isArray(value) ? value.filter(isSchema) : [];
}

function accepts(schema: unknown, value: unknown): boolean {
  if (!isSchema(schema)) return schema !== false;
  const { type, properties, required, additionalProperties, items, anyOf } = schema;
  if (Array.isArray(anyOf) && !schemasOf(anyOf).some((option) => accepts(option, value))) return false;
  if (isSchema(schema['not']) && accepts(schema['not'], value)) return false;
  if ('const' in schema && schema['const'] !== value) return false;
  if (Array.isArray(schema['enum']) && !schema['enum'].includes(value)) return false;
  if (type === 'string') return typeof value === 'string' && new RegExp(String(schema['pattern'] ?? '')).test(value);
  if (type === 'number' || type === 'integer') {
    if (typeof value !== 'number' || (type === 'integer' && !Number.isInteger(value))) return false;
    return value >= Number(schema['minimum'] ?? -Infinity) && value <= Number(schema['maximum'] ?? Infinity);
  }
  if (type === 'boolean') return typeof value === 'boolean';
  if (type === 'array') {
    if (!Array.isArray(value)) return false;
    const members: readonly unknown[] = value;
    return members.every((member, index) => accepts(Array.isArray(items) ? items[index] : items, member));
  }
  if (type !== 'object') return true;
  if (!isSchema(value)) return false;
  const known = isSchema(properties) ? properties : {};
  const isComplete = !Array.isArray(required) || required.every((key) => String(key) in value);
  const others = isSchema(additionalProperties) ? additionalProperties : additionalProperties !== false;
  return isComplete && Object.entries(value).every(([key, member]) => accepts(known[key] ?? others, member));
}

/** All keywords of a schema and the schemas in it; the keys of `properties` are none. */
function keywordsOf(schema: unknown): readonly string[] {
  if (!isSchema(schema)) return [];
  const children = ['items', 'anyOf', 'additionalProperties', 'propertyNames', 'not'].flatMap((key) => {
    const child = schema[key];
    return Array.isArray(child) ? child.flatMap(keywordsOf) : keywordsOf(child);
  });
  const properties = isSchema(schema['properties']) ? Object.values(schema['properties']).flatMap(keywordsOf) : [];
  return [...Object.keys(schema), ...children, ...properties];
}

const schema: Schema = { ...scenarioJsonSchema() };

describe('the JSON Schema', () => {
  it('is draft-07 and uses nothing that this test cannot read', () => {
    expect(schema).toMatchObject({ $schema: 'http://json-schema.org/draft-07/schema#', title: 'hintlab scenario' });
    expect([...new Set(keywordsOf(schema))].filter((keyword) => !KEYWORDS.has(keyword))).toEqual([]);
  });

  it('describes every key of a scenario', () => {
    const properties = isSchema(schema['properties']) ? schema['properties'] : {};
    const undescribed = Object.entries(properties).filter(
      ([, key]) => !isSchema(key) || key['description'] === undefined,
    );
    expect(Object.keys(properties)).toContain('workload');
    expect(undescribed).toEqual([]);
  });

  it('requires the version alone and knows no other keys', () => {
    expect(schema).toMatchObject({ type: 'object', required: ['hintlab'], additionalProperties: false });
  });

  it.each([
    'single-outage',
    'expiry',
    'over-capacity',
    'flapping-peer',
    'rolling-restart',
    'lanl-23',
    'lanl-23/fortnight',
  ])('accepts the story %s', (name) => {
    expect(accepts(schema, parse(storyText(name)))).toBe(true);
  });

  it.each([
    'hints: { window: none, on: { timeout: acked }, disk: { durability: synced, rate: 50MiB/s, capacity: 1GiB } }',
    'drain: { ack: each, throttle: none, retryAfter: interval, sessions: 0 }',
    'clocks: { a: { offset: -5s, drift: 100ppm } }',
    'proxies: { dc1: [p] }',
    'consistency: { write: 2, read: ANY, unavailable: refuse }',
    'detector: { normal: { minDeviation: 100ms } }',
    'network: { latency: { write: { mixture: [{ weight: 1, constant: 1ms, plus: 1ms }], plus: 75ms } } }',
    'workload: { clients: 5, think: { exponential: 1s }, probes: [0, 1ms], level: { read: ONE } }',
    'requests: [{ at: 1s, set: k, level: 2 }, { at: 2s, get: k, on: b }]',
    'faults: [{ partition: [[a], [b, c]], oneWay: true, at: 1m }, { flap: b, up: 9s, down: { exponential: 1s } }]',
    'faults: [{ loss: 1%, at: 1m }, { clock: a, step: -5s, at: 1m }, { reindex: a, order: [c, b, a], at: 1m }]',
    'measure: { from: 10s }',
  ])('and the parser accept %s', (text) => {
    const whole = `hintlab: 1\nduration: 10m\n${text}`;
    expect(accepts(schema, parse(whole))).toBe(true);
    expect(parseScenario(whole, { file: 'accepted.yaml' })).toMatchObject({ kind: 'scenario' });
  });

  it.each([
    'duration: 1m',
    'hintlab: 2',
    '{ hintlab: 1, colour: red }',
    '{ hintlab: 1, system: couchbase }',
    '{ hintlab: 1, seed: 0.5 }',
    '{ hintlab: 1, duration: 30 }',
    '{ hintlab: 1, workload: { rate: 50 } }',
    '{ hintlab: 1, hints: [] }',
    '{ hintlab: 1, faults: [{ crash: a }] }',
    '{ hintlab: 1, workload: { choose: never } }',
    '{ hintlab: 1, detector: { phi: {}, fixed: {} } }',
    '{ hintlab: 1, consistency: 0 }',
    '{ hintlab: 1, consistency: { write: QUORUMS } }',
    '{ hintlab: 1, hints: { on: { timeout: sometimes } } }',
    '{ hintlab: 1, hints: { disk: { flush: 5 } } }',
    '{ hintlab: 1, drain: { throttle: 5 } }',
    '{ hintlab: 1, clocks: { a: { drift: 5 } } }',
    '{ hintlab: 1, network: { latency: { near: { plus: 1ms } } } }',
    '{ hintlab: 1, requests: [{ at: 1s, get: k, size: 5B }] }',
    '{ hintlab: 1, faults: [{ stop: a, at: 1m, power: true }] }',
    '{ hintlab: 1, faults: [{ partition: [[a]], at: 1m, oneWay: 1 }] }',
    '{ hintlab: 1, faults: [{ collect: a, at: 1m, for: 1m }] }',
  ])('and the parser refuse %s', (text) => {
    expect(accepts(schema, parse(text))).toBe(false);
    expect(parseScenario(text, { file: 'refused.yaml' })).toMatchObject({ kind: 'invalid' });
  });
});
