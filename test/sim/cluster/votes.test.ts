/**
 * Deciding a request by its votes, on requests made by hand: counting, plurality and unanimity, within a datacentre, over
 * all and in each (handoff-systems §1.2; dynomite-rs `coalesce.rs` 409-585).
 */
import { describe, expect, it } from 'vitest';
import { instant } from '../../../core/index.ts';
import { ERROR, HINTED, INTEGER, OK } from '../../../sim/cluster/messages.ts';
import { MAX_TARGETS, Requests } from '../../../sim/cluster/requests.ts';
import { Topology } from '../../../sim/cluster/topology.ts';
import { Versions } from '../../../sim/cluster/versions.ts';
import { decide, DISAGREED, mostFrequentVote, newestVote, UNDECIDED } from '../../../sim/cluster/votes.ts';
import type { Ballot } from '../../../sim/cluster/votes.ts';
import { levelRule, votesNeeded } from '../../../sim/scenario/index.ts';
import type { ConsistencyLevel, NodeSpec } from '../../../sim/index.ts';
import { NONE, OPERATIONS } from '../../../sim/index.ts';
import { scenarioOf } from '../../support/scenarios.ts';

/** What a target has said: a reply code, a reply with the value read, or nothing yet. */
type Vote = number | { readonly value: number } | 'silent';

/** Nodes 0 … are in the datacentres named, one rack each; node 0 coordinates. Each node is a target, in order. */
function ballot(datacentres: string, votes: readonly Vote[]): Ballot {
  const nodes = [...datacentres].map((datacentre, index): NodeSpec => ({
    name: `n${index}`,
    datacentre,
    rack: `r${index}`,
    clockOffset: 0,
    clockDrift: 0,
  }));
  const requests = new Requests();
  expect(requests.take(OPERATIONS.indexOf('set'), 0, 0, 0, instant(0))).toBe(0);
  nodes.forEach((_, node) => requests.ask(0, node));
  votes.forEach((vote, target) => {
    if (vote === 'silent') return;
    if (typeof vote === 'number') requests.vote(0, target, vote, NONE);
    else requests.vote(0, target, OK, vote.value);
  });
  return { requests, topology: new Topology(nodes) };
}

/** The verdict at a level, needing what the level takes of those of its datacentre, or of all. */
function verdict(level: ConsistencyLevel, votes: readonly Vote[], datacentres = 'x'.repeat(votes.length)): number {
  const rule = levelRule(level);
  const made = ballot(datacentres, votes);
  const home = [...datacentres].filter((datacentre) => datacentre === datacentres[0]).length;
  made.requests.needed[0] = votesNeeded(rule, rule.counts === 'local' ? home : datacentres.length);
  return decide(made, 0, rule);
}

describe('counting votes', () => {
  it('answers with the vote that makes enough, and not before', () => {
    expect(verdict('ONE', ['silent', 'silent', 'silent'])).toBe(UNDECIDED);
    expect(verdict('ONE', ['silent', OK, 'silent'])).toBe(1);
    expect(verdict('QUORUM', ['silent', OK, 'silent'])).toBe(UNDECIDED);
    expect(verdict('QUORUM', ['silent', OK, OK])).toBe(2);
    expect(verdict('ALL', [OK, OK, 'silent'])).toBe(UNDECIDED);
    expect(verdict('ALL', [OK, OK, OK])).toBe(2);
    expect(verdict(2, [OK, 'silent', OK])).toBe(2);
  });

  it('answers with the last of 32 replicas, if that is the only one that has voted', () => {
    const silent = Array.from({ length: 31 }, () => 'silent' as const);
    expect(verdict('ONE', [...silent, OK], 'x'.repeat(16) + 'y'.repeat(16))).toBe(31);
  });

  it('waits for the others of 32 replicas, if the first has voted with an error', () => {
    const silent = Array.from({ length: 31 }, () => 'silent' as const);
    expect(verdict('ONE', [ERROR, ...silent], 'x'.repeat(16) + 'y'.repeat(16))).toBe(UNDECIDED);
  });

  it('asks for no agreement: replies may differ', () => {
    expect(verdict('QUORUM', [{ value: 7 }, { value: 8 }, 'silent'])).toBe(1);
  });

  it('passes over errors, and over hints that count for nothing', () => {
    expect(verdict('QUORUM', [ERROR, OK, 'silent'])).toBe(UNDECIDED);
    expect(verdict('QUORUM', [HINTED, OK, 'silent'])).toBe(UNDECIDED);
    expect(verdict('QUORUM', [HINTED, OK, OK])).toBe(2);
    expect(verdict('ONE', [ERROR, ERROR, HINTED])).toBe(UNDECIDED);
  });

  it('cannot reach more votes than there are replicas', () => {
    expect(verdict('THREE', [OK, OK])).toBe(UNDECIDED);
    expect(verdict(3, [OK, OK])).toBe(UNDECIDED);
  });

  it('takes only votes of its own datacentre at a local level, though all are asked', () => {
    expect(verdict('LOCAL_ONE', ['silent', OK, OK], 'xyy')).toBe(UNDECIDED);
    expect(verdict('LOCAL_ONE', [OK, 'silent', 'silent'], 'xyy')).toBe(0);
    // Two replicas at home: a majority of them is both.
    expect(verdict('LOCAL_QUORUM', [OK, 'silent', OK, OK], 'xxyy')).toBe(UNDECIDED);
    expect(verdict('LOCAL_QUORUM', [OK, OK, 'silent', 'silent'], 'xxyy')).toBe(1);
  });

  it('takes a majority in each datacentre for itself', () => {
    expect(verdict('EACH_QUORUM', [OK, OK, OK, 'silent', 'silent', 'silent'], 'xxxyyy')).toBe(UNDECIDED);
    expect(verdict('EACH_QUORUM', [OK, OK, 'silent', OK, 'silent', 'silent'], 'xxxyyy')).toBe(UNDECIDED);
    expect(verdict('EACH_QUORUM', [OK, OK, ERROR, OK, OK, 'silent'], 'xxxyyy')).toBeGreaterThanOrEqual(0);
    expect(verdict('EACH_QUORUM', [OK, OK, OK, OK, ERROR, HINTED], 'xxxyyy')).toBe(UNDECIDED);
  });
});

describe('a plurality', () => {
  it('takes a majority of replies that are equal byte for byte', () => {
    expect(verdict('DC_QUORUM', [OK, 'silent', 'silent'])).toBe(UNDECIDED);
    expect(verdict('DC_QUORUM', [OK, INTEGER + 1, 'silent'])).toBe(UNDECIDED);
    expect(verdict('DC_QUORUM', [OK, INTEGER + 1, INTEGER + 1])).toBe(1);
    expect(verdict('DC_QUORUM', [{ value: 4 }, { value: 5 }, { value: 4 }])).toBe(0);
  });

  it('takes the most frequent reply once all are in, and the first of equally frequent ones', () => {
    expect(verdict('DC_QUORUM', [{ value: 4 }, { value: 5 }, { value: 6 }])).toBe(0);
    expect(verdict('DC_QUORUM', [{ value: 4 }, { value: 5 }, { value: 5 }, { value: 6 }, { value: 7 }])).toBe(1);
    expect(verdict('DC_QUORUM', [{ value: 4 }, { value: 5 }, { value: 5 }, { value: 6 }, 'silent'])).toBe(UNDECIDED);
    expect(verdict('DC_QUORUM', ['silent', { value: 4 }, { value: 5 }])).toBe(UNDECIDED);
  });

  it('is each request’s own: of 33 under way the last is not judged by what the first was told', () => {
    const { requests, topology } = ballot('xxx', ['silent', OK, OK]);
    for (let id = 1; id <= 32; id++) requests.take(OPERATIONS.indexOf('set'), id, 0, 0, instant(0));
    for (const node of [0, 1, 2]) requests.ask(32, node);
    requests.needed[32] = 2;
    requests.vote(32, 0, ERROR, NONE);
    requests.vote(32, 1, OK, NONE);
    expect(decide({ requests, topology }, 32, levelRule('DC_QUORUM'))).toBe(UNDECIDED);
  });

  it('of 32 replicas counts no reply of the next request: of two as frequent the first answers', () => {
    const votes = Array.from({ length: 32 }, (_, target) => ({ value: target % 2 }));
    const { requests } = ballot('x'.repeat(16) + 'y'.repeat(16), votes);
    expect(requests.take(OPERATIONS.indexOf('get'), 1, 0, 0, instant(0))).toBe(1);
    requests.ask(1, 0);
    requests.vote(1, 0, OK, 1);
    expect(mostFrequentVote(requests, 0)).toBe(0);
  });

  it('is one of errors too: two of three that load answer for all three', () => {
    expect(verdict('DC_QUORUM', [OK, ERROR, ERROR])).toBe(1);
    expect(verdict('DC_QUORUM', [ERROR, OK, 'silent'])).toBe(UNDECIDED);
  });

  it('counts integers by their value: :0 and :1 differ', () => {
    expect(verdict('DC_QUORUM', [INTEGER, INTEGER + 1, 'silent'])).toBe(UNDECIDED);
    expect(verdict('DC_QUORUM', [INTEGER + 1, INTEGER + 1, 'silent'])).toBe(0);
  });

  it('never answers with a hint that counts for nothing', () => {
    expect(verdict('DC_QUORUM', [HINTED, OK, OK])).toBe(1);
    // Two replies will never come, so these are not all.
    expect(verdict('DC_QUORUM', [HINTED, HINTED, OK])).toBe(UNDECIDED);
    expect(verdict('DC_QUORUM', [HINTED, HINTED, HINTED])).toBe(UNDECIDED);
  });
});

describe('unanimity', () => {
  it('waits for every reply, and all must be equal', () => {
    expect(verdict('DC_SAFE_QUORUM', [OK, OK, 'silent'])).toBe(UNDECIDED);
    expect(verdict('DC_SAFE_QUORUM', [OK, OK, OK])).toBe(2);
    expect(verdict('DC_SAFE_QUORUM', [OK])).toBe(0);
  });

  it('is broken by the first reply that differs, before the rest are in', () => {
    expect(verdict('DC_SAFE_QUORUM', [OK, INTEGER + 1, 'silent'])).toBe(DISAGREED);
    expect(verdict('DC_SAFE_QUORUM', [{ value: 1 }, { value: 2 }, 'silent'])).toBe(DISAGREED);
    expect(verdict('DC_SAFE_QUORUM', [OK, ERROR, 'silent'])).toBe(DISAGREED);
  });

  it('is never made of hints that count for nothing', () => {
    expect(verdict('DC_SAFE_QUORUM', [HINTED, HINTED])).toBe(UNDECIDED);
    expect(verdict('DC_SAFE_QUORUM', [OK, HINTED])).toBe(UNDECIDED);
    expect(verdict('DC_SAFE_QUORUM', [OK, HINTED, INTEGER])).toBe(DISAGREED);
  });

  it('is each datacentre’s own: two that agree within themselves may differ', () => {
    expect(verdict('DC_EACH_SAFE_QUORUM', [{ value: 1 }, { value: 1 }, { value: 2 }, { value: 2 }], 'xxyy')).toBe(3);
    expect(verdict('DC_EACH_SAFE_QUORUM', [{ value: 1 }, { value: 2 }, { value: 2 }, { value: 2 }], 'xxyy')).toBe(
      DISAGREED,
    );
    expect(verdict('DC_EACH_SAFE_QUORUM', [OK, OK, OK, 'silent'], 'xxyy')).toBe(UNDECIDED);
  });

  it('of nobody is none', () => {
    expect(verdict('DC_SAFE_QUORUM', [])).toBe(UNDECIDED);
  });
});

describe('a request of 32 replicas', () => {
  /** Beside it, in the next row, one whose first replica has read the newest value of all. */
  const crowded = (votes: readonly Vote[]): Ballot => {
    const made = ballot('x'.repeat(16) + 'y'.repeat(16), votes);
    made.requests.take(OPERATIONS.indexOf('get'), 1, 0, 0, instant(0));
    made.requests.ask(1, 0);
    made.requests.vote(1, 0, OK, 9);
    return made;
  };
  const verdictOf = (level: ConsistencyLevel, needed: number, votes: readonly Vote[]): number => {
    const made = crowded(votes);
    made.requests.needed[0] = needed;
    return decide(made, 0, levelRule(level));
  };
  const times = (count: number, vote: Vote): Vote[] => Array.from({ length: count }, () => vote);

  it('counts each vote once, whatever stands behind its last', () => {
    expect(verdictOf('QUORUM', 17, [...times(16, OK), ...times(16, 'silent')])).toBe(UNDECIDED);
    expect(verdictOf('QUORUM', 17, [...times(17, OK), ...times(15, 'silent')])).toBe(16);
    expect(verdictOf('EACH_QUORUM', 18, [...times(8, OK), ...times(8, 'silent'), ...times(16, OK)])).toBe(UNDECIDED);
    expect(verdictOf('EACH_QUORUM', 18, [...times(9, OK), ...times(7, 'silent'), ...times(16, OK)])).toBe(31);
    expect(verdictOf('LOCAL_QUORUM', 9, [...times(8, OK), ...times(8, 'silent'), ...times(16, OK)])).toBe(UNDECIDED);
  });

  it('agrees among its own, and takes its newest from them', () => {
    const same = times(32, { value: 1 });
    expect(verdictOf('DC_SAFE_QUORUM', 32, same)).toBe(31);
    expect(verdictOf('DC_QUORUM', 17, [...times(16, { value: 1 }), ...times(16, { value: 2 })])).toBe(0);
    const versions = new Versions(
      scenarioOf('hintlab: 1\nsystem: cassandra\nduration: 60s\nnodes: 3\nworkload: { rate: 1/s }'),
    );
    for (let write = 0; write < 10; write++) versions.add(write, OPERATIONS.indexOf('set'), write, NONE);
    expect(newestVote(crowded([...times(31, { value: 1 }), { value: 2 }]).requests, 0, versions)).toBe(31);
  });
});

describe('the newest vote', () => {
  const versions = new Versions(
    scenarioOf('hintlab: 1\nsystem: cassandra\nduration: 60s\nnodes: 3\nworkload: { rate: 1/s }'),
  );
  const SET = OPERATIONS.indexOf('set');
  // Write 0 has the newest clock, write 2 the oldest.
  [30, 20, 10].forEach((timestamp, write) => versions.add(write, SET, timestamp, NONE));

  it('is the one with the newest timestamp, wherever it stands', () => {
    for (const values of [
      [0, 1, 2],
      [2, 0, 1],
      [1, 2, 0],
    ]) {
      const { requests } = ballot(
        'xxx',
        values.map((value) => ({ value })),
      );
      expect(values[newestVote(requests, 0, versions)]).toBe(0);
    }
  });

  it('prefers any value to none, and looks neither at errors nor at those who are silent', () => {
    expect(newestVote(ballot('xx', [{ value: NONE }, { value: 2 }]).requests, 0, versions)).toBe(1);
    expect(newestVote(ballot('xx', [ERROR, { value: 2 }]).requests, 0, versions)).toBe(1);
    expect(newestVote(ballot('xx', ['silent', { value: NONE }]).requests, 0, versions)).toBe(1);
  });
});

describe('a row of the requests', () => {
  it('knows who is silent among those that answer for themselves', () => {
    const requests = new Requests();
    requests.take(0, 0, 0, 0, instant(0));
    expect([requests.ask(0, 5), requests.addTarget(0, 6), requests.ask(0, 7)]).toEqual([0, 1, 2]);
    expect([0, 1, 2].map((target) => requests.isSilent(0, target))).toEqual([true, false, true]);
    requests.vote(0, 0, ERROR, NONE);
    requests.vote(0, 2, OK, NONE);
    expect([requests.hasSilent(0), requests.hasVoted(0, 1), requests.targetOf(0, 7)]).toEqual([false, false, 2]);
    requests.free(0);
    expect(requests.take(0, 1, 0, 0, instant(1))).toBe(0);
    expect([requests.hasSilent(0), requests.hasVoted(0, 0), requests.targetOf(0, 5)]).toEqual([false, false, NONE]);
  });

  it('holds the votes of 32 replicas', () => {
    const requests = new Requests();
    requests.take(0, 0, 0, 0, instant(0));
    for (let node = 0; node < MAX_TARGETS; node++) requests.ask(0, node);
    requests.vote(0, 31, OK, NONE);
    expect([requests.hasVoted(0, 31), requests.hasVoted(0, 0), requests.isSilent(0, 31)]).toEqual([true, false, false]);
    for (let target = 0; target < MAX_TARGETS - 1; target++) requests.vote(0, target, OK, NONE);
    expect(requests.hasSilent(0)).toBe(false);
  });
});
