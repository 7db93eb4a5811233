import { beforeEach, expect, test } from 'vitest';
import { FIRST_HINTS, FirstUse } from '../../../web/guide/first-use.svelte.ts';

beforeEach(() => localStorage.clear());

test('hints come one after the other, and each goes for good', () => {
  const first = new FirstUse();
  expect(first.hint).toBe('play');
  first.done('play');
  expect(first.hint).toBe('ask');
  expect(new FirstUse().hint).toBe('ask');
  first.done('play'); // done already: nothing more goes
  expect(first.left).toBe(FIRST_HINTS.length - 1);
  first.done('ask');
  first.done('change');
  expect(first.hint).toBeUndefined();
  expect(new FirstUse().hint).toBeUndefined();
});

test('no more hints means none, now and later', () => {
  new FirstUse().dismiss();
  expect(new FirstUse().left).toBe(0);
});
