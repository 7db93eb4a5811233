/**
 * Tab, Shift+Tab and Enter in a text that lives by its indentation.
 */

/** A text with its selection. */
export interface Selected {
  readonly text: string;
  readonly from: number;
  readonly until: number;
}

/** Blanks of a step. */
const STEP = 2;

/** Moves the selected lines a step in; without a selection, blanks up to the next step go in at the caret. */
export function indented({ text, from, until }: Selected): Selected {
  if (from === until) {
    const column = from - lineStart(text, from);
    const blanks = ' '.repeat(STEP - (column % STEP));
    return {
      text: text.slice(0, from) + blanks + text.slice(from),
      from: from + blanks.length,
      until: until + blanks.length,
    };
  }
  return eachLine({ text, from, until }, (line) => (line.trim() === '' ? line : ' '.repeat(STEP) + line));
}

/** Moves the selected lines, or that of the caret, a step out, as far as they have blanks to give. */
export function outdented(selected: Selected): Selected {
  return eachLine(selected, (line) => line.replace(/^ {1,2}/, ''));
}

/** A new line at the caret, as far in as this one; further behind a colon, and below the key behind a hyphen. */
export function broken({ text, from, until }: Selected): Selected {
  const line = text.slice(lineStart(text, from), from);
  const lead = /^[ ]*(?:- +)*/.exec(line)?.[0].length ?? 0;
  const opens = /:\s*$/.test(line.replace(/(?:^|\s)#.*$/, ''));
  const inserted = `\n${' '.repeat(Math.min(line.length, lead) + (opens ? STEP : 0))}`;
  const caret = from + inserted.length;
  return { text: text.slice(0, from) + inserted + text.slice(until), from: caret, until: caret };
}

function eachLine({ text, from, until }: Selected, change: (line: string) => string): Selected {
  const start = lineStart(text, from);
  const end = text.indexOf('\n', Math.max(start, until - (until > from ? 1 : 0)));
  const stop = end < 0 ? text.length : end;
  const before = text.slice(start, stop).split('\n');
  const after = before.map(change);
  const [first = ''] = before;
  const moved = (after[0] ?? '').length - first.length;
  const grown = after.join('\n').length - (stop - start);
  return {
    text: text.slice(0, start) + after.join('\n') + text.slice(stop),
    from: Math.max(start, from + moved),
    until: Math.max(start, until + grown),
  };
}

function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}
