/**
 * Comma-separated values: fields, quotes, line ends, and where each field stands.
 */
import { describe, expect, it } from 'vitest';
import { parseCsv } from '../../../../sim/scenario/import/csv.ts';

function texts(text: string): readonly (readonly string[])[] {
  return parseCsv(text).map((row) => row.fields.map((field) => field.text));
}

describe('rows and fields', () => {
  it.each([
    [
      'a,b\nc,d\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'a,b\r\nc,d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['a,,\n', [['a', '', '']]],
    ['a,', [['a', '']]],
    ['\n\na\n\n', [['a']]],
    ['"MPI, PVM",x', [['MPI, PVM', 'x']]],
    ['"say ""hi""",x', [['say "hi"', 'x']]],
    ['"two\nlines",x\ny', [['two\nlines', 'x'], ['y']]],
    ['"open,x\ny', [['open,x\ny']]],
    ['', []],
  ])('%j', (text, rows) => {
    expect(texts(text)).toEqual(rows);
  });

  it('know their line and column', () => {
    const [first, second] = parseCsv('"a\nb",c\nd,"e, f",g');
    expect([first?.line, second?.line]).toEqual([1, 3]);
    expect(second?.fields.map(({ column }) => column)).toEqual([1, 3, 10]);
  });
});
