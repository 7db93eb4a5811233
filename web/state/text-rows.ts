/**
 * The letters of the rows of a list, to be put in another order. A row of lines takes along the comments right above it
 * and those further in below it; blank lines, commas and comments that stand apart stay where they are.
 *
 *   faults:
 *     # the first        ─┐
 *     - crash: b          │ a row
 *       at: 2m  # not yet │
 *       # and not later  ─┘
 *                           stays between two rows, whichever they are
 *     - { stop: a, at: 5m }
 *
 * What belongs to a row is told by its own lines alone, so it is the same wherever the row stands: a row that is moved
 * there and back leaves every letter as it was.
 */
import { lineEnd, lineStart, type ItemText, type ListText } from './text-tree.ts';

/** Letters of a text. */
interface Stretch {
  readonly from: number;
  readonly until: number;
}

/** The text with the row `from` of a list taken out and put in again as the row `to`. O(length of the text). */
export function withRowMoved(text: string, list: ListText, from: number, to: number): string {
  const rows = rowsOf(text, list);
  const sources = rows.map((row) => text.slice(row.from, row.until));
  const moved = sources.toSpliced(from, 1).toSpliced(to, 0, ...sources.slice(from, from + 1));
  const between = rows.map((row, i) => text.slice(rows[i - 1]?.until ?? 0, row.from));
  const end = text.slice(rows.at(-1)?.until ?? 0);
  return moved.map((source, i) => (between[i] ?? '') + source).join('') + end;
}

function rowsOf(text: string, { items, flow }: ListText): readonly Stretch[] {
  const own = items.map(({ hyphen, value }) => ({ from: hyphen < 0 ? value.from : hyphen, until: value.until }));
  // Of a list that begins in the line of something else, the rows are no whole lines.
  const isOfLines = !flow && items.every((item) => opensLine(text, item));
  if (!isOfLines) return own;
  return own.map(({ from, until }, i) => {
    const above = i === 0 ? 0 : lineEnd(text, own[i - 1]?.until ?? 0) + 1;
    return { from: withCommentsAbove(text, from, above), until: withCommentsBelow(text, until, columnOf(text, from)) };
  });
}

function opensLine(text: string, { hyphen }: ItemText): boolean {
  return hyphen >= 0 && text.slice(lineStart(text, hyphen), hyphen).trim() === '';
}

/** Where the comments right above the line of `at` begin, or else that line; those further in are not about it. */
function withCommentsAbove(text: string, at: number, above: number): number {
  const column = columnOf(text, at);
  let start = lineStart(text, at);
  while (start > above) {
    const line = lineStart(text, start - 1);
    const comment = commentColumn(text, line);
    if (line < above || comment === undefined || comment > column) break;
    start = line;
  }
  return start;
}

/** The end of the comments below the line of `at` that are further in than a column, or else of that line. */
function withCommentsBelow(text: string, at: number, column: number): number {
  let end = lineEnd(text, at);
  for (let line = nextLine(text, end); line !== undefined; line = nextLine(text, end)) {
    const comment = commentColumn(text, line);
    if (comment === undefined || comment <= column) break;
    end = lineEnd(text, line);
  }
  return end;
}

/** Where the line behind an end of line begins; undefined: that was the last. */
function nextLine(text: string, end: number): number | undefined {
  const newline = text.indexOf('\n', end);
  return newline < 0 ? undefined : newline + 1;
}

/** How far in a line that is nothing but a comment begins; undefined: it is another line. */
function commentColumn(text: string, line: number): number | undefined {
  return /^ *(?=#)/.exec(text.slice(line, lineEnd(text, line)))?.[0].length;
}

function columnOf(text: string, at: number): number {
  return at - lineStart(text, at);
}
