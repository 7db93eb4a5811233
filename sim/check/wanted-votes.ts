/**
 * How many replicas a request's consistency level names. A trace does not say which class of clients a write came from,
 * so where a scenario uses several levels a property asks for the least demanding of them; a request that is written
 * out in the scenario is known by its instant, coordinator and key, and held to its own level.
 */
import { levelRule, votesNeeded } from '../scenario/model/levels.ts';
import type { LevelRule } from '../scenario/model/levels.ts';
import type { ConsistencyLevel } from '../scenario/model/levels.ts';
import type { Scenario } from '../scenario/model/scenario.ts';
import { NEVER, NONE } from '../trace/index.ts';
import type { Trace } from '../trace/index.ts';

/** The levels that the writes, or the reads, of a scenario use; the policy's where nobody seems to ask. */
export function levelsInUse(scenario: Scenario, of: 'write' | 'read'): readonly ConsistencyLevel[] {
  const ofRequests = scenario.requests
    .filter(({ operation }) => (operation === 'get') === (of === 'read'))
    .map(({ level }) => level ?? scenario.policy.consistency[of]);
  return orElse(scenario.policy.consistency[of], [...levelsOfClasses(scenario, of), ...ofRequests]);
}

function levelsOfClasses({ workloads, policy }: Scenario, of: 'write' | 'read'): readonly ConsistencyLevel[] {
  return workloads
    .filter(({ readShare, probes }) => (of === 'read' ? readShare > 0 || probes.length > 0 : readShare < 1))
    .map(({ consistency }) => consistency[of] ?? policy.consistency[of]);
}

function orElse(level: ConsistencyLevel, levels: readonly ConsistencyLevel[]): readonly ConsistencyLevel[] {
  return levels.length === 0 ? [level] : [...new Set(levels)];
}

/** The levels that a write may have been asked at. */
export class WriteLevels {
  readonly #levels: readonly ConsistencyLevel[];
  readonly #scripted = new Map<string, ConsistencyLevel>();

  constructor(scenario: Scenario) {
    this.#levels = orElse(scenario.policy.consistency.write, levelsOfClasses(scenario, 'write'));
    for (const { at, coordinator, key, level } of scenario.requests) {
      this.#scripted.set(`${at}/${coordinator}/${key}`, level ?? scenario.policy.consistency.write);
    }
  }

  /** One level, or the candidates where the trace cannot tell. */
  of({ writes }: Trace, write: number): readonly ConsistencyLevel[] {
    if (this.#scripted.size === 0) return this.#levels;
    const level = this.#scripted.get(`${writes.issuedAt[write]}/${writes.coordinator[write]}/${writes.key[write]}`);
    return level === undefined ? this.#levels : [level];
  }
}

/** Copies of a write that had been applied by an instant, held against what a level names. */
export interface Backing {
  readonly real: number;
  readonly wanted: number;
  /** The datacentre that is spoken of, for a level of each; empty for a level that counts them together. */
  readonly where: string;
}

/**
 * How a write stood at an instant: of the replicas that its level counts, those that had applied it, and how many it
 * names. For a level of each datacentre, the datacentre that was worst off. O(copies of the write).
 */
export function backingOf(trace: Trace, write: number, level: ConsistencyLevel, at: number): Backing {
  const { writes, copies, scenario } = trace;
  const rule = levelRule(level);
  const home = scenario.nodes[writes.coordinator[write] ?? 0]?.datacentre;
  const counts = new Map<string, { real: number; replicas: number }>();
  for (let copy = writes.firstCopy[write] ?? 0; copies.write[copy] === write; copy++) {
    const datacentre = scenario.nodes[copies.replica[copy] ?? NONE]?.datacentre ?? '';
    if (rule.counts === 'local' && datacentre !== home) continue;
    const group = rule.counts === 'each' ? datacentre : '';
    const count = counts.get(group) ?? { real: 0, replicas: 0 };
    counts.set(group, count);
    count.replicas++;
    if ((copies.appliedAt[copy] ?? NEVER) <= at) count.real++;
  }
  const backings = [...counts].map(([where, { real, replicas }]) => ({
    real,
    wanted: wantedOf(rule, replicas),
    where,
  }));
  const [worst] = backings.toSorted((one, other) => one.real - one.wanted - (other.real - other.wanted));
  return worst ?? { real: 0, wanted: wantedOf(rule, 0), where: '' };
}

/** A level for which a hint is enough names no real copy at all. */
function wantedOf(rule: LevelRule, replicas: number): number {
  return rule.hintSuffices ? 0 : votesNeeded(rule, replicas);
}
