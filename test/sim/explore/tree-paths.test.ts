import { describe, expect, it } from 'vitest';
import type { ScenarioTree } from '../../../sim/explore/index.ts';
import {
  keyPaths,
  leafPaths,
  listAt,
  pathText,
  valueAt,
  withoutPath,
  withValue,
} from '../../../sim/explore/tree-paths.ts';

const TREE: ScenarioTree = {
  hintlab: 1,
  hints: { disk: { flush: '3s' } },
  workload: { rate: '5/s' },
  requests: [{ at: '1s', set: 'k' }, { at: '2s' }],
};

describe('a place in a tree', () => {
  it('is read by its path, and is undefined where the path leads nowhere', () => {
    expect(valueAt(TREE, ['requests', 0, 'set'])).toBe('k');
    expect(valueAt(TREE, ['requests', 2])).toBeUndefined();
    expect(valueAt(TREE, ['hints', 'toString'])).toBeUndefined();
    expect(pathText(['requests', 0, 'set'])).toBe('requests.0.set');
  });

  it('gets another value in a new tree, and the old one stays as it was', () => {
    const edited = withValue(TREE, ['requests', 1, 'at'], '9s');
    expect(edited.requests).toEqual([{ at: '1s', set: 'k' }, { at: '9s' }]);
    expect(valueAt(TREE, ['requests', 1, 'at'])).toBe('2s');
    expect(edited.hints).toBe(TREE.hints);
    expect(withValue(TREE, ['seed'], 7)).toEqual({ ...TREE, seed: 7 });
  });

  it('is taken away with the maps that it leaves empty, but not with elements of lists', () => {
    expect(withoutPath(TREE, ['hints', 'disk', 'flush'])).not.toHaveProperty('hints');
    expect(withoutPath(TREE, ['requests', 1, 'at']).requests).toEqual([{ at: '1s', set: 'k' }, {}]);
    expect(withoutPath(TREE, ['requests', 0]).requests).toEqual([{ at: '2s' }]);
    expect(withoutPath(TREE, ['nothing', 'there'])).toEqual(TREE);
  });

  it('is found with all others of its sort', () => {
    expect(leafPaths(TREE).map(pathText)).toEqual([
      ...['hintlab', 'hints.disk.flush', 'workload.rate'],
      ...['requests.0.at', 'requests.0.set', 'requests.1.at'],
    ]);
    expect(keyPaths(TREE).map(pathText).slice(0, 4)).toEqual(['hintlab', 'hints', 'workload', 'requests']);
    expect(keyPaths(TREE).map(pathText)).toContain('requests.1.at');
  });

  it('counts a single map as a list of one, as a file may write it', () => {
    expect(listAt(TREE, 'workload')).toEqual([{ rate: '5/s' }]);
    expect(listAt(TREE, 'faults')).toEqual([]);
  });
});
