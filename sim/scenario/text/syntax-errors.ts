/**
 * YAML's syntax errors in the words of a scenario's author: what was expected and what was found, by the library's
 * error code; its own message where that already says it best.
 */
import type { ErrorCode } from 'yaml';

interface Saying {
  readonly expected: string;
  readonly found?: string;
}

const SAYINGS: ReadonlyMap<ErrorCode, Saying> = new Map<ErrorCode, Saying>([
  ['TAB_AS_INDENT', { expected: 'spaces for indentation', found: 'a tab' }],
  ['MULTIPLE_DOCS', { expected: 'one document', found: 'a second one' }],
  ['BAD_INDENT', { expected: 'consistent indentation and closed brackets' }],
  ['MISSING_CHAR', { expected: 'a complete value' }],
  ['BLOCK_AS_IMPLICIT_KEY', { expected: 'one key: value per line', found: 'a key within a value' }],
  ['MULTILINE_IMPLICIT_KEY', { expected: 'a key on one line, followed by a colon' }],
  ['KEY_OVER_1024_CHARS', { expected: 'a key of at most 1024 characters', found: 'a longer one' }],
  ['BAD_SCALAR_START', { expected: 'quotes around a value that starts like this' }],
  ['BAD_DQ_ESCAPE', { expected: 'a valid escape within double quotes' }],
  ['BLOCK_IN_FLOW', { expected: 'no block within brackets' }],
  ['BAD_DIRECTIVE', { expected: 'no directive' }],
]);

/** What to say of a syntax error. */
export function sayOfSyntaxError(code: ErrorCode, message: string): { expected: string; found: string } {
  const saying = SAYINGS.get(code);
  const [line = message] = message.split('\n');
  return { expected: saying?.expected ?? 'valid YAML', found: saying?.found ?? lowerFirst(line) };
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
