/**
 * What each consistency level asks for: whose replicas are asked, whose votes count, how many it takes, and what the
 * votes must agree on. One record per name, so that a coordinator reads values and never a name.
 *
 * Sources: dynomite-rs `dispatch.rs` 828-866 and `coalesce.rs` 409-585 (handoff-systems §1.2); Cassandra's levels
 * (handoff-systems §2); a bare number is Dynamo's R or W over all replicas (validation §1).
 */
/**
 * Consistency levels by name: dynomite's, then Cassandra's. A bare number is so many votes of all replicas
 * (Dynamo's R and W).
 */
export const CONSISTENCY_NAMES = [
  'DC_ONE',
  'DC_QUORUM',
  'DC_SAFE_QUORUM',
  'DC_EACH_SAFE_QUORUM',
  'ANY',
  'ONE',
  'TWO',
  'THREE',
  'QUORUM',
  'ALL',
  'LOCAL_ONE',
  'LOCAL_QUORUM',
  'EACH_QUORUM',
] as const;

/** One of {@link CONSISTENCY_NAMES}. */
export type ConsistencyName = (typeof CONSISTENCY_NAMES)[number];

/** How many replicas must vote, and which; what each name means is in `levels.ts`. */
export type ConsistencyLevel = ConsistencyName | number;

/** A level as values. */
export interface LevelRule {
  /** Replicas that a write goes to, and that a read may ask: those of the coordinator's datacentre, or all. */
  readonly fanout: 'local' | 'all';
  /** Replicas whose votes count: of the coordinator's datacentre, all, or each datacentre for itself. */
  readonly counts: 'local' | 'all' | 'each';
  /** Votes it takes among those that count: a number, more than half, or every one. */
  readonly votes: number | 'quorum' | 'all';
  /**
   * `none`: votes are votes. `plurality`: so many byte-equal ones, or the most frequent once all are in.
   * `unanimous`: all of them byte-equal, or the client gets an error.
   */
  readonly agreement: 'none' | 'plurality' | 'unanimous';
  /** A stored hint is a vote even where hints count for nothing (Cassandra's ANY). */
  readonly hintSuffices: boolean;
}

const LOCAL = { fanout: 'local', counts: 'local', hintSuffices: false } as const;
const EVERYWHERE = { fanout: 'all', counts: 'all', agreement: 'none', hintSuffices: false } as const;

/** Every level by its name. */
export const LEVEL_RULES: Readonly<Record<ConsistencyName, LevelRule>> = {
  DC_ONE: { ...LOCAL, votes: 1, agreement: 'none' },
  DC_QUORUM: { ...LOCAL, votes: 'quorum', agreement: 'plurality' },
  DC_SAFE_QUORUM: { ...LOCAL, votes: 'all', agreement: 'unanimous' },
  DC_EACH_SAFE_QUORUM: { fanout: 'all', counts: 'each', votes: 'all', agreement: 'unanimous', hintSuffices: false },
  ANY: { ...EVERYWHERE, votes: 1, hintSuffices: true },
  ONE: { ...EVERYWHERE, votes: 1 },
  TWO: { ...EVERYWHERE, votes: 2 },
  THREE: { ...EVERYWHERE, votes: 3 },
  QUORUM: { ...EVERYWHERE, votes: 'quorum' },
  ALL: { ...EVERYWHERE, votes: 'all' },
  LOCAL_ONE: { ...EVERYWHERE, counts: 'local', votes: 1 },
  LOCAL_QUORUM: { ...EVERYWHERE, counts: 'local', votes: 'quorum' },
  EACH_QUORUM: { ...EVERYWHERE, counts: 'each', votes: 'quorum' },
};

/** What a level asks for. */
export function levelRule(level: ConsistencyLevel): LevelRule {
  return typeof level === 'number' ? { ...EVERYWHERE, votes: level } : LEVEL_RULES[level];
}

/** Votes that a rule takes among `replicas` that count. A number above them can never be reached. */
export function votesNeeded(rule: LevelRule, replicas: number): number {
  if (rule.votes === 'quorum') return Math.floor(replicas / 2) + 1;
  return rule.votes === 'all' ? replicas : rule.votes;
}
