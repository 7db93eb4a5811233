/**
 * The letters of an edit: where a new key goes in a map and how it is written, which letters go with a key or an item
 * that is taken away. It looks at the tree of a text and never asks what the text means; `text-edits.ts` does.
 */
import { lineEnd, lineStart, type MapText, type Step, type TextNode } from './text-tree.ts';

/** Where a value goes: within braces or brackets, and how far in its key stands. */
export interface Where {
  readonly flow: boolean;
  readonly column: number;
}

/** A value as it is written; a function where that depends on where it goes. */
export type Source = string | ((where: Where) => string);

/** Blanks of a step of indentation. */
export const STEP = 2;
/** A key as it is written. */
export function keySource(key: string): string {
  return /^[A-Za-z0-9][\w.-]*$/.test(key) ? key : JSON.stringify(key);
}

/** A map with one key more, behind the nearest one that comes before it in `order`. */
export function withKey(
  text: string,
  map: MapText,
  rest: readonly string[],
  source: Source,
  order: readonly string[],
): string {
  const [key = ''] = rest;
  const rank = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
  const earlier = map.entries.filter((entry) => rank(entry.key) < rank(key) || order.length === 0);
  const highest = Math.max(...earlier.map((entry) => rank(entry.key)));
  const behind = earlier.findLast((entry) => rank(entry.key) === highest);
  const first = map.entries[0];
  const column = first === undefined ? 0 : first.keyAt - lineStart(text, first.keyAt);
  const entry = entryText(rest, source, { flow: map.flow, column });
  if (first === undefined) {
    if (map.flow) return splice(text, map.from, map.until, `{ ${entry} }`);
    return splice(text, map.from, map.from, `${text === '' || text.endsWith('\n') ? '' : '\n'}${entry}\n`);
  }
  if (behind === undefined) {
    const gap = map.flow ? ', ' : `\n${' '.repeat(column)}`;
    return splice(text, first.keyAt, first.keyAt, entry + gap);
  }
  const end = Math.max(behind.colon, behind.value.until);
  return map.flow ? splice(text, end, end, `, ${entry}`) : withLine(text, end, first.keyAt, entry);
}

/** `a: { b: { c: source } }`; at the root, what is in `a` goes on a line of its own. */
export function entryText(path: readonly string[], source: Source, where: Where): string {
  const [key = '', ...rest] = path;
  const head = `${keySource(key)}:`;
  if (rest.length === 0) {
    const written = sourceText(source, where);
    return written === '' || written.startsWith('\n') ? head + written : `${head} ${written}`;
  }
  const { flow, column } = where;
  if (flow || column > 0) return `${head} { ${entryText(rest, source, { flow: true, column })} }`;
  return `${head}\n${' '.repeat(STEP)}${entryText(rest, source, { flow, column: STEP })}`;
}

/** The text without a key of a map or an item of a list; undefined: there is no such. */
export function without(text: string, parent: TextNode, step: Step | undefined): string | undefined {
  if (parent.kind === 'map') {
    const spans = parent.entries.map(({ keyAt, colon, value }) => ({
      from: keyAt,
      until: Math.max(colon, value.until),
    }));
    const index = parent.entries.findIndex(({ key }) => key === step);
    return withoutSpan(text, spans, index, parent.flow);
  }
  if (parent.kind !== 'list' || typeof step !== 'number') return undefined;
  const spans = parent.items.map(({ hyphen, value }) => ({
    from: hyphen < 0 ? value.from : hyphen,
    until: value.until,
  }));
  return withoutSpan(text, spans, step, parent.flow);
}

interface Span {
  readonly from: number;
  readonly until: number;
}

/** One of several spans gone: with its comma in flow, with its lines in a block. */
function withoutSpan(text: string, spans: readonly Span[], index: number, flow: boolean): string | undefined {
  const [before, own, after] = [spans[index - 1], spans[index], spans[index + 1]];
  if (own === undefined) return undefined;
  const opensLine = /^\s*$/.test(text.slice(lineStart(text, own.from), own.from));
  // An emptied value leaves its blank, which goes with it: `a: 1, b: , c: 2`.
  const left = /^ (?=[ ,])/.test(text.slice(own.until, own.until + 2)) ? 1 : 0;
  if (flow && before) return splice(text, before.until, own.until + left, '');
  if (flow || (!opensLine && after)) return splice(text, own.from, after?.from ?? own.until, '');
  const newline = text.indexOf('\n', own.until);
  return splice(text, lineStart(text, own.from), newline < 0 ? text.length : newline + 1, '');
}

/** A line below that of `end`, as far in as `beside` is. */
export function withLine(text: string, end: number, beside: number, line: string): string {
  const at = lineEnd(text, end);
  return splice(text, at, at, `\n${' '.repeat(beside - lineStart(text, beside))}${line}`);
}

/** A value as it is written where it goes. */
export function sourceText(source: Source, where: Where): string {
  return typeof source === 'string' ? source : source(where);
}

/** The text with other letters in place of `[from, until)`. */
export function splice(text: string, from: number, until: number, inserted: string): string {
  return text.slice(0, from) + inserted + text.slice(until);
}
