/**
 * The words of a scenario text as an editor sees them: keys, values, marks and comments, each with its place. Unlike the
 * parser it takes any text at all, half-typed ones above all, and never says that something is wrong.
 *
 *   text ─ lex ─▶ tokens ─▶ colours (paint.ts) and what the caret stands on (caret-site.ts)
 */

/** What a stretch of text is; `prose` is a line of a text over several lines. */
export type TokenKind = 'key' | 'word' | 'number' | 'quoted' | 'prose' | 'mark' | 'comment';

/** A stretch of one line, offsets into the text. */
export interface Token {
  readonly kind: TokenKind;
  readonly from: number;
  readonly until: number;
  /** As it is written. */
  readonly source: string;
}

/** A longer text is neither coloured nor completed: it was made by an importer. In characters. */
export const MOST_EDITED_CHARS = 200_000;

const BLANK = /[ \t\r]+/y;
const COMMENT = /(?<=^|\s)#.*/y;
const QUOTED = /"(?:[^"\\]|\\.)*"?|'(?:[^']|'')*'?/y;
const HYPHEN = /-(?=\s|$)/y;
const COLON = /:(?=[\s,}\]]|$)/y;
const OPEN = /[{[]/y;
const CLOSE_OR_COMMA = /[}\],]/y;
/** What begins a text over several lines: `>-`, `|`. */
const PROSE_HEAD = /[|>][+-]?\d?[+-]?(?=\s*(?:#.*)?$)/y;
const PLAIN = /(?:[^\s:]|:(?=\S)|[ \t]+(?![\s#]|$))+/y;
const PLAIN_IN_FLOW = /(?:[^\s:,[\]{}]|:(?=[^\s,[\]{}])|[ \t]+(?![\s#,[\]{}]|$))+/y;
/** Whatever nothing else takes, one character at a time. */
const STRAY = /./y;

/** The tokens of a text in their order. O(length of the text). */
export function lex(text: string): readonly Token[] {
  const lexer = new Lexer();
  let at = 0;
  for (const line of text.split('\n')) {
    lexer.line(line, at);
    at += line.length + 1;
  }
  return lexer.tokens;
}

class Lexer {
  readonly tokens: Token[] = [];
  /** Braces and brackets that are open. */
  #depth = 0;
  /** The indentation of the line that began a text over several lines, while it lasts. */
  #prose: number | undefined;

  line(line: string, at: number): void {
    const indent = line.search(/\S|$/);
    if (this.#prose !== undefined && (indent > this.#prose || indent === line.length)) {
      if (indent < line.length) this.#push('prose', at + indent, line.slice(indent));
      return;
    }
    this.#prose = undefined;
    /** Nothing but hyphens stands before: another one begins an item of a list. */
    let leads = true;
    for (let column = indent; column < line.length;) {
      const length = matched(BLANK, line, column);
      if (length > 0) {
        column += length;
        continue;
      }
      const [kind, source] = this.#next(line, column, leads);
      this.#push(kind, at + column, source);
      leads &&= source === '-';
      column += source.length;
    }
  }

  /** What stands at a column that is not blank. */
  #next(line: string, column: number, leads: boolean): readonly [TokenKind, string] {
    const flow = this.#depth > 0;
    const taken = (pattern: RegExp): string => line.slice(column, column + matched(pattern, line, column));
    const comment = taken(COMMENT);
    if (comment !== '') return ['comment', comment];
    const quoted = taken(QUOTED);
    if (quoted !== '') return ['quoted', quoted];
    const mark =
      (leads && !flow ? taken(HYPHEN) : '') || taken(COLON) || taken(OPEN) || (flow ? taken(CLOSE_OR_COMMA) : '');
    if (mark !== '') return ['mark', mark];
    const head = flow ? '' : taken(PROSE_HEAD);
    if (head !== '') {
      this.#prose = line.search(/\S/);
      return ['mark', head];
    }
    const source = taken(flow ? PLAIN_IN_FLOW : PLAIN) || taken(STRAY);
    return [/^[+-]?\d/.test(source) ? 'number' : 'word', source];
  }

  #push(kind: TokenKind, from: number, source: string): void {
    if (kind === 'mark' && (source === '{' || source === '[')) this.#depth++;
    if (kind === 'mark' && (source === '}' || source === ']')) this.#depth--;
    const last = this.tokens.at(-1);
    const isKey = kind === 'mark' && source === ':' && last !== undefined && NAMES.has(last.kind);
    if (isKey) this.tokens[this.tokens.length - 1] = { ...last, kind: 'key' };
    this.tokens.push({ kind, from, until: from + source.length, source });
  }
}

/** Kinds that a colon makes keys of. */
const NAMES: ReadonlySet<TokenKind> = new Set<TokenKind>(['word', 'number', 'quoted']);

function matched(pattern: RegExp, line: string, column: number): number {
  pattern.lastIndex = column;
  return pattern.exec(line)?.[0].length ?? 0;
}
