import { expect, test } from 'vitest';
import { findOf, pin, replay, treeOfText } from '../../../sim/explore/index.ts';
import type { Pin, ScenarioTree } from '../../../sim/explore/index.ts';

/** b is down when the two writes are acknowledged, and back when the first of their hints is applied over the second. */
const OVERWRITES =
  '# a comment\nhintlab: 1\nduration: 31s\nnodes: [a, b]\nrequests: [{ at: 21s, set: k }, { at: 22s, set: k }]\nfaults: [{ crash: b, at: 2s, for: 19s }]\n';
/** The same without its fault: nothing is lost until it is put back. */
const CALM = OVERWRITES.replace(/faults:.*\n/, '');
const FAULT = 'faults=[{ crash: b, at: 2s, for: 19s }]';

function treeOf(pinned: Pin): ScenarioTree {
  const tree = pinned.kind === 'pinned' ? treeOfText(pinned.text) : undefined;
  if (tree === undefined) throw new Error(pinned.kind === 'unpinned' ? pinned.reason : 'the file is no map');
  return tree;
}

function standing(tree: ScenarioTree): string {
  const replayed = replay(tree);
  return replayed.kind === 'judged' ? replayed.standing.kind : replayed.kind;
}

const order = { text: OVERWRITES, file: 'pair.yaml', sets: [], property: 'I1' };

test('a violation becomes a file of the corpus that shows it, named after it', () => {
  const pinned = pin(order);
  expect(pinned).toMatchObject({ kind: 'pinned', name: 'i1-overwritten-pair.yaml' });
  expect(findOf(treeOf(pinned))).toMatchObject({ property: 'I1', cause: 'overwritten', foundBy: { profile: 'page' } });
  expect(standing(treeOf(pinned))).toBe('shown');
});

test('what was changed on top of the scenario is written into the file, which shows nothing without it', () => {
  const file = treeOf(pin({ ...order, text: CALM, sets: [FAULT, 'seed=7', 'hints.ttl=2h'] }));
  expect(file).toMatchObject({ seed: 7, hints: { ttl: '2h' }, faults: [{ crash: 'b', at: '2s', for: '19s' }] });
  expect(standing(file)).toBe('shown');
  const { faults, ...without } = file;
  expect(faults).toBeDefined();
  expect(standing(without)).toBe('gone');
});

test('a file of the corpus is pinned anew, with one find', () => {
  const first = pin(order);
  const again = pin({ ...order, text: first.kind === 'pinned' ? first.text : '' });
  expect(again).toEqual(first);
});

test('what cannot be pinned says why', () => {
  expect(pin({ ...order, text: CALM })).toEqual({
    kind: 'unpinned',
    reason: 'the run, recorded in full, violates no I1',
  });
  expect(pin({ ...order, text: 'hintlab: [' })).toMatchObject({ kind: 'unpinned' });
  expect(pin({ ...order, sets: ['nodes.7=x'] })).toMatchObject({
    kind: 'unpinned',
    reason: expect.stringContaining('a position from 0 to 1'),
  });
  expect(pin({ ...order, text: OVERWRITES.replace('duration: 31s', 'duraton: 31s') })).toMatchObject({
    kind: 'unpinned',
    reason: expect.stringContaining('duraton'),
  });
  expect(pin({ ...order, sets: ['limits.events=1'] })).toMatchObject({ kind: 'unpinned' });
});
