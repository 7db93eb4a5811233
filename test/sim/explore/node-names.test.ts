import { describe, expect, it } from 'vitest';
import { nodeNamesOf, renamedNodes, withNodesNamed } from '../../../sim/explore/node-names.ts';
import type { ScenarioTree } from '../../../sim/explore/index.ts';

const TREE: ScenarioTree = {
  datacentres: { dc1: { r1: ['a'], r2: ['b'] }, dc2: { r1: ['c'] } },
  proxies: { dc1: ['p'] },
  clocks: { b: { offset: '2s' } },
  workload: [
    { rate: '1/s', coordinators: ['b'] },
    { rate: '1/s', coordinators: ['a', 'b'] },
  ],
  requests: [{ at: '1s', set: 'b', on: 'b' }],
  faults: [
    { crash: 'b', at: '1s' },
    { partition: [['a', 'b'], ['c']], at: '1s' },
    { partition: [['b'], ['c']], at: '2s' },
    { loss: '10%', from: ['b'], to: ['a'], at: '3s' },
    { slow: 'c', factor: 2, at: '4s' },
  ],
};

describe('the nodes of a tree', () => {
  it('are named by a list, by racks, by a count, or by nothing', () => {
    expect(nodeNamesOf({ nodes: ['x', 'y'] })).toEqual(['x', 'y']);
    expect(nodeNamesOf(TREE)).toEqual(['a', 'b', 'c']);
    expect(nodeNamesOf({ nodes: 4 })).toEqual(['a', 'b', 'c', 'd']);
    expect(nodeNamesOf({})).toEqual(['a', 'b', 'c']);
    expect(withNodesNamed({ nodes: 2 })).toEqual({ nodes: ['a', 'b'] });
    expect(withNodesNamed(TREE)).toBe(TREE);
  });

  it('are renamed wherever they are mentioned, and nothing else is', () => {
    const renamed = renamedNodes(TREE, (name) => (name === 'b' ? 'n2' : name));
    expect(JSON.stringify(renamed)).not.toContain('"b"]');
    expect(renamed.clocks).toEqual({ n2: { offset: '2s' } });
    // The key of the request is called b, too, and is no node.
    expect(renamed.requests).toEqual([{ at: '1s', set: 'b', on: 'n2' }]);
    expect(renamed.datacentres).toEqual({ dc1: { r1: ['a'], r2: ['n2'] }, dc2: { r1: ['c'] } });
    expect(renamedNodes(renamed, (name) => (name === 'n2' ? 'b' : name))).toEqual(TREE);
  });

  it('are taken away with their faults, clocks and racks; requests go to the first node', () => {
    const without = renamedNodes(TREE, (name) => (name === 'b' ? undefined : name));
    expect(without).toEqual({
      datacentres: { dc1: { r1: ['a'] }, dc2: { r1: ['c'] } },
      proxies: { dc1: ['p'] },
      workload: [{ rate: '1/s' }, { rate: '1/s', coordinators: ['a'] }],
      requests: [{ at: '1s', set: 'b' }],
      faults: [
        { partition: [['a'], ['c']], at: '1s' },
        { slow: 'c', factor: 2, at: '4s' },
      ],
    });
  });
});
