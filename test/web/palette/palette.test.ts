import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitting, MOST_SHOWN, type Command } from '../../../web/palette/commands.ts';
import { fitOf } from '../../../web/palette/fuzzy.ts';

function line(group: Command['group'], label: string): Command {
  return { id: label, group, label, run: () => undefined };
}
const LINES = [
  line('Do', 'Play or pause'),
  line('Do', 'Event log'),
  line('Story', 'expiry'),
  line('Story', 'over-capacity'),
  line('System', 'dynomite'),
  line('Property', 'I4: every hint left the store by delivery or expiry'),
  line('Node', 'b'),
];
const found = (typed: string) => fitting(LINES, typed).map(({ label }) => label);

test('what is typed finds what is meant first', () => {
  expect(found('exp')[0]).toBe('expiry');
  expect(found('oc')[0]).toBe('over-capacity');
  expect(found('play')[0]).toBe('Play or pause');
  expect(found('node b')[0]).toBe('b');
  expect(found('capacity over')).toEqual(['over-capacity']);
  expect(found('zzz')).toEqual([]);
});

test('nothing typed lists everything in order, and a long list has an end', () => {
  expect(found('')).toEqual(LINES.map(({ label }) => label));
  const many = Array.from({ length: 500 }, (_, i) => line('Node', `node${i}`));
  expect(fitting(many, 'node')).toHaveLength(MOST_SHOWN);
});

test('a line fits if and only if it has the letters in order', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' ', '-'), maxLength: 12, size: 'max' });
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 4 });
  const reached = { fits: 0, misses: 0 };
  fc.assert(
    fc.property(word, letters, (typed, text) => {
      const expected = new RegExp([...typed].join('.*')).test(text);
      expect(fitOf(typed, text) !== undefined).toBe(expected);
      reached[expected ? 'fits' : 'misses']++;
    }),
    { numRuns: 500, seed: 4 },
  );
  expect(Math.min(reached.fits, reached.misses)).toBeGreaterThan(50);
});
