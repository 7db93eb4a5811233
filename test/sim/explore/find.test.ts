import { describe, expect, it } from 'vitest';
import { AUDIT_RULES, MISSING_CAUSES, PROPERTIES } from '../../../sim/check/index.ts';
import { findOf, lifted, textOfTree, treeOfText, withFind, withoutFind } from '../../../sim/explore/index.ts';
import type { Find } from '../../../sim/explore/index.ts';
import {
  canonicalText,
  FIND_CAUSES,
  FIND_PROPERTIES,
  FIND_RULES,
  formatProblem,
  parseScenario,
} from '../../../sim/scenario/index.ts';
import { LOG_KINDS } from '../../../sim/trace/index.ts';

const FIND: Find = {
  property: 'I1',
  cause: 'overwritten',
  outcome: '1234567890123456',
  foundBy: { seed: 7, profile: 'flapping', run: 812, version: '0.1.0' },
  minimal: true,
  bug: 'requeue-tail',
  note: 'The older write arrives last: "last" wins.',
  fields: [{ path: 'faults.0.for', from: '19s', to: '19s 900ms' }],
};
const SCENARIO = { hintlab: 1, seed: 3, duration: '1m', faults: [{ crash: 'b', at: '1s', for: '2s' }] };

function problemsOf(text: string): readonly string[] {
  const parsed = parseScenario(text, { file: 'x.yaml' });
  return parsed.kind === 'invalid' ? parsed.problems.map(formatProblem) : [];
}

describe('the section find', () => {
  it('comes back from the text of a file as it was, digest and all', () => {
    const tree = treeOfText(textOfTree(withFind(SCENARIO, FIND)));
    expect(tree === undefined ? undefined : findOf(tree)).toEqual(FIND);
    expect(tree === undefined ? undefined : withoutFind(tree)).toEqual(SCENARIO);
    expect(problemsOf(textOfTree(withFind(SCENARIO, FIND)))).toEqual([]);
  });

  it('is no part of the scenario: the same run, whatever it says', () => {
    const [one, other] = [SCENARIO, withFind(SCENARIO, FIND)].map((tree) =>
      parseScenario(textOfTree(tree), { file: 'x' }),
    );
    expect(one?.kind).toBe('scenario');
    expect(other?.kind === 'scenario' && one?.kind === 'scenario' && canonicalText(other.scenario)).toBe(
      one?.kind === 'scenario' && canonicalText(one.scenario),
    );
  });

  it('stands second in its file, after the version', () => {
    expect(
      textOfTree(withFind(SCENARIO, { property: 'I1', cause: 'expired' }))
        .split('\n')
        .slice(0, 2),
    ).toEqual(['hintlab: 1', 'find: { property: I1, cause: expired }']);
  });

  it('is checked like the rest, with the place and the nearest name', () => {
    const text = 'hintlab: 1\nfind:\n  property: I13\n  cause: overwriten\n  outcome: 12\nduration: 1m\n';
    const [property = '', cause = '', outcome = ''] = problemsOf(text);
    expect(property).toMatch(/^x\.yaml:3:13: find\.property: expected one of I1, I2/);
    expect(cause).toMatch(/^x\.yaml:4:10: find\.cause: .*did you mean overwritten\?$/);
    expect(outcome).toMatch(/^x\.yaml:5:12: find\.outcome: expected a digest/);
  });

  it('knows the properties and causes that there are, and no other', () => {
    const violable = PROPERTIES.filter(({ kind }) => kind !== 'sometimes').map(({ id }) => id);
    expect([...FIND_PROPERTIES]).toEqual(violable);
    expect([...FIND_RULES]).toEqual(AUDIT_RULES.map(({ id }) => id));
    expect([...FIND_CAUSES].toSorted()).toEqual([...MISSING_CAUSES, ...LOG_KINDS, 'end'].toSorted());
  });

  it('is nothing where it does not say what was found', () => {
    expect(findOf(SCENARIO)).toBeUndefined();
    expect(findOf({ ...SCENARIO, find: { property: 'I1' } })).toBeUndefined();
    expect(findOf({ ...SCENARIO, find: 'I1' })).toBeUndefined();
  });
});

describe('a file of an older version', () => {
  const OLD = `hintlab: 0
find: { property: I2, cause: expired, digest: 00ff00ff00ff00ff, seed: 4, profile: uniform, run: 9, minimal: true }
duration: 1m
`;

  it('is lifted to this one: what was flat is where it belongs today', () => {
    expect(problemsOf(OLD)).toEqual([]);
    expect(findOf(treeOfText(OLD) ?? {})).toEqual({
      property: 'I2',
      cause: 'expired',
      outcome: '00ff00ff00ff00ff',
      foundBy: { seed: 4, profile: 'uniform', run: 9 },
      minimal: true,
    });
    expect(lifted(treeOfText(OLD) ?? {}).hintlab).toBe(1);
  });

  it('keeps the places of its values, for messages', () => {
    expect(problemsOf(OLD.replace('00ff00ff00ff00ff', 'nonsense'))[0]).toMatch(/^x\.yaml:2:\d+: find\.outcome: /);
  });

  it('is refused where there never was such a version', () => {
    expect(problemsOf(OLD.replace('hintlab: 0', 'hintlab: 7'))[0]).toMatch(/hintlab/);
    expect(lifted({ hintlab: 7 })).toEqual({ hintlab: 7 });
  });
});
