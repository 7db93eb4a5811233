/**
 * The votes of a read, in sentences: which replicas its coordinator could ask, what each of them could say, and how many
 * of which kind its level takes. After the rules of `sim/cluster/fan-out.ts` and `votes.ts`; the levels are data.
 */
import { unreachable } from '../../../core/index.ts';
import { levelRule, votesNeeded } from '../../scenario/model/levels.ts';
import type { LevelRule } from '../../scenario/model/levels.ts';
import { cell } from '../cell.ts';
import { formatCount } from '../format.ts';
import { NONE } from '../trace.ts';
import type { Trace } from '../trace.ts';
import { believesDown } from './intervals.ts';
import { isIncrement, lastChange } from './key-history.ts';
import type { Change, KeyHistory } from './key-history.ts';
import { commonLevel, keyName, levelName, nodeName, nodeNames, writeName } from './names.ts';
import { isDelete } from './staleness.ts';
import { standInsOf } from './stand-ins.ts';
import type { StandIn } from './stand-ins.ts';

/** The replicas that a read could ask, those it took for `Down`, and how many of them it asks at most. */
export function couldAsk(trace: Trace, read: number, history: KeyHistory): string {
  const { asked, down, standIns } = choiceOf(trace, read, history);
  if (asked.length + down.length === 0) {
    return `no write of ${keyName(trace, cell(trace.reads.key, read))} was ever meant for a replica that it could ask`;
  }
  const coordinator = nodeName(trace, cell(trace.reads.coordinator, read));
  const inPlace = standIns.map(
    ({ holder, replica }) => `${nodeName(trace, holder)} in the place of ${nodeName(trace, replica)}`,
  );
  const could = asked.length === 0 ? inPlace : [nodeNames(trace, asked), ...inPlace];
  const whom = could.length === 0 ? 'nobody' : listed(could);
  const why = down.length === 0 ? '' : `: it took ${nodeNames(trace, down)} for Down`;
  return `${coordinator} could ask ${whom}${mostAsked(trace, read, asked.length + standIns.length)}${why}`;
}

/** What the replicas that a read could ask had between two rows of the log, and what its level makes of it. */
export function couldSay(
  trace: Trace,
  read: number,
  history: KeyHistory,
  { from, until }: { readonly from: number; readonly until: number },
): string {
  const { asked, standIns } = choiceOf(trace, read, history);
  const byValue = new Map<string, number[]>();
  for (const replica of asked) {
    const first = lastChange(history, replica, from);
    const later = history.changes.filter((each) => each.replica === replica && each.entry > from && each.entry < until);
    const held = [first, ...later].map((change) => heldName(trace, read, change)).join(', then ');
    byValue.set(held, [...(byValue.get(held) ?? []), replica]);
  }
  const groups = [
    ...[...byValue].map(([held, replicas]) => `${nodeNames(trace, replicas)} had ${held}`),
    ...standIns.map(
      ({ holder, replica, kept }) =>
        `${nodeName(trace, holder)} kept ${kept.map((write) => keptName(trace, write)).join(', then ')} for ${nodeName(trace, replica)}`,
    ),
  ];
  const had = groups.length === 0 ? 'there was nobody to ask' : listed(groups);
  const rule = ruleOf(trace);
  return `while it was under way, ${had}${rule === undefined ? '' : `: ${taken(trace, read, rule, asked.length + standIns.length)}`}`;
}

/** Replicas by whether the coordinator would ask them, ascending. */
interface Choice {
  readonly asked: readonly number[];
  readonly down: readonly number[];
  /** Of those that are down, who is asked in their places. */
  readonly standIns: readonly StandIn[];
}

/** A coordinator asks whom it does not take for `Down`, and where its level is local, nobody far away. */
function choiceOf(trace: Trace, read: number, { replicas }: KeyHistory): Choice {
  const { nodes } = trace.scenario;
  const coordinator = cell(trace.reads.coordinator, read);
  const at = cell(trace.reads.issuedAt, read);
  const rule = ruleOf(trace);
  const isLocal = rule !== undefined && (rule.fanout === 'local' || rule.counts === 'local');
  const isNear = (node: number): boolean => nodes[node]?.datacentre === nodes[coordinator]?.datacentre;
  const near = replicas.filter((replica) => !isLocal || isNear(replica));
  const isTakenForDown = (replica: number): boolean => believesDown(trace, coordinator, replica, at);
  const down = near.filter(isTakenForDown);
  const asked = near.filter((replica) => !isTakenForDown(replica));
  return { asked, down, standIns: standInsOf(trace, read, down) };
}

/** How many it asks, where that may be fewer than it could. */
function mostAsked(trace: Trace, read: number, asked: number): string {
  const rule = ruleOf(trace);
  if (rule === undefined || rule.agreement !== 'none' || rule.counts === 'each') return '';
  if (trace.scenario.policy.reads.fanout === 'all') return '';
  const most = votesNeeded(rule, replicasCounted(trace, read, rule));
  return most < asked ? `, and asked the nearest${most === 1 ? '' : ` ${formatCount(most)}`} of them` : '';
}

/** What the level takes for an answer. */
function taken(trace: Trace, read: number, rule: LevelRule, asked: number): string {
  const level = levelName(trace, 'read');
  const { agreement } = rule;
  const newest =
    trace.scenario.policy.reads.answer === 'newest' ? '; of the replies in, the newest version answers' : '';
  switch (agreement) {
    case 'plurality':
      return `${level} takes ${equalReplies(votesNeeded(rule, asked))}, or the most frequent one once all are in${newest}`;
    case 'unanimous':
      return `${level} takes every reply, and all alike${rule.counts === 'each' ? ' within a datacentre' : ''}`;
    case 'none': {
      if (rule.counts === 'each') return `${level} takes so many votes in each datacentre${newest}`;
      const needed = votesNeeded(rule, rule.fanout === 'local' ? asked : replicasCounted(trace, read, rule));
      return needed === 1 ? `${level} takes the first reply` : `${level} takes ${formatCount(needed)} votes${newest}`;
    }
    default:
      return unreachable(agreement);
  }
}

function equalReplies(needed: number): string {
  return needed === 1 ? 'the first reply' : `${formatCount(needed)} equal replies`;
}

/** Replicas of a key whose votes count for a level: one per rack. */
function replicasCounted({ scenario, reads }: Trace, read: number, { counts }: LevelRule): number {
  const home = scenario.nodes[cell(reads.coordinator, read)]?.datacentre;
  const counted = scenario.nodes.filter(({ datacentre, rack }) => {
    return rack !== '' && (counts !== 'local' || datacentre === home);
  });
  return new Set(counted.map(({ datacentre, rack }) => JSON.stringify([datacentre, rack]))).size;
}

/** The rule of the level that all reads of a run have; undefined if they differ. */
function ruleOf(trace: Trace): LevelRule | undefined {
  const level = commonLevel(trace, 'read');
  return level === undefined ? undefined : levelRule(level);
}

/** What a replica had from a change on. */
function heldName(trace: Trace, read: number, change: Change | undefined): string {
  if (change === undefined || change.write === NONE) return 'no value';
  const name = writeName(change.write);
  if (isIncrement(trace, change.write)) return `a sum, ${name} the last of it`;
  if (!isDelete(trace, change.write)) return name;
  return `${name}, a delete${isCollected(trace, read, change) ? ' whose tombstone was gone' : ''}`;
}

/** What a holder of hints answers with: a hint to increment says nothing of the sum. */
function keptName(trace: Trace, write: number): string {
  if (write === NONE || isIncrement(trace, write)) return 'nothing';
  return isDelete(trace, write) ? `${writeName(write)}, a delete,` : writeName(write);
}

/** A delete had been there for so long when the read was issued, or the node had collected since: nothing tells of it. */
function isCollected({ scenario, reads, log }: Trace, read: number, { entry, replica }: Change): boolean {
  const { conflict, gcGrace } = scenario.policy.receiver;
  if (conflict === 'arrival') return false;
  const [deletedAt, now] = [cell(log.at, entry), cell(reads.issuedAt, read)];
  if (now - deletedAt >= gcGrace) return true;
  return scenario.faults.some(
    (fault) => fault.kind === 'collect' && fault.node === replica && fault.from >= deletedAt && fault.from <= now,
  );
}

/** `x`, `x, and y`, `x, y, and z`. */
function listed(parts: readonly string[]): string {
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')}, and ${last}`;
}
