/**
 * Whatever text comes in, the parser answers: a scenario, or problems that point into the text. It never throws, and never
 * refuses without a reason.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { estimateRun, formatProblem, parseScenario } from '../../../sim/scenario/index.ts';
import type { Problem } from '../../../sim/scenario/index.ts';
import { Reach } from '../../support/reach.ts';

const SOUND = `hintlab: 1
name: everything
seed: 1
duration: 10m
datacentres: { dc1: { r1: [a], r2: [b] }, dc2: { r1: [c] } }
hints: { enabled: true, ttl: 24h, cap: 64MiB }
drain: &d { interval: 30s }
channel: { slots: 256, rate: unlimited, reconnect: 1s }
detector: { phi: { gossip: 1s, threshold: 8, window: 100, floor: 1s } }
consistency: { write: DC_QUORUM, read: DC_ONE }
network:
  latency:
    near: { quantiles: { p50: 1ms, p99: 20ms } }
    far: { mixture: [{ weight: 0.9, exponential: 1ms }, { weight: 0.1, constant: 50ms }] }
  timeout: 5s
workload:
  - { rate: 5/s, reads: 20%, keys: { count: 100, zipf: 0.99 }, key: 44B, value: { uniform: [1B, 2KiB] } }
  - { name: other, from: 1m, until: 9m, payload: 200B, coordinators: [a, b] }
faults:
  - { crash: b, at: 1m, for: 5m, cause: power }
  - { crash: c, at: 1m, for: 20s, every: 2m, times: 3 }
  - { restart: a, at: 30s }
  - { partition: [[a], [b, c]], oneWay: true, at: 2m, for: 1m }
  - { loss: 1%, from: [a], at: 5m, for: 1m }
  - { clock: b, step: -5s, at: 1m }
clocks: { a: { offset: -5s, drift: 100ppm } }
requests: [{ at: 40s, set: k, size: 200B, on: a, level: 2 }, { at: 41s, get: k }]
limits: { nodes: 10, events: 200000000 }
`;

/** Pieces that mean something to YAML or to a scenario. */
const TOKENS = [
  '\n',
  '  ',
  '\t',
  '- ',
  ': ',
  ', ',
  '{',
  '}',
  '[',
  ']',
  '"',
  "'",
  '#',
  '&a ',
  '*a',
  '*d',
  '!t ',
  '---\n',
  '|\n',
  '? ',
  '%',
  '0',
  '-1',
  '1e400',
  '.nan',
  'null',
  'true',
  '5m',
  '0s',
  '3/s',
  '64MiB',
  '2GiB',
  'crash',
  'at',
  'for',
  'b',
  'z',
  'nodes: 3\n',
  '__proto__: 1\n',
  'lanl',
  'twitter: { file: x, cluster: 1 }',
  '\u0000',
  '\uFEFF',
  'é',
  '🙂',
  '\r\n',
  '99999999999999999999',
];

interface Mutation {
  readonly at: number;
  readonly cut: number;
  readonly insert: string;
}

const mutation = fc.record({
  at: fc.nat(SOUND.length),
  cut: fc.oneof(fc.constant(0), fc.nat(12), fc.nat(200)),
  insert: fc.oneof(
    fc.constant(''),
    fc.constantFrom(...TOKENS),
    fc.string({ maxLength: 6, unit: 'binary', size: 'max' }),
    fc.nat(SOUND.length - 30).map((start) => SOUND.slice(start, start + 30)),
  ),
});

function mutated(text: string, mutations: readonly Mutation[]): string {
  return mutations.reduce(
    (current, { at, cut, insert }) => current.slice(0, at) + insert + current.slice(at + cut),
    text,
  );
}

/** Whether a place lies in a text, or right behind the end of one of its lines. */
function isWithin(text: string, { line, column }: Problem): boolean {
  const lines = text.split('\n');
  const content = lines[line - 1];
  return content !== undefined && column >= 1 && column <= content.length + 1;
}

it('a mutated file is a scenario or has problems that lie in it', () => {
  const reach = new Reach<'scenario' | 'invalid' | 'several problems' | 'syntax' | 'suggestion'>();
  fc.assert(
    fc.property(fc.array(mutation, { minLength: 1, maxLength: 2, size: 'max' }), (mutations) => {
      const text = mutated(SOUND, mutations);
      const parsed = parseScenario(text, { file: 'fuzz.yaml' });
      reach.note(parsed.kind);
      if (parsed.kind === 'scenario') {
        expect(Number.isFinite(estimateRun(parsed.scenario).events)).toBe(true);
        return;
      }
      const { problems } = parsed;
      expect(problems.length).toBeGreaterThan(0);
      expect(problems.filter((problem) => !isWithin(text, problem)).map(formatProblem)).toEqual([]);
      reach.note('several problems', problems.length > 1);
      reach.note(
        'syntax',
        problems.some(({ code }) => code === 'syntax'),
      );
      reach.note(
        'suggestion',
        problems.some(({ nearest }) => nearest !== undefined),
      );
    }),
    { seed: 20, numRuns: 1_500 },
  );
  expect(reach.rarerThan(100, ['scenario', 'invalid', 'several problems', 'syntax', 'suggestion'])).toEqual([]);
});

it('any text at all has an answer, and any change from the command line', () => {
  const reach = new Reach<'scenario' | 'invalid'>();
  const paths = ['hints.ttl', 'nodes', 'faults.0', 'faults.0.crash', 'workload.1.rate', 'detector', 'seed', 'duration'];
  const set = fc
    .tuple(
      fc.oneof(fc.constantFrom(...paths), fc.string({ maxLength: 8, size: 'max' })),
      fc.oneof(fc.constantFrom(...TOKENS), fc.string({ maxLength: 30, size: 'max' })),
    )
    .map(([path, value]) => `${path}=${value}`);
  const text = fc.oneof(fc.constant(SOUND), fc.string({ unit: 'binary', maxLength: 200, size: 'max' }));
  fc.assert(
    fc.property(text, fc.array(set, { maxLength: 3, size: 'max' }), fc.option(fc.double()), (source, sets, seed) => {
      const options = { file: 'fuzz.yaml', sets, ...(seed === null ? {} : { seed }) };
      const parsed = parseScenario(source, options);
      reach.note(parsed.kind);
      if (parsed.kind === 'invalid') expect(parsed.problems.length).toBeGreaterThan(0);
    }),
    { seed: 21, numRuns: 1_000 },
  );
  expect(reach.rarerThan(20, ['scenario', 'invalid'])).toEqual([]);
});
