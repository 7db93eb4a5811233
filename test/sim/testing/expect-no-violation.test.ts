import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findOf, judge, treeOfText } from '../../../sim/explore/index.ts';
import { expectNoViolation, parseScenario, scenarios, textOfTree, ViolationError } from '../../../sim/testing/index.ts';
import type { ScenarioTree } from '../../../sim/testing/index.ts';

const LATE_HINT = `hintlab: 1
duration: 70s
nodes: [a, b, c]
requests: [{ at: 40s, set: k, size: 100B }, { at: 52s, set: k, size: 100B }]
faults: [{ crash: b, at: 5s, for: 45.5s }]
`;
const HARMLESS = 'hintlab: 1\nduration: 10s\nrequests: [{ at: 5s, set: k }]\n';

function thrownBy(action: () => unknown): unknown {
  try {
    action();
  } catch (problem) {
    return problem;
  }
  return undefined;
}

describe('expectNoViolation', () => {
  it('lets a run pass that violates nothing, and returns nothing, for the run is there to be judged', () => {
    expect(expectNoViolation(HARMLESS)).toBeUndefined();
    const judged = judge(treeOfText(HARMLESS) ?? {});
    if (judged.kind !== 'judged') return expect.unreachable('the scenario runs');
    expect(judged.violations).toEqual([]);
    expect(judged.trace.writes.issuedAt).toHaveLength(1);
  });

  it('may be all that a property of fast-check does', () => {
    // No design makes values up (C1), and many of these lose writes.
    const drawn = scenarios({ profile: 'flapping', system: 'cassandra' });
    const check = (properties: string[]): fc.RunDetails<[ScenarioTree]> =>
      fc.check(
        fc.property(drawn, (tree) => expectNoViolation(tree, { properties, runs: 0 })),
        { seed: 2, numRuns: 20 },
      );
    expect(check(['C1'])).toMatchObject({ failed: false, numRuns: 20 });
    const { failed, errorInstance } = check(['I1', 'I2']);
    expect([failed, errorInstance instanceof ViolationError]).toEqual([true, true]);
  });

  it('throws the report of the smallest scenario that fails, and the file to keep', () => {
    const problem = thrownBy(() => expectNoViolation(LATE_HINT));
    if (!(problem instanceof ViolationError)) throw new Error('a ViolationError');
    expect([problem.property, problem.cause]).toEqual(['I1', 'overwritten']);
    expect(problem.message).toContain('the smallest scenario (2 requests, 1 fault, 2 nodes');
    expect(problem.message).toContain('open it at the event: http://localhost:4173/#v=1&text=');
    expect(problem.message).toContain(problem.file);
    expect(findOf(treeOfText(problem.file) ?? {})).toMatchObject({ property: 'I1', minimal: true });
  });

  it('reports the scenario as it is if shrinking may take no runs', () => {
    const problem = thrownBy(() => expectNoViolation(LATE_HINT, { runs: 0, page: 'https://lab.example/' }));
    expect(String(problem)).toContain('the scenario (2 requests, 1 fault, 3 nodes):');
    expect(String(problem)).toContain('https://lab.example/#v=1');
  });

  it('looks at some properties only, and lets a design break what it is known to break', () => {
    expect(() => expectNoViolation(LATE_HINT, { properties: ['I3', 'I4'] })).not.toThrow();
    const known = thrownBy(() => expectNoViolation(LATE_HINT, { except: ['I1'], runs: 0 }));
    expect(known instanceof ViolationError ? known.property : '').toBe('I2');
    expect(() => expectNoViolation(LATE_HINT, { except: ['I1', 'I2', 'I6', 'C3'] })).not.toThrow();
  });

  it('tells what is no scenario, and what is no property, with the nearest name', () => {
    expect(() => expectNoViolation('hintlab: 1\nduraton: 5s')).toThrow(
      /scenario:2:1: duraton: .*did you mean duration\?/,
    );
    expect(() => expectNoViolation(HARMLESS, { except: ['I13'] })).toThrow(
      /no property is called I13; did you mean I1/,
    );
  });
});

describe('scenarios', () => {
  it('are valid, under the system that was asked for, and do not shrink by themselves', () => {
    let withFaults = 0;
    fc.assert(
      fc.property(scenarios({ profile: 'flapping', system: 'riak' }), (tree) => {
        const parsed = parseScenario(textOfTree(tree), { file: 'drawn' });
        expect(parsed.kind === 'scenario' ? parsed.scenario.system : parsed.problems).toBe('riak');
        if (parsed.kind === 'scenario' && parsed.scenario.faults.length > 0) withFaults++;
      }),
      { seed: 1, numRuns: 50 },
    );
    expect(withFaults).toBeGreaterThan(10);
    const failed = fc.check(
      fc.property(scenarios(), () => {
        throw new Error('always');
      }),
      { seed: 1, numRuns: 1 },
    );
    expect([failed.failed, failed.numShrinks]).toEqual([true, 0]);
  });
});
