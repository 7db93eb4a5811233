/**
 * How sentences call things: nodes by their names, hints and writes by their ids.
 */
import { formatCount } from '../format.ts';
import { NONE } from '../trace.ts';
import type { Trace } from '../trace.ts';

/** The name of a node; `nobody` for NOBODY. */
export function nodeName(trace: Trace, node: number): string {
  return trace.scenario.nodes[node]?.name ?? 'nobody';
}

/** `a`, `a and b`, `a, b and c`; empty for no nodes. */
export function nodeNames(trace: Trace, nodes: readonly number[]): string {
  const names = nodes.map((node) => nodeName(trace, node));
  const last = names.pop();
  if (last === undefined) return '';
  return names.length === 0 ? last : `${names.join(', ')} and ${last}`;
}

/** `write 7`, or `an unknown write` for NONE. */
export function writeName(write: number): string {
  return write === NONE ? 'an unknown write' : `write ${formatCount(write)}`;
}

/** `hint 12`. */
export function hintName(hint: number): string {
  return `hint ${formatCount(hint)}`;
}
