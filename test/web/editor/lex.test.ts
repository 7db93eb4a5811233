/** Hand-made lines of YAML and their tokens; whatever is typed, no letter is lost and none is told twice. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { lex } from '../../../web/editor/lex.ts';

const told = (text: string) => lex(text).map(({ kind, source }) => `${kind} ${source}`);

it('tells keys, values, marks and comments apart', () => {
  expect(told('ttl: 12d 4h # a long one')).toEqual(['key ttl', 'mark :', 'number 12d 4h', 'comment # a long one']);
  expect(told('name: "a: b"')).toEqual(['key name', 'mark :', 'quoted "a: b"']);
  expect(told('- { crash: b, at: 1m }')).toEqual([
    ...['mark -', 'mark {', 'key crash', 'mark :', 'word b', 'mark ,', 'key at', 'mark :', 'number 1m', 'mark }'],
  ]);
});

it('a hyphen begins an item at the head of a line only, and a colon a value before a blank only', () => {
  expect(told('- - a')).toEqual(['mark -', 'mark -', 'word a']);
  expect(told('about: a - b at 10:30')).toEqual(['key about', 'mark :', 'word a - b at 10:30']);
  expect(told('x: a#b')).toEqual(['key x', 'mark :', 'word a#b']);
});

it('a text over several lines is prose until a line stands further out', () => {
  expect(told('about: >-\n  one: two\n\n  # three\nname: x')).toEqual([
    ...['key about', 'mark :', 'mark >-', 'prose one: two', 'prose # three', 'key name', 'mark :', 'word x'],
  ]);
});

it('braces may go over lines, and commas are marks within them only', () => {
  expect(told('a: [b,\n  c]\nd: e, f')).toEqual([
    ...['key a', 'mark :', 'mark [', 'word b', 'mark ,', 'word c', 'mark ]', 'key d', 'mark :', 'word e, f'],
  ]);
});

it('tokens are in order, never overlap, and hold every letter that is not blank, whatever the text', () => {
  let several = 0;
  const letters = fc.constantFrom(...'ab1:-#,{}[]"\' \n>|\t'.split(''));
  fc.assert(
    fc.property(fc.array(letters, { size: 'max', maxLength: 60 }), (drawn) => {
      const text = drawn.join('');
      const tokens = lex(text);
      if (tokens.length > 5) several++;
      let rest = text;
      let end = 0;
      for (const { from, until, source } of tokens) {
        expect(from).toBeGreaterThanOrEqual(end);
        expect(text.slice(from, until)).toBe(source);
        expect(source).not.toBe('');
        expect(text.slice(end, from).trim()).toBe('');
        end = until;
        rest = text.slice(until);
      }
      expect(rest.trim()).toBe('');
    }),
    { seed: 11, numRuns: 2_000 },
  );
  expect(several).toBeGreaterThan(200);
});
