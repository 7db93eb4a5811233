import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findOf, treeOfText } from '../../../sim/explore/index.ts';
import { expectNoViolation, parseScenario, scenarios, textOfTree, ViolationError } from '../../../sim/testing/index.ts';

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
  it('returns what was found in a run that violates nothing', () => {
    const { violations, trace } = expectNoViolation(HARMLESS);
    expect(violations).toEqual([]);
    expect(trace.writes.issuedAt).toHaveLength(1);
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
