import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isList, isMap, judge, reduce, Reducer, textOfTree, treeOfText } from '../../../../sim/explore/index.ts';
import type { Judgement, RunViolation, ScenarioTree } from '../../../../sim/explore/index.ts';
import { listAt, valueAt, withoutPath } from '../../../../sim/explore/tree-paths.ts';
import { randomDesign, yamlOfDesign } from '../../../support/random-designs.ts';

/** The story late-hint, in the middle of traffic and of faults that have nothing to do with it. */
const HIDDEN = `
hintlab: 1
seed: 5
duration: 90s
nodes: [a, b, c, d]
detector: { phi: { gossip: 1s } }
network: { latency: { near: { uniform: [1ms, 3ms] } } }
workload: { rate: 5/s, reads: 30%, keys: 40, payload: 100B }
requests:
  - { at: 45s, set: x, size: 100B }
  - { at: 57s, set: x, size: 100B }
faults:
  - { crash: b, at: 5s, for: 50s }
  - { slow: d, factor: 3, at: 20s, for: 10s }
  - { pauseDrain: c, at: 60s, for: 5s }
  - { clock: d, step: 2s, at: 30s, for: 5s }
`;

function treeOf(text: string): ScenarioTree {
  const tree = treeOfText(text);
  if (tree === undefined) throw new Error('the text is a map in YAML');
  return tree;
}

function violationIn(tree: ScenarioTree, property: string, cause: string): RunViolation {
  const judged = judge(tree);
  const found = judged.kind === 'judged' ? judged.violations : [];
  const violation = found.find((each) => each.property === property && each.cause === cause);
  if (violation === undefined) throw new Error(`the scenario violates ${property} (${cause})`);
  return violation;
}

function shows(tree: ScenarioTree, { property, cause }: { property: string; cause: string }): boolean {
  const judged = judge(tree);
  return judged.kind === 'judged' && judged.violations.some((v) => v.property === property && v.cause === cause);
}

describe('the reducer', () => {
  const hidden = treeOf(HIDDEN);
  const overwritten = violationIn(hidden, 'I1', 'overwritten');
  const reduction = reduce(hidden, overwritten);

  it('leaves of a late hint in the middle of traffic the two writes and the crash that make it', () => {
    const { tree, size, minimal } = reduction;
    expect({ requests: size.requests, faults: size.faults, minimal }).toEqual({
      requests: 2,
      faults: 1,
      minimal: true,
    });
    expect(size.nodes).toBeLessThanOrEqual(3);
    expect(listAt(tree, 'requests').map((request) => isMap(request) && request.set)).toEqual(['k', 'k']);
    expect(Object.keys(listAt(tree, 'faults')[0] ?? {})).toEqual(['crash', 'at', 'for']);
    expect(tree.workload).toBeUndefined();
    expect(tree.network).toBeUndefined();
  });

  it('stays with the property and the cause that it began with, and keeps the others aside', () => {
    expect(reduction.violation).toMatchObject({ property: 'I1', cause: 'overwritten' });
    expect(shows(reduction.tree, overwritten)).toBe(true);
    expect(reduction.others.map(({ kind }) => `${kind.property} ${kind.cause}`)).toContain('I2 overwritten');
    expect(reduction.others.map(({ kind }) => `${kind.property} ${kind.cause}`)).not.toContain('I1 overwritten');
    for (const { kind, tree } of reduction.others) expect(shows(tree, kind)).toBe(true);
  });

  it('comes to the same in single steps, and has its best at hand after each', () => {
    const reducer = new Reducer(hidden, overwritten);
    let steps = 0;
    while (reducer.step(1) === 'more') {
      steps++;
      if (steps % 100 === 0) expect(shows(reducer.best, overwritten)).toBe(true);
    }
    expect(steps).toBeGreaterThan(50);
    expect(textOfTree(reducer.result().tree)).toBe(textOfTree(reduction.tree));
    expect(reducer.result().runs).toBe(reduction.runs);
  });

  it('stops at its bound on runs with the best so far, which it does not call minimal', () => {
    const { runs, minimal, tree } = reduce(hidden, overwritten, { maxRuns: 6 });
    expect({ runs, minimal }).toEqual({ runs: 6, minimal: false });
    expect(shows(tree, overwritten)).toBe(true);
  });

  it('goes by whoever it is told to ask what a run violates', () => {
    // Somebody to whom every run with a crash in it is a violation, and nothing else is.
    const { result } = overwritten;
    const asked = reduce(
      hidden,
      { property: 'X1', cause: 'crash' },
      {
        judge: (tree) => {
          const judged = judge(tree);
          const hasCrash = judged.kind === 'judged' && judged.scenario.faults.some(({ kind }) => kind === 'crash');
          const own = { property: 'X1', cause: 'crash', result: { ...result, event: null, write: null, copy: null } };
          return judged.kind === 'judged' ? { ...judged, violations: hasCrash ? [own] : [] } : judged;
        },
        maxRuns: 300,
      },
    );
    expect(listAt(asked.tree, 'faults').map((fault) => isMap(fault) && Object.keys(fault)[0])).toEqual(['crash']);
    expect(listAt(asked.tree, 'requests')).toEqual([]);
  });

  it('does not take for smaller what is far longer to run', () => {
    const inflated = (tree: ScenarioTree, events: number): Judgement => {
      const judged = judge(tree);
      const isLong = judged.kind === 'judged' && tree.detector === undefined;
      return isLong ? { ...judged, trace: { ...judged.trace, events } } : judged;
    };
    const hasDetector = (events: number): boolean => {
      const { tree } = reduce(hidden, overwritten, { judge: (candidate) => inflated(candidate, events), maxRuns: 60 });
      return tree.detector !== undefined;
    };
    expect([50_000, 50_001].map(hasDetector)).toEqual([false, true]);
  });

  it('does not take what a run must also show', () => {
    const threeNodes = reduce(hidden, overwritten, { keeps: ({ scenario }) => scenario.nodes.length >= 3 });
    expect(threeNodes.size.nodes).toBe(3);
  });

  it('says nothing of what a file said of its larger scenario', () => {
    const { tree } = reduce(
      { ...hidden, name: 'hidden', about: 'A lot of traffic.', find: { property: 'I1' } },
      overwritten,
      {
        maxRuns: 3,
      },
    );
    expect([tree.name, tree.about, tree.find]).toEqual([undefined, undefined, undefined]);
  });

  it('does not flee into the cold start, where nobody has heard of anybody and every write becomes a hint', () => {
    const first = reduction.judged.trace.writes.issuedAt[0] ?? 0;
    const { beliefs } = reduction.judged.trace;
    beliefs.from.forEach((from, row) => {
      if (from === 0) expect(beliefs.until[row]).toBeLessThanOrEqual(first);
    });
    expect(beliefs.from.filter((from) => from === 0).length).toBeGreaterThan(0);
  });
});

describe('what is left of random designs', () => {
  it('still fails in the same way, is small, and no request and no fault of it can go', () => {
    let reduced = 0;
    let withFaults = 0;
    const sizes: number[] = [];
    for (const design of fc.sample(randomDesign, { numRuns: 60, seed: 3 })) {
      if (reduced === 4) break;
      const tree = treeOf(yamlOfDesign(design));
      const judged = judge(tree);
      const violation = judged.kind === 'judged' ? judged.violations.at(design.seed % 3) : undefined;
      if (violation === undefined) continue;
      const { tree: left, size, minimal } = reduce(tree, violation);
      expect({ minimal, shows: shows(left, violation) }).toEqual({ minimal: true, shows: true });
      for (const list of ['requests', 'faults']) {
        for (const index of listAt(left, list).keys()) {
          expect(isList(valueAt(left, [list]))).toBe(true);
          expect(shows(withoutPath(left, [list, index]), violation)).toBe(false);
        }
      }
      sizes.push(size.events);
      expect(size.nodes).toBeLessThanOrEqual(4);
      if (size.faults > 0) withFaults++;
      reduced++;
    }
    expect(reduced).toBe(4);
    expect(withFaults).toBeGreaterThan(0);
    // The goal is a median of 12 events; a single one may need more.
    expect(sizes.toSorted((a, b) => a - b)[2]).toBeLessThanOrEqual(12);
  });
});
