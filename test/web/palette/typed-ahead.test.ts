import { expect, test } from 'vitest';
import { TypedAhead } from '../../../web/palette/typed-ahead.ts';

const NONE = { ctrlKey: false, metaKey: false, altKey: false };

test('letters are kept in their order, the last one can be taken back, and they are given away once', () => {
  const ahead = new TypedAhead();
  for (const key of ['l', 'a', 'x', 'Backspace', 't', 'e', ' ', 'h']) ahead.note({ key, ...NONE });
  expect(ahead.take()).toBe('late h');
  expect(ahead.take()).toBe('');
});

test('chords and keys without a letter are no text', () => {
  const ahead = new TypedAhead();
  ahead.note({ key: 'k', ...NONE, ctrlKey: true });
  ahead.note({ key: 'k', ...NONE, metaKey: true });
  ahead.note({ key: 'k', ...NONE, altKey: true });
  for (const key of ['Enter', 'ArrowDown', 'Shift', 'Escape']) ahead.note({ key, ...NONE });
  expect(ahead.take()).toBe('');
});
