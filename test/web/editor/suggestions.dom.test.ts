/** The list of completions as it opens, is walked, taken and closed. */
import { expect, test } from 'vitest';
import { Suggestions } from '../../../web/editor/suggestions.svelte.ts';

const list = () => new Suggestions(() => ['a', 'b']);

test('while typing it needs a letter, asked for it needs none', async () => {
  const suggestions = list();
  await suggestions.look('hints:\n  vote: ', 15, false);
  expect(suggestions.isOpen).toBe(false);
  await suggestions.look('hints:\n  vote: ', 15, true);
  expect(suggestions.items.map(({ label }) => label)).toEqual(['full', 'any', 'none']);
});

test('arrows go around its ends, and the active line is taken with the caret where typing goes on', async () => {
  const suggestions = list();
  const text = 'hints:\n  vote: \n';
  await suggestions.look(text, 15, true);
  suggestions.move(-1);
  expect(suggestions.active).toBe(2);
  suggestions.move(1);
  expect(suggestions.active).toBe(0);
  expect(suggestions.take(text)).toEqual({ text: 'hints:\n  vote: full\n', caret: 19 });
  expect(suggestions.isOpen).toBe(false);
  expect(suggestions.take(text)).toBeUndefined();
});

test('what is closed before it is found stays closed', async () => {
  const suggestions = list();
  const looked = suggestions.look('sys', 3, false);
  suggestions.close();
  await looked;
  expect(suggestions.isOpen).toBe(false);
});
