/**
 * Consistency levels as the systems document them: whom a write goes to, whose votes count, and how many it takes with
 * one to five replicas. dynomite: handoff-systems §1.2; Cassandra: its documented levels; a number: Dynamo's R and W.
 */
import { describe, expect, it } from 'vitest';
import { CONSISTENCY_NAMES } from '../../../../sim/index.ts';
import { levelRule, votesNeeded } from '../../../../sim/scenario/index.ts';
import type { ConsistencyLevel } from '../../../../sim/index.ts';

interface Documented {
  readonly level: ConsistencyLevel;
  readonly fanout: 'local' | 'all';
  readonly counts: 'local' | 'all' | 'each';
  readonly agreement: 'none' | 'plurality' | 'unanimous';
  /** Votes with 1, 2, 3, 4 and 5 replicas that count. */
  readonly votes: readonly [number, number, number, number, number];
}

const MAJORITY = [1, 2, 2, 3, 3] as const;
const EVERY = [1, 2, 3, 4, 5] as const;
const ALL_AND_VOTES = { fanout: 'all', counts: 'all', agreement: 'none' } as const;

const DOCUMENTED: readonly Documented[] = [
  { level: 'DC_ONE', fanout: 'local', counts: 'local', agreement: 'none', votes: [1, 1, 1, 1, 1] },
  { level: 'DC_QUORUM', fanout: 'local', counts: 'local', agreement: 'plurality', votes: MAJORITY },
  { level: 'DC_SAFE_QUORUM', fanout: 'local', counts: 'local', agreement: 'unanimous', votes: EVERY },
  { level: 'DC_EACH_SAFE_QUORUM', fanout: 'all', counts: 'each', agreement: 'unanimous', votes: EVERY },
  { level: 'ANY', ...ALL_AND_VOTES, votes: [1, 1, 1, 1, 1] },
  { level: 'ONE', ...ALL_AND_VOTES, votes: [1, 1, 1, 1, 1] },
  { level: 'TWO', ...ALL_AND_VOTES, votes: [2, 2, 2, 2, 2] },
  { level: 'THREE', ...ALL_AND_VOTES, votes: [3, 3, 3, 3, 3] },
  { level: 'QUORUM', ...ALL_AND_VOTES, votes: MAJORITY },
  { level: 'ALL', ...ALL_AND_VOTES, votes: EVERY },
  { level: 'LOCAL_ONE', fanout: 'all', counts: 'local', agreement: 'none', votes: [1, 1, 1, 1, 1] },
  { level: 'LOCAL_QUORUM', fanout: 'all', counts: 'local', agreement: 'none', votes: MAJORITY },
  { level: 'EACH_QUORUM', fanout: 'all', counts: 'each', agreement: 'none', votes: MAJORITY },
  { level: 2, ...ALL_AND_VOTES, votes: [2, 2, 2, 2, 2] },
  { level: 5, ...ALL_AND_VOTES, votes: [5, 5, 5, 5, 5] },
];

describe('a consistency level', () => {
  for (const { level, votes, ...documented } of DOCUMENTED) {
    it(`${level} asks, counts and agrees as documented`, () => {
      const rule = levelRule(level);
      expect(rule).toMatchObject(documented);
      expect([1, 2, 3, 4, 5].map((replicas) => votesNeeded(rule, replicas))).toEqual(votes);
    });
  }

  it('is among those documented here, whatever its name', () => {
    const named = DOCUMENTED.map(({ level }) => level).filter((level) => typeof level === 'string');
    expect(named.toSorted()).toEqual([...CONSISTENCY_NAMES].toSorted());
  });

  it('is satisfied with a hint alone only if it is ANY', () => {
    const satisfied = DOCUMENTED.filter(({ level }) => levelRule(level).hintSuffices);
    expect(satisfied.map(({ level }) => level)).toEqual(['ANY']);
  });
});
