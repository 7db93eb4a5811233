/**
 * What of a YAML text is read: its length, and how deep and how many its tokens are. Tokens are made iteratively and in
 * linear time, so they are measured before anything recurses into them: by the parser of scenarios, and by the tree that
 * edits of their text are made with.
 */
import type { CST } from 'yaml';

/** Characters of a scenario file; 7 000 outages, one per line, are half of it. */
export const MAX_SCENARIO_CHARS = 1_048_576;
/** Maps and lists within each other. A scenario needs seven. */
export const MAX_DEPTH = 32;
/** Keys and values of a document, counting those that an alias repeats. */
export const MAX_SOURCE_NODES = 200_000;

/** What would have fitted, by the bound that was passed. */
export const FITTING = {
  tooDeep: `maps and lists at most ${MAX_DEPTH} deep, counting aliases`,
  tooMany: `at most ${MAX_SOURCE_NODES} keys and values, counting aliases`,
} as const;

/** A bound that was passed, and the offset of the token that passed it. */
export interface Excess {
  readonly code: keyof typeof FITTING;
  readonly offset: number;
}

/** Which bound the tokens of a text pass; undefined: none. Without recursion; O(tokens). */
export function excessOf(tokens: readonly CST.Token[]): Excess | undefined {
  const pending = tokens.map((token) => ({ token, depth: 0 }));
  let count = 0;
  for (let item = pending.pop(); item !== undefined; item = pending.pop()) {
    const { token, depth } = item;
    count += 1 + repeatedMarks(token);
    if (depth > MAX_DEPTH) return { code: 'tooDeep', offset: token.offset };
    for (const child of childrenOf(token)) pending.push({ token: child, depth: depth + 1 });
  }
  return count > MAX_SOURCE_NODES ? { code: 'tooMany', offset: 0 } : undefined;
}

function childrenOf(token: CST.Token): CST.Token[] {
  if (token.type === 'document') return token.value === undefined ? [] : [token.value];
  if (!('items' in token)) return [];
  return token.items.flatMap(({ key, value }) => [key, value].filter((child) => child !== undefined && child !== null));
}

const MARKS: readonly CST.Token['type'][] = ['comma', 'anchor', 'tag'];

/** Second commas, anchors, tags before one entry: an error each, and the library is slow to tell of thousands. */
function repeatedMarks(token: CST.Token): number {
  if (!('items' in token)) return 0;
  const marks = token.items.map(({ start }) => start.filter(({ type }) => MARKS.includes(type)).length);
  return marks.reduce((sum, count) => sum + Math.max(0, count - 1), 0);
}
