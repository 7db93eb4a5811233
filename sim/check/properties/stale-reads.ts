/**
 * C12: what a read may return. With overlapping quorums nothing older than what was acknowledged before it began;
 * without them stale reads are allowed, and then a run should show some.
 */
import { levelRule, votesNeeded } from '../../scenario/model/levels.ts';
import type { LevelRule } from '../../scenario/model/levels.ts';
import { DELETE } from '../../scenario/model/workload.ts';
import type { Scenario } from '../../scenario/model/scenario.ts';
import { formatInstant, NEVER, NONE, WRITE_OUTCOMES } from '../../trace/index.ts';
import type { Trace } from '../../trace/index.ts';
import { nodeName, writeName } from '../../trace/queries/names.ts';
import { Cases, notExercised } from '../cases.ts';
import type { CheckContext } from '../context.ts';
import { entryOf } from '../entries.ts';
import type { Finding } from '../finding.ts';
import type { Property } from '../property.ts';
import { levelsInUse } from '../wanted-votes.ts';

const ACKED = WRITE_OUTCOMES.indexOf('acked');

/**
 * Quorums overlap where every pair of a write and a read level in use counts real replicas only, of the same set, and
 * R + W is more than there are of them; of the votes of a read the newest has to answer, unless W is all of them. Stale is older than the newest write acknowledged before the read was sent; of a
 * deleted key no value is not, and the sum of increments has no age.
 */
export const C12: Property = {
  id: 'C12',
  kind: 'always',
  sentence: 'With overlapping quorums no read returns less than was acknowledged before it was sent.',
  source: 'properties §2.3, C12',
  level: 'full',
  check: isFresh,
};

/** Holds where a stale read occurred. */
export const C12_STALE: Property = {
  id: 'C12.stale',
  kind: 'sometimes',
  sentence: 'Where quorums do not overlap, some read returns less than was acknowledged before it was sent.',
  source: 'properties §2.3, C12',
  level: 'full',
  check: isStaleAtTimes,
};

function isFresh({ trace }: CheckContext): Finding {
  const sloppy = whySloppy(trace.scenario);
  if (sloppy !== undefined) return notExercised(`stale reads are allowed: ${sloppy}`);
  const cases = new Cases();
  readsWithAPast(trace, (read, isStale) => {
    cases.came();
    if (!isStale) return;
    const { reads } = trace;
    const at = reads.resolvedAt[read] ?? NEVER;
    const value = reads.value[read] ?? NONE;
    const newest = reads.newest[read] ?? NONE;
    const had = value === NONE ? 'no value' : writeName(value);
    const coordinator = nodeName(trace, reads.coordinator[read] ?? NONE);
    cases.failed(at, () => ({
      event: entryOf(trace, ['readAnswered'], at, read),
      write: newest,
      detail: `${coordinator} answered read ${read} with ${had} at ${formatInstant(at)}, though ${writeName(newest)} was acknowledged before it was sent`,
    }));
  });
  return cases.finding('reads of keys with an acknowledged write', 'no key with an acknowledged write was read');
}

function isStaleAtTimes({ trace }: CheckContext): Finding {
  if (whySloppy(trace.scenario) === undefined) return notExercised('quorums overlap, so no stale read is allowed');
  const cases = new Cases();
  readsWithAPast(trace, (_, isStale) => {
    if (isStale) cases.came();
  });
  return cases.finding('stale reads', 'no read was stale');
}

/** Tells of each answered read of a key that had an acknowledged write. O(reads + writes). */
function readsWithAPast({ reads, writes }: Trace, tell: (read: number, isStale: boolean) => void): void {
  const deletes = new Map<number, number>();
  writes.operation.forEach((operation, write) => {
    if (operation === DELETE) deletes.set(writes.key[write] ?? 0, write);
  });
  for (let read = 0; read < reads.newest.length; read++) {
    const newest = reads.newest[read] ?? NONE;
    if (newest === NONE || reads.outcome[read] !== ACKED) continue;
    const value = reads.value[read] ?? NONE;
    // No value is what a delete leaves, be it that one or one that came after it.
    const isDeleted = value === NONE && (deletes.get(reads.key[read] ?? 0) ?? NONE) >= newest;
    tell(read, value >= NONE && value < newest && !isDeleted);
  }
}

/** Why quorums do not overlap; undefined if they do. */
function whySloppy(scenario: Scenario): string | undefined {
  const { hints, reads } = scenario.policy;
  if (reads.fallback) return 'fallbacks answer in the place of replicas';
  if (hints.enabled && hints.vote === 'full') return 'a hint counts as a vote';
  if (hints.enabled && hints.holder === 'fallback') return 'other nodes than the replicas take writes';
  const datacentres = new Map<string, Set<string>>();
  for (const { datacentre, rack } of scenario.nodes) {
    const racks = datacentres.get(datacentre) ?? new Set<string>();
    datacentres.set(datacentre, racks);
    if (rack !== '') racks.add(rack);
  }
  const replicas = [...datacentres.values()].map((racks) => racks.size);
  for (const write of levelsInUse(scenario, 'write')) {
    for (const read of levelsInUse(scenario, 'read')) {
      const [written, asked] = [levelRule(write), levelRule(read)];
      if (!overlap(written, asked, replicas)) return `${write} and ${read} may not have a replica in common`;
      // One vote answers as it is, and only that of a replica that has the write is as new.
      if (reads.answer === 'bytes' && !takesAll(written, replicas))
        return `what answers a read is one vote of ${read}, which need not be the newest`;
    }
  }
  return undefined;
}

/** Every replica has a write of the level by the time that it is acknowledged. */
function takesAll(rule: LevelRule, replicas: readonly number[]): boolean {
  return votesOf(rule, replicas) >= sumOf(replicas);
}

/** @param replicas of a key, by datacentre */
function overlap(write: LevelRule, read: LevelRule, replicas: readonly number[]): boolean {
  // Levels that compare replies are content with those of the replicas they took for `Normal`.
  const isReal = !write.hintSuffices && write.agreement !== 'plurality' && read.agreement === 'none';
  const isOne = replicas.length === 1;
  if (!isReal || (!isOne && [write, read].some((rule) => rule.counts === 'local'))) return false;
  return votesOf(write, replicas) + votesOf(read, replicas) > sumOf(replicas);
}

function votesOf(rule: LevelRule, replicas: readonly number[]): number {
  if (rule.counts !== 'each') return votesNeeded(rule, sumOf(replicas));
  return sumOf(replicas.map((count) => votesNeeded(rule, count)));
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
