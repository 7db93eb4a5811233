/** Indentation, the letters of a problem, its quick fix, and the colours, each on a few lines by hand. */
import { expect, it } from 'vitest';
import { parseScenario } from '../../../sim/scenario/index.ts';
import { broken, indented, outdented, type Selected } from '../../../web/editor/indent.ts';
import { edited, mendOf, offsetOf, placedProblems } from '../../../web/editor/mend.ts';
import { painted, stretchesOf } from '../../../web/editor/paint.ts';

/** Bars stand for both ends of the selection. */
function marked(text: string): Selected {
  const [before = '', inner = '', after] = text.split('|');
  return after === undefined
    ? { text: before + inner, from: before.length, until: before.length }
    : { text: before + inner + after, from: before.length, until: before.length + inner.length };
}
function shown({ text, from, until }: Selected): string {
  return from === until
    ? `${text.slice(0, from)}|${text.slice(from)}`
    : `${text.slice(0, from)}|${text.slice(from, until)}|${text.slice(until)}`;
}

it('Tab goes to the next step, or moves the selected lines', () => {
  expect(shown(indented(marked('a:\n|')))).toBe('a:\n  |');
  expect(shown(indented(marked('a:\n |b')))).toBe('a:\n  |b');
  expect(shown(indented(marked('|a: 1\n\nb: 2|\nc: 3')))).toBe('  |a: 1\n\n  b: 2|\nc: 3');
  expect(shown(indented(marked('|a: 1\n|b: 2')))).toBe('  |a: 1\n|b: 2');
});

it('Shift+Tab takes blanks back as far as there are any', () => {
  expect(shown(outdented(marked('    a|')))).toBe('  a|');
  expect(shown(outdented(marked(' a|')))).toBe('a|');
  expect(shown(outdented(marked('a|')))).toBe('a|');
  expect(shown(outdented(marked('  |a\n b|\nc')))).toBe('|a\nb|\nc');
});

it('Enter keeps the indentation, goes in behind a colon, and below the key behind a hyphen', () => {
  expect(shown(broken(marked('  a: 1|')))).toBe('  a: 1\n  |');
  expect(shown(broken(marked('hints:|')))).toBe('hints:\n  |');
  expect(shown(broken(marked('hints: # all|')))).toBe('hints: # all\n  |');
  expect(shown(broken(marked('  - crash: b|')))).toBe('  - crash: b\n    |');
  expect(shown(broken(marked('a: |b|')))).toBe('a: \n  |');
});

function problemsOf(text: string) {
  const parsed = parseScenario(text, { file: 'x' });
  return parsed.kind === 'invalid' ? parsed.problems : [];
}

it('the letters of a problem are the key or value that it is about', () => {
  const text = 'hintlab: 1\nduratoin: 3m\nfaults: [{ crash: bb, at: 1m }]\n';
  const placed = placedProblems(text, 'x', problemsOf(text));
  expect(placed.map(({ from, until }) => text.slice(from, until))).toEqual(['duratoin', 'bb']);
  expect(placedProblems(text, 'another file', problemsOf(text))).toEqual([]);
});

it('a problem at the end of a line is shown under the letter before it', () => {
  const text = 'hintlab:\nduration: 3m';
  const problem = { file: 'x', line: 1, column: 9, path: '', code: 'type', expected: 'a', found: 'b' } as const;
  expect(placedProblems(text, 'x', [problem])).toMatchObject([{ from: 7, until: 8 }]);
  expect(offsetOf(text, 9, 9)).toBe(text.length);
});

it('the quick fix puts the nearest name in place, and the text can be read then', () => {
  let text = 'hintlab: 1\nduratoin: 3m\nsystem: cassandar\n';
  let mended = 0;
  for (let [problem] = problemsOf(text); problem; [problem] = problemsOf(text)) {
    const edit = mendOf(text, problem);
    if (!edit) break;
    text = edited(text, edit);
    mended++;
  }
  expect([text, mended]).toEqual(['hintlab: 1\nduration: 3m\nsystem: cassandra\n', 2]);
});

it('there is no quick fix once the text has changed there', () => {
  const [problem] = problemsOf('hintlab: 1\nduratoin: 3m\n');
  expect(problem?.nearest).toBe('duration');
  expect(problem && mendOf('hintlab: 1\nseed: 3m\n', problem)).toBeUndefined();
});

it('a line is painted in stretches that together are the line, with the wrong letters marked', () => {
  const text = 'hintlab: 1\nttl: 24x # no\n';
  const wrong = [{ from: text.indexOf('24x'), until: text.indexOf('24x') + 3 }];
  const stretches = stretchesOf(painted(text), 1, wrong);
  expect(stretches.map(({ text: letters, kind, wrong: marks }) => [letters, kind, marks])).toEqual([
    ['ttl', 'key', false],
    [':', 'mark', false],
    [' ', 'plain', false],
    ['24x', 'number', true],
    [' ', 'plain', false],
    ['# no', 'comment', false],
  ]);
  expect(stretchesOf(painted(text), 2, wrong)).toEqual([]);
});
