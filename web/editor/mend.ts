/**
 * Problems in the text: the letters that each is about, and the edit that mends it where the parser knows a valid name
 * near to what was typed.
 */
import type { Problem } from '../../sim/scenario/index.ts';

/** A stretch of the text, as offsets. */
export interface Range {
  readonly from: number;
  readonly until: number;
}

/** Letters of the text and what replaces them. */
export interface TextEdit extends Range {
  readonly insert: string;
}

/** A problem with its letters. */
export interface PlacedProblem extends Range {
  readonly problem: Problem;
  /** In a sentence. */
  readonly sentence: string;
}

/** A word, or a quoted text, from its first letter on. */
const WORD = /"(?:[^"\\\n]|\\.)*"?|'(?:[^'\n]|'')*'?|[^\s,:[\]{}#]+(?:[^\s,[\]{}:]|:(?=[^\s,[\]{}]))*|\S/y;

/** Those problems that are about this text, each with at least one letter where the text has any. O(text + problems). */
export function placedProblems(text: string, file: string, problems: readonly Problem[]): readonly PlacedProblem[] {
  const starts = lineStarts(text);
  return problems
    .filter((problem) => problem.file === file)
    .map((problem) => ({ problem, sentence: sentenceOf(problem), ...rangeAt(text, starts, problem) }));
}

/** `expected …; found …. Did you mean …?` */
export function sentenceOf({ path, expected, found, nearest }: Problem): string {
  const subject = path === '' ? '' : `${path}: `;
  return `${subject}expected ${expected}; found ${found}.${nearest === undefined ? '' : ` Did you mean ${nearest}?`}`;
}

/** The edit that puts the nearest valid name in place of what was found; undefined: none is known, or it is not there. */
export function mendOf(text: string, problem: Problem): TextEdit | undefined {
  const { nearest, found, path } = problem;
  if (nearest === undefined) return undefined;
  const { from, until } = rangeAt(text, lineStarts(text), problem);
  const typed = text.slice(from, until).replaceAll(/^["']|["']$/g, '');
  const isIt = typed === found || typed === path.split('.').at(-1);
  return isIt ? { from, until, insert: nearest } : undefined;
}

/** The text after an edit. */
export function edited(text: string, { from, until, insert }: TextEdit): string {
  return text.slice(0, from) + insert + text.slice(until);
}

/** The offset of a place that counts from 1; beyond its line or the text: their end. */
export function offsetOf(text: string, line: number, column: number): number {
  return placeIn(text, lineStarts(text), line, column);
}

function rangeAt(text: string, starts: readonly number[], { line, column }: Problem): Range {
  const from = placeIn(text, starts, line, column);
  WORD.lastIndex = from;
  const length = WORD.exec(text)?.[0].length ?? 0;
  if (length > 0) return { from, until: from + length };
  // At the end of a line, or before a blank: the letter before it.
  return { from: Math.max(starts[line - 1] ?? 0, from - 1), until: from };
}

function placeIn(text: string, starts: readonly number[], line: number, column: number): number {
  const start = starts[line - 1] ?? text.length;
  const end = (starts[line] ?? text.length + 1) - 1;
  return Math.max(0, Math.min(start + column - 1, end));
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return starts;
}
