/**
 * How sentences call things: nodes and scripted keys by their names, hints, writes and reads by their ids, levels by
 * what they ask for.
 */
import type { ConsistencyLevel } from '../../scenario/model/levels.ts';
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

/**
 * The level that all writes, or all reads, of a run have; undefined if they differ, for a trace does not say which had
 * which: classes and scripted requests may have levels of their own.
 */
export function commonLevel({ scenario }: Trace, of: 'write' | 'read'): ConsistencyLevel | undefined {
  const usual = scenario.policy.consistency[of];
  const classes = scenario.workloads.filter(({ readShare, probes }) =>
    of === 'read' ? readShare > 0 || probes.length > 0 : readShare < 1,
  );
  const scripted = scenario.requests.filter(({ operation }) => (operation === 'get') === (of === 'read'));
  const levels = new Set<ConsistencyLevel>([
    ...classes.map(({ consistency }) => consistency[of] ?? usual),
    ...scripted.map(({ level }) => level ?? usual),
  ]);
  const [level = usual] = levels;
  return levels.size > 1 ? undefined : level;
}

/** The level of a write, or a read, by its name, as far as one can tell. */
export function levelName(trace: Trace, of: 'write' | 'read'): string {
  const level = commonLevel(trace, of);
  if (level === undefined) return 'its level';
  if (typeof level === 'string') return level;
  return level === 1 ? '1 vote' : `${formatCount(level)} votes`;
}

/** `hint 12`. */
export function hintName(hint: number): string {
  return `hint ${formatCount(hint)}`;
}
