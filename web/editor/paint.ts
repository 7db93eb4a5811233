/**
 * The text in colours, line by line, as far as it is in view: stretches with the kind of their token, and a mark under
 * the letters that a problem is about.
 */
import { lex, MOST_EDITED_CHARS, type Token, type TokenKind } from './lex.ts';
import type { Range } from './mend.ts';

/** Letters of one look. */
export interface Stretch {
  readonly text: string;
  /** `plain` is what is no token: blanks. */
  readonly kind: TokenKind | 'plain';
  readonly wrong: boolean;
}

/** A text made ready to be painted: its lines, and the tokens of each. */
export interface Painted {
  readonly lines: readonly string[];
  /** Offsets at which lines begin. */
  readonly starts: readonly number[];
  readonly tokens: readonly (readonly Token[])[];
}

/** Makes a text ready. O(length of the text). */
export function painted(text: string): Painted {
  const lines = text.split('\n');
  const starts: number[] = [];
  let at = 0;
  for (const line of lines) {
    starts.push(at);
    at += line.length + 1;
  }
  const tokens: Token[][] = lines.map(() => []);
  let row = 0;
  for (const token of text.length > MOST_EDITED_CHARS ? [] : lex(text)) {
    while ((starts[row + 1] ?? Infinity) <= token.from) row++;
    tokens[row]?.push(token);
  }
  return { lines, starts, tokens };
}

/** The stretches of a line, from left to right, together the whole line. O(tokens of the line · problems). */
export function stretchesOf(
  { lines, starts, tokens }: Painted,
  row: number,
  wrong: readonly Range[],
): readonly Stretch[] {
  const line = lines[row] ?? '';
  const start = starts[row] ?? 0;
  const end = start + line.length;
  const here = wrong.filter(({ from, until }) => from < end && until > start);
  const own = tokens[row] ?? [];
  const cuts = [...own, ...here].flatMap(({ from, until }) => [Math.max(start, from), Math.min(end, until)]);
  const edges = [...new Set([start, end, ...cuts])].toSorted((a, b) => a - b);
  return edges.slice(1).map((until, i) => {
    const from = edges[i] ?? until;
    const within = (range: Range): boolean => range.from <= from && range.until >= until;
    return {
      text: line.slice(from - start, until - start),
      kind: own.find(within)?.kind ?? 'plain',
      wrong: here.some(within),
    };
  });
}
