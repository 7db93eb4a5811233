/**
 * The short way to a scenario, from plain data: it leads to the same one as the text does, or to none.
 */
import { describe, expect, it } from 'vitest';
import { plannedRun } from '../../../sim/explore/hunt.ts';
import { textOfTree } from '../../../sim/explore/index.ts';
import { PROFILE_NAMES } from '../../../sim/explore/profiles.ts';
import { parseScenario, scenarioOfValue } from '../../../sim/scenario/index.ts';

const RUNS = 12 * PROFILE_NAMES.length;

function drawn(run: number): Record<string, unknown> {
  return { ...plannedRun({ seed: 5, systems: [], profiles: PROFILE_NAMES }, run).tree };
}

const REPLACEMENTS: readonly unknown[] = [null, '', 'b', '3s', -1, 0, 7, [], {}, [1, 2], { at: '1s' }];

/** A value with one part of it taken out or replaced by something else, once for each part. */
function* variationsOf(value: unknown): Generator {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      yield value.toSpliced(index, 1);
      for (const inner of variationsOf(item)) yield value.with(index, inner);
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value)) {
      const others = Object.fromEntries(Object.entries(value).filter(([other]) => other !== key));
      yield others;
      for (const inner of variationsOf(member)) yield { ...others, [key]: inner };
    }
  }
  yield REPLACEMENTS[JSON.stringify(value).length % REPLACEMENTS.length];
}

/** Such data is always read as a text. */
function hasEmptyList(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return (Array.isArray(value) && value.length === 0) || Object.values(value).some(hasEmptyList);
}

describe('plain data', () => {
  it('says the scenario that its text says, whatever is drawn', () => {
    for (let run = 0; run < RUNS; run++) {
      const { tree } = plannedRun({ seed: 5, systems: [], profiles: PROFILE_NAMES }, run);
      const parsed = parseScenario(textOfTree(tree), { file: 'drawn.yaml' });
      expect(parsed.kind).toBe('scenario');
      expect(scenarioOfValue(tree, 'drawn.yaml')).toStrictEqual(parsed.kind === 'scenario' && parsed.scenario);
    }
  });

  it('says it just where the text says one, whatever is taken out of it or put in its place', () => {
    const sees = { scenario: 0, invalid: 0 };
    for (let run = 0; run < PROFILE_NAMES.length; run++) {
      for (const tree of variationsOf(drawn(run))) {
        const parsed = parseScenario(JSON.stringify(tree), { file: 'drawn.yaml' });
        sees[parsed.kind] += 1;
        const expected = parsed.kind === 'scenario' && !hasEmptyList(tree) ? parsed.scenario : undefined;
        expect(scenarioOfValue(tree, 'drawn.yaml')).toStrictEqual(expected);
      }
    }
    expect(Math.min(sees.scenario, sees.invalid)).toBeGreaterThan(100);
  });

  it('is lifted to this version as a text is', () => {
    const find = { property: 'I1', cause: 'expired', digest: '0123456789abcdef', seed: 7 };
    const old = { hintlab: 0, duration: '10s', find };
    const parsed = parseScenario(JSON.stringify(old), { file: 'old' });
    expect(parsed.kind).toBe('scenario');
    expect(scenarioOfValue(old, 'old')).toStrictEqual(parsed.kind === 'scenario' && parsed.scenario);
  });

  it.each([
    ['no map', ['hintlab', 1]],
    ['nothing', null],
    ['a key that is none', { ...drawn(0), drian: {} }],
    ['a value that does not fit', { ...drawn(0), duration: -1 }],
    ['a number that no text says', { ...drawn(0), seed: NaN }],
    ['no plain data', { ...drawn(0), about: () => 'about' }],
    ['what is missing', { hintlab: 1, duration: undefined }],
  ])('is no scenario where there is anything to say of it: %s', (_, value) => {
    expect(scenarioOfValue(value, 'drawn.yaml')).toBeUndefined();
  });

  it('is left to the text where that has to be measured: a long one, and a deep one', () => {
    const long = { ...drawn(0), about: 'x'.repeat(100_001) };
    const list: unknown[] = [];
    let deep: unknown = list;
    for (let level = 0; level < 20; level++) deep = [deep];
    list.push(deep);
    expect(scenarioOfValue(long, 'drawn.yaml')).toBeUndefined();
    expect(scenarioOfValue({ ...drawn(0), nodes: list }, 'drawn.yaml')).toBeUndefined();
    expect(scenarioOfValue(drawn(0), 'drawn.yaml')).toBeDefined();
  });
});
