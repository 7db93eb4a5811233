import { describe, expect, it } from 'vitest';
import { judge, treeOfText } from '../../../../sim/explore/index.ts';
import type { ScenarioTree, ViolationKind } from '../../../../sim/explore/index.ts';
import { canonical } from '../../../../sim/explore/reduce/passes/canonical.ts';
import { configuration } from '../../../../sim/explore/reduce/passes/configuration.ts';
import { cut } from '../../../../sim/explore/reduce/passes/cut.ts';
import { elements, pairs } from '../../../../sim/explore/reduce/passes/elements.ts';
import { gaps } from '../../../../sim/explore/reduce/passes/gaps.ts';
import { latencies } from '../../../../sim/explore/reduce/passes/latencies.ts';
import { materialise } from '../../../../sim/explore/reduce/passes/materialise.ts';
import { merge } from '../../../../sim/explore/reduce/passes/merge.ts';
import { numbers } from '../../../../sim/explore/reduce/passes/numbers.ts';
import { rename } from '../../../../sim/explore/reduce/passes/rename.ts';
import { slice } from '../../../../sim/explore/reduce/passes/slice.ts';
import { verify } from '../../../../sim/explore/reduce/passes/verify.ts';
import { warmUp } from '../../../../sim/explore/reduce/passes/warm-up.ts';
import type { Found, Pass } from '../../../../sim/explore/reduce/trial.ts';
import { listAt, valueAt } from '../../../../sim/explore/tree-paths.ts';

const LATE_HINT = `
hintlab: 1
seed: 1
duration: 70s
record: full
nodes: [a, b, c]
consistency: DC_QUORUM
requests:
  - { at: 40s, set: x, size: 100B }
  - { at: 52s, set: x, size: 100B }
  - { at: 53s, set: other }
faults:
  - { crash: b, at: 5s, for: 45.5s }
`;
const OVERWRITTEN = { property: 'I1', cause: 'overwritten' };

function foundIn(text: string, { property, cause }: ViolationKind = OVERWRITTEN): Found {
  const tree = treeOfText(text) ?? {};
  const judged = judge(tree);
  if (judged.kind !== 'judged') throw new Error(`expected a run: ${JSON.stringify(judged)}`);
  const violation = judged.violations.find((each) => each.property === property && each.cause === cause);
  if (violation === undefined) throw new Error('expected the violation');
  return { tree, judged, violation };
}

/** Runs a pass, and answers of each candidate whether `isFailing`. */
function after(pass: Pass, found: Found, isFailing: (tree: ScenarioTree) => boolean): ScenarioTree {
  const trial = pass.try(found);
  let next = trial.next(false);
  while (next.done !== true) next = trial.next(isFailing(next.value));
  return next.value;
}

/** With the real oracle. */
function stillFails(tree: ScenarioTree): boolean {
  const judged = judge(tree);
  return judged.kind === 'judged' && judged.violations.some((v) => v.property === 'I1' && v.cause === 'overwritten');
}

describe('a pass of the reducer', () => {
  const found = foundIn(LATE_HINT);
  const withTree = (edit: ScenarioTree): Found => ({ ...found, tree: { ...found.tree, ...edit } });

  it('writes out the requests of the run, with times, keys, coordinators and sizes', () => {
    const clients = foundIn(
      LATE_HINT.replace('requests:', 'workload: { rate: 2/s, keys: 3, payload: 100B }\nrequests:'),
    );
    const tree = after(materialise, clients, (candidate) => listAt(candidate, 'requests').length === 143);
    const requests = listAt(tree, 'requests');
    // 2/s for 70 s is 140 requests; three are written out already.
    expect(requests).toHaveLength(143);
    expect(requests[0]).toMatchObject({ at: '500ms', on: 'a', size: '100B' });
    expect(requests).toContainEqual({ at: '40s', set: 'x', size: '100B', on: 'a' });
    expect(tree.workload).toBeUndefined();
  });

  it('guesses first that the requests of one key are enough', () => {
    const clients = foundIn(
      LATE_HINT.replace('requests:', 'workload: { rate: 2/s, keys: 3, payload: 100B }\nrequests:'),
    );
    const keys = listAt(after(materialise, clients, stillFails), 'requests').map((request) =>
      valueAt(request, ['set']),
    );
    expect(new Set(keys).size).toBe(1);
  });

  it('leaves clients who sent more than 50 000 requests, unless those of one key are fewer', () => {
    const lengthsAt = (rate: number): number[] => {
      const clients = `workload: { rate: ${rate}/s, keys: 3, payload: 100B, coordinators: [c] }\nrequests:`;
      const lengths: number[] = [];
      after(materialise, foundIn(LATE_HINT.replace('requests:', clients)), (candidate) => {
        lengths.push(listAt(candidate, 'requests').length);
        return false;
      });
      return lengths;
    };
    // Until the violation at 60 s, and until the end at 70 s, the higher rate makes 60 000 and 70 000.
    expect(lengthsAt(2)).toHaveLength(3);
    const [ofOneKey = Infinity, ...others] = lengthsAt(1_000);
    expect(ofOneKey).toBeLessThan(50_000);
    expect(others).toEqual([]);
  });

  it('ends the run after the violation, and drops what comes later', () => {
    // Violated at 60.001 s: the next whole second is 61 s.
    expect(after(cut, found, () => true)).toMatchObject({ duration: '1m 1s' });
    const late = withTree({ faults: [...listAt(found.tree, 'faults'), { crash: 'c', at: '65s', for: '1s' }] });
    expect(
      listAt(
        after(cut, late, () => true),
        'faults',
      ),
    ).toHaveLength(1);
    expect(after(cut, late, () => false)).toBe(late.tree);
  });

  it('keeps the requests of the key that the violation is about', () => {
    expect(listAt(after(slice, found, stillFails), 'requests')).toHaveLength(2);
  });

  it('drops every request, fault and node that can be spared', () => {
    const tree = after(elements, found, stillFails);
    expect(listAt(tree, 'requests')).toHaveLength(2);
    expect(tree.nodes).toEqual(['a', 'b']);
  });

  it('drops two that only go together', () => {
    const isEven = (tree: ScenarioTree): boolean => listAt(tree, 'requests').length % 2 === 1;
    expect(listAt(after(pairs, found, isEven), 'requests')).toHaveLength(1);
  });

  it('begins when the cluster is settled', () => {
    const cold = foundIn(
      'hintlab: 1\nduration: 31s\nnodes: [a, b]\nrequests: [{ at: 0s, set: k }, { at: 1s, set: k }]',
    );
    const later = after(warmUp, cold, (tree) => listAt(tree, 'requests').length === 2);
    // The first heartbeat arrives after a millisecond: all is a second later.
    expect(later).toMatchObject({ duration: '32s', requests: [{ at: '1s' }, { at: '2s' }] });
    expect(
      listAt(
        after(warmUp, cold, () => true),
        'requests',
      ),
    ).toHaveLength(1);
  });

  it('takes back to the preset what the file says and the violation does not need', () => {
    const tree = after(configuration, withTree({ hints: { ttl: '1h' }, channel: { slots: 8 } }), stillFails);
    expect([tree.hints, tree.channel, tree.consistency]).toEqual([undefined, undefined, undefined]);
    expect(listAt(tree, 'requests')[0]).toEqual({ at: '40s', set: 'x' });
  });

  it('makes random times constant, the same one for all if it can', () => {
    const random = withTree({
      network: { latency: { near: { uniform: ['2ms', '9ms'] } } },
      service: { time: { exponential: '5ms' } },
    });
    expect(after(latencies, random, () => true)).toMatchObject({
      network: { latency: { near: '1ms' } },
      service: { time: '1ms' },
    });
    const own = after(latencies, random, (tree) => valueAt(tree, ['service', 'time']) !== '1ms');
    expect(own).toMatchObject({ service: { time: '5ms' } });
  });

  it('writes repeated faults out and keeps the one that matters', () => {
    const repeated = withTree({ faults: [{ crash: 'b', at: '5s', for: '2s', every: '10s', times: 5 }] });
    const tree = after(merge, repeated, (candidate) => /25s|every/.test(JSON.stringify(candidate.faults)));
    expect(tree.faults).toEqual([{ crash: 'b', at: '25s', for: '2s' }]);
  });

  it('joins two outages of a node to one that spans both', () => {
    const two = withTree({
      faults: [
        { crash: 'b', at: '5s', for: '2s' },
        { crash: 'b', at: '9s', for: '3s' },
      ],
    });
    expect(after(merge, two, () => true).faults).toEqual([{ crash: 'b', at: '5s', for: '7s' }]);
  });

  it('finds the smallest round value that still fails', () => {
    const isLong = (tree: ScenarioTree): boolean =>
      Number.parseFloat(String(valueAt(tree, ['faults', 0, 'for']))) >= 38 &&
      valueAt(tree, ['requests', 0, 'at']) === '40s';
    expect(valueAt(after(numbers, found, isLong), ['faults', 0, 'for'])).toBe('38s');
  });

  it('closes the time between two events without changing their order', () => {
    // Everything may come earlier as long as the write is 2 s after the crash: crash 0 s, request 2 s.
    const events = withTree({
      duration: '60s',
      requests: [{ at: '40s', set: 'k' }],
      faults: [{ crash: 'b', at: '5s' }],
    });
    const isApart = (tree: ScenarioTree): boolean => {
      const [request, crash] = [valueAt(tree, ['requests', 0, 'at']), valueAt(tree, ['faults', 0, 'at'])];
      return Number.parseFloat(String(request)) - Number.parseFloat(String(crash)) >= 2;
    };
    expect(after(gaps, events, isApart)).toMatchObject({
      duration: '2s',
      requests: [{ at: '2s' }],
      faults: [{ at: '0s' }],
    });
  });

  it('gives one key and plain names to keys and nodes', () => {
    const odd = withTree({ nodes: ['n1', 'n2', 'n3'], faults: [{ crash: 'n2', at: '5s', for: '45s' }] });
    const tree = after(rename, odd, () => true);
    expect(tree.nodes).toEqual(['a', 'b', 'c']);
    expect(tree.faults).toEqual([{ crash: 'b', at: '5s', for: '45s' }]);
    expect(listAt(tree, 'requests').map((request) => valueAt(request, ['set']))).toEqual(['k', 'k', 'k']);
    const apart = after(rename, odd, (candidate) => JSON.stringify(candidate).includes('k2'));
    expect(listAt(apart, 'requests').map((request) => valueAt(request, ['set']))).toEqual(['k', 'k', 'k2']);
  });

  it('puts events in the order of time and their keys in the order of reading', () => {
    const mixed = withTree({
      requests: [
        { size: '1B', on: 'a', set: 'k', at: '9s' },
        { get: 'k', at: '2s' },
      ],
      faults: [],
    });
    const { requests } = after(canonical, mixed, () => true);
    expect(JSON.stringify(requests)).toBe('[{"at":"2s","get":"k"},{"at":"9s","set":"k","on":"a","size":"1B"}]');
  });

  it('finds in the end what can still go, or nothing', () => {
    expect(listAt(after(verify, found, stillFails), 'requests')).toHaveLength(2);
    expect(after(verify, found, () => false)).toBe(found.tree);
  });
});
