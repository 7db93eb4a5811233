/**
 * B8, B9 and B12: what a delivery session does. It sends each hint once, has no more under way than its window, and what
 * fails in it is an attempt of its own.
 */
import type { Scenario } from '../../../scenario/model/scenario.ts';
import { LOG } from '../../../trace/log-codes.ts';
import { fastest } from '../fastest.ts';
import { needsOneTable, needsSessions } from '../occasions.ts';
import type { LogRow } from '../row.ts';
import type { Auditor, Book, AuditRule } from '../rule.ts';
import { hintOfLane } from '../words.ts';

/** Whatever opens in between: only a session that is over lets go of what it sent. */
export const B8: AuditRule = {
  id: 'B8',
  sentence: 'A session sends each hint once, and nothing is sent without one.',
  source: 'handoff-systems §2',
  looked: 'hints sent in sessions',
  otherwise: 'no hint was sent in a session',
  idle: withoutSessions,
  begin: (book) => new OneAttempt(book),
};

/** Counted are hints that were sent and are known to be unanswered, because their peer has not executed them yet. */
export const B9: AuditRule = {
  id: 'B9',
  sentence: 'A session has no more hints under way at once than its policy allows.',
  source: 'handoff-systems §8, incident 1',
  looked: 'hints sent in sessions',
  otherwise: 'no hint was sent in a session',
  idle: withoutSessions,
  begin: (book) => new UnderWay(book),
};

/** An error takes as long as its way; a cut connection is noticed by what was on it; silence takes the timeout. */
export const B12: AuditRule = {
  id: 'B12',
  sentence: 'An attempt fails only in the session that made it, and no sooner than anything could have gone wrong.',
  source: 'handoff-systems §2, §3',
  looked: 'attempts that failed',
  otherwise: 'no attempt failed',
  idle: withoutSessions,
  begin: (book) => ({
    row(row) {
      if (row.kind !== LOG.hintFailed) return;
      book.came();
      const { stage, scenario, trace } = book;
      const sentAt = stage.session(stage.lane(row.node, row.peer))?.sent.get(row.subject) ?? Infinity;
      if (row.at >= sentAt + Math.min(fastest(scenario, 'replay'), scenario.policy.drain.timeout)) return;
      book.broken(row, () => `${hintOfLane(trace, row)} failed, and no attempt of the open session could have yet`, {
        hint: row.subject,
      });
    },
  }),
};

class OneAttempt implements Auditor {
  readonly #book: Book;
  /** By lane: the hints sent since a session for it was closed last. */
  readonly #sent = new Map<number, Set<number>>();

  constructor(book: Book) {
    this.#book = book;
  }

  row(row: LogRow): void {
    const { stage, trace } = this.#book;
    const lane = stage.lane(row.node, row.peer);
    if (row.kind === LOG.sessionClosed) this.#sent.delete(lane);
    if (!stage.isSending(row)) return;
    const sent = this.#sent.get(lane) ?? new Set();
    this.#sent.set(lane, sent);
    this.#book.came();
    const isOpen = stage.session(lane) !== undefined;
    if (!isOpen || sent.has(row.subject)) {
      const what = isOpen ? 'again, in one session' : 'without a session';
      this.#book.broken(row, () => `${hintOfLane(trace, row)} was sent ${what}`, { hint: row.subject });
    }
    sent.add(row.subject);
  }
}

class UnderWay implements Auditor {
  readonly #book: Book;
  /** By lane: hints sent in the open session and not executed since. */
  readonly #waiting = new Map<number, Set<number>>();

  constructor(book: Book) {
    this.#book = book;
  }

  row(row: LogRow): void {
    const { stage, trace, scenario } = this.#book;
    const lane = stage.lane(row.node, row.peer);
    switch (row.kind) {
      case LOG.sessionOpened:
        this.#waiting.set(lane, new Set());
        break;
      case LOG.hintApplied:
      case LOG.hintIgnored:
        this.#waiting.get(stage.lane(row.peer, row.node))?.delete(row.subject);
        break;
      case LOG.hintLost:
      case LOG.hintExpired:
        this.#waiting.get(lane)?.delete(row.subject);
        break;
      case LOG.hintShipped:
        if (stage.isSending(row)) this.#waiting.get(lane)?.add(row.subject);
        else this.#waiting.get(lane)?.delete(row.subject);
        break;
      default:
    }
    if (!stage.isSending(row)) return;
    this.#book.came();
    const count = this.#waiting.get(lane)?.size ?? 0;
    const { concurrency } = scenario.policy.drain;
    if (count <= concurrency) return;
    this.#book.broken(
      row,
      () => `${hintOfLane(trace, row)} was sent with ${count - 1} under way, where ${concurrency} may be`,
      {
        hint: row.subject,
      },
    );
  }
}

function withoutSessions(scenario: Scenario): string | undefined {
  return needsSessions(scenario) ?? needsOneTable(scenario);
}
