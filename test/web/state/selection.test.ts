import { expect, test } from 'vitest';
import { NOTHING, parseSelection, requestSelection, selectionText, within } from '../../../web/state/selection.ts';
import { buildTrace } from '../../support/trace-builder.ts';

test('a selection has a short name, and the name gives it back', () => {
  for (const name of ['queue.0.2', 'hint.17', 'write.3', 'read.5', 'node.2', 'link.1.0']) {
    const selection = parseSelection(name);
    expect(selection && selectionText(selection)).toBe(name);
  }
});

test('other names are none', () => {
  for (const name of [
    '',
    'queue',
    'queue.1',
    'queue.1.2.3',
    'hint.1.2',
    'hint.-1',
    'hint.1e3',
    'node.1.2',
    'read',
    'read.1.2',
    'link.1',
    'link.1.1',
    'rack.1',
    'hint.9999999999',
  ]) {
    expect(parseSelection(name)).toBeUndefined();
  }
});

test('a request is selected by its kind and its id', () => {
  expect(requestSelection({ kind: 'write', id: 4 })).toEqual({ kind: 'write', write: 4 });
  expect(requestSelection({ kind: 'read', id: 4 })).toEqual({ kind: 'read', read: 4 });
});

test('a selection that another run does not have is let go', () => {
  const trace = buildTrace({ hints: [{ holder: 'a', peer: 'b', storedAt: 1 }] });
  expect(within(trace, { kind: 'hint', hint: 0 })).toEqual({ kind: 'hint', hint: 0 });
  expect(within(trace, { kind: 'hint', hint: 1 })).toBe(NOTHING);
  expect(within(trace, { kind: 'write', write: 0 })).toBe(NOTHING);
  expect(within(trace, { kind: 'read', read: 0 })).toBe(NOTHING);
  expect(within(trace, { kind: 'queue', holder: 0, peer: 3 })).toBe(NOTHING);
  expect(within(trace, { kind: 'node', node: 2 })).toEqual({ kind: 'node', node: 2 });
  expect(within(trace, { kind: 'node', node: 3 })).toBe(NOTHING);
  expect(within(trace, { kind: 'link', sender: 3, receiver: 0 })).toBe(NOTHING);
});
