/**
 * B34: votes. A client is told that its write is kept when the votes are in that its level needs, whatever counts as a
 * vote in the design; an answer has to come back before it counts.
 */
import { levelRule, votesNeeded } from '../../../scenario/model/levels.ts';
import type { ConsistencyLevel, LevelRule } from '../../../scenario/model/levels.ts';
import { DROP_CAUSES, formatCount, NEVER, NONE } from '../../../trace/index.ts';
import { LOG } from '../../../trace/log-codes.ts';
import { nodeName, writeName } from '../../../trace/queries/names.ts';
import { WriteLevels } from '../../wanted-votes.ts';
import { fastest } from '../fastest.ts';
import type { LogRow } from '../row.ts';
import type { Auditor, Book, AuditRule } from '../rule.ts';

const REFUSED = DROP_CAUSES.indexOf('refusedByPeer');

/** Where votes are compared and a replica answered with an error, the most frequent reply may be a smaller number. */
export const B34: AuditRule = {
  id: 'B34',
  sentence:
    'A write is acknowledged when as many votes are in as its level needs: replicas, and hints where they count.',
  source: 'handoff-systems §1.2 (coalesce.rs), §10',
  looked: 'acknowledged writes',
  otherwise: 'no write was acknowledged',
  idle: ({ policy }) => (policy.hints.enabled ? undefined : 'without handoff, replicas that are Down are not counted'),
  begin: (book) => new Votes(book),
};

/** Votes for a write, held against what is needed. */
interface Count {
  readonly votes: number;
  readonly needed: number;
}

class Votes implements Auditor {
  readonly #book: Book;
  readonly #levels: WriteLevels;
  readonly #answer: number;

  constructor(book: Book) {
    this.#book = book;
    this.#levels = new WriteLevels(book.scenario);
    this.#answer = fastest(book.scenario, 'ack');
  }

  row(row: LogRow): void {
    if (row.kind !== LOG.writeAcked || this.#hasErrors(row.subject)) return;
    this.#book.came();
    const { trace } = this.#book;
    const counts = this.#levels.of(trace, row.subject).map((level) => this.#worst(row, level));
    if (counts.some(({ votes, needed }) => votes >= needed)) return;
    const [{ votes, needed } = { votes: 0, needed: 0 }] = counts;
    const what = `${nodeName(trace, row.node)} acknowledged ${writeName(row.subject)}`;
    this.#book.broken(row, () => `${what} with ${formatCount(votes)} votes of ${formatCount(needed)}`, {
      write: row.subject,
    });
  }

  /** Of the groups that a level counts apart, the one that is worst off. */
  #worst(row: LogRow, level: ConsistencyLevel): Count {
    const { scenario } = this.#book;
    const rule = levelRule(level);
    const home = scenario.nodes[row.node]?.datacentre;
    const all = [...new Set(scenario.nodes.map(({ datacentre }) => datacentre))];
    const groups = rule.counts === 'each' ? all.map((one) => [one]) : [rule.counts === 'local' ? [home] : all];
    const counts = groups.map((group) => this.#count(row, rule, group));
    const [worst = { votes: 0, needed: 0 }] = counts.toSorted((a, b) => a.votes - a.needed - (b.votes - b.needed));
    return worst;
  }

  #count({ subject, at, node }: LogRow, rule: LevelRule, group: readonly (string | undefined)[]): Count {
    const { copies, writes } = this.#book.trace;
    const { nodes } = this.#book.scenario;
    let [votes, replicas] = [0, 0];
    for (let copy = writes.firstCopy[subject] ?? 0; copies.write[copy] === subject; copy++) {
      const replica = copies.replica[copy] ?? NONE;
      if (!group.includes(nodes[replica]?.datacentre)) continue;
      replicas++;
      const back = replica === node ? 0 : this.#answer;
      if ((copies.appliedAt[copy] ?? NEVER) + back <= at || this.#isHintVote(copy, rule, at)) votes++;
    }
    return { votes, needed: votesNeeded(rule, replicas) };
  }

  #isHintVote(copy: number, rule: LevelRule, at: number): boolean {
    const { trace, scenario } = this.#book;
    const { vote } = scenario.policy.hints;
    if (vote !== 'full' && !(vote === 'any' && rule.hintSuffices)) return false;
    return (trace.hints.storedAt[trace.copies.hint[copy] ?? NONE] ?? NEVER) <= at;
  }

  #hasErrors(write: number): boolean {
    const { copies, writes } = this.#book.trace;
    for (let copy = writes.firstCopy[write] ?? 0; copies.write[copy] === write; copy++) {
      if (copies.dropCause[copy] === REFUSED) return true;
    }
    return false;
  }
}
