/** Tables and paragraphs of the summaries, by example. */
import { describe, expect, it } from 'vitest';
import { tableLines } from '../../../sim/cli/table.ts';
import { wrapText } from '../../../sim/cli/wrap-text.ts';

describe('tableLines', () => {
  it('puts words to the left, numbers to the right, and no blanks at the end', () => {
    const columns = [
      { title: 'node', align: 'left' },
      { title: 'hints', align: 'right' },
      { title: '', align: 'left' },
    ] as const;
    expect(
      tableLines(columns, [
        ['a', '12 345', ''],
        ['replica', '7', 'full'],
      ]),
    ).toEqual(['node       hints', 'a         12 345', 'replica        7   full']);
  });
});

describe('wrapText', () => {
  it('breaks between words, at the width at the latest', () => {
    expect(wrapText('one two three four', 9)).toEqual(['one two', 'three', 'four']);
    expect(wrapText('one two three', 7)).toEqual(['one two', 'three']);
  });

  it('leaves a word alone that is longer than a line', () => {
    expect(wrapText('a incomprehensible b', 5)).toEqual(['a', 'incomprehensible', 'b']);
  });

  it('makes no lines of nothing', () => {
    expect(wrapText('  \n', 10)).toEqual([]);
  });
});
