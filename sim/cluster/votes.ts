/**
 * Votes: whether the replies of a request's replicas decide it, and which reply the client gets. After dynomite-rs
 * `coalesce.rs` 409-585 for byte-equal votes and plurality (handoff-systems §1.2), and plain counting for the rest.
 */
import { assert, unreachable } from '../../core/index.ts';
import type { LevelRule } from '../scenario/model/levels.ts';
import { votesNeeded } from '../scenario/model/levels.ts';
import { NONE } from '../trace/trace.ts';
import { HINTED, OK } from './messages.ts';
import { MAX_TARGETS } from './requests.ts';
import type { Requests } from './requests.ts';
import type { Topology } from './topology.ts';
import type { Versions } from './versions.ts';

/** Nothing is decided yet; votes that are still to come may decide it. */
export const UNDECIDED = -1;
/** The votes disagree: the client gets an error. */
export const DISAGREED = -2;

/** What deciding needs to look at. */
export interface Ballot {
  readonly requests: Requests;
  readonly topology: Topology;
}

/** The target whose reply answers the request, {@link UNDECIDED} or {@link DISAGREED}. O(targets²) at most. */
export function decide(ballot: Ballot, row: number, rule: LevelRule): number {
  if (rule.agreement !== 'unanimous' && isTooEarly(ballot.requests, row)) return UNDECIDED;
  switch (rule.agreement) {
    case 'none':
      return rule.counts === 'each' ? enoughInEach(ballot, row, rule) : enough(ballot, row, rule);
    case 'plurality':
      return isPlain(ballot.requests, row) ? ballot.requests.firstVoter(row) : plurality(ballot.requests, row);
    case 'unanimous':
      return unanimous(ballot, row, rule);
    default:
      return unreachable(rule.agreement);
  }
}

/** Of the replies in, the one with the newest version: the answer of a read where values have versions. */
export function newestVote(requests: Requests, row: number, versions: Versions): number {
  const first = row * MAX_TARGETS;
  const end = requests.targets[row] ?? 0;
  let newest = NONE;
  for (let target = 0; target < end; target++) {
    if (!requests.hasVoted(row, target) || isNoVote(requests, first + target)) continue;
    if (newest === NONE || isNewer(requests, first + target, first + newest, versions)) newest = target;
  }
  assert(newest !== NONE, 'a read is answered by a vote', row);
  return newest;
}

/** Of the replies in, errors included, the most frequent: the first of them, or {@link UNDECIDED} if none is in. */
export function mostFrequentVote(requests: Requests, row: number): number {
  const end = requests.targets[row] ?? 0;
  let most = 0;
  let answer = UNDECIDED;
  for (let target = 0; target < end; target++) {
    const equal = hasReplied(requests, row, target) ? equalVotes(requests, row, target) : 0;
    if (equal > most) {
      most = equal;
      answer = target;
    }
  }
  return answer;
}

function isNewer(requests: Requests, one: number, other: number, versions: Versions): boolean {
  const candidate = requests.values[one] ?? NONE;
  const held = requests.values[other] ?? NONE;
  if (candidate === held || candidate === NONE) return false;
  return held === NONE || versions.supersedes(candidate, held);
}

/** Fewer votes are in than it takes, of whatever kind, and some are missing: a look at them would decide nothing. */
function isTooEarly({ votes, needed, targets }: Requests, row: number): boolean {
  const cast = votes[row] ?? 0;
  return cast < (needed[row] ?? 0) && cast < (targets[row] ?? 0);
}

/** Enough votes are in, and they are the same one reply: the usual case of a vote by equality. */
function isPlain(requests: Requests, row: number): boolean {
  const cast = requests.votes[row] ?? 0;
  if (requests.isUnanimous[row] === 0 || cast === 0 || cast < (requests.needed[row] ?? 0)) return false;
  return requests.codes[row * MAX_TARGETS + requests.firstVoter(row)] !== HINTED;
}

/** An error, or a hint that counts for nothing. */
function isNoVote(requests: Requests, vote: number): boolean {
  return (requests.codes[vote] ?? OK) < OK;
}

/** So many votes that are no errors, among those that count. */
function enough({ requests, topology }: Ballot, row: number, rule: LevelRule): number {
  const home = topology.datacentreOf[requests.coordinator[row] ?? 0];
  const isLocal = rule.counts === 'local' && rule.fanout === 'all';
  const first = row * MAX_TARGETS;
  const end = requests.targets[row] ?? 0;
  const needed = requests.needed[row] ?? 0;
  let votes = 0;
  for (let target = 0; target < end; target++) {
    if (!requests.hasVoted(row, target) || isNoVote(requests, first + target)) continue;
    if (isLocal && topology.datacentreOf[requests.nodes[first + target] ?? 0] !== home) continue;
    if (++votes >= needed) return target;
  }
  return UNDECIDED;
}

/** Enough votes in every datacentre. */
function enoughInEach({ requests, topology }: Ballot, row: number, rule: LevelRule): number {
  const first = row * MAX_TARGETS;
  const end = requests.targets[row] ?? 0;
  let answer = UNDECIDED;
  for (let datacentre = 0; datacentre < topology.datacentres; datacentre++) {
    let missing = votesNeeded(rule, topology.replicas(datacentre));
    for (let target = 0; target < end; target++) {
      if (!requests.hasVoted(row, target) || isNoVote(requests, first + target)) continue;
      if (topology.datacentreOf[requests.nodes[first + target] ?? 0] !== datacentre) continue;
      missing--;
      answer = target;
    }
    if (missing > 0) return UNDECIDED;
  }
  return answer;
}

/** As many byte-equal replies as it takes, errors included; with all replies in, the most frequent one. */
function plurality(requests: Requests, row: number): number {
  const answer = mostFrequentVote(requests, row);
  if (answer === UNDECIDED || equalVotes(requests, row, answer) >= (requests.needed[row] ?? 0)) return answer;
  const end = requests.targets[row] ?? 0;
  for (let target = 0; target < end; target++) if (!hasReplied(requests, row, target)) return UNDECIDED;
  return answer;
}

/** A reply is in, and not a hint in the place of one that will never come. */
function hasReplied(requests: Requests, row: number, target: number): boolean {
  return requests.hasVoted(row, target) && requests.codes[row * MAX_TARGETS + target] !== HINTED;
}

function equalVotes(requests: Requests, row: number, target: number): number {
  const end = requests.targets[row] ?? 0;
  let equal = 0;
  for (let other = 0; other < end; other++) {
    if (requests.hasVoted(row, other) && isSameReply(requests, row, target, other)) equal++;
  }
  return equal;
}

function isSameReply({ codes, values }: Requests, row: number, one: number, other: number): boolean {
  const first = row * MAX_TARGETS;
  return codes[first + one] === codes[first + other] && values[first + one] === values[first + other];
}

/** Every reply in and byte-equal, each datacentre for itself if the rule says so. */
function unanimous({ requests, topology }: Ballot, row: number, rule: LevelRule): number {
  const first = row * MAX_TARGETS;
  const end = requests.targets[row] ?? 0;
  let hasAll = true;
  for (let target = 0; target < end; target++) {
    if (!hasReplied(requests, row, target)) {
      hasAll = false;
      continue;
    }
    for (let other = 0; other < target; other++) {
      if (!hasReplied(requests, row, other) || isSameReply(requests, row, target, other)) continue;
      const isApart =
        topology.datacentreOf[requests.nodes[first + target] ?? 0] !==
        topology.datacentreOf[requests.nodes[first + other] ?? 0];
      if (rule.counts !== 'each' || !isApart) return DISAGREED;
    }
  }
  return hasAll && end > 0 ? end - 1 : UNDECIDED;
}
