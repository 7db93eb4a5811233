import fc from 'fast-check';
import { expect, test } from 'vitest';
import { editedText, editOf } from '../../../web/state/story-edit.ts';

const line = fc.constantFrom('faults:', '  - { crash: b, at: 1m, for: 5m }', 'duration: 10m', '', '# why', '3,1,1');
const text = fc.array(line, { maxLength: 40, size: 'max' }).map((lines) => lines.join('\n'));

test('an edit makes of the story what was edited, whatever was changed', () => {
  const reached = { same: 0, grown: 0, shrunk: 0, emptied: 0 };
  fc.assert(
    fc.property(text, text, (base, edited) => {
      expect(editedText(base, editOf(base, edited))).toBe(edited);
      if (base === edited) reached.same++;
      if (edited.length > base.length) reached.grown++;
      if (edited.length < base.length) reached.shrunk++;
      if (edited === '' && base !== '') reached.emptied++;
    }),
    { numRuns: 600, seed: 5, examples: [['a\nb', 'a\nb']] },
  );
  expect(reached.same).toBeGreaterThan(0);
  expect(Math.min(reached.grown, reached.shrunk)).toBeGreaterThan(100);
  expect(reached.emptied).toBeGreaterThan(0);
});

test('changes far apart are an edit of a few lines', () => {
  const base = Array.from({ length: 300 }, (_, i) => `key${i}: ${i}`);
  const edited = base.with(3, 'key3: 30').with(290, 'key290: 2900').join('\n');
  const lines = editOf(base.join('\n'), edited).split('\n').slice(1);
  expect(lines).toEqual(['3,1,1', 'key3: 30', '290,1,1', 'key290: 2900']);
});

test('a stretch too long to compare is replaced whole, and still comes out right', () => {
  const base = Array.from({ length: 900 }, (_, i) => `a${i}`).join('\n');
  const edited = Array.from({ length: 900 }, (_, i) => (i % 2 === 0 ? `a${i}` : `b${i}`)).join('\n');
  expect(editedText(base, editOf(base, edited))).toBe(edited);
});

test('an edit is not applied to a story that has changed since', () => {
  const edit = editOf('a\nb\nc', 'a\nB\nc');
  expect(editedText('a\nb\nc', edit)).toBe('a\nB\nc');
  expect(editedText('a\nb\nd', edit)).toBeUndefined();
  expect(editedText('', edit)).toBeUndefined();
});

test('noise is no edit', () => {
  let refused = 0;
  fc.assert(
    fc.property(fc.string({ maxLength: 60, size: 'max' }), (noise) => {
      if (editedText('a\nb', noise) === undefined) refused++;
    }),
    { numRuns: 300, seed: 9 },
  );
  expect(refused).toBe(300);
});
