/**
 * How sentences call things: nodes and scripted keys by their names, hints, writes and reads by their ids, levels by
 * what they ask for.
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

/** `read 3`. */
export function readName(read: number): string {
  return `read ${formatCount(read)}`;
}

/** `key 12`, or `key "cart"` for one that the scenario names. */
export function keyName({ scenario }: Trace, key: number): string {
  const ranks = Math.max(0, ...scenario.workloads.map(({ keys }) => keys.count));
  const name = scenario.keyNames[key - ranks];
  return name === undefined ? `key ${formatCount(key)}` : `key "${name}"`;
}

/** The level of requests, as far as one can tell: classes and scripted requests may have levels of their own. */
export function levelName({ scenario }: Trace, of: 'write' | 'read'): string {
  const isOwn =
    scenario.workloads.some(({ consistency }) => consistency[of] !== undefined) ||
    scenario.requests.some(({ level }) => level !== undefined);
  if (isOwn) return 'its level';
  const level = scenario.policy.consistency[of];
  if (typeof level === 'string') return level;
  return level === 1 ? '1 vote' : `${formatCount(level)} votes`;
}

/** `hint 12`. */
export function hintName(hint: number): string {
  return `hint ${formatCount(hint)}`;
}
