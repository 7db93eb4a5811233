/**
 * What is typed into a field, as YAML: plain where that says the same, in quotes where it would say something else, and
 * folded over lines where it is prose. And the way back: what stands in a field for what stands in the text.
 */
import type { TextNode } from '../state/text-tree.ts';
import type { Source, Where } from '../state/text-splices.ts';
import type { ScalarBuild } from './choices.ts';

/** Columns of a line of prose. */
const WIDTH = 118;
/** What YAML reads as something else than a text. */
const NO_TEXT =
  /^(?:~|null|Null|NULL|true|True|TRUE|false|False|FALSE|[-+]?(?:\.\d|\d|\.inf|\.Inf|\.INF)|\.nan|\.NaN|\.NAN|0o|0x)/;
/** What may not begin a plain value, nor stand within one. */
const MARKED = /^[-?:](?:\s|$)|^[,[\]{}#&*!|>'"%@`]|:(?:\s|$)|\s#|[\n\r\t]/;
const MARKED_IN_FLOW = /[,[\]{}]|^[-?:]$/;

/** The source of a single value. Blanks around it do not count. */
export function typedSource(typed: string, build: ScalarBuild): Source {
  const value = typed.trim();
  if (build.prose) return (where) => proseSource(value, where);
  return ({ flow }) => plainSource(value, build, flow);
}

/** The source of a list of single values, typed with commas. */
export function namesSource(typed: string, item: ScalarBuild): string {
  return `[${namesIn(typed)
    .map((name) => plainSource(name, item, true))
    .join(', ')}]`;
}

/** The values in a line with commas. */
export function namesIn(typed: string): readonly string[] {
  return typed
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** What stands in a field for what stands in the text. */
export function shownIn(node: TextNode | undefined): string {
  if (node?.kind === 'scalar') return node.plain.trim();
  if (node?.kind !== 'list') return '';
  return node.items.map(({ value }) => shownIn(value)).join(', ');
}

/** Whether what is typed says what the text says already, so that a field may keep it as it was typed. */
export function saysSame(typed: string, node: TextNode | undefined): boolean {
  if (node?.kind === 'list') return namesIn(typed).join(', ') === shownIn(node);
  return typed.trim() === shownIn(node);
}

function plainSource(value: string, { numbers, flag, words }: ScalarBuild, flow: boolean): string {
  if (value === '') return '';
  const wouldBeOther = !numbers && !flag && !words.includes(value) && NO_TEXT.test(value);
  const isMarked = MARKED.test(value) || (flow && MARKED_IN_FLOW.test(value));
  return wouldBeOther || isMarked ? JSON.stringify(value) : value;
}

/** A text that fits on its line stays there; a longer one is folded below its key. */
function proseSource(value: string, { flow, column }: Where): string {
  const isPlain = !MARKED.test(value) && !NO_TEXT.test(value) && !(flow && MARKED_IN_FLOW.test(value));
  const fits = value.length < WIDTH - column - 12;
  if (flow || /[\r\t]|\n[ \n]/.test(value) || value === '')
    return isPlain || value === '' ? value : JSON.stringify(value);
  if (fits && !value.includes('\n')) return isPlain ? value : JSON.stringify(value);
  const indent = ' '.repeat(column + 2);
  // A line break of a folded text is an empty line.
  const lines = value.split('\n').map((line) => folded(line, WIDTH - indent.length).join(`\n${indent}`));
  return `>-\n${indent}${lines.join(`\n\n${indent}`)}`;
}

/** A text in lines of at most `width` columns, broken at single blanks. */
function folded(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/(?<=\S) (?=\S)/)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length <= width || line === '') line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}
