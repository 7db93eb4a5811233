import { describe, expect, it } from 'vitest';
import { explain, failureReport, judge, treeOfText } from '../../../sim/explore/index.ts';
import type { Failure } from '../../../sim/explore/index.ts';
import { MAX_SCRIPT_LINES, scriptLines } from '../../../sim/explore/script-lines.ts';

/**
 * b is away from 2 s to 21 s, is found Down at 20 s, and gets the write of 21 s as a hint at the sweep of 30 s, over the
 * write of 22 s that it has by then.
 */
const OVERWRITTEN = `
hintlab: 1
seed: 4
duration: 31s
nodes: [a, b]
requests:
  - { at: 21s, set: k }
  - { at: 22s, set: k, on: a }
faults:
  - { crash: b, at: 2s, for: 19s }
`;

function failure(own: Partial<Failure> = {}): Failure {
  const tree = treeOfText(OVERWRITTEN) ?? {};
  const judged = judge(tree);
  const violation = judged.kind === 'judged' ? judged.violations.find(({ property }) => property === 'I1') : undefined;
  if (judged.kind !== 'judged' || violation === undefined) throw new Error('the scenario violates I1');
  return { tree, judged, violation, minimal: true, ...own };
}

describe('the report of a failure', () => {
  const full = failure({
    runs: 186,
    foundBy: { seed: 7, profile: 'flapping', run: 812 },
    saved: 'found/i1-overwritten.yaml',
    link: 'http://localhost:4173/#v=1&text=abc&at=30001000',
  });

  it('says in this order what failed, when, how, what was expected, and how to see it again', () => {
    const lines = failureReport(full).split('\n');
    const order = [
      'I1 violated (overwritten): An acknowledged write survives at each of its replicas',
      '  at 30.001s: b lost write 1',
      'b applied hint 0 of write 0, 9.001s after it was stored',
      'the smallest scenario (2 requests, 1 fault, 2 nodes, after 186 runs):',
      'dynomite, seed 4, nodes a b, 31s',
      'crash b, for 19s',
      '21s  set k',
      '22s  set k on a',
      'ledger: write 1 (key "k", acknowledged by a) at b: expected present or superseded, found missing, overwritten by an older write',
      'seed 4, trace digest ',
      'found by profile flapping, seed 7, run 812',
      'saved as found/i1-overwritten.yaml',
      'again: hintlab replay found/i1-overwritten.yaml',
      'open it at the event: http://localhost:4173/#v=1&text=abc&at=30001000',
    ];
    const places = order.map((text) => lines.findIndex((line) => line.includes(text)));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  it('says of a pin that it is one, and of what was there before how to show it again', () => {
    const text = failureReport(failure({ foundBy: { profile: 'page' }, source: 'late-hint' }));
    expect(text).toContain('\npinned on the page\nagain: hintlab replay late-hint');
    expect(text).not.toContain('saved as');
  });

  it('leaves out what is not known', () => {
    const text = failureReport(failure({ minimal: false }));
    expect(text).toContain('the scenario (2 requests, 1 fault, 2 nodes):');
    expect(text).not.toMatch(/found by|saved as|open it|#/);
  });

  it('tells behind each line how far it may move and what it is there for', () => {
    const { tree, violation } = failure();
    const explained = scriptLines(tree, explain(tree, violation));
    expect(explained.find((line) => line.includes('crash b'))).toMatch(
      /for fails from 19s to 19\.900s; without it nothing is violated$/,
    );
  });
});

describe('a script', () => {
  it('has a line for the cluster, one per section of policy, and the events by time', () => {
    const tree = treeOfText(`${OVERWRITTEN}hints: { ttl: 1h }\n`) ?? {};
    expect(scriptLines(tree).map((line) => line.trim())).toEqual([
      'dynomite, seed 4, nodes a b, 31s',
      'hints: { ttl: 1h }',
      '2s  crash b, for 19s',
      '21s  set k',
      '22s  set k on a',
    ]);
  });

  it('is never longer than a dozen lines, and says how many it leaves out', () => {
    const requests = Array.from({ length: 30 }, (_, index) => ({ at: `${index}s`, get: 'k' }));
    const lines = scriptLines({ hintlab: 1, duration: '1m', requests });
    expect(lines).toHaveLength(MAX_SCRIPT_LINES);
    // One line for the cluster and ten requests are shown: twenty are left.
    expect(lines.at(-1)).toBe('… and 20 lines more in the file');
  });
});
