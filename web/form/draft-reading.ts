/** The draft's text as the form reads it: its tree, or the line from which on it has none, and what its caret is on. */
import { MOST_EDITED_CHARS } from '../editor/lex.ts';
import { lineStart, pathAt, readTree, type MapText, type TextPath, type TreeReading } from '../state/text-tree.ts';

/** Why the form cannot follow the text, and where; lines and columns count from 1. */
export interface Unreadable {
  readonly line: number;
  readonly column: number;
  readonly sentence: string;
}

/** The tree of a text that is not too long for a form. */
export function readDraft(text: string): TreeReading {
  if (text.length <= MOST_EDITED_CHARS) return readTree(text);
  const found = `${text.length}, which is edited as text`;
  return { kind: 'unreadable', at: 0, expected: `at most ${MOST_EDITED_CHARS} characters`, found };
}

/** Where and why a text has no tree; undefined: it has one. */
export function unreadableIn(text: string, reading: TreeReading): Unreadable | undefined {
  if (reading.kind === 'tree') return undefined;
  const before = text.slice(0, reading.at).split('\n');
  const column = (before.at(-1)?.length ?? 0) + 1;
  return { line: before.length, column, sentence: `expected ${reading.expected}; found ${reading.found}` };
}

/** What a caret is on; in the blanks that begin a line, what begins behind them. */
export function pathUnder(text: string, root: MapText, caret: number): TextPath {
  const start = lineStart(text, caret);
  const blanks = /^ */.exec(text.slice(start))?.[0].length ?? 0;
  return pathAt(root, Math.max(caret, start + blanks));
}
